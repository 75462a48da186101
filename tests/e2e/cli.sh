#!/bin/sh
# SPDX-License-Identifier: MIT
# The command-line program against the service: every command and its options, what goes to which stream, what --json
# says, the exit codes. cli_input.sh has bad input and rude ends, cli_doctor.sh the doctor.
set -u
. tests/e2e/cli.functions

# --- converse.

run converse Why is the sky
check 'converse' is $status 0
check 'converse: the answer' said 'You said: Why is the sky\n'
check 'converse: silence beside it' silent "$err"
check 'converse: streams' holds '/converse-stream HTTP'
run converse --unary -m sim.echo hi
check 'converse --unary' said 'hi\n'
check 'converse --unary: whole' holds 'POST /model/sim.echo/converse HTTP'
echo 'from a pipe ' > "$work/prompt"
run converse -m sim.echo < "$work/prompt"
check 'converse: standard input' said 'from a pipe\n'
run converse -m sim.echo before - after < "$work/prompt"
check 'converse: - among words' said 'before from a pipe after\n'
run converse -m sim.echo -- -m 'Grüße 😀' < /dev/null
check 'converse: --' said '-m Grüße 😀\n'
run converse --model=sim.echo --system 'Be brief.' --max-tokens=77 --temperature 0.25 --timeout 30 hi
check 'converse: options' is $status 0
check 'converse --system' holds '"system":[{"text":"Be brief."}]'
check 'converse --max-tokens' holds '"maxTokens":77'
check 'converse --temperature' holds '"temperature":0.25'
run converse --max-tokens 3 one two three four five
check 'converse: cut by max_tokens: complete for the service' is $status 0
check 'converse: cut by max_tokens is told' told 'max_tokens; --max-tokens allows more'
check 'converse: silence about it in the answer' said 'You said: one\n'
run converse --json -m sim.echo 'Grüße "😀"'
check 'converse --json' has text 'Grüße "😀"'
check 'converse --json: one line' one_line "$out"
check 'converse --json: why it stopped' has stopReason end_turn
check 'converse --json: tokens' test "$(field usage/inputTokens)" -gt 0
check 'converse --json: request id' test -n "$(field requestId)"
run converse --json -m sim.empty hi
check 'converse --json: an empty answer' has text ''
run converse -m sim.guardrail hi
check 'converse: a guardrail' is $status 3
check 'converse: a guardrail is told' told guardrail_intervened
run converse -m 'sim.fault.status:403:AccessDeniedException' hi
check 'converse: refused' is $status 1
check 'converse: refused: no answer' silent "$out"
check 'converse: refused is told' told '^BEDROCK_E_ACCESS_DENIED ('
run converse --json -m 'sim.fault.status:403:AccessDeniedException' hi
check 'refused --json' is $status 1
check 'refused --json: code' has error/code BEDROCK_E_ACCESS_DENIED
check 'refused --json: type' has error/type AccessDeniedException
check 'refused --json: message' has error/message 'Simulated failure'
check 'refused --json: http status' has error/httpStatus 403
check 'refused --json: request id' test -n "$(field error/requestId)"
check 'refused --json: nothing beside it' silent "$err"
run converse --json -m sim.fault.cut:900 hi
check 'half an answer --json: the half' has text 'You said: hi'
check 'half an answer --json: the error' has error/code BEDROCK_E_HTTP_INCOMPLETE
check 'half an answer --json: status' is $status 1
run converse --json -m sim.fault.html:407 hi
check 'a proxy --json' has error/code BEDROCK_E_HTTP_NOT_BEDROCK
run converse --json -m sim.fault.stall-head --timeout 1 hi
check '--timeout' has error/code BEDROCK_E_TIMEOUT_TOTAL
run converse --json --endpoint https://127.0.0.1:1 hi
check '--endpoint' has error/code BEDROCK_E_CONNECT
check '--endpoint: the system says' test -n "$(field error/system)"
run converse --json --region eu-west-1 hi
check '--region' is "$(grep -ac '/eu-west-1/bedrock/aws4_request' "$requests")" 1
usage 'a bad region' '--region takes' converse --region us_east hi
usage 'a bad endpoint' '--endpoint takes a URL' converse --endpoint ftp://x hi
usage 'a region in upper case' 'lower-case letters, digits and dashes' converse --region US-EAST-1 hi

