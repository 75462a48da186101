# SPDX-License-Identifier: MIT
# awk -v only=FILE -f stack.awk indirect.txt taken.txt FILE.ci...: what the library's own functions take
# of the stack, from gcc's -fcallgraph-info=su. Prints `stack BYTES CHAIN` for the deepest chain of calls,
# and `problem TEXT` for what makes a bound impossible: recursion, a frame whose size is decided at run
# time, a pointer that indirect.txt does not know. taken.txt lists the names whose address is used. `only`
# may name a list as map.awk makes it: then functions that are not in that program are left out.
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

function problem(text)
{
    if (!(text in told)) print "problem " text
    told[text] = 1
}

# Line n of a source file.
function source(file, n, text)
{
    if (!(file in read)) {
        while ((getline text < file) > 0) lines[file, ++read[file]] = text
        close(file)
    }
    return lines[file, n]
}

# The expression that is called at FILE:LINE:COLUMN: its last two names, as owner->member.
function pointer_at(place, parts, text)
{
    split(place, parts, ":")
    text = substr(source(parts[1], parts[2]), parts[3])
    gsub(/\[[^]]*\]/, "", text)
    if (!match(text, /[A-Za-z0-9_]+(->|\.)[A-Za-z0-9_]+\(/)) return place
    text = substr(text, RSTART, RLENGTH - 1)
    sub(/\./, "->", text)
    return text
}

BEGIN {
    while (only != "" && (getline line < only) > 0) {
        split(line, parts, " ")
        if (sub(/^\.text\./, "", parts[3])) linked[plain(parts[3])] = 1
    }
}

FILENAME == ARGV[1] {
    if (/^#/ || NF == 0) next
    name = $1
    sub(/:$/, "", name)
    reaches[name] = ""
    if (split(name, parts, "@") == 2) narrows[parts[2]] = 1
    for (i = 2; i <= NF; i++) {
        listed[$i] = 1
        if ($i != "-") reaches[name] = reaches[name] " " $i
    }
    next
}

FILENAME == ARGV[2] { taken[$1] = 1; next }

/^node:/ && / bytes \(/ {
    title = quoted($0, "title")
    bytes = $0
    sub(/ bytes \(.*$/, "", bytes)
    sub(/^.*\\n/, "", bytes)
    frame[title] = bytes + 0
    named[plain(title)] = named[plain(title)] " " title
    if (/\(dynamic\)/) problem(plain(title) " has a frame whose size is decided at run time")
}

/^edge:/ {
    from = quoted($0, "sourcename")
    to = quoted($0, "targetname")
    calls[from] = calls[from] " " (to == "__indirect_call" ? "*" quoted($0, "label") : to)
}

# The names that a pointer reaches: those of its line that are also in its line for each function above
# that has one.
function targets(pointer, above, all, out, list, n, i)
{
    all = pointer
    sub(/->.*/, "->*", all)
    if (!(pointer in reaches)) {
        if (!(all in reaches)) problem("tests/budget/indirect.txt does not know " pointer)
        return reaches[all]
    }
    out = reaches[pointer]
    n = split(above, list, " ")
    for (i = 1; i <= n; i++)
        if ((pointer "@" list[i]) in reaches) out = common(out, reaches[pointer "@" list[i]])
    return out
}

function common(some, others, list, out, n, i)
{
    n = split(some, list, " ")
    for (i = 1; i <= n; i++)
        if (index(others " ", " " list[i] " ")) out = out " " list[i]
    return out
}

# The titles that a function may call, pointers followed.
function callees(title, above, list, out, n, i, names, m, j)
{
    n = split(calls[title], list, " ")
    for (i = 1; i <= n; i++) {
        if (list[i] !~ /^\*/) {
            out = out " " list[i]
            continue
        }
        m = split(targets(pointer_at(substr(list[i], 2)), above), names, " ")
        for (j = 1; j <= m; j++) out = out named[names[j]]
    }
    return out
}

# `above` and the function itself, if indirect.txt has a line for what is below it.
function entered(title, above)
{
    title = plain(title)
    return title in narrows && !index(above " ", " " title " ") ? above " " title : above
}

# Fills deepest and next_of for a function below others; each such pair is looked at once.
function depth(title, above, key, list, n, i, under)
{
    if (!(title in frame) || only != "" && !(plain(title) in linked)) return 0
    above = entered(title, above)
    key = title SUBSEP above
    if (key in deepest) return deepest[key]
    if (open[key]) {
        problem(plain(title) " calls itself, perhaps through others")
        return 0
    }
    open[key] = 1
    n = split(callees(title, above), list, " ")
    for (i = 1; i <= n; i++) {
        under = depth(list[i], above)
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
    for (name in taken)
        if (name in named && !(name in listed)) problem("tests/budget/indirect.txt does not list " name)
    for (name in listed)
        if (name != "-" && !(name in named)) problem("tests/budget/indirect.txt lists " name ", which is gone")
    for (title in frame)
        if (depth(title, "") > bottom + 0) {
            bottom = depth(title, "")
            start = title
        }
    printf "stack %d ", bottom
    for (title = start; title != ""; title = following) {
        above = entered(title, above)
        following = next_of[title SUBSEP above]
        printf "%s(%d)%s", plain(title), frame[title], following == "" ? "\n" : " > "
    }
}
