#!/bin/sh
# SPDX-License-Identifier: MIT
# The walk through InvokeModel: all of its steps in order, with each model's own format; and what it does when one fails.
set -u
. tests/e2e/programs.functions

walk() { # walk OPTION...: in a new folder; status is how it ended
    rm -rf "$base.folder" && mkdir "$base.folder"
    : > "$requests"
    (cd "$base.folder" && timeout 60 "$tools/examples/scenario" "$@") > "$out" 2> "$err" < /dev/null
    status=$?
}

told() { grep -q "$1" "$err"; }
files() { [ "$(ls -A "$base.folder/output" 2> /dev/null | tr '\n' ' ')" = "$1" ]; }
is_png() { (cd "$base.folder" && "$tools/tests/run/png_check" "$1" > /dev/null); }
asked() { grep -o '^POST [^ ]*' "$requests" | tr '\n' ' '; }

double=============================================================================
single=$(echo $double | tr = -)
prompt='In one paragraph, who are you?'

# What is printed with these models, whole; $4 is the file.
expected() {
    cat << END
=$double
Welcome to the models of Amazon Bedrock Runtime.
=$double
First, a few large language models, with the synchronous client:
-$single
Asking Claude ($1): $prompt
You said: $prompt
-$single
Asking Llama ($2): $prompt
You said: $prompt
=$double
Now Claude once more, with the response stream:
-$single
Asking Claude ($1): $prompt
You said: $prompt
=$double
Now a picture, with Titan's image generator:
-$single
Asking Titan ($3): stylized picture of a cute old steampunk robot
$4
=$double
Thank you for watching!
=$double
END
}

walk
expected anthropic.claude-v2 meta.llama2-13b-chat-v1 amazon.titan-image-generator-v1 \
    output/amazon.titan-image-generator-v1_1.png > "$base.expected"
check 'the rule has 77 signs' is "$(head -n 1 "$out" | tr -d '\n' | wc -c)" 77
check 'status' is $status 0
check 'what is printed' cmp "$base.expected" "$out"
check 'nothing on standard error' test ! -s "$err"
check 'what is asked' is "$(asked)" 'POST /model/anthropic.claude-v2/invoke POST /model/meta.llama2-13b-chat-v1/invoke POST /model/anthropic.claude-v2/invoke-with-response-stream POST /model/amazon.titan-image-generator-v1/invoke '
check 'Claude: text completions' grep -qF '"prompt":"\n\nHuman: In one paragraph, who are you?\n\nAssistant:"' "$requests"
check 'Llama 2' grep -qF '[INST] In one paragraph, who are you? [/INST]' "$requests"
check 'the picture: what' grep -qF '"text":"stylized picture of a cute old steampunk robot"' "$requests"
seed=$(grep -o '"seed":[0-9]*' "$requests" | cut -d : -f 2)
check 'the picture: seed' test "$seed" -ge 1 -a "$seed" -le 2147483646
check 'the picture: the file' files 'amazon.titan-image-generator-v1_1.png '
check 'the picture: a PNG' is_png output/amazon.titan-image-generator-v1_1.png

walk --current
claude=us.anthropic.claude-haiku-4-5-20251001-v1 llama=us.meta.llama3-3-70b-instruct-v1 image=amazon.nova-canvas-v1
expected $claude:0 $llama:0 $image:0 output/${image}_0_1.png > "$base.expected"
check '--current: status' is $status 0
check '--current: what is printed' cmp "$base.expected" "$out"
check '--current: what is asked' is "$(asked)" "POST /model/$claude%3A0/invoke POST /model/$llama%3A0/invoke POST /model/$claude%3A0/invoke-with-response-stream POST /model/$image%3A0/invoke "
check '--current: Messages' grep -qF '"anthropic_version":"bedrock-2023-05-31"' "$requests"
check '--current: Llama 3' grep -qF '<|start_header_id|>user<|end_header_id|>' "$requests"
check '--current: a PNG' is_png output/${image}_0_1.png

