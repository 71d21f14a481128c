#!/usr/bin/env bash
# Fuzzes the reading of files and bundles for so many seconds each: scripts/fuzz.sh SECONDS
set -euo pipefail
cd "$(dirname "$0")/../tests"
if ! cargo +nightly fuzz --version > /dev/null 2>&1; then
  echo "Fuzzing needs a nightly compiler and cargo-fuzz: rustup toolchain install nightly && cargo install cargo-fuzz" >&2
  exit 1
fi
for target in $(cargo +nightly fuzz list); do
  cargo +nightly fuzz run "$target" -- -max_total_time="${1:-60}" -timeout=10
done
