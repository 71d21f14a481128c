#!/usr/bin/env bash
# The window of Baton with 4,238 engagements beside an empty one: from start to the window on the screen, and the
# memory of all its processes when nothing moves any more. Run by bench.sh, on a screen.
set -euo pipefail
target=${CARGO_TARGET_DIR:-target}/release
rounds=${ROUNDS:-5}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"$target/baton-cli" --store "$folder/store" sample --engagements 4238 > /dev/null

# kib PID: proportional memory of a process and its children, so that shared pages count once.
kib() {
  local pid sum=0 part
  for pid in "$1" $(pgrep -P "$1" || true) $(pgrep -P "$(pgrep -P "$1" | paste -sd,)" 2> /dev/null || true); do
    part=$(awk '/^Pss:/ { print $2 }' "/proc/$pid/smaps_rollup" 2> /dev/null || echo 0)
    sum=$((sum + part))
  done
  echo "$sum"
}

# once NAME TITLE COMMAND: appends "milliseconds kib" to the file of that name.
once() {
  local started shown pid before now
  started=$(date +%s%N)
  BATON_STORE="$folder/store" "$3" > /dev/null 2>&1 &
  pid=$!
  xdotool search --sync --onlyvisible --name "^$2\$" > /dev/null
  shown=$(date +%s%N)
  # At rest: twice in a row the same memory, within one part in a hundred.
  before=0 now=$(kib "$pid")
  while ((now == 0 || (now > before ? now - before : before - now) * 100 > now)); do
    before=$now
    sleep 0.5
    now=$(kib "$pid")
  done
  echo "$(((shown - started) / 1000000)) $now" >> "$folder/$1"
  kill "$pid"
  wait "$pid" 2> /dev/null || true
}

middle() { awk -v column="$2" '{ print $column }' "$folder/$1" | sort -n | awk '{ value[NR] = $1 } END { print value[int((NR + 1) / 2)] }'; }

once warm Baton "$target/baton"
once warm Empty "$target/examples/empty_window"
for ((round = 0; round < rounds; round++)); do
  once baton Baton "$target/baton"
  once empty Empty "$target/examples/empty_window"
done
for pair in '1 ms:start of the window' '2 KiB:memory at rest'; do
  column=${pair%% *} rest=${pair#* }
  unit=${rest%%:*} what=${rest#*:}
  ours=$(middle baton "$column") least=$(middle empty "$column")
  printf '| %s | %s %s | empty window: %s %s | %s |\n' "$what" "$ours" "$unit" "$least" "$unit" \
    "$(awk -v a="$ours" -v b="$least" 'BEGIN { printf "%.2f", a / b }')"
done