# --- Pictures go in.

run image -m amazon.titan-image-generator-v2:0 --size 64x128 -o "$work/in.png" a kite
run converse --unary -m sim.echo --image "$work/in.png" --image="$work/in.png" what is this
check 'converse --image' is $status 0
check 'converse --image: two' is "$(grep -ao '"image":{"format":"png"' "$requests" | wc -l)" 2
run converse --image - hi < "$work/in.png"
check 'converse --image: a picture from standard input' is $status 0
usage 'no picture' 'is no picture' converse --image "$0" hi
: > "$work/empty"
usage 'an empty picture' 'is no picture' converse --image "$work/empty" hi
usage 'no such picture' 'cannot be opened: No such file' converse --image "$work/none" hi
usage 'a folder as a picture' 'is a folder' converse --image "$work" hi

# --- chat.

printf 'a\n\nb\n' | (run chat -m sim.echo --system 'Be brief.'; exit $status)
check 'chat' is $? 0
check 'chat: the answers' said 'a\nb\n'
check 'chat: the history' holds '{"role":"user","content":[{"text":"b"}]}'
check 'chat: no prompt in a pipe' silent "$err"
if script -qec true /dev/null < /dev/null > /dev/null 2>&1; then
    : > "$requests"
    { sleep 1; echo hi; sleep 1; printf '\004'; } |
        TERM=xterm timeout 60 script -qec "'$program' chat -m sim.echo" /dev/null > "$out" 2> "$err"
    check 'chat: a prompt on a terminal' grep -q '> ' "$out"
    check 'chat: an answer on a terminal' grep -q '^hi' "$out"
else
    skipped=$((skipped + 2))
fi
printf 'a\n\nb\n' | (run chat -m sim.echo --system 'Be brief.'; exit $status)
check 'chat --system' holds '"system":[{"text":"Be brief."}]'
printf 'a\nb\n' | (run chat --json -m sim.echo; exit $status)
check 'chat --json: a line each' is "$(wc -l < "$out")" 2
check 'chat --json' has text b
printf 'a\nb\n' | (run chat -m 'sim.fault.exception:throttlingException:1*1'; exit $status)
check 'chat: a failed answer' is $? 1
check 'chat: goes on' grep -qx 'You said: b' "$out"
printf 'a\0b\nc\n' | (run chat -m sim.echo; exit $status)
check 'chat: a NUL' is $? 1
check 'chat: a NUL is not sent' said 'c\n'
printf 'a\377b\n' | (run chat --json -m sim.echo; exit $status)
check 'chat: not UTF-8' is $? 1
check 'chat: not UTF-8: the code' has error/code BEDROCK_E_UTF8
{ head -c 20000 /dev/zero | tr '\0' x; printf '\nhi\n'; } | (run chat -m sim.echo; exit $status)
check 'chat: a line too long' is $? 1
check 'chat: a line too long is not sent' said 'hi\n'
usage 'chat: words' 'one word too many' chat hi

# --- invoke.

