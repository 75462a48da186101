#!/bin/sh
# SPDX-License-Identifier: MIT
# The command-line program when it is not used as it should be: help, options and numbers that are wrong, prompts that
# are no text, a full disk, a reader that goes away, Ctrl-C.
set -u
. tests/e2e/cli.functions

# --- Help.

run
check 'no command' is $status 2
check 'no command: the help' told '^usage: bedrock COMMAND'
for name in converse chat invoke image embed count-tokens guardrail async doctor version help; do
    run $name --help
    check "$name --help" is $status 0
    check "$name --help: usage" grep -q "^usage: bedrock $name \[options\]" "$out"
    check "$name --help: two examples" is "$(sed -n '/^examples/,/^$/p' "$out" | grep -c 'bedrock ')" 2
    case $name in
    converse | chat | guardrail | async | doctor) codes=1 ;;
    *) codes=0 ;;
    esac
    check "$name --help: exit codes" is "$(grep -c '130 cancelled' "$out")" $codes
    [ $name = doctor ] && variables=1 || variables=0
    check "$name --help: environment" is "$(grep -c AWS_BEARER_TOKEN_BEDROCK "$out")" $variables
    check "$name --help: short" test "$(wc -l < "$out")" -le 26
    check "$name --help: the options of every command are elsewhere" is "$(grep -c -e '^  .*--endpoint URL' "$out")" 0
    check "$name --help: where" is "$(grep -c '^bedrock help: ' "$out")" 1
    check "$name --help: nothing sent" silent "$requests"
    cp "$out" "$base.help"
    run help $name
    check "help $name is the same" cmp -s "$out" "$base.help"
    run help
    check "help lists $name" grep -q "^  $name  *[a-z]" "$out"
done
run help
check 'help: environment' grep -q AWS_BEARER_TOKEN_BEDROCK "$out"
check 'help: the options of every command' grep -q -e '--endpoint URL' "$out"
check 'help: exit codes' grep -q '130 cancelled' "$out"
check "help: an answer that was cut" grep -q 'max_tokens' "$out"
check "help: the doctor's codes" grep -q 'doctor: 10 .*15 permission' "$out"
check "help: a job's codes" grep -q 'async: 4 get' "$out"
run converse --help
check 'converse --help: an answer that was cut' grep -q 'max_tokens' "$out"
run guardrail --help
check 'guardrail --help: its own exit code' grep -q '^  3 it intervened$' "$out"
run --version
check 'version' grep -q '^bedrock [0-9]*\.[0-9]*\.[0-9]*$' "$out"
run version --json
check 'version --json' test -n "$(field version)"
usage 'an unknown command' 'bedrock help lists them' frobnicate
run nope --json
check 'an unknown command --json' is $status 2
check 'an unknown command --json: the error' has error/code USAGE
check 'an unknown command --json: nothing beside it' silent "$err"
run --json
check '--json alone' is $status 2
check '--json alone: the error' has error/code USAGE
check '--json alone: nothing beside it' silent "$err"
usage 'an option first' 'The command comes first' --region us-east-1
usage 'help for an unknown command' 'bedrock help lists them' help frobnicate
usage 'an unknown option' 'converse --help lists them' converse --frobnicate hi
usage 'an unknown letter' 'There is no option -x' converse -x hi
usage 'a value is missing' '-m needs a value' converse -m
usage 'a value too many' '--unary takes no value' converse --unary=1 hi
usage 'another command'"'"'s option' 'no option --seed' converse --seed 1 hi
usage 'a key on the command line' 'no option --secret' converse --secret key hi

# --- Numbers and ids.

