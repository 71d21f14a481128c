#!/usr/bin/env bash
# Photographs every screen of the sample book into docs/screenshots, light and dark.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/setup-debian.sh test
scripts/npm-ci.sh
scripts/build-ui.sh
whole=(--workspace --features baton-tests/journeys,baton-tests/real-data)
cargo build "${whole[@]}" --all-targets
BATON_SCREENSHOTS=docs/screenshots scripts/on-a-screen.sh cargo test "${whole[@]}" --test screenshots
ls docs/screenshots
