# SPDX-License-Identifier: MIT
# What callgrind counted, file after file, and then tests/bench/table.txt: prints the table. Fails if a line of it
# was not measured. Instructions of tests/ itself, which feeds the pieces and takes the results, do not count.

function figure(value) { return sprintf(value < 100 ? "%.1f" : "%d", value) }

# "16 met": a goal, and how it went.
function against(value, goal) {
    if (goal == "") {
        return ""
    }
    verdicts[value <= goal]++
    return goal (value <= goal ? " met" : " over")
}

# "(7) /path/name.c" gives a file its number, "(7)" says it again.
function file_named(text,    number) {
    number = substr(text, 1, index(text, ")"))
    if (text != number) {
        names[number] = substr(text, length(number) + 2)
    }
    return names[number]
}

function each(id) { return total[id] / units[id] }

FNR == 1 { split("", names) }
/^desc: Trigger: Client Request: / { id = $5; units[id] = $6 }
/^cf[il]=/ { file_named(substr($0, 5)) }
/^f[lie]=/ { ours = file_named(substr($0, 4)) ~ /(^|\/)tests\/.*\.[ch]$/ }
/^calls=/ { getline; next } # what a call took is counted where it was spent
/^[-+*0-9][0-9]* [0-9]+$/ && !ours { total[id] += $2 }

FILENAME ~ /table\.txt$/ && !/^#/ && NF {
    if (!head++) {
        printf "%-45s %9s %-8s %-12s %s\n", "", "", "per", "goal", "beside"
    }
    split($0, field, / *\| */)
    id = field[1]
    if (!(id in units) || (field[5] != "" && !(field[5] in units))) {
        printf "%-45s %9s\n", field[2], "not measured"
        failed = 1
        next
    }
    line = sprintf("%-45s %9s %-8s %-12s", field[2], figure(each(id)), field[3], against(each(id), field[4]))
    if (field[5] != "") {
        line = line sprintf(" %s %s: %.2f", field[6], figure(each(field[5])), each(id) / each(field[5]))
        line = line (field[7] == "" ? "" : ", goal ") against(each(id) / each(field[5]), field[7])
    }
    sub(/ +$/, "", line)
    print line
}

END {
    printf "%d goals met, %d over\n", verdicts[1], verdicts[0]
    exit failed
}
