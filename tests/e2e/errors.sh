#!/bin/sh
# SPDX-License-Identifier: MIT
# What a person sees when something is wrong: each cause has its own code and its own advice, a status that is
# not 0, nothing on standard output but the true part of an answer, and an end within seconds. Then the same
# programs when all is well.
set -u
build=${BUILD:-build}
export BUILD="$build"
stream=$build/examples/converse_stream
unary=$build/examples/converse
passed=0 failed=0
out=$build/tests/logs/errors.out err=$build/tests/logs/errors.err
mkdir -p "$build/tests/logs"

judge() { # judge NAME STATUS WANTED_STATUS PATTERN FILE
    if [ "$2" -eq "$3" ] && grep -q "$4" "$5"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAILED $1: status $2, wanted $3 and /$4/ in:"
        cat "$out" "$err"
    fi
}

fails() { # fails NAME CODE COMMAND...: the report names CODE, with advice
    name=$1 code=$2
    shift 2
    timeout 60 "$@" > "$out" 2> "$err"
    judge "$name" $? 1 "^$code (" "$err"
}

advises() { # advises NAME CODE ADVICE COMMAND...: the report holds the advice, and names CODE
    name=$1 code=$2 advice=$3
    shift 3
    timeout 60 "$@" > "$out" 2> "$err"
    judge "$name" $? 1 "^$code (" "$err"
    judge "$name, what to do" 0 0 "^$advice" "$err"
}

# says NAME CODE ADVICE STATUS EXCEPTION MESSAGE: the same for what the service answers, and that its words
# stand behind the advice as they came. The simulator is told by a script, which may have spaces in it.
says() {
    # shellcheck disable=SC2016 # the script is to expand it
    printf '#!/bin/sh\nexec "%s" --fault "$FAULT" "$@"\n' "$build/tests/simulator" > "$out.sh"
    chmod +x "$out.sh"
    FAULT="status:$4:$5:$6" SIMULATOR=$out.sh advises "$1" "$2" "$3" sh tests/run/with_simulator.sh "$stream" hi
    judge "$1, in the service's words" 0 0 "^$5: $6\$" "$err"
}

succeeds() { # succeeds NAME PATTERN COMMAND...
    name=$1 pattern=$2
    shift 2
    timeout 60 "$@" > "$out" 2> "$err"
    judge "$name" $? 0 "$pattern" "$out"
}

if [ "${1:-}" != inside ]; then
    # Without a service at all.
    unset AWS_BEARER_TOKEN_BEDROCK AWS_SESSION_TOKEN AWS_CA_BUNDLE AWS_ENDPOINT_URL AWS_ENDPOINT_URL_BEDROCK_RUNTIME
    export AWS_REGION=us-east-1 AWS_ACCESS_KEY_ID=id AWS_SECRET_ACCESS_KEY=secret
    fails 'no such host' BEDROCK_E_RESOLVE env AWS_ENDPOINT_URL=https://bedrock.invalid "$stream" hi
    advises 'a region without Bedrock' BEDROCK_E_RESOLVE \
        'The host name is not known: check that Bedrock is to be had in that region' \
        env AWS_ENDPOINT_URL=https://bedrock-runtime.xx-none-1.invalid "$stream" hi
    fails 'refused' BEDROCK_E_CONNECT env AWS_ENDPOINT_URL=https://127.0.0.1:1 "$stream" hi
    fails 'endpoint' BEDROCK_E_ENDPOINT env AWS_ENDPOINT_URL=ftp://host "$stream" hi
    fails 'bad region' BEDROCK_E_REGION env AWS_REGION=us_east "$stream" hi
    fails 'no credentials' BEDROCK_E_NO_CREDENTIALS env -u AWS_ACCESS_KEY_ID -u AWS_SECRET_ACCESS_KEY "$stream" hi
    fails 'half a pair' BEDROCK_E_CREDENTIALS env -u AWS_SECRET_ACCESS_KEY "$stream" hi
    fails 'empty text' BEDROCK_E_EMPTY_TEXT "$stream" ''
    timeout 60 "$stream" -m '' hi > "$out" 2> "$err"
    judge 'no model' $? 2 '^-m takes the id or ARN of a model' "$err"

    # The script that starts the simulator, in a tree like this one, from elsewhere; and without a simulator.
    tree=$build/tests/logs/tree
    rm -rf "$tree" && mkdir -p "$tree/tests/run" "$tree/elsewhere"
    cp tests/run/with_simulator.sh "$tree/tests/run"
    beside() (cd "$tree/elsewhere" && unset BUILD SIMULATOR && sh ../tests/run/with_simulator.sh "$@")
    beside true > "$out" 2> "$err"
    judge 'no simulator' $? 1 'make run builds it first (or make build/tests/simulator)' "$err"
    ln -s "$(cd "$build" && pwd)" "$tree/build"
    # shellcheck disable=SC2016 # it is for the inner shell
    beside sh -c 'echo "$AWS_ENDPOINT_URL_BEDROCK_RUNTIME"' > "$out" 2> "$err"
    judge 'the simulator, from elsewhere' $? 0 '^https://localhost:[0-9]' "$out"
    ls -A "$tree/elsewhere" > "$out"
    judge 'the simulator leaves nothing elsewhere' "$(wc -l < "$out")" 0 '' /dev/stdin << END
