#!/usr/bin/env bash
# Everything that must hold. One line per step as it ends, a log per step in target/test-logs, and as the last
# line of all: "N passed, 0 failed". Tests are counted, checks are not; a check that fails counts as a failure.
set -uo pipefail
cd "$(dirname "$0")/.."
logs=target/test-logs
rm -rf "$logs"
mkdir -p "$logs"
export CARGO_TERM_COLOR=never NO_COLOR=1 FORCE_COLOR=0 CI=1
export RUST_BACKTRACE=0
# One set of packages and features for every cargo step, so that nothing is built twice.
whole=(--workspace --features baton-tests/journeys,baton-tests/real-data)
passed=0
failed=0

# Numbers in a log: "cargo" sums its suites, "vitest" has one line, a "check" has none.
count_passed() {
  case $1 in
    cargo) sed -nE 's/^test result: .* ([0-9]+) passed; .*/\1/p' "$2" ;;
    vitest) sed -nE 's/^ *Tests .*[^0-9]([0-9]+) passed.*/\1/p' "$2" ;;
  esac | awk '{ sum += $1 } END { print sum + 0 }'
}
count_failed() {
  case $1 in
    cargo) sed -nE 's/^test result: .* ([0-9]+) failed; .*/\1/p' "$2" ;;
    vitest) sed -nE 's/^ *Tests .*[^0-9]([0-9]+) failed.*/\1/p' "$2" ;;
  esac | awk '{ sum += $1 } END { print sum + 0 }'
}

# step KIND NAME COMMAND…
step() {
  local kind=$1 name=$2 log started code p f
  shift 2
  log="$logs/${name// /-}.log"
  started=$SECONDS
  printf '%s  %-34s ' "$(date +%H:%M:%S)" "$name"
  "$@" > "$log" 2>&1 < /dev/null
  code=$?
  p=0 f=0
  if [[ $kind != check ]]; then
    sed -i 's/\x1b\[[0-9;]*m//g' "$log"
    p=$(count_passed "$kind" "$log")
    f=$(count_failed "$kind" "$log")
    # A suite without a single test is one that did not run.
    if ((code == 0 && p == 0)); then code=1; fi
  fi
  if ((code != 0 && f == 0)); then f=1; fi
  passed=$((passed + p))
  failed=$((failed + f))
  if ((f == 0)); then
    if [[ $kind == check ]]; then printf 'ok'; else printf '%s passed' "$p"; fi
    printf '  (%s s)\n' $((SECONDS - started))
  else
    printf 'FAILED  (%s s)  see %s\n' $((SECONDS - started)) "$log"
    grep -E '^(error|test .* FAILED|---- |thread .* panicked| *FAIL |.*✗|.*×)' "$log" | head -40 | sed 's/^/    | /'
    tail -n 40 "$log" | sed 's/^/    /'
  fi
}

bindings_are_fresh() {
  local changed
  changed=$(git status --porcelain -- ui/src/lib/api/gen) || return 1
  [[ -z $changed ]] || {
    echo "The generated types differ from what is committed:"
    echo "$changed"
    git --no-pager diff -- ui/src/lib/api/gen
    return 1
  }
}

in_ui() { (cd ui && "$@"); }

# Only the named tests: the others ran already.
journeys() {
  # The programs that were built with everything else: asking cargo for these suites alone would build them anew.
  local built name suite
  built=$(cargo test "${whole[@]}" --all-targets --no-run --message-format=json 2> /dev/null)
  for name in journeys notices; do
    suite=$(sed -nE 's/.*"name":"'"$name"'".*"executable":"([^"]+)".*/\1/p' <<< "$built" | tail -n 1)
    [[ -x $suite ]] && scripts/on-a-screen.sh "$suite" --test-threads=1 || return 1
  done
}

everything_but_journeys() {
  local suites
  mapfile -t suites < <(other_suites)
  cargo test "${whole[@]}" --no-fail-fast --lib --bins "${suites[@]}"
}

# Every integration test of the workspace but those that need a screen or real data.
other_suites() {
  # A suite is a file, or a folder with a main.rs.
  find tests/tests -maxdepth 2 \( -name main.rs -o -name '*.rs' ! -path 'tests/tests/*/*' \) \
    | sed -E 's|^tests/tests/||; s|(/main)?\.rs$||' | grep -vxE 'journeys|notices|screenshots|real_data' | sort | sed 's/^/--test=/'
}

step check 'system packages' scripts/setup-debian.sh test
step check 'ui packages' scripts/npm-ci.sh
step check 'ui build' scripts/build-ui.sh
step check 'rust format' cargo fmt --all --check
step check 'rust build' cargo build "${whole[@]}" --all-targets
step check 'rust lints' cargo clippy "${whole[@]}" --all-targets -- -D warnings
step cargo 'rust tests' everything_but_journeys
step check 'generated types are fresh' bindings_are_fresh
step check 'ui types' in_ui npm run check
step check 'ui lints' in_ui npm run lint
step vitest 'ui tests' in_ui npm run test
step cargo 'journeys' journeys

echo
echo "$passed passed, $failed failed"
((failed == 0))
