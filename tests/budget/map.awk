# SPDX-License-Identifier: MIT
# awk -f map.awk -v without="OBJECT..." FILE.map: the bytes of flash that a linked program takes from
# libbedrock.a, from GNU ld's map. What --gc-sections has dropped stands above the memory map and is not
# read.
function hex(text, value, i)
{
    for (i = 3; i <= length(text); i++)
        value = value * 16 + index("0123456789abcdef", substr(text, i, 1)) - 1
    return value
}
function counted(line, parts, n, i)
{
    n = split(without, parts, " ")
    for (i = 1; i <= n; i++)
        if (index(line, "libbedrock.a(" parts[i] ".o)")) return 0
    return 1
}
/^Linker script and memory map/ { linked = 1 }
!linked { next }
/^ \.[a-zA-Z_]/ { section = $1 }
/libbedrock\.a\(/ && counted($0) && section ~ /^\.(text|rodata|data)/ {
    for (i = 1; i < NF; i++)
        if ($i ~ /^0x/ && $(i + 1) ~ /^0x/) {
            total += hex($(i + 1))
            break
        }
}
END { print total + 0 }
