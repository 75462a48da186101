#!/bin/sh
# SPDX-License-Identifier: MIT
# fuzz.sh FOLDER SECONDS FUZZER...: runs each libFuzzer program for so long. What it learns stays in
# FOLDER/corpus for the next time; tests/fuzz/corpus/NAME, if there is one, is where it begins.
set -u
folder=$1 seconds=$2 status=0
shift 2
for fuzzer; do
    name=${fuzzer##*/}
    learnt=$folder/corpus/$name
    given=tests/fuzz/corpus/${name#fuzz_}
    mkdir -p "$learnt"
    [ -d "$given" ] || given=
    # shellcheck disable=SC2086 # empty when nothing is given
    if "$fuzzer" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=1024 \
        -artifact_prefix="$folder/$name-" "$learnt" $given > "$folder/$name.log" 2>&1; then
        sed -n 's/^Done \([0-9]*\) runs.*/'"$name"': \1 inputs, nothing found/p' "$folder/$name.log"
    else
        status=1
        echo "$name: FAILED"
        tail -n 40 "$folder/$name.log"
    fi
done
exit $status