usage 'max-tokens 0' 'from 1 to 2147483647, not "0"' converse --max-tokens 0 hi
usage 'max-tokens -1' 'from 1 to 2147483647' converse --max-tokens -1 hi
usage 'max-tokens too large' 'from 1 to 2147483647' converse --max-tokens 2147483648 hi
usage 'max-tokens of many digits' 'from 1 to 2147483647' converse --max-tokens 99999999999999999999 hi
usage 'max-tokens a word' 'not "many"' converse --max-tokens many hi
usage 'max-tokens with a tail' 'not "7x"' converse --max-tokens 7x hi
for value in .7 2 1.5 0. -1 1e-1 0,5 warm; do
    usage "temperature $value" 'a number from 0 to 1' converse --temperature=$value hi
done
for value in 0x0 0x64 64x0 64 x 64x64x64 64X64 9999x64 99999999999x64; do
    usage "size $value" 'takes a width and a height' image --size $value hi
done
usage 'seed 0' 'from 1 to 2147483646' image --seed 0 hi
usage 'timeout 0' 'from 1 to 86400' converse --timeout 0 hi
usage 'an empty model' '1 to 2048 visible' converse -m '' hi
usage 'a model with a space' '1 to 2048 visible' converse -m 'a b' hi
usage 'a model that is no ASCII' '1 to 2048 visible' converse -m 'modèle' hi
long=$(head -c 2049 /dev/zero | tr '\0' x)
usage 'a model that is too long' '1 to 2048 visible' converse -m "$long" hi
usage 'an empty system' '--system is empty' converse --system '' hi
run converse --unary -m 'a:b/c%d' hi
check 'a model with : / %' said 'You said: hi\n'
check 'a model with : / %: on the wire' holds 'POST /model/a%3Ab%2Fc%25d/converse'
run converse --json --temperature 2 hi
check 'usage --json: status' is $status 2
check 'usage --json: code' has error/code USAGE
check 'usage --json: nothing beside it' silent "$err"

# --- Prompts.

usage 'no prompt' 'There is no prompt' converse
usage 'an empty prompt' 'There is no prompt' converse ' '
printf 'a\0b' > "$work/nul"
run converse < "$work/nul"
check 'a NUL' is $status 2
check 'a NUL is told' told 'NUL byte'
run converse "$(printf 'a\377b')"
check 'not UTF-8' is $status 1
check 'not UTF-8 is told' told BEDROCK_E_UTF8
run converse --json "$(printf 'a\377b')"
check 'not UTF-8 --json' has error/code BEDROCK_E_UTF8
head -c 262143 /dev/zero | tr '\0' x > "$work/long"
run converse --unary -m sim.echo < "$work/long"
check 'the longest prompt' is "$(wc -c < "$out")" 262144
echo x >> "$work/long"
run converse < "$work/long"
check 'a prompt too long' is $status 2
check 'a prompt too long is told' told '262143 bytes are the most'

# --- The sentences are the command's: no function, no member of the library.

run_in AWS_REGION=US-EAST-1 converse hi
check 'AWS_REGION in upper case' is $status 1
check 'AWS_REGION in upper case: which' told '^AWS_REGION (US-EAST-1) .* lower-case letters'
check 'AWS_REGION in upper case: nothing sent' silent "$requests"
(unset AWS_REGION && run_in AWS_DEFAULT_REGION=Europe converse --json hi)
check 'AWS_DEFAULT_REGION in upper case' has error/code BEDROCK_E_REGION
check 'AWS_DEFAULT_REGION in upper case: which' grep -q 'AWS_DEFAULT_REGION (Europe)' "$out"
run_in AWS_SECRET_ACCESS_KEY=wrong converse hi
check 'a signature that is refused: the service knows the region' told 'copy both again'
run_in AWS_CA_BUNDLE=/nope converse hi
check 'AWS_CA_BUNDLE' is $status 1
check 'AWS_CA_BUNDLE: which' told '^AWS_CA_BUNDLE (/nope) cannot be read, or holds no certificate.$'
check 'AWS_CA_BUNDLE: the code' told '^BEDROCK_E_ANCHORS ('
run converse -m sim.fault.stall-head --timeout 1 hi
check '--timeout: the option' told 'longer than --timeout allows'
check '--timeout: no member' hides total_ms
(unset AWS_ACCESS_KEY_ID && run_in AWS_SECRET_ACCESS_KEY= converse hi)
check 'no keys' told 'AWS_BEARER_TOKEN_BEDROCK'
check 'no keys: no member' hides '\.credentials'
(unset AWS_ACCESS_KEY_ID && run_in AWS_SECRET_ACCESS_KEY= converse --json hi)
check 'no keys --json: no member' hides '\.credentials'
if [ -n "$python" ]; then
    answer '403 Forbidden' '{"__type":"InvalidSignatureException","message":"Credential should be scoped to a valid region."}'
    run converse --endpoint "http://127.0.0.1:$(cat "$work/port")" hi
    check 'no such region' told '^AWS does not know the region: check AWS_REGION or --region'
    answer '400 Bad Request' '{"__type":"ValidationException","message":"The model is not supported for streaming."}'
    run converse --endpoint "http://127.0.0.1:$(cat "$work/port")" hi
    check 'a model that does not stream' told 'converse --unary'
    check 'a model that does not stream: no function' hides 'bedrock_converse()'
    wait
