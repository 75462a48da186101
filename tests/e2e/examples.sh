#!/bin/sh
# SPDX-License-Identifier: MIT
# The programs that ask one thing: what each prints and where, what it asks of the service, and how it ends when its
# model, its prompt or the answer is not as it should be.
set -u
. tests/e2e/programs.functions
bin=$(cd "$build/examples" && pwd)

# talk PROGRAM WORD...: standard input is the caller's; status is how it ended.
talk() {
    : > "$requests"
    program=$1
    shift
    timeout 60 "$bin/$program" "$@" > "$out" 2> "$err"
    status=$?
}

told() { grep -q "$1" "$err"; }
quiet() { [ ! -s "$err" ]; }
asked() { grep -q "^$1 HTTP/1.1" "$requests"; } # METHOD PATH of some request
holds() { grep -qF "$1" "$requests"; }
no_request() { [ ! -s "$requests" ]; }

# fails NAME CODE: it ended with 1, and the report names the code.
fails() {
    check "$1: status" is $status 1
    check "$1: is told" told "^$2 ("
}

# wrong_models PROGRAM WORD...: ids that no model has are told before anything is asked.
wrong_models() {
    program=$1
    shift
    for id in '' "$(head -c 2049 /dev/zero | tr '\0' x)" 'a b' "$(printf 'a\377b')" "$(printf 'a\tb')"; do
        talk "$program" -m "$id" "$@" < /dev/null
        check "$program -m $(printf %.20s "$id"): status" is $status 2
        check "$program -m $(printf %.20s "$id"): is told" is "$(cat "$err")" \
            '-m takes the id or ARN of a model: 1 to 2048 visible ASCII characters without spaces.'
        check "$program -m $(printf %.20s "$id"): nothing else" said ''
        check "$program -m $(printf %.20s "$id"): nothing was asked" no_request
    done
}

# late_options PROGRAM WORD...: an option behind words is no part of a prompt.
late_options() {
    program=$1
    shift
    for option in -m --help --; do
        talk "$program" "$@" $option sim.echo < /dev/null
        check "$program, then $option: status" is $status 2
        check "$program, then $option: is told" told 'options come first; -- before words that begin with -'
        check "$program, then $option: nothing was asked" no_request
    done
}

# --- The programs that talk: name, model, end of the path, and what the body holds.

talker() {
    program=$1 model=$2 action=$3
    path=$(printf %s "$model" | sed 's/:/%3A/g')
    talk "$program" hi < /dev/null
    check "$program: status" is $status 0
    check "$program: answer" said 'You said: hi\n'
    check "$program: nothing on standard error" quiet
    check "$program: its model" asked "POST /model/$path/$action"
    check "$program: its request" holds "$4"

    talk "$program" -m "$model" 'Grüße' "$(printf 'a\tb')" '"😀\' < /dev/null
    check "$program: words" said 'You said: Grüße a\tb "😀\\\n'
    wrong_models "$program" hi
    late_options "$program" hi
    talk "$program" -5 - '-- dash' < /dev/null
    check "$program: words that are no options" said 'You said: -5 - -- dash\n'
    talk "$program" -m "$(printf '%s%2048s' "$model" '' | tr ' ' x | head -c 2048)" hi < /dev/null
    check "$program: the longest model" is $status 0
    printf 'a\nb\n' | (talk "$program" -m "$model"; exit $status)
    check "$program: standard input" grep -q '^You said: *a$' "$out"
    check "$program: standard input, all of it" grep -q '^b$' "$out"
    talk "$program" hi < / # words are enough
    check "$program: words before standard input" said 'You said: hi\n'
    talk "$program" < /
    check "$program: a folder as standard input" is $status 2
    check "$program: a folder as standard input is told" told 'Standard input could not be read'
    printf 'a\0b' | (talk "$program"; exit $status)
    check "$program: a NUL is no text" is $? 2
    talk "$program" -m "arn:aws:bedrock:us-east-1:123456789012:x%y/$model" hi < /dev/null
    check "$program: an ARN" said 'You said: hi\n'
    check "$program: its path" asked "POST /model/arn%3Aaws%3Abedrock%3Aus-east-1%3A123456789012%3Ax%25y%2F$path/$action"
    talk "$program" "$(printf 'a\377b')" < /dev/null
    fails "$program: not UTF-8" BEDROCK_E_UTF8
    check "$program: not UTF-8: nothing else" said ''
    talk "$program" ' ' < /dev/null
    fails "$program: a blank prompt" BEDROCK_E_EMPTY_TEXT
    check "$program: nothing was asked" no_request
    talk "$program" -m "sim.fault.cut:30/$model" hi < /dev/null
    fails "$program: half an answer" BEDROCK_E_HTTP_INCOMPLETE
    talk "$program" -m "sim.fault.status:403:AccessDeniedException/$model" hi < /dev/null
    fails "$program: no access" BEDROCK_E_ACCESS_DENIED
    check "$program: no access: nothing else" said ''
    talk "$program" -m "sim.fault.status:503:ServiceUnavailableException*1/$model" hi < /dev/null
    check "$program: unavailable once" said 'You said: hi\n'
    manners "$program" hi
}

