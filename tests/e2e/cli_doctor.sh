#!/bin/sh
# SPDX-License-Identifier: MIT
# bedrock doctor, with each stage broken in turn: the exit code names it, the lines before it are in order, none
# comes after it, and its own says what to do.
set -u
build=${BUILD:-build}
export BUILD="$build"
program=$build/bedrock
mkdir -p "$build/tests/logs"
base=$build/tests/logs/cli_doctor
out=$base.out err=$base.err
passed=0 failed=0

check() { # check NAME COMMAND...
    checked=$1
    shift
    if "$@"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAILED $checked: $*"
        tail -n 9 "$out" "$err" | cut -c 1-400
    fi
}

is() { [ "$1" = "$2" ]; }
says() { grep -q -- "$1" "$out"; }
hides() { ! grep -q -- "$1" "$out" "$err"; }

# finds NAME CODE STAGE WORDS COMMAND...: doctor ends with CODE, at STAGE, which comes last, with these words.
finds() {
    what=$1 code=$2 stage=$3 words=$4
    shift 4
    timeout 60 "$@" > "$out" 2> "$err" < /dev/null
    check "$what: status" is $? "$code"
    check "$what: the last line" is "$(tail -n 1 "$out" | cut -c 1-15)" "$(printf 'FAIL %-10s' "$stage")"
    check "$what: what to do" says "^FAIL.*$words"
    check "$what: as many lines as stages" is "$(wc -l < "$out")" $((code - 9))
    check "$what: those before are in order" is "$(grep -c '^FAIL' "$out")" 1
    check "$what: nothing beside it" test ! -s "$err"
}

doctor() { # doctor OPTIONS NAME CODE STAGE WORDS: with a simulator of its own
    options=$1
    shift
    SIMULATOR_OPTIONS="--pace 0 $options" finds "$1" "$2" "$3" "$4" \
        sh tests/run/with_simulator.sh "$program" doctor
}

if [ "${1:-}" != inside ]; then
    unset AWS_BEARER_TOKEN_BEDROCK AWS_SESSION_TOKEN AWS_CA_BUNDLE AWS_ENDPOINT_URL AWS_ENDPOINT_URL_BEDROCK_RUNTIME
    export AWS_REGION=us-east-1 AWS_ACCESS_KEY_ID=id AWS_SECRET_ACCESS_KEY=secret
    finds 'no such name' 10 name 'DNS server' "$program" doctor --endpoint https://bedrock.invalid
    finds 'a bad endpoint' 10 name 'https://host' env AWS_ENDPOINT_URL=ftp://host "$program" doctor
    finds 'a bad region' 10 name 'AWS_REGION (us_east).*us-east-1' env AWS_REGION=us_east "$program" doctor
    finds 'a region in upper case' 10 name 'AWS_REGION (US-EAST-1).*lower-case' \
        env AWS_REGION=US-EAST-1 "$program" doctor
    finds 'a refused port' 11 TCP 'Connection refused' "$program" doctor --endpoint https://localhost:1
    finds 'no keys and a refused port' 11 TCP 'Connection refused' \
        env -u AWS_ACCESS_KEY_ID -u AWS_SECRET_ACCESS_KEY "$program" doctor --endpoint https://localhost:1
    finds 'no anchors and a refused port' 11 TCP 'Connection refused' \
        env AWS_CA_BUNDLE=/nowhere "$program" doctor --endpoint https://localhost:1
    doctor '--cert wrong-name' 'a certificate for another name' 12 TLS 'another host'
    doctor '--cert expired' 'a certificate that has expired' 12 TLS 'This clock says 20'
    doctor '--cert not-yet' 'a certificate of the future' 12 TLS 'set the clock'
    doctor '--cert self-signed' 'a certificate that nobody vouches for' 12 TLS 'root certificate'
    doctor '--fault close-before' 'a server that hangs up' 12 TLS 'call again'
    doctor '--fault html:200' 'a portal' 12 TLS 'captive portal'
    SIMULATOR_OPTIONS='--pace 0' sh tests/run/with_simulator.sh sh "$0" inside > "$base.inside" 2>&1
    cat "$base.inside"
    sum=$(tail -n 1 "$base.inside")
    # shellcheck disable=SC2086 # the sum is words
    set -- $sum
    passed=$((passed + ${1:-0})) failed=$((failed + ${3:-1}))
    echo "$passed passed, $failed failed, 0 skipped"
    [ "$failed" -eq 0 ]
    exit
fi

# With the service, which is in the environment now.
finds 'no trust in it' 12 TLS 'root certificate' env -u AWS_CA_BUNDLE "$program" doctor
finds 'no bundle' 12 TLS 'AWS_CA_BUNDLE (/nowhere) cannot be read, or holds no certificate' \
    env AWS_CA_BUNDLE=/nowhere "$program" doctor
finds 'http:// where TLS is spoken' 12 TLS 'the server may speak TLS: write https://' \
    "$program" doctor --endpoint "http://${AWS_ENDPOINT_URL_BEDROCK_RUNTIME#https://}"
finds 'no keys' 14 signature AWS_BEARER_TOKEN_BEDROCK \
    env -u AWS_ACCESS_KEY_ID -u AWS_SECRET_ACCESS_KEY "$program" doctor
