#!/usr/bin/env bash
# Imports a real CRM export through the command line and checks every number: scripts/test-real.sh DIRECTORY
set -euo pipefail
cd "$(dirname "$0")/.."
if [[ -z "${1:-}" || ! -d "$1" ]]; then
  echo "Name the directory with the data: make test-real DATA=../shared/data" >&2
  exit 1
fi
mkdir -p target/test-logs
log=target/test-logs/real-data.log
export BATON_REAL_DATA
BATON_REAL_DATA=$(cd "$1" && pwd)
export CARGO_TERM_COLOR=never RUST_BACKTRACE=0
# The same packages and features as `make test`, so that nothing is built again after it.
whole=(--workspace --features baton-tests/journeys,baton-tests/real-data)
scripts/setup-debian.sh run
scripts/npm-ci.sh
scripts/build-ui.sh
cargo build "${whole[@]}" --all-targets
code=0
cargo test "${whole[@]}" --test real_data -- --nocapture 2>&1 \
  | tee "$log" || code=$?
passed=$(sed -nE 's/^test result: .* ([0-9]+) passed; .*/\1/p' "$log" | awk '{ sum += $1 } END { print sum + 0 }')
failed=$(sed -nE 's/^test result: .* ([0-9]+) failed; .*/\1/p' "$log" | awk '{ sum += $1 } END { print sum + 0 }')
if ((code != 0 && failed == 0)) || ((passed + failed == 0)); then failed=$((failed + 1)); fi
echo
echo "$passed passed, $failed failed"
((failed == 0))
