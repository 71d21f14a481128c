#!/usr/bin/env bash
# The random tests for long: scripts/soak.sh ROUNDS. Every failure prints the seed that repeats it.
set -euo pipefail
cd "$(dirname "$0")/.."
rounds=${1:-1000}
export BATON_KILLS=$rounds BATON_SEEDS=$rounds PROPTEST_CASES=$((rounds * 20)) CARGO_TERM_COLOR=never
scripts/setup-debian.sh run
scripts/npm-ci.sh
scripts/build-ui.sh
whole=(--workspace --features baton-tests/journeys,baton-tests/real-data)
cargo build "${whole[@]}" --all-targets
suites=()
for suite in killed_halfway simulation; do
  [[ -f tests/tests/$suite.rs ]] && suites+=("--test=$suite")
done
cargo test "${whole[@]}" --lib "${suites[@]}" -- --nocapture