run invoke -m my.model --body '{"a":1}'
check 'invoke' said '{"request":{"a":1},"usage":{"inputTokens":2}}'
check 'invoke: silence beside it' silent "$err"
printf '{"prompt":"hi"}' > "$work/body"
run invoke -m meta.llama3-1-8b-instruct-v1:0 --stream < "$work/body"
check 'invoke --stream' is $status 0
check 'invoke --stream: a line each' is "$(wc -l < "$out")" 4
check 'invoke --stream: JSON' test "$(field generation_token_count)" -gt 0
{ printf '{"a":"'; head -c 3000000 /dev/zero | tr '\0' x; printf '"}'; } > "$work/large"
run invoke -m my.model < "$work/large"
check 'invoke: from a file' is $status 0
check 'invoke: from a file: all of it' test "$(wc -c < "$out")" -gt 3000000
cp "$out" "$base.reply"
cat "$work/large" | (run invoke -m my.model; exit $status)
check 'invoke: from a pipe' is $? 0
check 'invoke: from a pipe: the same' cmp -s "$out" "$base.reply"
(read -r skipped_line; run invoke -m my.model; exit $status) <<'END'
not this line
{"a":2}
END
check 'invoke: goes on where standard input is' is "$(grep -c '"request":{"a":2}' "$out")" 1
head -c 25000001 /dev/zero > "$work/huge"
run invoke -m my.model < "$work/huge"
check 'invoke: a file too long' is $status 2
check 'invoke: a file too long is told' told 'the service takes 25000000 bytes'
cat "$work/huge" 2> /dev/null | (run invoke -m my.model; exit $status)
check 'invoke: a pipe too long' is $? 2
check 'invoke: a pipe too long is told' told 'the service takes 25000000 bytes'
rm -f "$work/huge"
run invoke -m my.model --body '{"a":'
check 'invoke: no JSON' is $status 1
check 'invoke: no JSON is told' told BEDROCK_E_JSON_INCOMPLETE
run invoke --json -m sim.fault.status:404:ResourceNotFoundException --body '{}'
check 'invoke --json: no answer' silent "$out"
cp "$err" "$out"
check 'invoke --json' has error/code BEDROCK_E_NOT_FOUND
run invoke --json --stream -m 'sim.fault.exception:throttlingException:2/meta.llama3' < "$work/body"
check 'invoke --stream --json: status' is $status 1
check 'invoke --stream --json: the chunks' test "$(grep -c generation "$out")" -ge 1
check 'invoke --stream --json: and no error' is "$(grep -c error "$out")" 0
check 'invoke --stream --json: which is a line' one_line "$err"
cp "$err" "$out"
check 'invoke --stream --json: beside them' has error/code BEDROCK_E_THROTTLED
run invoke --json --body '{}'
check 'invoke --json: a wrong command line: no answer' silent "$out"
cp "$err" "$out"
check 'invoke --json: a wrong command line' has error/code USAGE
usage 'invoke: no model' '-m MODEL' invoke --body '{}'
usage 'invoke: no body' 'There is no body' invoke -m my.model
usage 'invoke: words' 'one word too many' invoke -m my.model hi

# --- image.

run image -o "$work/a.png" --size 128x64 --seed 7 A kite
check 'image' is $status 0
check 'image: silence' silent "$out"
check 'image: and beside it' silent "$err"
check 'image: it is one' is "$(head -c 4 "$work/a.png" | tail -c 3)" PNG
check 'image: its end' is "$(tail -c 8 "$work/a.png" | head -c 4)" IEND
check 'image --size' holds '"width":128'
check 'image --seed' holds '"seed":7'
run image -o "$work/a.png" --json --size 64x64 A smaller kite
check 'image --json: file' has file "$work/a.png"
check 'image --json: bytes' has bytes "$(wc -c < "$work/a.png" | tr -d ' ')"
cp "$work/a.png" "$base.png"
(umask 027 && run image -o "$work/b.png" --size 64x64 kite)
check 'image: the umask' is "$(ls -l "$work/b.png" | cut -c 1-10)" -rw-r-----
run image -o - --size 64x64 A smaller kite
check 'image -o -' cmp -s "$out" "$base.png"
if [ -e /dev/stdout ]; then
    "$program" image -o /dev/stdout --size 64x64 A smaller kite 2> "$err" | cat > "$out"
    check 'image: a link to a pipe' cmp -s "$out" "$base.png"
else
    skipped=$((skipped + 1))
fi
for model in sim.fault.cut:3000/amazon.titan-image sim.fault.truncate:9000/amazon.titan-image sim.fault.status:400; do
    run image -o "$work/a.png" -m $model kite
    check "image: $model" is $status 1
    check "image: $model: what there was stays" cmp -s "$work/a.png" "$base.png"
done
for model in sim.image:50000:20000 sim.image:50000:7; do
    run image -o "$work/a.png" -m $model kite
    check "image: $model" is $status 1
    check "image: $model: told" told 'no whole PNG or JPEG'
    check "image: $model: what there was stays" cmp -s "$work/a.png" "$base.png"
    run image --json -o "$work/a.png" -m $model kite
    check "image: $model --json" grep -q 'no whole PNG or JPEG' "$out"