# manners PROGRAM WORD...: what all programs have in common, with words that work.
manners() {
    program=$1
    talk "$program" --help < /dev/null
    check "$program --help: status" is $status 0
    check "$program --help" grep -q '^usage: ' "$out"
    talk "$program" --nothing < /dev/null
    check "$program --nothing: status" is $status 2
    check "$program --nothing" told '^usage: '
    check "$program --nothing: nothing else" said ''
    shift
    timeout 60 "$bin/$program" "$@" < /dev/null > /dev/full 2> "$err"
    check "$program: a full disk" is $? 1
    check "$program: a full disk is told" told 'could not be written'
    timeout 60 "$bin/$program" "$@" < /dev/null >&- 2> "$err"
    check "$program: no standard output" is $? 2
}

talker hello anthropic.claude-v2 invoke '"max_tokens_to_sample":200'
talker invoke_claude anthropic.claude-v2 invoke '"temperature":0.5'
talker invoke_claude_stream anthropic.claude-v2 invoke-with-response-stream '"temperature":0.5'
talker invoke_llama meta.llama2-13b-chat-v1 invoke '"max_gen_len":512,"temperature":0.5'
talker invoke_titan_text amazon.titan-text-express-v1 invoke '"maxTokenCount":4096'
talker invoke_jurassic ai21.j2-mid-v1 invoke '"maxTokens":200'
talker converse_claude anthropic.claude-3-haiku-20240307-v1:0 converse '"messages":[{"role":"user","content":[{"text":"hi"}]}]'
talker converse_nova amazon.nova-lite-v1:0 converse '"inferenceConfig":{"maxTokens":512,"temperature":0.5,"topP":0.9}'

for program in invoke_claude invoke_claude_stream invoke_llama invoke_titan_text invoke_jurassic converse_claude converse_nova; do
    printf ' a\nb \n\n' | (talk "$program"; exit $status)
    check "$program: a prompt of lines" grep -q '^You said:  *a$' "$out"
    talk "$program" < /dev/null
    fails "$program: no prompt" BEDROCK_E_EMPTY_TEXT
    head -c 70000 /dev/zero | tr '\0' x | (talk "$program"; exit $status)
    check "$program: too long a prompt" is $? 2
    check "$program: no request" no_request
done
printf '\n \n' | (talk hello; exit $status)
check 'hello: blank lines are no prompt' said 'You said: Hello, how are you today?\n'
talk hello < /dev/null
check 'hello: a prompt of its own' said 'You said: Hello, how are you today?\n'

# An answer that the model had to break off is complete, but not whole.
is_cut() { # is_cut PROGRAM WORD...
    talk "$@" "$(seq -s ' ' 3000)" < /dev/null
    check "$1: cut: status" is $status 0
    check "$1: cut: is told" is "$(grep -c '^The answer was cut at max_tokens' "$err")" 1
}
for program in hello invoke_claude invoke_claude_stream invoke_llama invoke_jurassic converse_nova; do
    is_cut $program
done

# The format follows the model's generation.
for program in invoke_claude invoke_claude_stream; do
    talk $program hi < /dev/null
    check "$program: text completions" holds '"prompt":"\n\nHuman: hi\n\nAssistant:"'
    talk $program -m us.anthropic.claude-haiku-4-5-20251001-v1:0 hi < /dev/null
    check "$program: Messages, the answer" said 'You said: hi\n'
    check "$program: Messages" holds '"anthropic_version":"bedrock-2023-05-31"'
