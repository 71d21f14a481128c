#!/usr/bin/env bash
# Builds the user interface, and only when something that goes into it is newer than the last build.
set -euo pipefail
cd "$(dirname "$0")/../ui"
built=dist/.built
if [[ ! -f "$built" || ! -f dist/index.html ]] \
  || [[ -n "$(find src locales scripts index.html package-lock.json ./*.ts ./*.js -newer "$built" -print -quit)" ]]; then
  npm run --silent build
  touch "$built"
fi
