#!/bin/sh
# SPDX-License-Identifier: MIT
# fetch_bearssl.sh FOLDER: puts BearSSL's source into FOLDER, from Debian's source package. The mirror
# is the one that apt is set up with, and apt checks what comes; its state is private to FOLDER, so
# neither root nor a source line in /etc/apt is needed. Does nothing if the source is there.
set -u
folder=$1
[ ! -e "$folder/inc/bearssl.h" ] || exit 0

give_up() {
    echo "BearSSL's source could not be fetched: $1. BEARSSL=folder names a tree of your own." >&2
    exit 1
}

command -v apt-get > /dev/null || give_up "there is no apt-get"
work=$folder.$$
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/lists/partial" "$work/archives/partial" "$work/none"
work=$(cd "$work" && pwd)

keyring=/usr/share/keyrings/debian-archive-keyring.gpg
[ -e "$keyring" ] && signed="[signed-by=$keyring] " || signed=
# shellcheck disable=SC2016 # apt expands these
apt-get indextargets --format 'deb-src '"$signed"'$(REPO_URI) $(RELEASE) $(COMPONENT)' \
    'Origin: Debian' 'Created-By: Packages' 'Component: main' | sort -u > "$work/sources.list"
[ -s "$work/sources.list" ] || give_up "apt knows no Debian mirror"

apt() {
    apt-get -q -o Dir::Etc::SourceList="$work/sources.list" -o Dir::Etc::SourceParts="$work/none" \
        -o Dir::State::Lists="$work/lists" -o Dir::Cache="$work/archives" -o APT::Sandbox::User= "$@"
}
(cd "$work" && apt update && apt source --download-only bearssl && tar -xJf bearssl_*.orig.tar.xz) \
    > "$work/log" 2>&1 || give_up "$(grep '^[EW]:' "$work/log" | head -n 1)"
# Another make may have been faster: then its copy stays.
mv -T "$work"/bearssl-* "$folder" 2> /dev/null || [ -e "$folder/inc/bearssl.h" ]
