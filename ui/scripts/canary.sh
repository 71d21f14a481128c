#!/bin/sh
# svelte-check must fail on a planted error: a check that finds nothing proves nothing.
set -eu
cd "$(dirname "$0")/.."
canary=src/canary.svelte
trap 'rm -f "$canary"' EXIT
printf '<script lang="ts">\n  const wrong: number = "text";\n</script>\n\n{wrong}\n' > "$canary"
if npx svelte-check --fail-on-warnings --tsconfig ./tsconfig.json > /dev/null 2>&1; then
  echo 'svelte-check missed the planted error' >&2
  exit 1
fi
echo 'svelte-check found the planted error'
