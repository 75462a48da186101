#!/bin/sh
# SPDX-License-Identifier: MIT
# fetch_source.sh PACKAGE FOLDER: puts the source of bearssl or lwip into FOLDER, from Debian's source
# package. The mirror is the one that apt is set up with, and apt checks what comes; its state is
# private to FOLDER, so neither root nor a source line in /etc/apt is needed. Does nothing if the
# folder is there.
set -u
package=$1
folder=$2
[ ! -e "$folder" ] || exit 0

give_up() {
    echo "The source of $package could not be fetched: $1. BEARSSL= and LWIP= name trees of your own." >&2
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
(cd "$work" && apt update && apt source --download-only "$package" && mkdir tree &&
    tar -xJf "$package"_*.orig.tar.xz -C tree --strip-components=1) \
    > "$work/log" 2>&1 || give_up "$(grep '^[EW]:' "$work/log" | head -n 1)"
# Another make may have been faster: then its copy stays.
mv -T "$work/tree" "$folder" 2> /dev/null || [ -e "$folder" ]
