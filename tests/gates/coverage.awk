# SPDX-License-Identifier: MIT
# Reads what gcov -b prints and gives the lines and branches of src/*/*.c that ran: each file that has
# a gap, then the total.
function share(part, whole) { return whole ? sprintf("%6.2f %%", 100 * part / whole) : "     -  " }

/^File '/ {
    file = substr($2, 2, length($2) - 2)
    ours = file ~ /^src\/[^\/]*\/[^\/]*\.c$/
}
/^(Lines executed|Branches executed|Taken at least once):/ && ours {
    percent = $0
    sub(/^[^:]*:/, "", percent)
    sub(/%.*/, "", percent)
    ran = int(percent * $NF / 100 + 0.5)
    if (/^Lines/ && file in lines) {
        ours = 0 # gcov's own total, behind the last file
    } else if (/^Lines/) {
        lines[file] = $NF
        lines_ran[file] = ran
    } else if (/^Taken/) {
        branches[file] = $NF
        branches_ran[file] = ran
    }
}
END {
    for (file in lines) {
        if (lines_ran[file] < lines[file] || branches_ran[file] < branches[file])
            printf "%-36s lines %s  branches %s\n", file, share(lines_ran[file], lines[file]),
                share(branches_ran[file], branches[file]) | "sort"
        all += lines[file]
        all_ran += lines_ran[file]
        both += branches[file]
        both_ran += branches_ran[file]
    }
    close("sort")
    printf "src: %d of %d lines (%s), %d of %d branches (%s)\n", all_ran, all, share(all_ran, all),
        both_ran, both, share(both_ran, both)
}
