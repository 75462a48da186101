#!/bin/sh
# SPDX-License-Identifier: MIT
# report.sh PROGRAM: runs it under callgrind and prints tests/bench/table.txt with what was counted. Fails if
# something could not be measured; a goal may be missed. What callgrind wrote for a measurement stays in
# PROGRAM.counts/ID, for callgrind_annotate. BUILT: the compiler and its flags, for the head line.
set -u
program=$1
counts=$program.counts
here=tests/bench

rm -rf "$counts" && mkdir -p "$counts" || exit 1
# Names are bound before anything is counted, not at the first call of each. Of its own functions glibc takes
# those that every x86-64 has: others would make the figures differ from one machine to the next.
plain=glibc.cpu.hwcaps=-AVX,-AVX2,-AVX512F,-AVX512VL,-AVX_Fast_Unaligned_Load,-ERMS,-FSRM
if ! LD_BIND_NOW=1 GLIBC_TUNABLES=$plain valgrind --tool=callgrind --collect-atstart=no \
    --callgrind-out-file="$counts/part" "$program" > "$counts/log" 2>&1; then
    cat "$counts/log" >&2
    exit 1
fi

# A file for each measurement, without the calls that began before it: callgrind_annotate would take all that
# happened inside them for their own.
for part in "$counts"/part.*; do
    id=$(sed -n 's/^desc: Trigger: Client Request: \([^ ]*\) .*/\1/p' "$part")
    awk '/^calls=0 / { getline; next } { print }' "$part" > "$counts/$id" && rm "$part"
done
rm -f "$counts/part"

echo "Instructions, $(uname -m), ${BUILT:-}, $(valgrind --version)"
awk -f $here/report.awk "$counts"/*_* $here/table.txt || exit 1
echo "Which ones: callgrind_annotate $counts/ID, the ids being those of $here/table.txt."
