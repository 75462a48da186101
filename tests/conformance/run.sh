#!/bin/sh
# SPDX-License-Identifier: MIT
# run.sh DRIVER FOLDER: sets what the library sends and reads beside what AWS's own packages for Node send and
# read. npm installs them into FOLDER, once for each package.json. Where that cannot be it says so: skipped.
set -u
here=$(dirname "$0") driver=$1 folder=$2

skip() {
    echo "conformance: skipped, $1"
    echo '0 passed, 0 failed, 1 skipped'
    exit 0
}

command -v node > /dev/null || skip 'there is no node'
command -v npm > /dev/null || skip 'there is no npm'
node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)' || skip "AWS's packages need node 20, this is $(node --version)"

mkdir -p "$folder"
if ! cmp -s "$here/package.json" "$folder/installed.json"; then
    rm -rf "$folder/node_modules" "$folder/installed.json"
    cp "$here/package.json" "$folder/package.json"
    npm install --prefix "$folder" --ignore-scripts --no-audit --no-fund --no-package-lock --loglevel=error \
        --fetch-retries=1 --fetch-retry-mintimeout=1000 > "$folder/npm.log" 2>&1 || skip "npm could not fetch AWS's packages ($folder/npm.log says why)"
    cp "$here/package.json" "$folder/installed.json"
fi
NODE_NO_WARNINGS=1 PACKAGES=$folder exec node "$here/main.mjs" "$driver"