else
    skipped=$((skipped + 3))
fi
run_in AWS_CA_BUNDLE= converse hi
check 'no trust: the variable' told AWS_CA_BUNDLE
run count-tokens -m amazon.titan-text-lite-v1 hi
check 'count-tokens: no function' hides 'bedrock_last_usage'

# --- What cannot be written is not complete.

if [ -w /dev/full ]; then
    for line in 'converse hi' 'converse --json hi' 'chat' 'invoke -m my.model --body {}' 'embed hi' 'count-tokens hi' \
        'version' 'help'; do
        # shellcheck disable=SC2086 # the line is words
        echo hi | timeout 60 "$program" $line > /dev/full 2> "$err"
        check "a full disk: $line" is $? 1
        check "a full disk: $line is told" told 'No space left'
    done
else
    skipped=$((skipped + 16))
fi
(timeout 60 "$program" converse -m sim.slow:50 many words that are said one by one 2> "$err"; echo $? > "$base.status") |
    head -c 3 > /dev/null
check 'a reader that goes away' is "$(cat "$base.status")" 1
check 'a reader that goes away is told' told 'could not be written'
timeout 60 "$program" converse hi >&- 2> "$err"
check 'no standard output' is $? 1
check 'no standard output is told' told 'no standard output'
timeout 60 "$program" converse hi <&- 2>&- > "$out"
check 'no other stream' said 'You said: hi\n'

# --- Ctrl-C.

interrupt() { # interrupt SIGNAL FILE ARGUMENT...: sends it as soon as the file is not empty
    number=$1 sign=$2
    shift 2
    : > "$out"
    "$program" "$@" > "$out" 2> "$err" < /dev/null &
    job=$!
    tries=0
    while [ ! -s "$sign" ] && [ $tries -lt 100 ]; do
        sleep 0.1
        tries=$((tries + 1))
    done
    kill -"$number" $job
    wait $job
    status=$?
}
# A shell without job control starts what runs in the background with SIGINT ignored, and the program heeds no such thing.
interrupt INT "$out" converse -m sim.slow:300 many words that are said slowly
check 'Ctrl-C' is $status 130
check 'Ctrl-C is told' told BEDROCK_E_CANCELLED
check 'Ctrl-C: a part' is "$(grep -c slowly "$out")" 0
: > "$requests"
interrupt TERM "$requests" converse --json -m sim.slow:300 many words that are said slowly
check 'SIGTERM' is $status 143
check 'SIGTERM --json' has error/code BEDROCK_E_CANCELLED
: > "$requests"
interrupt INT "$requests" image -o "$work/d.png" -m sim.fault.stall:90000/amazon.titan-image kite
check 'Ctrl-C: image' is $status 130
check 'Ctrl-C: no file' is "$(count 'd.png*')" 0

rm -f "$base.help" "$base.status"
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
