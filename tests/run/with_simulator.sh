#!/bin/sh
# SPDX-License-Identifier: MIT
# with_simulator.sh COMMAND...: runs a command beside the Bedrock simulator and returns its status.
# The environment tells the command where the simulator is, whom to trust and what to sign with.
# SIMULATOR_OPTIONS are handed to the simulator, BUILD is where it was built: build/ of this tree, if it is not said.
set -u
build=${BUILD:-$(cd "$(dirname "$0")/../.." && pwd)/build}
program=${SIMULATOR:-$build/tests/simulator}
if ! command -v "$program" > /dev/null; then
    echo "There is no simulator at $program: make run builds it first (or make build/tests/simulator)." >&2
    exit 1
fi
mkdir -p "$build/run"
base=$(cd "$build/run" && pwd)/simulator.$$

: > "$base.out" # it is looked at before the simulator may have opened it
# shellcheck disable=SC2086 # the options are meant to be split
"$program" --port 0 --ca "$base.pem" ${SIMULATOR_OPTIONS:-} > "$base.out" 2> "$base.err" &
simulator=$!
stop() {
    kill "$simulator" 2> /dev/null
    wait "$simulator" 2> /dev/null
    rm -f "$base.pem" "$base.out" "$base.err"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

port=
tries=0
while [ -z "$port" ] && [ $tries -lt 100 ] && kill -0 "$simulator" 2> /dev/null; do
    port=$(sed -n 's/^listening 127\.0\.0\.1 \([0-9][0-9]*\)$/\1/p' "$base.out")
    [ -n "$port" ] || sleep 0.1
    tries=$((tries + 1))
done
if [ -z "$port" ]; then
    echo "The simulator did not start:" >&2
    cat "$base.out" "$base.err" >&2
    exit 1
fi

# Nothing of the caller's own account goes to a simulator.
unset AWS_BEARER_TOKEN_BEDROCK AWS_SESSION_TOKEN AWS_PROFILE AWS_DEFAULT_REGION AWS_ENDPOINT_URL
export AWS_ENDPOINT_URL_BEDROCK_RUNTIME="https://localhost:$port"
export AWS_CA_BUNDLE="$base.pem"
export AWS_REGION=us-east-1
export AWS_ACCESS_KEY_ID=AKIDEXAMPLE
export AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY
"$@"
