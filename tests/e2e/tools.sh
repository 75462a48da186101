#!/bin/sh
# SPDX-License-Identifier: MIT
# Programs that act: what gpio_agent does to its board and what it refuses, what anomaly makes of readings, and
# that the service, which is strict, takes every request of a loop.
set -u
. tests/e2e/programs.functions
agent=$build/examples/gpio_agent
anomaly=$build/examples/anomaly

# run COMMAND...: without standard input; status is how it ended.
run() {
    : > "$requests"
    timeout 60 "$@" > "$out" 2> "$err" < /dev/null
    status=$?
}

told() { printf %b "$1" | cmp -s - "$err"; }
reports() { grep -q "^$1 (" "$err"; }
holds() { tail -n 1 "$requests" | grep -qF "$1"; }
# How many requests there were, and how many of them name the tools.
asked() { [ "$(grep -c '"messages":' "$requests")" -eq "$1" ] && [ "$(grep -c '"toolConfig":' "$requests")" -eq "$1" ]; }

# --- gpio_agent

run "$agent" hi
check 'no tool: status' is $status 0
check 'no tool: answer' said 'You said: hi\n'
check 'no tool: the board is left alone' told ''
check 'no tool: one request' asked 1

run "$agent" Read the temperature sensor.
check 'a sensor: status' is $status 0
check 'a sensor: answer' said 'The tool says: {"temperature":31.5}\n'
check 'a sensor: the board' told 'board: temperature is 31.5\n'
check 'a sensor: two requests' asked 2

run "$agent" Switch pin 4 on, please.
check 'a pin: status' is $status 0
check 'a pin: answer' said 'The tool says: {"fan":"on"}\n'
check 'a pin: the board' told 'board: pin 4 (fan) is on\n'
check 'a pin: the call goes back' holds '"toolUse":{"input":{"pin":4,"on":true},"toolUseId":"tooluse_'
check 'a pin: its result goes back' holds '"content":[{"json":{"fan":"on"}}]}}]}]'

run "$agent" Switch pin 27 off.
check 'off: answer' said 'The tool says: {"pump":"off"}\n'
check 'off: the board' told 'board: pin 27 (pump) is off\n'

run "$agent" Switch pin 4 on and read the temperature sensor.
check 'both: status' is $status 0
check 'both: answer' said 'The tool says: {"temperature":31.5}{"fan":"on"}\n'
check 'both: the board' told 'board: temperature is 31.5\nboard: pin 4 (fan) is on\n'
check 'both: two requests' asked 2

for pin in 5 0 13 99999999999 4.5; do
    run "$agent" Switch pin $pin on.
    check "pin $pin: status" is $status 0
    check "pin $pin: nothing is switched" is "$(grep -c ' is on' "$err")" 0
    check "pin $pin: the model is told" grep -qF 'The tool says: [failed] ' "$out"
    check "pin $pin: as an error" holds '"status":"error"'
done
run "$agent" Switch pin 13 on.
check 'another pin: the words' said 'The tool says: [failed] This pin must not be touched. The pins are 4, 17 and 27.\n'
check 'another pin: the board' told 'board: pin 13 is not on the list: refused\n'

run "$agent" -m sim.tools:2 Turn 17 on.
check 'sim.tools:2: status' is $status 0
check 'sim.tools:2: answer' said 'Let me look that up.\nThe tool says: {"temperature":31.5}{"lamp":"on"}\n'
run "$agent" -m sim.tools:5 Turn 17 on.
check 'sim.tools:5: status' is $status 0
check 'sim.tools:5: every call has its result' is "$(tail -n 1 "$requests" | grep -o '"toolResult":' | wc -l)" 5
run "$agent" -m sim.tool-empty hi
check 'an empty input: status' is $status 0
check 'an empty input: the model is told' said 'The tool says: [failed] sensor must be temperature, moisture or light.\n'
run "$agent" -m sim.reasoning hi
check 'reasoning: status' is $status 0

