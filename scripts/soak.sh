#!/usr/bin/env bash
# The random tests for long: scripts/soak.sh ROUNDS. Every failure prints the seed that repeats it.
# Each kind of act is killed BATON_KILLS times (500), besides ROUNDS rounds of the simulation. On two
# cores 60 kills of each of the five kinds take 25 seconds, 500 take 3 to 4 minutes.
set -euo pipefail
cd "$(dirname "$0")/.."
rounds=${1:-1000}
export BATON_KILLS=${BATON_KILLS:-500} BATON_SEEDS=$rounds PROPTEST_CASES=$((rounds * 20)) CARGO_TERM_COLOR=never
scripts/setup-debian.sh run
scripts/npm-ci.sh
scripts/build-ui.sh
whole=(--workspace --features baton-tests/journeys,baton-tests/real-data)
cargo build "${whole[@]}" --all-targets
suites=()
for suite in killed_halfway simulation; do
  [[ -f tests/tests/$suite.rs ]] && suites+=("--test=$suite")
done
started=$SECONDS
cargo test "${whole[@]}" --lib "${suites[@]}" -- --nocapture
echo "$BATON_KILLS kills of each kind and $rounds rounds of the simulation took $((SECONDS - started)) s"
