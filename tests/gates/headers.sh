#!/bin/sh
# SPDX-License-Identifier: MIT
# headers.sh CC HEADER...: each header compiles alone, as C99 and as C++.
set -u
cc=$1
shift
status=0
for header; do
    name=${header#include/}
    printf '#include <%s>\nextern int not_empty;\n' "$name" |
        $cc -std=c99 -Wall -Wextra -Werror -pedantic -Iinclude -fsyntax-only -x c - || status=1
    # -nostdinc++ keeps this working where the C++ library is not installed: no header needs it.
    printf '#include <%s>\n' "$name" |
        ${CXX:-g++} -std=c++11 -Wall -Wextra -Werror -pedantic -Iinclude -fsyntax-only -x c++ - || status=1
done
[ $status = 0 ] && echo "headers: $# compile alone"
exit $status
