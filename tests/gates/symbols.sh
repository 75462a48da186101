#!/bin/sh
# SPDX-License-Identifier: MIT
# symbols.sh NM SIZE ARCHIVE: what the library asks of the world and what it shows of itself.
# Undefined: BearSSL and the five functions that every C compiler expects. Helpers that the compiler
# itself calls (division, stack protection) are named but allowed. Exported: bedrock_ and bdk_ only.
# Mutable static data: none.
set -u
nm=$1 size=$2 archive=$3
{
    "$nm" -g "$archive" && echo '== sections' && "$size" -A "$archive"
} | awk -v archive="$archive" '
    function fail(text) { print archive ": " text; failures++ }
    /^== sections/ { sections = 1; next }
    sections && $1 ~ /\.o$/ { object = $1 }
    sections && $1 ~ /^\.(data|bss|tdata|tbss|sdata|sbss)(\.|$)/ && $1 !~ /^\.data\.rel\.ro/ && $2 > 0 {
        fail(object " has " $2 " bytes of mutable data in " $1)
    }
    sections { next }
    NF == 1 && /:$/ { object = substr($1, 1, length($1) - 1) }
    NF == 2 && ($1 == "U" || $1 == "w") { wanted[$2] = object }
    NF == 3 { defined[$3] = object }
    NF == 3 && $2 == "C" { fail(object " has the common symbol " $3) }
    END {
        for (name in defined) {
            exported++
            if (name !~ /^(bedrock|bdk)_/ && name !~ /^__x86\.get_pc_thunk/)
                fail(defined[name] " exports " name)
        }
        for (name in wanted) {
            if (name in defined || name ~ /^br_/ || name ~ /^(memcpy|memmove|memset|memcmp|strlen)$/)
                continue
            if (name ~ /^(__aeabi_|__gnu_|__u?(div|mod|divmod)[sdt]i|__(ashl|ashr|lshr|mul|cmp|ucmp)[sdt]i|__stack_chk_|_GLOBAL_OFFSET_TABLE_|__(gcov|llvm|asan|ubsan))/)
                helpers = helpers " " name
            else
                fail(wanted[name] " needs " name)
        }
        if (failures) exit 1
        print archive ": " exported + 0 " symbols, no mutable data, nothing foreign" \
            (helpers == "" ? "" : "; the compiler'\''s own:" helpers)
    }'