done
run image -o - -m sim.image:50000:20000 kite
check 'image -o -: a half' is $status 1
check 'image -o -: a half is told' told 'no whole PNG or JPEG'
run image -o "$work/c.png" forbidden
check 'image: filtered' is $status 1
check 'image: filtered: why' told 'blocked by our content filters'
run image --json -o "$work/c.png" forbidden
check 'image: filtered --json' has error/code BEDROCK_E_MODEL_ERROR
run image -o "$work/c.png" -m my.model kite
check 'image: none in the answer' is $status 1
check 'image: no file of those that failed' is "$(count 'c.png*')" 0
check 'image: no temporary file' is "$(count '*.png.*')" 0
run image -o "$work/none/c.png" kite
check 'image: no such folder' is $status 1
check 'image: no such folder: nothing sent' silent "$requests"
ln -sf "$(cd "$work" && pwd)/target.png" "$work/link.png"
: > "$work/target.png"
run image -o "$work/link.png" --size 64x64 A smaller kite
check 'image: through a link' cmp -s "$work/target.png" "$base.png"
check 'image: the link is one still' test -h "$work/link.png"
run image -o "$work/link.png" -m sim.image:50000:20000 kite
check 'image: a half through a link' is $status 1
check 'image: a half through a link: what there was stays' cmp -s "$work/target.png" "$base.png"
if [ -n "$python" ]; then
    # Of a JPEG only the ends matter; then one without its end, its beginning, anything between; and a GIF.
    for picture in /9j/4AECAwQFBgcICQr/2Q==:0 /9j/4AECAwQFBgcICQr/2A==:1 /9n/4AECAwQFBgcICQr/2Q==:1 /9j/2Q==:1 \
        R0lGODlhAQIDBAUGBwgJ:1; do
        rm -f "$work/c.jpg"
        answer '200 OK' "{\"images\":[\"${picture%:*}\"]}"
        run image -o "$work/c.jpg" --endpoint "http://127.0.0.1:$(cat "$work/port")" kite
        check "image: $picture" is $status "${picture#*:}"
        check "image: $picture: a file" is "$(count 'c.jpg*')" $((1 - ${picture#*:}))
    done
    wait
else
    skipped=$((skipped + 10))
fi
rm -f "$work/c.jpg"
if [ -w /dev/full ]; then
    ln -sf /dev/full "$work/full" # if it were replaced by a file, it would be the link that is
    run image -o "$work/full" kite
    check 'image: a full disk' is $status 1
    check 'image: a full disk is told' told 'No space left'
    check 'image: the device is one still' test -c "$work/full"
else
    skipped=$((skipped + 3))
fi
run image --json -o - kite
check 'image: JSON and the picture on one stream' is $status 2
check 'image: JSON and the picture on one stream: told' has error/code USAGE

# --- embed.

run embed --dimensions 256 a kite
check 'embed' is $status 0
check 'embed: a line each' is "$(wc -l < "$out")" 2
check 'embed: so many numbers' is "$(head -n 1 "$out" | tr ',' '\n' | wc -l)" 256
check 'embed --dimensions' holds '"dimensions":256'
run embed --json --dimensions 256 a kite
check 'embed --json' test -n "$(field vectors/1/255)"
check 'embed --json: tokens' test "$(field inputTokens)" -gt 0
run embed -m cohere.embed-english-v3 --purpose search_query a kite
check 'embed: Cohere' is "$(wc -l < "$out")" 2
check 'embed --purpose' holds '"input_type":"search_query"'
check 'embed: Cohere: one call' is "$(grep -ac '^POST' "$requests")" 1
run embed -m my.profile --family cohere a
check 'embed --family' holds '"texts":["a"]'
check 'embed: no vector in the answer' is $status 1
check 'embed: no vector in the answer is told' told 'read it by the family of the model'
run embed --json --family nova -m foo x
check 'embed: no vector --json' is $status 1
check 'embed: no vector --json: one document' one_line "$out"
check 'embed: no vector --json: the error' has error/code BEDROCK_E_NO_ANSWER
check 'embed: no vector --json: the vectors' has vectors '[]'
check 'embed: no vector --json: nothing beside it' silent "$err"
usage 'embed: an empty text' 'There is no text' embed ''
usage 'embed: a text of spaces' 'There is no text' embed ' '
usage 'embed: an empty text among others' 'Text 2 is empty' embed a ''
run embed -m amazon.titan-embed-image-v1 - < "$work/prompt"
check 'embed: multimodal, standard input' is "$(tr ',' '\n' < "$out" | wc -l)" 1024
run embed --json -m 'sim.fault.status:400:ValidationException/amazon.titan-embed-text-v2:0' a
check 'embed: refused --json' has error/code BEDROCK_E_VALIDATION
usage 'embed: a family that there is not' 'titan titan-multimodal cohere nova' embed --family gpt a

# --- count-tokens.

run count-tokens one two three
check 'count-tokens' said '3\n'
run count-tokens --json --system 'Be brief.' one two three
check 'count-tokens --json' has inputTokens 7
run count-tokens -m meta.llama3 --body '{"prompt":"hi"}'
check 'count-tokens --body' grep -qx '[0-9]*' "$out"
run count-tokens -m amazon.titan-text-lite-v1 hi
check 'count-tokens: a model that cannot' is $status 1
check 'count-tokens: a model that cannot: no number' silent "$out"
usage 'count-tokens: both' 'one word too many' count-tokens --body '{}' hi

# --- guardrail.

run guardrail --id gr1 --version 1 all is well
check 'guardrail: in order' is $status 0
check 'guardrail: in order: silence' silent "$out"
run guardrail --id gr1 --version DRAFT --source OUTPUT a badword
check 'guardrail: intervened' is $status 3
check 'guardrail: what to show' said 'Sorry, this content is blocked.\n'
check 'guardrail --source' holds '"source":"OUTPUT"'
run guardrail --id gr1 --version 1 --json call jane@example.com
check 'guardrail --json: status' is $status 3
check 'guardrail --json: intervened' has intervened true
check 'guardrail --json: action' has action GUARDRAIL_INTERVENED
check 'guardrail --json: outputs' has outputs/0 'call {EMAIL}'
check 'guardrail --json: assessments' \
    has assessments/0/sensitiveInformationPolicy/piiEntities/0/type EMAIL
run guardrail --id gr1 --version 1 --json fine
check 'guardrail --json: in order' has intervened false
run guardrail --id missing --version 1 --json fine
check 'guardrail: missing' has error/code BEDROCK_E_NOT_FOUND
usage 'guardrail: an empty text' 'There is no text' guardrail --id gr1 --version 1 ''
usage 'guardrail: no version' '--id ID and --version V' guardrail --id gr1 hi
usage 'guardrail: a source that there is not' 'INPUT OUTPUT' guardrail --id a --version 1 --source BOTH hi

# --- async.

run async start -m amazon.nova-reel-v1:0 --s3 s3://my-bucket/videos/ --body '{"taskType":"TEXT_VIDEO"}'
check 'async start' is $status 0
arn=$(cat "$out")
check 'async start: an ARN' is "${arn%:*}" arn:aws:bedrock:us-east-1:123456789012
run async get "$arn"
check 'async get: not yet' is $status 4
check 'async get: not yet is said' grep -q '^InProgress ' "$out"
run async get "$arn" --json
check 'async get --json' has status Completed
check 'async get --json: status' is $status 0
check 'async get --json: where' has s3Uri s3://my-bucket/videos/
echo '{"taskType":"TEXT_VIDEO"}' > "$work/body"
run async start --json -m will.fail --s3 s3://my-bucket/videos/ < "$work/body"
arn=$(field invocationArn)
run async get "$arn"
run async get "$arn"
check 'async get: failed' is $status 5
check 'async get: failed: why' grep -q 'The model gave up' "$out"
for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21; do
    run async start -m amazon.nova-reel-v1:0 --s3 s3://my-bucket/videos/ < "$work/body"
done
run async list
check 'async list: over pages' is "$(wc -l < "$out")" 23
run async list --status Failed --json
check 'async list --status' has jobs/0/status Failed
run async list --max 3
check 'async list --max' is "$(wc -l < "$out")" 3
run async get nothing --json
check 'async get: unknown' has error/code BEDROCK_E_VALIDATION
usage 'async: nothing' 'start, get ARN, or list' async
usage 'async get: no ARN' 'get needs the ARN' async get
usage 'async get: two ARNs' '"b" is one word too many' async get a b
usage 'async list: a word' '"extra" is one word too many' async list extra
usage 'async: something else' 'start, get ARN, or list' async stop
usage 'async start: no model' 'needs -m MODEL and --s3' async start --s3 s3://a/b
usage 'async list: a status that there is not' 'InProgress Completed Failed' async list --status Done

rm -f "$base.reply" "$base.png"
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
