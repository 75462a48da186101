#!/bin/sh
# SPDX-License-Identifier: MIT
# tests.sh PROGRAM...: runs test programs and scripts, a line each, and adds up the `N passed, N failed,
# N skipped` that each ends with. What one printed is shown only if something failed or was skipped.
# One that crashes, hangs, says no sum or runs nothing has failed, whatever else it says.
#   BUILD     where the programs are        VECTORS   the folder for build/tests/vectors
#   RUN_WITH  goes in front of a program    LIMIT     seconds a program may take, 120
set -u
build=${BUILD:-build} limit=${LIMIT:-120}
export BUILD="$build" SIMULATOR="$build/tests/simulator"
logs=$build/tests/logs
mkdir -p "$logs"
passed=0 failed=0 skipped=0

# The last sum in a log, as three numbers.
sum_of() {
    sed -n 's/^\(.*[^0-9]\)\{0,1\}\([0-9][0-9]*\) passed, \([0-9][0-9]*\) failed, \([0-9][0-9]*\) skipped$/\2 \3 \4/p' \
        "$1" | tail -n 1
}

# Prints what is wrong beyond the failures that the program counted itself.
verdict() {
    if [ "$1" -eq 124 ]; then
        echo "took longer than $limit seconds"
    elif [ "$1" -ge 128 ]; then
        echo "crashed, status $1"
    elif [ -z "$2" ]; then
        echo "ended without a sum, status $1"
    elif [ "$2" = "0 0 0" ]; then
        echo "ran nothing"
    elif [ "$1" -ne 0 ] && [ "$3" -eq 0 ]; then
        echo "nothing failed but its status is $1"
    fi
}

run_one() {
    name=${1#"$build/"}
    name=${name#tests/}
    name=${name#unit/}
    log=$logs/$(echo "$name" | tr / -).log
    case $1 in
    *.sh) timeout "$limit" sh "$@" ;;
    # shellcheck disable=SC2086 # RUN_WITH is a command and its options
    *) timeout "$limit" ${RUN_WITH:-} "$@" ;;
    esac > "$log" 2>&1
    status=$?
    sum=$(sum_of "$log")
    # shellcheck disable=SC2086
    set -- ${sum:-0 0 0}
    wrong=$(verdict $status "$sum" "$2")
    [ -z "$wrong" ] || set -- "$1" $(($2 + 1)) "$3"
    passed=$((passed + $1)) failed=$((failed + $2)) skipped=$((skipped + $3))
    printf '%-36s %5d passed' "$name" "$1"
    [ "$2" -eq 0 ] || printf ', %d FAILED' "$2"
    [ "$3" -eq 0 ] || printf ', %d skipped' "$3"
    echo "${wrong:+  ($wrong)}"
    [ "$2$3" = 00 ] || tail -n 100 "$log"
}

for program; do
    case $program in
    */tests/vectors)
        if [ -d "${VECTORS:-}" ]; then
            run_one "$program" "$VECTORS"
        else
            echo "vectors: not run, there is no folder ${VECTORS:-}"
        fi
        ;;
    *) run_one "$program" ;;
    esac
done
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