done
talk invoke_llama hi < /dev/null
check 'invoke_llama: Llama 2' holds '[INST] hi [/INST]'
talk invoke_llama -m us.meta.llama3-3-70b-instruct-v1:0 hi < /dev/null
check 'invoke_llama: Llama 3, the answer' said 'You said: hi\n'
check 'invoke_llama: Llama 3' holds '<|start_header_id|>user<|end_header_id|>'
talk invoke_claude_stream -m sim.fault.no-stop/anthropic.claude-v2 hi < /dev/null
fails 'a stream without its end' BEDROCK_E_ANSWER_INCOMPLETE
talk invoke_claude_stream -m sim.fault.exception:throttlingException:1/anthropic.claude-v2 hi < /dev/null
fails 'a stream that breaks off' BEDROCK_E_THROTTLED
# Where both go into one file, the line of the answer ends before the report begins.
in_order() { # in_order NAME PROGRAM WORD...
    name=$1 program=$2
    shift 2
    timeout 60 "$bin/$program" "$@" < /dev/null > "$out" 2>&1
    check "$name: the line ends, then the report" is "$(sed 's/ .*//' "$out" | head -n 2 | tr '\n' '/')" 'You/Too/'
}
broken=sim.fault.exception:throttlingException:2
in_order 'half a stream' invoke_claude_stream -m $broken/anthropic.claude-v2 'first second third'
in_order 'half an answer on a picture' converse_image -m $broken tests/run/picture.png 'first second third'

# --- A picture and a question

# What the service says of a picture that came to it: its format, its length, its checksum (gzip's, which has the same).
seen() {
    printf 'You said:  [%s image, %d bytes, CRC-32 %s]%s\\n' "$1" "$(wc -c < "$2")" \
        "$(gzip -c < "$2" | tail -c 8 | od -An -tx1 | awk '{ print $4 $3 $2 $1 }')" "$3"
}

png=tests/run/picture.png
talk converse_image $png 'Which colour is it?' < /dev/null
check 'converse_image: status' is $status 0
check 'converse_image: answer' said "$(seen png $png 'Which colour is it?')"
check 'converse_image: its model' asked 'POST /model/amazon.nova-lite-v1%3A0/converse-stream'
check 'converse_image: the picture' holds "{\"image\":{\"format\":\"png\",\"source\":{\"bytes\":\"$(base64 -w 0 < $png)\"}}}"
talk converse_image $png < /dev/null
check 'converse_image: a question of its own' said "$(seen png $png 'What does this picture show?')"
printf '\377\330\377\340 and so on' > "$base.picture"
talk converse_image "$base.picture" hi < /dev/null
check 'converse_image: JPEG' holds '"format":"jpeg"'
printf 'GIF89a and so on' > "$base.picture"
talk converse_image "$base.picture" hi < /dev/null
check 'converse_image: GIF' holds '"format":"gif"'
printf 'RIFF\20\0\0\0WEBPVP8 ' > "$base.picture"
talk converse_image "$base.picture" hi < /dev/null
check 'converse_image: WebP' holds '"format":"webp"'
{ cat $png; head -c 3000000 /dev/zero; } > "$base.picture"
talk converse_image "$base.picture" hi < /dev/null
check 'converse_image: three megabytes' said "$(seen png "$base.picture" hi)"
printf '\211PNG is not enough' > "$base.picture"
for file in "$0" /dev/null "$base.picture"; do
    talk converse_image "$file" hi < /dev/null
    check "converse_image $file: status" is $status 1
    check "converse_image $file: is told" told "^$file is no picture"
    check "converse_image $file: nothing was asked" no_request
done
for file in /nowhere/at/all / ''; do
    talk converse_image "$file" hi < /dev/null
    check "converse_image '$file': status" is $status 1
    check "converse_image '$file': is told" test -s "$err"
    check "converse_image '$file': nothing was asked" no_request
done
talk converse_image < /dev/null
check 'converse_image without a picture' is $status 2
talk converse_image $png "$(printf 'a\377b')" < /dev/null
fails 'converse_image: not UTF-8' BEDROCK_E_UTF8
talk converse_image -m sim.fault.cut:200 $png hi < /dev/null
fails 'converse_image: half an answer' BEDROCK_E_HTTP_INCOMPLETE
talk converse_image -m sim.fault.status:403:AccessDeniedException $png hi < /dev/null
fails 'converse_image: no access' BEDROCK_E_ACCESS_DENIED
check 'converse_image: no access: nothing else' said ''
echo 'From a pipe?' | (talk converse_image $png; exit $status)
check 'converse_image: standard input' said "$(seen png $png 'From a pipe?')"
wrong_models converse_image $png hi
late_options converse_image $png hi
manners converse_image $png hi
rm -f "$base.picture"

# --- Vectors

