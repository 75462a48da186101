# SPDX-License-Identifier: MIT
# awk -f stack.awk indirect.txt FILE.ci...: what the library's own functions take of the stack, from
# gcc's -fcallgraph-info=su. Prints `frame BYTES FUNCTION` for the largest frame, `stack BYTES CHAIN` for
# the deepest chain of calls, and `problem TEXT` for what no bound can be given for: recursion, a frame
# whose size is decided at run time, a call through a pointer that indirect.txt does not name.
# Code outside the library (BearSSL, the port, mem*) counts as 0.

function plain(title)
{
    sub(/^.*:/, "", title)
    sub(/\..*$/, "", title)
    return title
}

function quoted(line, after)
{
    sub("^.*" after ": \"", "", line)
    sub(/".*$/, "", line)
    return line
}

FILENAME == ARGV[1] {
    if (/^#/ || NF == 0) next
    sub(/:$/, "", $1)
    pointer[$1] = ""
    if (split($1, parts, "@") == 2) filter[parts[2]] = 1
    for (i = 2; i <= NF; i++)
        if ($i != "-") pointer[$1] = pointer[$1] " " $i
    next
}

/^node:/ && / bytes \(/ {
    title = quoted($0, "title")
    bytes = $0
    sub(/ bytes \(.*$/, "", bytes)
    sub(/^.*\\n/, "", bytes)
    frame[title] = bytes + 0
    named[plain(title)] = named[plain(title)] " " title
    if (/\(dynamic\)/) print "problem " plain(title) " has a frame whose size is decided at run time"
}

/^edge:/ { calls[quoted($0, "sourcename")] = calls[quoted($0, "sourcename")] " " quoted($0, "targetname") }

# What the pointers of a function may reach below a filter (see indirect.txt), or in general.
function targets(title, below)
{
    if ((plain(title) "@" below) in pointer) return pointer[plain(title) "@" below]
    if (plain(title) in pointer) return pointer[plain(title)]
    if (!(title in told))
        print "problem " plain(title) " calls through a pointer: name it in tests/budget/indirect.txt"
    told[title] = 1
    return ""
}

# The titles that a function may call, pointers followed.
function callees(title, below, list, out, n, i, names, m, j)
{
    n = split(calls[title], list, " ")
    for (i = 1; i <= n; i++) {
        if (list[i] != "__indirect_call") {
            out = out " " list[i]
            continue
        }
        m = split(targets(title, below), names, " ")
        for (j = 1; j <= m; j++) {
            if (!(names[j] in named))
                print "problem tests/budget/indirect.txt names " names[j] ", which is no function"
            out = out named[names[j]]
        }
    }
    return out
}

# Fills deepest and next_of for a function below a filter; each pair of the two is looked at once.
function depth(title, below, key, list, n, i, under)
{
    if (!(title in frame)) return 0
    if (plain(title) in filter) below = plain(title)
    key = title SUBSEP below
    if (key in deepest) return deepest[key]
    if (open[key]) {
        print "problem " plain(title) " calls itself, perhaps through others"
        return 0
    }
    open[key] = 1
    n = split(callees(title, below), list, " ")
    for (i = 1; i <= n; i++) {
        under = depth(list[i], below)
        if (under > best[key] + 0) {
            best[key] = under
            next_of[key] = list[i]
        }
    }
    open[key] = 0
    deepest[key] = frame[title] + best[key]
    return deepest[key]
}

END {
    for (title in frame) {
        if (frame[title] > most + 0) {
            most = frame[title]
            largest = plain(title)
        }
        if (depth(title, "") > bottom + 0) {
            bottom = depth(title, "")
            start = title
        }
    }
    print "frame " most + 0 " " largest
    printf "stack %d ", bottom
    for (title = start; title != ""; title = following) {
        if (plain(title) in filter) below = plain(title)
        following = next_of[title SUBSEP below]
        printf "%s(%d)%s", plain(title), frame[title], following == "" ? "\n" : " > "
    }
}
