#!/bin/sh
# SPDX-License-Identifier: MIT
# bearssl_headers.sh TREE LINK: makes LINK a folder with BearSSL's headers, for a cross compiler: TREE's
# if it is there, else those that the host's compiler finds. They hold no platform's secrets.
set -u
inc=$1/inc
if [ ! -e "$inc/bearssl.h" ]; then
    inc=$(echo '#include <bearssl.h>' | cc -M -x c - 2> /dev/null |
        tr -s ' \\' '\n' | sed -n 's|/bearssl_hash\.h$||p')
fi
if [ -z "$inc" ]; then
    echo 'No BearSSL headers: `make deps` installs them, BEARSSL=folder names a tree.' >&2
    exit 1
fi
ln -sfn "$(cd "$inc" && pwd)" "$2"