talk embed 'a ship' 'a boat' 'a loaf of bread' < /dev/null
check 'embed: status' is $status 0
check 'embed: each with each' is "$(cut -c 9- "$out" | tr '\n' '/')" 'a ship | a boat/a ship | a loaf of bread/a boat | a loaf of bread/'
check 'embed: a cosine' is "$(grep -c '^[ -][01]\.[0-9][0-9][0-9]  ' "$out")" 3
check 'embed: its model' asked 'POST /model/amazon.titan-embed-text-v2%3A0/invoke'
check 'embed: its request' holds '{"inputText":"a ship"'
talk embed same same < /dev/null
check 'embed: a text is like itself' said ' 1.000  same | same\n'
for model in amazon.titan-embed-text-v2:0 amazon.titan-embed-image-v1 cohere.embed-english-v3 \
    amazon.nova-2-multimodal-embeddings-v1:0; do
    talk embed -m $model 'a ship' 'a boat' 'a ship' 'ship of a kind' < /dev/null
    check "embed: $model: status" is $status 0
    check "embed: $model: the same text" is "$(grep -c '^ 1\.000  ' "$out")" 1
    check "embed: $model: the same text is the same" grep -q '^ 1\.000  a ship | a ship$' "$out"
    check "embed: $model: nearer and farther" \
        test "$(sed -n 's/^ 0\.\(...\)  a ship | ship of a kind$/1\1/p' "$out" | head -n 1)" -gt \
        "$(sed -n 's/^ 0\.\(...\)  a boat | ship of a kind$/1\1/p' "$out")"
done
talk embed -m amazon.nova-2-multimodal-embeddings-v1:0 alone < /dev/null
check 'embed: a vector of Nova' is "$(wc -l < "$out")" 3072
check 'embed: what Nova is asked' holds '{"taskType":"SINGLE_EMBEDDING","singleEmbeddingParams":{'
printf 'a ship\r\n\na boat' | (talk embed; exit $status)
check 'embed: standard input, a text a line' is "$(cut -c 9- "$out")" 'a ship | a boat'
printf '%s\n' 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 | (talk embed; exit $status)
check 'embed: too many lines' is $? 2
check 'embed: too many lines: nothing was asked' no_request
late_options embed a
talk embed alone < /dev/null
check 'embed: a vector' is "$(wc -l < "$out")" 1024
check 'embed: of numbers' is "$(grep -c '^-\{0,1\}[01]\.[0-9]\{9\}$' "$out")" 1024
talk embed -m amazon.titan-embed-text-v1 alone < /dev/null
check 'embed: a vector of version 1' is "$(wc -l < "$out")" 1536
for model in amazon.titan-embed-image-v1 cohere.embed-english-v3; do
    talk embed -m $model a 'a b' < /dev/null
    check "embed: $model" grep -q '^[ -][01]\.[0-9][0-9][0-9]  a | a b$' "$out"
done
talk embed < /dev/null
check 'embed without texts' is $status 2
talk embed 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 < /dev/null
check 'embed with too many texts' is $status 2
check 'embed with too many texts: nothing was asked' no_request
talk embed a "$(printf 'a\377b')" < /dev/null
fails 'embed: not UTF-8' BEDROCK_E_UTF8
check 'embed: no part of a table' said ''
talk embed -m sim.fault.cut:500/amazon.titan-embed-text-v2:0 a < /dev/null
fails 'embed: half a vector' BEDROCK_E_HTTP_INCOMPLETE
check 'embed: no part of it' said ''
wrong_models embed a
manners embed a

# --- Guardrails

talk guardrail --guardrail abc --version 1 'all is well' < /dev/null
check 'guardrail: status' is $status 0
check 'guardrail: its path' asked 'POST /guardrail/abc/version/1/apply'
check 'guardrail: its text' holds '"content":[{"text":{"text":"all is well"}}]'
check 'guardrail: no action' grep -qx 'action: NONE' "$out"
check 'guardrail: nothing instead' is "$(grep -c '^instead' "$out")" 0
check 'guardrail: a check' grep -qx 'JAILBREAK: 0.0' "$out"
talk guardrail --guardrail abc 'a badword' < /dev/null
check 'guardrail: the draft' asked 'POST /guardrail/abc/version/DRAFT/apply'
check 'guardrail: it intervenes' grep -qx 'action: GUARDRAIL_INTERVENED' "$out"
check 'guardrail: what it shows' grep -qx 'instead: Sorry, this content is blocked.' "$out"
check 'guardrail: the assessment' grep -q '^assessments: .*"match":"badword"' "$out"
check 'guardrail: the score' grep -qx 'VIOLENCE: 0.9375' "$out"
talk guardrail --guardrail abc 'ask jane@example.com' < /dev/null
check 'guardrail: masked' grep -qx 'instead: ask {EMAIL}' "$out"
check 'guardrail: where it stands' grep -qx 'EMAIL: 0.99, characters 4 to 20' "$out"
talk guardrail 'all is well' < /dev/null
check 'guardrail: checks alone' is "$(grep -c '' "$out")" 8
check 'guardrail: checks alone, the path' asked 'POST /guardrail-checks/invoke'
echo 'from a pipe' | (talk guardrail --guardrail abc; exit $status)
check 'guardrail: standard input' holds '"content":[{"text":{"text":"from a pipe"}}]'
late_options guardrail hi
talk guardrail --guardrail missing hi < /dev/null
fails 'guardrail: there is none' BEDROCK_E_NOT_FOUND
check 'guardrail: the checks all the same' grep -qx 'HATE: 0.0' "$out"
talk guardrail --guardrail abc --version zero hi < /dev/null
fails 'guardrail: no version' BEDROCK_E_VALIDATION
for id in '' 'a b' "$(head -c 2049 /dev/zero | tr '\0' x)"; do
    talk guardrail --guardrail "$id" hi < /dev/null
    fails "guardrail: an id that cannot be" 'BEDROCK_E_[A-Z]*'
