#!/bin/sh
# SPDX-License-Identifier: MIT
# Conversations: what the examples print and where, how they end, and what of a conversation goes into the next
# request. The service is strict: a history that is not right is refused.
set -u
. tests/e2e/programs.functions
chat=$build/examples/chat

# talk COMMAND...: standard input is the caller's; status is how it ended.
talk() {
    : > "$requests"
    timeout 60 "$@" > "$out" 2> "$err"
    status=$?
}

told() { grep -q "$1" "$err"; }
# How many turns the last request had, and whether it holds a text.
turns() { [ "$(tail -n 1 "$requests" | grep -o '"role":' | wc -l)" -eq "$1" ]; }
holds() { tail -n 1 "$requests" | grep -qF "$1"; }

# --- What goes where

talk "$chat" hi < /dev/null
check 'words: status' is $status 0
check 'words: answer' said 'You said: hi\n'
check 'words: nothing on standard error' test ! -s "$err"

printf 'one\ntwo\r\n\n \t\nthree' | (talk "$chat" && exit $status)
check 'lines: nothing on standard error' test ! -s "$err"
check 'lines: answers' said 'You said: one\nYou said: two\nYou said: three\n'
check 'lines: the whole conversation' turns 5
check 'lines: the first question' holds '{"role":"user","content":[{"text":"one"}]}'
check 'lines: its answer' holds '{"role":"assistant","content":[{"text":"You said: one"}]}'

printf 'b\n' | (talk "$chat" -m sim.echo a; exit $status)
check 'words, then lines' said 'a\nb\n'
check 'words, then lines: the history' turns 3

for program in chat converse converse_stream; do
    talk "$build/examples/$program" -h < /dev/null
    check "$program -h: status" is $status 0
    check "$program -h: on standard output" grep -q '^usage: ' "$out"
    talk "$build/examples/$program" -x < /dev/null
    check "$program -x: status" is $status 2
    check "$program -x: on standard error" told '^usage: '
    check "$program -x: nothing else" said ''
    talk "$build/examples/$program" -m < /dev/null
    check "$program -m and no model" is $status 2
    "$build/examples/$program" hi < /dev/null > /dev/full 2> "$err"
    check "$program: a full disk" is $? 1
    check "$program: a full disk is told" told 'could not be written'
    timeout 60 "$build/examples/$program" hi < /dev/null >&- 2> "$err"
    check "$program: no standard output" is $? 2
    talk "$build/examples/$program" -m sim.echo -- -m 'Grüße 😀' < /dev/null
    check "$program: --" said '-m Grüße 😀\n'
    talk "$build/examples/$program" -m sim.fault.cut:30 hi < /dev/null
    check "$program: half an answer" is $status 1
    check "$program: half an answer is told" told BEDROCK_E_HTTP_INCOMPLETE
    talk "$build/examples/$program" -m sim.fault.status:403:AccessDeniedException hi < /dev/null
    check "$program: no access" is $status 1
    check "$program: no access: nothing on standard output" said ''
    talk "$build/examples/$program" -m sim.empty hi < /dev/null
    check "$program: an empty answer" said ''
    for id in '' 'a b' "$(printf 'a\377b')"; do
        talk "$build/examples/$program" -m "$id" hi < /dev/null
        check "$program -m '$id'" is $status 2
        check "$program -m '$id' is told" told '^-m takes the id or ARN of a model: 1 to 2048 visible ASCII'
    done
    talk "$build/examples/$program" hi -m sim.echo < /dev/null
    check "$program: a late option" is $status 2
    check "$program: a late option is told" told 'options come first; -- before words that begin with -'
    # Both in one file: the line ends before the report begins.
    talk "$build/examples/$program" -m sim.fault.exception:throttlingException:1 'first second third' < /dev/null
    timeout 60 "$build/examples/$program" -m sim.fault.exception:throttlingException:1 'first second third' \
        < /dev/null > "$base.both" 2>&1
    check "$program: the line ends, then the report" is "$(head -n 1 "$base.both")" "$(cat "$out" "$err" | head -n 1)"
    rm -f "$base.both"
done

for program in converse converse_stream; do
    printf ' a\nb \n\n' | (talk "$build/examples/$program" -m sim.echo; exit $status)
    check "$program: a prompt of lines" said ' a\nb\n'
    printf 'a\0b' | (talk "$build/examples/$program"; exit $status)
    check "$program: a NUL is no text" is $? 2
    head -c 70000 /dev/zero | tr '\0' x | (talk "$build/examples/$program"; exit $status)
    check "$program: too long a prompt" is $? 2
    check "$program: no request" is "$(wc -c < "$requests")" 0
    talk "$build/examples/$program" < /dev/null
    check "$program: no prompt" is $status 1
    check "$program: no prompt is told" told BEDROCK_E_EMPTY_TEXT
done
talk "$build/examples/converse" hi < /dev/null
talk "$build/examples/converse" "$(seq -s ' ' 3000)" < /dev/null
check 'converse: cut: status' is $status 0
check 'converse: cut is told' told '^The answer was cut at max_tokens'
talk "$build/examples/converse" hi < /dev/null
check 'converse: what it cost' told '^[0-9]* tokens in, [0-9]* out, [0-9]* ms$'

