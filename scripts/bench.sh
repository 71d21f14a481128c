#!/usr/bin/env bash
# Times what a user waits for and prints ratios: single times on a shared machine say little.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/setup-debian.sh test
command -v xdotool > /dev/null || {
  as_root=()
  ((EUID == 0)) || as_root=(sudo)
  "${as_root[@]}" apt-get install -y -q --no-install-recommends xdotool
}
scripts/npm-ci.sh
scripts/build-ui.sh
cargo bench -p baton-tests --bench door
cargo build --release -p baton -p baton-cli --bin baton --bin baton-cli
cargo build --release -p baton --example empty_window
exec scripts/on-a-screen.sh scripts/bench-window.sh