none
END
    rm -rf "$tree"

    # What make says of examples. It is not to think that it is part of another make.
    makes() (unset MAKEFLAGS MFLAGS MAKELEVEL MAKEOVERRIDES && make -n BUILD="$build" run "$@" > "$out" 2> "$err")
    makes EXAMPLE=helo
    judge 'no such example' $? 2 'There is no example "helo". There are: .*hello.*bedrock' "$err"
    makes EXAMPLE=bedrock
    judge 'EXAMPLE=bedrock' $? 0 '/bedrock converse' "$out"
    makes EXAMPLE=anomaly
    judge 'EXAMPLE=anomaly' $? 0 '/anomaly --demo' "$out"
    fails 'not UTF-8' BEDROCK_E_UTF8 "$stream" "$(printf 'a\377b')"
    fails 'no bundle' BEDROCK_E_ANCHORS env AWS_CA_BUNDLE=/nowhere/at/all "$stream" hi
    fails 'not a bundle' BEDROCK_E_ANCHORS env AWS_CA_BUNDLE="$0" "$stream" hi
    for certificate in expired not-yet; do
        SIMULATOR_OPTIONS="--cert $certificate" sh tests/run/with_simulator.sh "$stream" hi > "$out" 2> "$err"
        judge "$certificate certificate" $? 1 '^BEDROCK_E_CERT_DATE (' "$err"
    done
    SIMULATOR_OPTIONS='--cert wrong-name' sh tests/run/with_simulator.sh "$stream" hi > "$out" 2> "$err"
    judge 'certificate for another name' $? 1 '^BEDROCK_E_CERT_NAME (' "$err"
    for certificate in untrusted self-signed; do
        SIMULATOR_OPTIONS="--cert $certificate" sh tests/run/with_simulator.sh "$stream" hi > "$out" 2> "$err"
        judge "$certificate certificate" $? 1 '^BEDROCK_E_CERT_UNTRUSTED (' "$err"
    done
    says 'no such model' BEDROCK_E_VALIDATION 'No model has that id in this region: ' \
        400 ValidationException 'The provided model identifier is invalid.'
    # shellcheck disable=SC1112 # the service writes it so
    says 'no on-demand throughput' BEDROCK_E_VALIDATION 'This model is called through an inference profile only: ' \
        400 ValidationException 'Invocation of model ID m with on-demand throughput isn’t supported.'
    says 'no access to the model' BEDROCK_E_ACCESS_DENIED 'The account has no access to this model: ' \
        403 AccessDeniedException "You don't have access to the model with the specified model ID."
    says 'not allowed by IAM' BEDROCK_E_ACCESS_DENIED 'IAM does not allow this call: ' \
        403 AccessDeniedException 'User: u is not authorized to perform: bedrock:InvokeModel on resource: r'
    says 'a retired model' BEDROCK_E_NOT_FOUND 'The model is retired: ' \
        404 ResourceNotFoundException 'This model version has reached the end of its life.'
    says 'an expired session token' BEDROCK_E_EXPIRED_TOKEN 'The session token has expired: ' \
        403 ExpiredTokenException 'The security token included in the request is expired'
    says 'a clock behind' BEDROCK_E_SIGNATURE 'The clock is wrong by more than five minutes: ' \
        403 InvalidSignatureException 'Signature expired: a is now earlier than b (c - 5 min.)'
    says 'a clock ahead' BEDROCK_E_SIGNATURE 'The clock is wrong by more than five minutes: ' \
        403 InvalidSignatureException 'Signature not yet current: a is still later than b (c + 5 min.)'
    says 'a signature that does not match' BEDROCK_E_SIGNATURE 'The signature is wrong: the secret access key' \
        403 SignatureDoesNotMatch 'The request signature we calculated does not match the signature you provided.'
    says 'a key that nobody knows' BEDROCK_E_BAD_KEY 'AWS does not know the key: ' \
        403 UnrecognizedClientException 'The security token included in the request is invalid.'
    says 'an API key that is none' BEDROCK_E_ACCESS_DENIED 'The API key is not accepted: ' \
        403 AccessDeniedException 'Authentication failed: Please make sure your API Key is valid.'
    says 'no streaming' BEDROCK_E_VALIDATION 'This model does not stream, ' \
        400 ValidationException 'The model is unsupported for streaming.'
    says 'no counting' BEDROCK_E_VALIDATION 'Tokens cannot be counted for this model: ' \
        400 ValidationException "The provided model doesn't support counting tokens."
    says 'another host' BEDROCK_E_SERVICE 'The endpoint does not know this operation: it has to be bedrock-runtime' \
        404 UnknownOperationException 'm'
    says 'max_tokens' BEDROCK_E_VALIDATION 'max_tokens is more than this model gives: ' \
        400 ValidationException 'The maximum tokens you requested exceeds the model limit of 4096.'
    says 'too long a question' BEDROCK_E_VALIDATION 'The request is longer than this model can read: ' \
        400 ValidationException 'Input is too long for requested model.'
    says 'a malformed body' BEDROCK_E_VALIDATION 'The body has not the form that this model wants: ' \
        400 ValidationException 'Malformed input request: #: extraneous key (x) is not permitted'
    says 'too large' BEDROCK_E_TOO_LARGE 'The request is larger than is accepted' \
        413 RequestEntityTooLargeException 'HTTP content length exceeded 25000000 bytes.'
    says 'no tokens left today' BEDROCK_E_THROTTLED 'The quota of tokens for today is used up: ' \
        429 ThrottlingException 'Too many tokens per day, please wait before trying again.'
    says 'news' BEDROCK_E_VALIDATION 'The service does not accept the request: its own words say why.$' \
        400 ValidationException 'Something that nobody has said before'
    SIMULATOR_OPTIONS='--cert rsa --pace 0' sh tests/run/with_simulator.sh "$stream" hi > "$out" 2> "$err"
    judge 'RSA certificate' $? 0 'You said: hi' "$out"
    SIMULATOR_OPTIONS='--pace 0' sh tests/run/with_simulator.sh sh "$0" inside > "$out.inside" 2>&1
    cat "$out.inside"
    sum=$(tail -n 1 "$out.inside")
    # shellcheck disable=SC2086 # the sum is words
    set -- $sum
    passed=$((passed + ${1:-0})) failed=$((failed + ${3:-1}))
    echo "$passed passed, $failed failed, 0 skipped"
    [ "$failed" -eq 0 ]
    exit