{ head -c 9000 /dev/zero | tr '\0' x; printf '\nhi\n'; } | (talk "$chat"; exit $status)
check 'a line that is too long: status' is $? 1
check 'a line that is too long' told 'too long: 8190 bytes'
check 'a line that is too long: the rest goes on' said 'You said: hi\n'
check 'a line that is too long: is not sent' turns 1

printf 'a\0b\nhi\n' | (talk "$chat"; exit $status)
check 'a NUL: status' is $? 1
check 'a NUL is told' is "$(cat "$err")" 'That line holds a NUL byte: it is no text.'
check 'a NUL: the rest goes on' said 'You said: hi\n'
check 'a NUL: is not sent' turns 1
printf 'a\rb\r\n' | (talk "$chat"; exit $status)
check 'a return within a line: nothing is lost' said 'You said: a\rb\n'
if command -v script > /dev/null; then
    printf 'hi\n' | timeout 60 script -qec "$chat" /dev/null > "$out" 2> "$err"
    check 'a terminal: is prompted' grep -q '^> ' "$out"
    check 'a terminal: answer' grep -q 'You said: hi' "$out"
fi

# --- What of an answer goes back. Each of these is asked three times; the service refuses what it does not take.

for model in sim.reasoning sim.citations sim.image-out sim.guardrail sim.unknown sim.tools sim.echo; do
    printf 'a\nb\nc\n' | (talk "$chat" -m $model; exit $status)
    check "$model: three answers" is $? 0
    check "$model: the conversation" turns 5
    check "$model: the question" holds '{"role":"user","content":[{"text":"b"}]}'
done
printf 'a\nb\n' | (talk "$chat" -m sim.reasoning; exit $status)
check 'reasoning goes back' holds '{"role":"assistant","content":[{"reasoningContent":{"reasoningText":{"text":"'
check 'its signature goes back' holds '"signature":"'
check 'what was redacted goes back' holds '{"reasoningContent":{"redactedContent":"'
printf 'a\nb\n' | (talk "$chat" -m sim.image-out; exit $status)
check 'an image does not go back' is "$(grep -c '"image"' "$requests")" 0

# --- What fails leaves no trace.

printf 'a\nb\n' | (talk "$chat" -m 'sim.fault.exception:throttlingException:1*1'; exit $status)
check 'a failed answer: status' is $? 1
check 'a failed answer is told' told BEDROCK_E_THROTTLED
check 'a failed answer: the conversation goes on' grep -qx 'You said: b' "$out"
check 'a failed answer: neither question nor half' turns 1
printf 'a\nb\n' | (talk "$chat" -m sim.empty; exit $status)
check 'an empty answer is not kept' turns 1
printf 'a\377\nb\n' | (talk "$chat"; exit $status)
check 'not UTF-8: status' is $? 1
check 'not UTF-8 is told' told 'UTF-8'
check 'not UTF-8: the conversation goes on' said 'You said: b\n'

# --- Ctrl-C cancels the answer, not the conversation.

rm -f "$base.in" && mkfifo "$base.in"
: > "$requests"
: > "$out" # before the program can: what is in it now must not be taken for its answer
"$chat" -m sim.slow:300 < "$base.in" > "$out" 2> "$err" &
job=$!
exec 3> "$base.in"
echo 'first with quite a few words to say' >&3
tries=0
while [ ! -s "$out" ] && [ $tries -lt 100 ]; do
    sleep 0.1
    tries=$((tries + 1))
done
kill -INT $job
tries=0
until told BEDROCK_E_CANCELLED || [ $tries -ge 50 ]; do
    sleep 0.1
    tries=$((tries + 1))
done
check 'Ctrl-C is told' told BEDROCK_E_CANCELLED
echo b >&3
exec 3>&-
wait $job
check 'Ctrl-C: the conversation goes on' grep -qx 'You said: b' "$out"
check 'Ctrl-C: the first answer was cut' is "$(grep -c 'words to say' "$out")" 0
check 'Ctrl-C: it is not in the history' turns 1
rm -f "$base.in"

# --- A conversation that is longer than its memory.

line=$(head -c 1000 /dev/zero | tr '\0' x)
i=0
while [ $i -lt 40 ]; do
    echo "$i $line"
    i=$((i + 1))
done | (talk "$chat" -m sim.echo; exit $status)
check 'long: all answers' is $? 0
check 'long: in order' is "$(cut -d ' ' -f 1 "$out" | tr '\n' ' ')" \
    "$(i=0; while [ $i -lt 40 ]; do printf '%d ' $i; i=$((i + 1)); done)"
check 'long: the last exchange is there' holds '"text":"38 x'
check 'long: and the one before' holds '"text":"37 x'
check 'long: the first are forgotten' is "$(tail -n 1 "$requests" | grep -c '"text":"20 x')" 0
tail -n 1 "$requests" > "$base.last"
check 'long: it begins with a question' grep -q '^{"messages":\[{"role":"user","content":\[{"text":"' "$base.last"
check 'long: it is no longer than its memory' test "$(wc -c < "$base.last")" -lt 33000

printf 'a\nb\n' | (talk "$chat" -m sim.long:40000; exit $status)
check 'an answer too long to keep: all of it is printed' test "$(wc -c < "$out")" -ge 80000
check 'an answer too long to keep is told' told 'too long to be kept'
check 'an answer too long to keep: neither it nor its question' turns 1

echo "$passed passed, $failed failed, 0 skipped"
[ "$failed" -eq 0 ]