run "$agent" -m sim.fault.status:403:AccessDeniedException hi
check 'refused: status' is $status 1
check 'refused: told' reports BEDROCK_E_ACCESS_DENIED
run "$agent" -m 'sim.fault.status:503:ServiceUnavailableException*1' Switch pin 17 on.
check 'tried again: status' is $status 0
check 'tried again: switched once' told 'board: pin 17 (lamp) is on\n'
run "$agent" -m sim.fault.no-stop Switch pin 17 on.
check 'half an answer: status' is $status 1
check 'half an answer: told' reports BEDROCK_E_ANSWER_INCOMPLETE
check 'half an answer: nothing is switched' is "$(grep -c ' is on' "$err")" 0
check 'half an answer: nothing is said' said ''
run "$agent" "$(seq -s ' ' 700)"
check 'cut: status' is $status 0
check 'cut: is told' grep -q '^The answer was cut at max_tokens' "$err"
run "$agent" -m '' hi
check 'no model: status' is $status 2
run "$agent" hi -m sim.echo
check 'a late option: status' is $status 2
run "$agent"
check 'no prompt: status' is $status 1
run "$agent" -x
check 'bad option: status' is $status 2
"$agent" hi < /dev/null > /dev/full 2> "$err"
check 'a full disk: status' is $? 1

# --- anomaly

run "$anomaly" 41.5 42 3 40
check 'readings: status' is $status 0
check 'readings: verdict' said 'ok 3/10 normal: as the prompt says\n'
check 'readings: nothing else' told ''
check 'readings: the question' holds '{"text":"Readings of a pump'"'"'s temperature, oldest first: 41.5 42 3 40"}'
check 'readings: the tool is forced' holds '"toolChoice":{"tool":{"name":"report"}}'

run "$anomaly" -m sim.tools 41.5 42 7 40
check 'alarm: status' is $status 3
check 'alarm: verdict' said 'ALARM 7/10 normal: as the prompt says\n'

run "$anomaly" -m sim.tools 41.5 -42 -7 .5 4e1,-1E-1
check 'numbers of many forms' holds 'first: 41.5 -42 -7 0.5 40 -0.1"}'

run "$anomaly" --demo
check 'built in: status' is $status 0
check 'built in: told' told 'No readings were given: this is a series that is built in.\n'
check 'built in: verdict' said 'ok 0/10 normal: as the prompt says\n'

i=0
while [ $i -lt 40 ]; do
    echo $((100 + i))
    i=$((i + 1))
done > "$base.in"
: > "$requests"
timeout 60 "$anomaly" < "$base.in" > "$out" 2> "$err"
check 'standard input: status' is $? 0
check 'standard input: the last 16' holds 'first: 124 125 126 127 128 129 130 131 132 133 134 135 136 137 138 139"}'
rm -f "$base.in"

for words in three '1 2 three' nan inf -inf 1e999 0x10 '1 2;3' '5abc' '1 nan' '' ' '; do
    run "$anomaly" -- "$words"
    check "not a number: $words: status" is $status 2
    check "not a number: $words: told" grep -q '^Not a number: \|^There are no readings: ' "$err"
    check "not a number: $words: nothing else" said ''
    check "not a number: $words: no request" is "$(wc -c < "$requests")" 0
    printf '%s\n' "$words" > "$base.in"
    timeout 60 "$anomaly" < "$base.in" > "$out" 2> "$err"
    check "not a number: $words, standard input: status" is $? 2
    check "not a number: $words, standard input: nothing else" said ''
done
rm -f "$base.in"
run "$anomaly"
check 'no readings: status' is $status 2
check 'no readings: told' told 'There are no readings: give numbers as words or on standard input, or --demo.\n'
run "$anomaly" --demo 1 2
check '--demo and readings: status' is $status 2
if command -v script > /dev/null; then
    timeout 60 script -qec "$anomaly" /dev/null > "$out" 2> "$err" < /dev/null
    check 'a terminal: status' is $? 0
    check 'a terminal: the series that is built in' grep -q 'a series that is built in' "$out"
fi
run "$anomaly" -m sim.tool-empty 1 2
check 'no verdict: status' is $status 1
check 'no verdict: told' grep -qF 'not of the form' "$err"
run "$anomaly" -m sim.reasoning 1 2
check 'no tool is called: status' is $status 1
check 'no tool is called: told' reports BEDROCK_E_JSON_SHAPE
run "$anomaly" -m sim.fault.status:403:AccessDeniedException 1 2
check 'refused: status' is $status 1
check 'refused: told' reports BEDROCK_E_ACCESS_DENIED
run "$anomaly" -m sim.fault.content-length-lie 1 2
check 'half a verdict: status' is $status 1
check 'half a verdict: nothing is said' said ''

echo "$passed passed, $failed failed, 0 skipped"
[ "$failed" -eq 0 ]