fi

# With the service, which is in the environment now.
succeeds 'a stream' '^You said: hi$' "$stream" hi
succeeds 'from standard input' '^You said: hi$' sh -c "echo hi | $stream"
succeeds 'a reply' '^You said: hi$' "$unary" hi
succeeds 'an echo' '^Grüße 😀$' "$stream" -m sim.echo 'Grüße 😀'
succeeds 'a bearer key' '^You said: hi$' env AWS_BEARER_TOKEN_BEDROCK=test-bedrock-key "$stream" hi
succeeds 'a session token' '^You said: hi$' env AWS_SESSION_TOKEN=token "$stream" hi
succeeds 'byte by byte' '^You said: hi$' "$stream" -m sim.fault.bytes:1 hi
succeeds 'throttled once' '^You said: hi$' "$stream" -m 'sim.fault.status:429*1' hi
succeeds 'unavailable twice' '^You said: hi$' "$unary" -m 'sim.fault.status:503:ServiceUnavailableException*2' hi
succeeds 'a clock that is wrong' '^You said: hi$' "$stream" -m 'sim.fault.clock:+600' hi

advises 'a wrong secret' BEDROCK_E_SIGNATURE 'The signature' env AWS_SECRET_ACCESS_KEY=wrong "$stream" hi
fails 'an unknown key' BEDROCK_E_BAD_KEY env AWS_ACCESS_KEY_ID=AKIDUNKNOWN "$stream" hi
fails 'an expired token' BEDROCK_E_EXPIRED_TOKEN env AWS_SESSION_TOKEN=EXPIRED "$stream" hi
fails 'access denied' BEDROCK_E_ACCESS_DENIED "$stream" -m 'sim.fault.status:403:AccessDeniedException' hi
fails 'too large' BEDROCK_E_TOO_LARGE "$stream" -m 'sim.fault.status:413' hi
fails 'too large for a proxy' BEDROCK_E_TOO_LARGE "$stream" -m 'sim.fault.html:413' hi
fails 'throttled' BEDROCK_E_THROTTLED "$stream" -m sim.fault.status:429 hi
fails 'a proxy in the way' BEDROCK_E_HTTP_NOT_BEDROCK "$stream" -m sim.fault.html:200 hi
fails 'a proxy that refuses' BEDROCK_E_HTTP_NOT_BEDROCK "$stream" -m sim.fault.html:407 hi
fails 'a damaged frame' BEDROCK_E_EVENT_STREAM_CRC "$stream" -m sim.fault.corrupt:500 hi
fails 'a stream cut in a frame' BEDROCK_E_HTTP_INCOMPLETE "$stream" -m sim.fault.cut:500 hi
fails 'a connection cut' BEDROCK_E_TLS_TRUNCATED "$stream" -m sim.fault.truncate:500 hi
fails 'a connection reset' BEDROCK_E_READ "$stream" -m sim.fault.reset:900 hi
fails 'an answer without end' BEDROCK_E_ANSWER_INCOMPLETE "$stream" -m sim.fault.no-stop hi
fails 'throttled in the stream' BEDROCK_E_THROTTLED "$stream" -m sim.fault.exception:throttlingException:2 hi
fails 'an error frame' BEDROCK_E_SERVICE "$stream" -m sim.fault.error-frame hi
fails 'a short reply' BEDROCK_E_HTTP_INCOMPLETE "$unary" -m sim.fault.content-length-lie hi
fails 'no anchor for it' BEDROCK_E_CERT_UNTRUSTED env -u AWS_CA_BUNDLE "$stream" hi
echo "$passed passed, $failed failed, 0 skipped"
[ "$failed" -eq 0 ]