done
talk guardrail "$(printf 'a\377b')" < /dev/null
fails 'guardrail: not UTF-8' BEDROCK_E_UTF8
talk guardrail ' ' < /dev/null
fails 'guardrail: blank' BEDROCK_E_EMPTY_TEXT
manners guardrail hi

# --- A video

talk async_video --s3 s3://bucket/videos/ --every 1 'a "wave"' < /dev/null
check 'async_video: status' is $status 0
check 'async_video: where it is' said 's3://bucket/videos/output.mp4\n'
check 'async_video: it has begun' told '^arn:aws:bedrock:us-east-1:123456789012:async-invoke/[a-z0-9]* has begun'
check 'async_video: looked at twice' is "$(grep -c '^GET /async-invoke/arn' "$requests")" 2
check 'async_video: first in progress' told '^in progress$'
check 'async_video: its model' holds '"modelId":"amazon.nova-reel-v1:0"'
check 'async_video: its prompt' holds '"modelInput":{"taskType":"TEXT_VIDEO","textToVideoParams":{"text":"a \"wave\""}'
talk async_video --s3 s3://bucket/b --every 1 -m sim.fail < /dev/null
check 'async_video: a job that fails' is $status 1
check 'async_video: its reason' told 'There is no video. The model gave up.'
check 'async_video: nothing else' said ''
talk async_video --s3 s3://bucket/b --every 1 < /dev/null
check 'async_video: a place without a stroke' said 's3://bucket/b/output.mp4\n'
talk async_video --list < /dev/null
check 'async_video --list: status' is $status 0
check 'async_video --list: all' is "$(grep -c '^arn:' "$out")" 3
check 'async_video --list: the first' grep -q ' completed s3://bucket/videos/$' "$out"
check 'async_video --list: the second' grep -q ' failed s3://bucket/b The model gave up.$' "$out"
i=0
while [ $i -lt 22 ]; do # more than a page
    timeout 60 "$bin/async_video" --s3 s3://bucket/c --every 60 > /dev/null 2>&1 &
    i=$((i + 1))
    jobs="${jobs:-} $!"
done
tries=0
until talk async_video --list < /dev/null; [ "$(grep -c '^arn:' "$out")" -eq 25 ] || [ $tries -ge 100 ]; do
    sleep 0.1
    tries=$((tries + 1))
done
# shellcheck disable=SC2086 # numbers
kill $jobs
check 'async_video --list: two pages' is "$(grep -c '^arn:' "$out")" 25
check 'async_video --list: in progress' is "$(grep -c ' in progress s3://bucket/c$' "$out")" 22
check 'async_video --list: asked for twice' is "$(grep -c '^GET /async-invoke' "$requests")" 2
talk async_video < /dev/null
check 'async_video without a place' is $status 2
check 'async_video without a place: nothing was asked' no_request
talk async_video --s3 s3://bucket/c --every soon < /dev/null
check 'async_video: no interval' is $status 2
talk async_video --s3 nowhere < /dev/null
fails 'async_video: no S3' BEDROCK_E_VALIDATION
wrong_models async_video --s3 s3://bucket/c
late_options async_video --s3 s3://bucket/c hi
talk async_video --list hi < /dev/null
check 'async_video --list and words' is $status 2
talk async_video --s3 s3://bucket/c "$(printf 'a\377b')" < /dev/null
fails 'async_video: not UTF-8' BEDROCK_E_UTF8
manners async_video --list

echo "$passed passed, $failed failed, 0 skipped"
[ "$failed" -eq 0 ]