finds 'half a pair of keys' 14 signature 'half a pair' env -u AWS_SECRET_ACCESS_KEY "$program" doctor
finds 'keys that are over' 14 signature 'fetch new ones' \
    env AWS_CREDENTIAL_EXPIRATION=2025-01-15T12:34:56Z "$program" doctor
finds 'a wrong secret' 14 signature 'secret access key' env AWS_SECRET_ACCESS_KEY=hush-hush "$program" doctor
check 'a wrong secret: not shown' hides hush-hush
finds 'an unknown key' 14 signature '' env AWS_ACCESS_KEY_ID=AKIDUNKNOWN "$program" doctor
finds 'a wrong API key' 14 signature 'The API key is not accepted' \
    env AWS_BEARER_TOKEN_BEDROCK=wrong "$program" doctor
check 'a wrong API key: not shown' hides wrong
finds 'a key that may not be used so' 15 permission '' \
    env AWS_BEARER_TOKEN_BEDROCK=test-bedrock-key "$program" doctor -m sim.fault.status:403:AccessDeniedException
finds 'an expired token' 14 signature '' env AWS_SESSION_TOKEN=EXPIRED "$program" doctor
finds 'access denied' 15 permission 'bedrock:InvokeModel' \
    "$program" doctor -m sim.fault.status:403:AccessDeniedException
finds 'an unknown model' 16 model 'check its id and the region' \
    "$program" doctor -m sim.fault.status:404:ResourceNotFoundException
finds 'a request that is refused' 16 model 'its own words say why' \
    "$program" doctor -m 'sim.fault.status:400:ValidationException'
finds 'throttled' 16 model 'wait and try again' "$program" doctor -m sim.fault.status:429
for answer in 404:ResourceNotFoundException 429:ThrottlingException 400:ValidationException; do
    finds "the service answers $answer" 16 model '' "$program" doctor -m "sim.fault.status:$answer"
    check "the service answers $answer: the permission is not known" says '^?    permission '
    check "the service answers $answer: the signature is" says '^ok   signature '
done
for answer in 404:UnknownOperationException 500:InternalServerException 503:ServiceUnavailableException; do
    finds "the service answers $answer" 16 model '' "$program" doctor -m "sim.fault.status:$answer"
    check "the service answers $answer: the permission is not known" says '^?    permission '
    check "the service answers $answer: nor the signature" says '^?    signature '
done
finds 'no answer in time' 16 model 'allow more' "$program" doctor --timeout 1 -m sim.fault.stall-head
check 'no answer in time: the clock is not known' says '^?    clock '
check 'no answer in time: the permission is not known' says '^?    permission '
check 'no answer in time: TLS is in order' says '^ok   TLS '
"$program" doctor --json -m sim.fault.status:429:ThrottlingException > "$out" 2> "$err"
check 'not known --json' says '"stage":"permission","ok":null'
finds 'a model that is silent' 16 model 'allow more time' "$program" doctor --timeout 1 -m sim.fault.stall:400

for seconds in +600 -600 -300000; do
    "$program" doctor -m "sim.fault.clock:$seconds" > "$out" 2> "$err"
    check "a clock that is wrong by $seconds" is $? 13
    check "a clock that is wrong by $seconds: said" says '^FAIL clock .*: set it, by NTP'
    check "a clock that is wrong by $seconds: the rest works" says '^ok   model '
done

"$program" doctor > "$out" 2> "$err"
check 'all is well' is $? 0
check 'all is well: seven lines' is "$(grep -c '^ok   ' "$out")" 7
check 'all is well: the key id' says 'access key AKIDEXAMPLE, region us-east-1'
check 'all is well: no secret' hides wJalrXUtnFEMI
check 'all is well: no colours' hides "$(printf '\033')"
check 'all is well: silence beside it' test ! -s "$err"
AWS_BEARER_TOKEN_BEDROCK=test-bedrock-key "$program" doctor > "$out" 2> "$err"
check 'an API key' says 'ok   signature  accepted: an API key'
check 'an API key: not shown' hides test-bedrock-key
"$program" doctor --json > "$out" 2> "$err"
check '--json' is $? 0
check '--json: nothing is broken' says '"broken":null'
check '--json: every stage' is "$(tr '{' '\n' < "$out" | grep -c '"ok":true')" 7
"$program" doctor --json -m sim.fault.status:403:AccessDeniedException > "$out" 2> "$err"
check '--json: status' is $? 15
check '--json: which' says '"broken":"permission"'
check '--json: the error' says '"error":{"code":"BEDROCK_E_ACCESS_DENIED"'
check '--json: silence beside it' test ! -s "$err"
for parser in "python3 -c 'import json,sys; json.load(sys.stdin)'" \
    "node -e 'JSON.parse(require(\"fs\").readFileSync(0,\"utf8\"))'"; do
    if command -v "${parser%% *}" > /dev/null; then
        check "--json: read by ${parser%% *}" sh -c "$parser < '$out'"
    fi
done
"$program" doctor now > "$out" 2> "$err"
check 'a word' is $? 2

echo "$passed passed, $failed failed, 0 skipped"
[ "$failed" -eq 0 ]
