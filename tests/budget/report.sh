#!/bin/sh
# SPDX-License-Identifier: MIT
# report.sh FOLDER: measures what was built in FOLDER against tests/budget/budgets.txt, prints the table
# and fails if a figure is above its limit or cannot be measured; a goal may be missed. NM and SIZE as in the
# Makefile.
set -u
out=$1
here=tests/budget

bytes_of() { "${SIZE:-size}" "$@" | awk 'NR > 1 { total += $1 + $2 } END { print total + 0 }'; }

# The pieces that a program takes from the library go to NAME.txt beside it, the largest first.
library() {
    [ -e "$out/budget/$1.map" ] || return
    awk -f $here/map.awk -v without="$2" "$out/budget/$1.map" | sort -rn > "$out/budget/$1.txt"
    awk '{ total += $1 } END { print total + 0 }' "$out/budget/$1.txt"
}

# measure KIND NAME WITHOUT: the figure, or nothing.
measure() {
    case $1 in
    library) library "$2" "$3" ;;
    image) [ ! -e "$out/budget/image_$2.elf" ] || bytes_of "$out/budget/image_$2.elf" ;;
    ram) "${NM:-nm}" -S -t d "$out/obj/tests/budget/ram.o" | awk -v want="ram_$2" '$4 == want { print $2 + 0 }' ;;
    frame) awk '$1 == "frame" { print $2 }' "$out/budget/stack.txt" ;;
    stack) awk -v want="$2" '$1 == want || ($1 == "stack" && want == "deepest") { print $2 }' "$out/budget/stack.txt" ;;
    esac
}

mkdir -p "$out/budget"
# shellcheck disable=SC2046 # the objects and the call graphs are many files
nm=${NM:-nm}
find "$out/obj/src" -name '*.o' -exec "${nm%nm}objdump" -r {} + | awk '
    /^RELOCATION RECORDS/ { code = /\[\.(text|rodata|data)/ }
    code && $2 ~ /^R_/ && $2 !~ /CALL|JUMP|PC/ && $3 !~ /^\./ { print $3 }
    ' > "$out/budget/taken.txt"
apart=$(awk '$1 == "stack" && $2 != "deepest" { printf "%s ", $2 }' $here/budgets.txt)
awk -f $here/stack.awk -v apart="$apart" $here/indirect.txt "$out/budget/taken.txt" \
    $(find "$out/obj/src" -name '*.ci' | sort) > "$out/budget/stack.txt"

status=0
printf '%-9s %-24s %7s %7s %7s\n' '' '' bytes limit left
while read -r kind name limit rest; do
    case $kind in '' | '#'*) continue ;; esac
    goal=
    case $rest in goal*) goal=yes rest=${rest#goal} rest=${rest# } ;; esac
    figure=$(measure "$kind" "$name" "${rest#without }")
    if [ -z "$figure" ]; then
        printf '%-9s %-24s %7s %7d   not measured\n' "$kind" "$name" - "$limit"
        [ -n "$goal" ] || status=1
    else
        printf '%-9s %-24s %7d %7d %7d' "$kind" "$name" "$figure" "$limit" $((limit - figure))
        if [ "$figure" -gt "$limit" ]; then
            if [ -n "$goal" ]; then printf '  over the goal'; else printf '  OVER' && status=1; fi
        elif [ -n "$goal" ]; then
            printf '  goal met'
        fi
        echo
    fi
done < $here/budgets.txt
echo "what is in a program: $out/budget/*.txt"
sed -n 's/^frame [0-9]* /largest frame: /p; s/^stack [0-9]* /deepest calls: /p' "$out/budget/stack.txt"
if grep '^problem ' "$out/budget/stack.txt"; then status=1; fi
exit $status
