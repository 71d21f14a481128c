#!/usr/bin/env bash
# Installs the system packages that are missing: scripts/setup-debian.sh run|test
# When nothing is missing it takes no time and needs no rights. On other systems it says what is needed.
set -euo pipefail

for_run=(
  build-essential pkg-config curl ca-certificates
  libwebkit2gtk-4.1-dev libgtk-3-dev librsvg2-dev libayatana-appindicator3-dev libssl-dev libdbus-1-dev
)
for_test=(webkit2gtk-driver xvfb xauth dbus dbus-x11 chromium chromium-driver imagemagick procps
  python3-dbusmock util-linux libreoffice-calc)

wanted=("${for_run[@]}")
[[ "${1:-run}" == test ]] && wanted+=("${for_test[@]}")

if ! command -v dpkg-query > /dev/null; then
  echo "This is not Debian or Ubuntu, so nothing was installed. Baton needs the equivalents of: ${wanted[*]}" >&2
else
  missing=()
  installed=$(dpkg-query -W -f='${Package} ${db:Status-Status}\n' "${wanted[@]}" 2> /dev/null || true)
  for package in "${wanted[@]}"; do
    grep -qE "^$package(:[a-z0-9]+)? installed$" <<< "$installed" || missing+=("$package")
  done
  # Node comes from wherever the machine has it; only a machine without one gets Debian's.
  command -v node > /dev/null || missing+=(nodejs)
  command -v npm > /dev/null || missing+=(npm)
  if ((${#missing[@]})); then
    echo "Installing: ${missing[*]}"
    as_root=()
    if ((EUID != 0)); then
      command -v sudo > /dev/null || {
        echo "Please install these packages as root: ${missing[*]}" >&2
        exit 1
      }
      as_root=(sudo)
    fi
    export DEBIAN_FRONTEND=noninteractive
    "${as_root[@]}" apt-get update -q
    "${as_root[@]}" apt-get install -y -q --no-install-recommends "${missing[@]}"
  fi
fi

if ! node -e 'process.exit(Number(process.versions.node.split(".")[0]) >= 20 ? 0 : 1)' 2> /dev/null; then
  echo "Baton's user interface is built with Node 20 or newer; this machine has $(node --version 2> /dev/null || echo none)." >&2
  exit 1
fi
if ! command -v cargo > /dev/null; then
  echo "Baton is built with Rust. Install it from https://rustup.rs, then run this again." >&2
  exit 1
fi
