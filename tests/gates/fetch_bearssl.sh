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
work=$folder.fetch
rm -rf "$work"
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
cd "$work" || exit 1
apt update > log 2>&1 && apt source --download-only bearssl >> log 2>&1 ||
    give_up "$(grep '^[EW]:' log | head -n 1)"
tar -xJf bearssl_*.orig.tar.xz && cd - > /dev/null || give_up "the archive is broken"
mkdir -p "$folder" && mv "$work"/bearssl-*/* "$folder" && rm -rf "$work"
