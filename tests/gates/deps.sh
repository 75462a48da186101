#!/bin/sh
# SPDX-License-Identifier: MIT
# deps.sh build|test|gates: installs the Debian packages of that group that are missing. What counts
# is whether the compiler finds a header or the shell a command, not what dpkg says: whoever has
# BearSSL elsewhere is left alone. CC and CPPFLAGS as in the Makefile.
set -u
missing=

# need PACKAGE PROBE...
need() {
    package=$1
    shift
    "$@" > /dev/null 2>&1 || missing="$missing $package"
}

header() {
    printf '#include <stddef.h>\n#include <%s>\n' "$1" | ${CC:-cc} ${CPPFLAGS:-} -x c -fsyntax-only -
}

build_group() {
    need gcc command -v "${CC%% *}"
    need libc6-dev header stdlib.h
    need libbearssl-dev header bearssl.h
}

test_group() {
    need zlib1g-dev header zlib.h
    need openssl command -v openssl
}

gates_group() {
    need clang command -v clang
    need clang-format command -v clang-format
    need valgrind command -v valgrind
    need gcc-arm-none-eabi command -v arm-none-eabi-gcc
    need picolibc-arm-none-eabi test -e "$(arm-none-eabi-gcc -print-file-name=picolibc.specs 2> /dev/null)"
    need gcc-i686-linux-gnu command -v i686-linux-gnu-gcc
    need libc6-dev-i386-cross test -d /usr/i686-linux-gnu/include
    need gcc-mips-linux-gnu command -v mips-linux-gnu-gcc
    need libc6-dev-mips-cross test -d /usr/mips-linux-gnu/include
    need gcc-arm-linux-gnueabihf command -v arm-linux-gnueabihf-gcc
    need libc6-dev-armhf-cross test -d /usr/arm-linux-gnueabihf/include
    need qemu-user-static command -v qemu-mips-static
    need qemu-system-arm command -v qemu-system-arm
    need nodejs command -v node
    need npm command -v npm
}

CC=${CC:-cc}
"${1}_group"
[ -n "$missing" ] || exit 0

as_root=
[ "$(id -u)" = 0 ] || as_root=sudo
if ! command -v apt-get > /dev/null; then
    echo "Missing, by their Debian names:$missing. Please install them (or give BEARSSL=folder)." >&2
    exit 1
fi
if [ -n "$as_root" ] && ! command -v sudo > /dev/null; then
    echo "Missing:$missing. Please install them as root: apt-get install$missing" >&2
    exit 1
fi

echo "Installing$missing"
install() {
    # shellcheck disable=SC2086 # the list is meant to be split
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends $missing
}
install > /dev/null 2>&1 || { $as_root apt-get update -qq && install > /dev/null; } || {
    echo "Could not install$missing. Please install them and try again." >&2
    exit 1
}
