#!/usr/bin/env bash
# Installs the user interface's packages exactly as locked, and only when the lock has changed since.
set -euo pipefail
cd "$(dirname "$0")/../ui"
stamp=node_modules/.installed-from
sum=$(sha256sum package-lock.json)
if [[ ! -f "$stamp" || "$(< "$stamp")" != "$sum" ]]; then
  npm ci --no-audit --no-fund
  echo "$sum" > "$stamp"
fi
