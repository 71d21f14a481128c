#!/usr/bin/env bash
# Times of the release build on a large made-up book, in milliseconds and as a multiple of starting the program:
# a busy or slow machine stretches both alike. DEALS=50000 make bench takes a larger book.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/setup-debian.sh run
cargo build --release -p baton-cli
cli=${CARGO_TARGET_DIR:-target}/release/baton-cli
deals=${DEALS:-10000}
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

awk -v deals="$deals" 'BEGIN {
  print "opportunity_id,sales_agent,product,account,deal_stage,close_date,close_value"
  for (i = 0; i < deals; i++)
    printf "B-%d,Agent %d,Beacon,Client %d,Won,2026-%02d-%02d,%d.50\n", i, i % 35, i % 900, i % 12 + 1, i % 28 + 1, i
}' > "$dir/deals.csv"

base=
# Median of five runs.
measure() {
  local name=$1 runs=$2 times=() started ended
  shift 2
  for ((run = 0; run < runs; run++)); do
    started=${EPOCHREALTIME/./}
    "$@" > "$dir/out"
    ended=${EPOCHREALTIME/./}
    times+=($((ended - started)))
  done
  local median
  median=$(printf '%s\n' "${times[@]}" | sort -n | sed -n "$((runs / 2 + 1))p")
  base=${base:-$median}
  awk -v name="$name" -v us="$median" -v base="$base" \
    'BEGIN { printf "%-44s %10.1f ms  %8.1f x\n", name, us / 1000, us / base }'
}

echo "$deals deals, release build, median"
measure 'start and say the version' 5 "$cli" --version
measure 'import, first time' 1 "$cli" --store "$dir/store" import deals "$dir/deals.csv"
measure 'import, again, nothing changed' 3 "$cli" --store "$dir/store" import deals "$dir/deals.csv"
measure 'open the store and say who is here' 5 "$cli" --store "$dir/store" call session
measure 'columns of the board' 5 "$cli" --store "$dir/store" call board
measure 'a window of 50 cards in the middle' 5 "$cli" --store "$dir/store" call board_cards \
  "{\"kind\": \"post-sales\", \"from\": $((deals / 2)), \"count\": 50}"
measure 'search, 50 rows' 5 "$cli" --store "$dir/store" call list_engagements \
  '{"search": "client 77", "from": 0, "count": 50}'
measure 'all engagements as JSON' 3 "$cli" --store "$dir/store" engagements
measure 'export a bundle' 3 "$cli" --store "$dir/store" export bundle "$dir/bundle"
measure 'import the bundle into an empty store' 1 "$cli" --store "$dir/other" import bundle "$dir/bundle"
measure 'check: rebuild everything from the log' 1 "$cli" --store "$dir/store" check
echo "bundle $(($(stat -c %s "$dir/bundle") / 1024)) KiB, store $(($(du -sk "$dir/store" | cut -f1))) KiB"
