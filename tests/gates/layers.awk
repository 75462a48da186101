# SPDX-License-Identifier: MIT
# awk -f layers.awk src/LAYERS FILE...: checks every #include against the floors that LAYERS lists from
# the ground up. A file may know its own floor and what lies below. port/ and examples/ live outside:
# they see what is installed and nothing else.

function fail(text)
{
    print FILENAME ":" FNR ": " text
    failures++
}

function floor_of(path, parts)
{
    split(path, parts, "/")
    if (parts[1] == "src") return parts[2]
    if (path == "include/bedrock.h") return owner["bedrock.h"]
    if (parts[1] == "include") return owner[parts[3]]
    return top
}

FILENAME == ARGV[1] {
    if (/^#/ || NF == 0) next
    sub(/:$/, "", $1)
    top = $1
    rank[$1] = ++floors
    for (i = 2; i <= NF; i++) owner[$i] = $1
    next
}

FNR == 1 {
    floor = floor_of(FILENAME)
    files++
    if (!(floor in rank)) fail("src/LAYERS names no floor for this file")
}

/^[ \t]*#[ \t]*include[ \t]*["<]/ {
    quoted = /^[^<]*"/
    name = $0
    sub(/^[^"<]*["<]/, "", name)
    sub(/[">].*/, "", name)
    check(name, quoted)
}

function check(name, quoted, parts, whose)
{
    split(name, parts, "/")
    if (name ~ /^bearssl/) {
        if (FILENAME !~ /^src\/tls\//) fail("BearSSL is known to src/tls alone")
    } else if (name == "bedrock.h" || parts[1] == "bedrock") {
        whose = owner[name == "bedrock.h" ? name : parts[2]]
        if (whose == "") fail("src/LAYERS does not say where " name " belongs")
        else if (rank[whose] > rank[floor]) fail(floor " may not know " whose " above it: " name)
    } else if (quoted && parts[1] in rank && parts[2] != "") {
        if (FILENAME !~ /^src\//) fail("a header of the library's own: " name)
        else if (rank[parts[1]] > rank[floor]) fail(floor " may not know " parts[1] " above it: " name)
    } else if (FILENAME ~ /^src\// && quoted) {
        fail("write it with its folder: \"" floor "/" name "\"")
    } else if (floor != top && name !~ /^(stddef|stdint|limits|string)\.h$/) {
        fail("no platform in the library: " name)
    }
}

END {
    if (failures) exit 1
    print "layers: " files " files on " floors " floors, none looks up"
}
