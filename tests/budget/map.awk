# SPDX-License-Identifier: MIT
# awk -f map.awk -v without="OBJECT..." FILE.map: what a linked program takes from libbedrock.a of the
# flash, from GNU ld's map: a line `BYTES OBJECT SECTION` for each piece that is counted. What
# --gc-sections has dropped stands above the memory map and is not read.

function hex(text, value, i)
{
    for (i = 3; i <= length(text); i++)
        value = value * 16 + index("0123456789abcdef", substr(text, i, 1)) - 1
    return value
}

BEGIN {
    n = split(without, names, " ")
    for (i = 1; i <= n; i++) skipped[names[i]] = 1
}

/^Linker script and memory map/ { linked = 1 }
!linked { next }
/^ \.[a-zA-Z_]/ { section = $1 }
/libbedrock\.a\(/ && section ~ /^\.(text|rodata|data)/ {
    object = $NF
    sub(/^.*\(/, "", object)
    sub(/\.o\)$/, "", object)
    if (object in skipped) next
    for (i = 1; i < NF; i++)
        if ($i ~ /^0x/ && $(i + 1) ~ /^0x/) {
            if (hex($(i + 1)) > 0) print hex($(i + 1)), object, section
            break
        }
}
