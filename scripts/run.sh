#!/usr/bin/env bash
# Builds the app for this machine and opens it.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/setup-debian.sh run
scripts/npm-ci.sh
scripts/build-ui.sh
cargo build --release -p baton
if [[ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" && "$(uname)" == Linux ]]; then
  echo "Baton is built: target/release/baton. It needs a desktop session (DISPLAY or WAYLAND_DISPLAY) to open." >&2
  exit 1
fi
exec "${CARGO_TARGET_DIR:-target}/release/baton"