walk --claude anthropic.claude-instant-v1 --llama meta.llama2-70b-chat-v1 --image sim.image:20000
expected anthropic.claude-instant-v1 meta.llama2-70b-chat-v1 sim.image:20000 output/sim.image_20000_1.png > "$base.expected"
check 'models of choice: status' is $status 0
check 'models of choice: what is printed' cmp "$base.expected" "$out"
walk --current --image amazon.titan-image-generator-v2:0
check 'one model of choice' is "$(asked)" "POST /model/$claude%3A0/invoke POST /model/$llama%3A0/invoke POST /model/$claude%3A0/invoke-with-response-stream POST /model/amazon.titan-image-generator-v2%3A0/invoke "

# --- A step that fails does not stop the others.

titan=amazon.titan-image-generator-v1
goes_on() { # goes_on NAME CODE FAILED_STEPS FILES
    check "$1: status" is $status 1
    check "$1: is told" told "^$2"
    check "$1: is told at the end" is "$(tail -n 1 "$err")" "$3 of 4 steps failed: see above."
    check "$1: the end" is "$(tail -n 2 "$out" | head -n 1)" 'Thank you for watching!'
    check "$1: files" files "$4"
}
walk --claude sim.fault.status:404:ResourceNotFoundException/anthropic.claude-v2
goes_on 'Claude fails' BEDROCK_E_NOT_FOUND 2 "${titan}_1.png "
walk --llama sim.fault.cut:30/meta.llama2-13b-chat-v1
goes_on 'Llama fails' BEDROCK_E_HTTP_INCOMPLETE 1 "${titan}_1.png "
walk --image sim.fault.cut:30000/sim.image:60000
goes_on 'the picture fails' BEDROCK_E_HTTP_INCOMPLETE 1 ''
walk --image sim.image:60000:30000
goes_on 'the picture is none' 'What the model sent' 1 ''
for option in --claude --llama --image; do
    for id in '' 'a b' "$(head -c 2049 /dev/zero | tr '\0' x)"; do
        walk $option "$id"
        check "$option: a model that cannot be: status" is $status 2
        check "$option: a model that cannot be: is told" told "^$option takes the id or ARN of a model"
    done
done
AWS_SECRET_ACCESS_KEY=wrong walk
goes_on 'a wrong secret' BEDROCK_E_SIGNATURE 4 ''
AWS_ENDPOINT_URL_BEDROCK_RUNTIME=https://127.0.0.1:1 walk
goes_on 'no service' BEDROCK_E_CONNECT 4 ''

# On a terminal each step waits for Enter; the end of input is as good.

if command -v script > /dev/null; then
    walk_on_terminal() {
        rm -rf "$base.folder" && mkdir "$base.folder"
        (cd "$base.folder" && timeout 60 script -qec "$tools/examples/scenario --image sim.image:20000" /dev/null) \
            > "$out" 2> "$err"
    }
    printf '\n\n\n\n' | (walk_on_terminal)
    check 'a terminal: status' is $? 0
    check 'a terminal: four times' is "$(grep -o 'Press Enter' "$out" | wc -l)" 4
    check 'a terminal: to the end' grep -q 'Thank you for watching!' "$out"
    check 'a terminal: the file' files 'sim.image_20000_1.png '
    (sleep 1; printf '\n'; sleep 1; printf '\n\n\n') | (walk_on_terminal)
    check 'a terminal, slowly: status' is $? 0
    check 'a terminal, slowly: four times' is "$(grep -o 'Press Enter' "$out" | wc -l)" 4
fi

walk -h
check '-h: status' is $status 0
check '-h' grep -q '^usage: ' "$out"
for words in word -m --claude '--image '; do
    walk "$words"
    check "$words: status" is $status 2
    check "$words: is told" told '^usage: '
done
(cd "$base.folder" && timeout 60 "$tools/examples/scenario" < /dev/null > /dev/full 2> "$err")
check 'a full disk' is $? 1
check 'a full disk is told' told 'could not be written'

rm -rf "$base.folder" "$base.expected"
echo "$passed passed, $failed failed, 0 skipped"
[ "$failed" -eq 0 ]
