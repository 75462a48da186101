#!/bin/sh
# SPDX-License-Identifier: MIT
# report.sh FOLDER: measures what was built in FOLDER against tests/budget/budgets.txt, prints the table
# and fails if a figure is above its limit or cannot be measured. NM and SIZE as in the Makefile.
set -u
out=$1
here=tests/budget
nm=${NM:-nm}

bytes_of() { "${SIZE:-size}" "$@" | awk 'NR > 1 { total += $1 + $2 } END { print total + 0 }'; }

# The pieces that a program takes from the library go to NAME.txt beside it, the largest first.
library() {
    [ -e "$out/budget/$1.map" ] || return
    awk -f $here/map.awk -v without="$2" "$out/budget/$1.map" | sort -rn > "$out/budget/$1.txt"
    awk '{ total += $1 } END { print total + 0 }' "$out/budget/$1.txt"
}

# The chain of calls with the deepest stack, in the whole library or in one program.
stack() {
    only=
    [ "$1" = library ] || only=$out/budget/$1.txt
    [ -z "$only" ] || [ -e "$only" ] || return
    # shellcheck disable=SC2046 # the call graphs are many files
    awk -v only="$only" -f $here/stack.awk $here/indirect.txt "$out/budget/taken.txt" \
        $(find "$out/obj/src" -name '*.ci' | sort) > "$out/budget/stack_$1.txt"
    sed -n 's/^stack \([0-9]*\) .*/\1/p' "$out/budget/stack_$1.txt"
}

# measure KIND NAME WITHOUT: the figure, or nothing.
measure() {
    case $1 in
    library) library "$2" "$3" ;;
    image) [ ! -e "$out/budget/image_$2.elf" ] || bytes_of "$out/budget/image_$2.elf" ;;
    ram) "$nm" -S -t d "$out/obj/tests/budget/ram.o" | awk -v want="ram_$2" '$4 == want { print $2 + 0 }' ;;
    frame) awk '{ print $1 }' "$out/budget/frames.txt" | head -n 1 ;;
    stack) stack "$2" ;;
    esac
}

mkdir -p "$out/budget"
rm -f "$out"/budget/stack_*.txt
find "$out/obj/src" -name '*.su' -exec cat {} + |
    awk -F '\t' '{ sub(/^.*:/, "", $1); print $2, $1 }' | sort -rn > "$out/budget/frames.txt"
find "$out/obj/src" -name '*.o' -exec "${nm%nm}objdump" -r {} + | awk '
    /^RELOCATION RECORDS/ { code = /\[\.(text|rodata|data)/ }
    code && $2 ~ /^R_/ && $2 !~ /CALL|JUMP|PC/ && $3 !~ /^\./ { print $3 }
    ' > "$out/budget/taken.txt"

status=0
printf '%-9s %-24s %7s %7s %7s\n' '' '' bytes limit left
while read -r kind name limit rest; do
    case $kind in '' | '#'*) continue ;; esac
    figure=$(measure "$kind" "$name" "${rest#without }")
    if [ -z "$figure" ]; then
        printf '%-9s %-24s %7s %7d   not measured\n' "$kind" "$name" - "$limit"
        [ "$kind" = image ] || status=1
    else
        printf '%-9s %-24s %7d %7d %7d' "$kind" "$name" "$figure" "$limit" $((limit - figure))
        if [ "$figure" -gt "$limit" ]; then
            printf '  OVER'
            status=1
        fi
        echo
    fi
done < $here/budgets.txt
echo
echo "largest frames: $(head -n 5 "$out/budget/frames.txt" | awk '{ printf "%s%s %d", comma, $2, $1; comma = ", " }')"
sed -n 's/^stack [0-9]* /deepest calls: /p' "$out"/budget/stack_*.txt
echo "what is in a program: $out/budget/*.txt"
if sort -u "$out"/budget/stack_*.txt | grep '^problem '; then status=1; fi
exit $status
