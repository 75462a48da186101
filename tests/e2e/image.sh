#!/bin/sh
# SPDX-License-Identifier: MIT
# Pictures: a file has its name only when it is a whole PNG, whatever happens; and the program that saves it takes the
# same memory for a picture of ten megabytes as for one of a hundred kilobytes.
set -u
. tests/e2e/programs.functions

# draw WORD...: in a folder of its own, which stays from one to the next; status is how it ended.
draw() {
    : > "$requests"
    (cd "$base.folder" && timeout 60 "$tools/examples/titan_image" "$@") > "$out" 2> "$err" < /dev/null
    status=$?
}
clean() {
    rm -rf "$base.folder" && mkdir "$base.folder"
}

told() { grep -q "$1" "$err"; }
files() { [ "$(ls -A "$base.folder/output" 2> /dev/null | tr '\n' ' ')" = "$1" ]; }
is_png() { (cd "$base.folder" && "$tools/tests/run/png_check" "$1" > /dev/null); }
measures() { (cd "$base.folder" && "$tools/tests/run/png_check" "$1") | grep -q ": $2, "; }
fails() { # fails NAME CODE: ended with 1, told why, and left nothing
    check "$1: status" is $status 1
    check "$1: is told" told "$2"
    check "$1: no name" said ''
    check "$1: no file" files ''
    clean
}

titan=amazon.titan-image-generator-v1

# --- The reader that judges the files: it must see what is wrong.

clean
cp tests/run/picture.png "$base.folder/a.png"
check 'the judge: a picture' measures a.png 64x64
head -c 150 tests/run/picture.png > "$base.folder/a.png"
check 'the judge: half of one' is "$(is_png a.png; echo $?)" 1
{ cat tests/run/picture.png; echo; } > "$base.folder/a.png"
check 'the judge: more behind it' is "$(is_png a.png; echo $?)" 1
LC_ALL=C sed 's/IDAT./IDATy/' tests/run/picture.png > "$base.folder/a.png"
check 'the judge: a byte of it' is "$(is_png a.png; echo $?)" 1

# --- What is asked, and what is left

clean
draw
check 'a picture: status' is $status 0
check 'a picture: its name' said "output/${titan}_1.png\n"
check 'a picture: nothing on standard error' test ! -s "$err"
check 'a picture: the file' files "${titan}_1.png "
check 'a picture: 512 by 512' measures "output/${titan}_1.png" 512x512
check 'its request' grep -qF '{"taskType":"TEXT_IMAGE","textToImageParams":{"text":"stylized picture of a cute old steampunk robot"},"imageGenerationConfig":{' "$requests"
check 'its width' grep -qF '"width":512' "$requests"
check 'its height' grep -qF '"height":512' "$requests"
check 'its quality' grep -qF '"quality":"standard"' "$requests"
check 'its scale' grep -qF '"cfgScale":8.0' "$requests"
seed=$(grep -o '"seed":[0-9]*' "$requests" | cut -d : -f 2)
check 'its seed' test "$seed" -ge 1 -a "$seed" -le 2147483646
cp "$base.folder/output/${titan}_1.png" "$base.first"
draw a red ball
check 'the next: its name' said "output/${titan}_2.png\n"
check 'the next: its prompt' grep -qF '"text":"a red ball"' "$requests"
check 'the next: another seed' test "$(grep -o '"seed":[0-9]*' "$requests")" != "\"seed\":$seed"
check 'the first is untouched' cmp -s "$base.first" "$base.folder/output/${titan}_1.png"
rm "$base.folder/output/${titan}_1.png"
draw
check 'the first free number' said "output/${titan}_1.png\n"
rm "$base.folder/output/${titan}_1.png"
: > "$base.folder/output/${titan}_1.png.part"
draw
check 'a number that another has begun' said "output/${titan}_3.png\n"
clean
rm -f "$base.first"

# Several at once do not meet.
jobs=
for i in 1 2 3 4 5 6; do
    (cd "$base.folder" && timeout 60 "$tools/examples/titan_image" $i) > "$base.out.$i" 2>&1 < /dev/null &
    jobs="$jobs $!"
done
all=0
for job in $jobs; do
    wait "$job" || all=1
done
check 'six at once: status' is $all 0
check 'six at once: six names' is "$(cat "$base.out".[1-6] | sort | uniq | wc -l)" 6
check 'six at once: six files' is "$(ls "$base.folder/output" | wc -l)" 6
for i in 1 2 3 4 5 6; do
    check "six at once: $i" is_png "output/${titan}_$i.png"
done
rm -f "$base.out".[1-6]
clean

# --- Models' names become files' names

draw -m amazon.titan-image-generator-v2:0
check 'a colon' said 'output/amazon.titan-image-generator-v2_0_1.png\n'
draw -m arn:aws:bedrock:us-east-1:123456789012:x%y/amazon.nova-canvas-v1:0
check 'an ARN' said 'output/arn_aws_bedrock_us-east-1_123456789012_x%y_amazon.nova-canvas-v1_0_1.png\n'
check 'an ARN: its path' grep -q 'POST /model/arn%3Aaws%3Abedrock%3Aus-east-1%3A123456789012%3Ax%25y%2Famazon.nova-canvas-v1%3A0/invoke ' "$requests"
draw -m ".../.?*\"<>|\\/$titan"
check 'what FAT refuses' said "output/_.._.________${titan}_1.png\n"
clean
draw -m "../../$titan"
check 'a way out of the folder' files "_._.._${titan}_1.png "
clean
long=$(head -c 2000 /dev/zero | tr '\0' x)
draw -m "$long/$titan"
check 'a long one: status' is $status 0
check 'a long one: the end of it' is "$(wc -c < "$out")" 214
check 'a long one: a picture' is_png "$(cat "$out")"
clean
for id in '' "${long}$long" 'a b'; do
    draw -m "$id"
    check "-m $(printf %.20s "$id"): status" is $status 2
    check "-m $(printf %.20s "$id"): is told" told '^-m takes the id or ARN of a model: 1 to 2048 visible ASCII'
    check "-m $(printf %.20s "$id"): no file" files ''
done
draw a kite -m sim.image:20000
check 'a late option: status' is $status 2
check 'a late option: is told' told 'options come first; -- before words that begin with -'
clean
: > "$requests"
(cd "$base.folder" && echo 'a kite' | timeout 60 "$tools/examples/titan_image" > "$out" 2> "$err")
check 'standard input: status' is $? 0
check 'standard input' grep -qF '"textToImageParams":{"text":"a kite"}' "$requests"
clean

# --- What goes wrong leaves nothing

draw "$(printf 'a\377b')"
fails 'not UTF-8' '^BEDROCK_E_UTF8 ('
draw forbidden
fails 'an error of the model' 'This request has been blocked by our content filters.'
draw doubtful
fails 'an error behind a picture' 'This picture has been withdrawn.'
draw -m "sim.fault.status:500:InternalServerException/$titan"
fails 'an error of the service' '^BEDROCK_E_INTERNAL ('
for fault in cut:1 cut:100 cut:5000 cut:40000 content-length-lie; do
    draw -m "sim.fault.$fault/sim.image:60000"
    fails "$fault" '^BEDROCK_E_HTTP_INCOMPLETE ('
done
draw -m sim.fault.truncate:40000/sim.image:60000
fails 'truncated' '^BEDROCK_E_TLS_TRUNCATED ('
draw -m sim.fault.reset:40000/sim.image:60000
fails 'reset' '^BEDROCK_E_READ ('
draw -m sim.fault.cut:40000*1/sim.image:60000
fails 'cut, not asked for again' '^BEDROCK_E_HTTP_INCOMPLETE ('
draw -m sim.image:60000:30000
fails 'a picture without its end' 'no whole PNG'
draw -m sim.image:60000:7
fails 'not even a signature' 'no whole PNG'
draw -m sim.image:60000:12
fails 'a signature and no more' 'no whole PNG'
draw -m sim.image:60000:0
fails 'no bytes' 'no text, picture or vector'
draw -m sim.other
check 'another format: status' is $status 1
check 'another format: no name' said ''
check 'another format: no file' files ''
clean
mkdir "$base.folder/output"
chmod 555 "$base.folder/output"
if [ "$(id -u)" != 0 ]; then
    draw
    fails 'a folder that cannot be written' 'Permission denied'
fi
clean
: > "$base.folder/output"
draw
check 'a file in the way: status' is $status 1
check 'a file in the way is told' told '^output/.*: Not a directory'
clean
(ulimit -f 20 && trap '' XFSZ && draw -m sim.image:60000; exit $status)
status=$?
fails 'a disk that is full' 'File too large'
draw -m sim.fault.bytes:1/sim.image:3000
check 'byte by byte' is_png "$(cat "$out")"
draw -m sim.fault.chunk:700/sim.image:30000
check 'in chunks' is_png "$(cat "$out")"
clean

# --- Signals

interrupt() { # interrupt SIGNAL: while the picture is on its way
    (cd "$base.folder" && exec "$tools/examples/titan_image" -m sim.fault.stall:30000/sim.image:60000) > "$out" 2> "$err" < /dev/null &
    job=$!
    tries=0
    while [ -z "$(ls "$base.folder/output" 2> /dev/null)" ] && [ $tries -lt 100 ]; do
        sleep 0.1
        tries=$((tries + 1))
    done
    check "$1: on its way" files 'sim.fault.stall_30000_sim.image_60000_1.png.part '
    kill -s "$1" $job
    wait $job
    status=$?
    check "$1: status" is $status 130
    check "$1: is told" told '^BEDROCK_E_CANCELLED ('
    check "$1: no file" files ''
    clean
}
interrupt INT
interrupt TERM
interrupt HUP

# --- A terminal, on which there is a line of progress

if command -v script > /dev/null; then
    (cd "$base.folder" && timeout 60 script -qec "$tools/examples/titan_image -m sim.fault.chunk:9000/sim.image:60000" \
        /dev/null) > "$out" 2> "$err" < /dev/null
    check 'a terminal: status' is $? 0
    check 'a terminal: the answer in KB' grep -q '[67][0-9] KB' "$out"
    (cd "$base.folder" && timeout 60 script -qec "$tools/examples/titan_image -m sim.image:60000" /dev/null) \
        > "$out" 2> "$err" < /dev/null
    check 'a terminal: per cent' grep -q ' [1-9][0-9] % of [78][0-9] KB' "$out"
    check 'a terminal: up to the end' grep -q '100 % of' "$out"
    check 'a terminal: the name alone on its line' grep -q "^.*$(printf '\r\033').Koutput/sim.image_60000_1.png" "$out"
    clean
fi

# --- Memory

peak() { # peak BYTES: the KB that a picture of that size takes
    : > "$requests"
    (cd "$base.folder" && "$tools/tests/run/peak" "$base.peak" "$tools/examples/titan_image" -m "sim.image:$1") \
        > "$out" 2> "$err" < /dev/null
    check "$1 bytes: a picture" is_png "$(cat "$out")"
    check "$1 bytes: that size" test "$(wc -c < "$base.folder/$(cat "$out")")" -ge "$1"
    read -r memory addresses < "$base.peak"
}
peak 100000
small=$memory
peak 10000000
large=$memory
echo "peak of titan_image: $small KB for 100,000 bytes, $large KB for 10,000,000; addresses: $addresses"
# Two runs of the same differ by what of libc was in the page cache (a page that is touched brings up to 16 of its
# neighbours along) and, where addresses are random, by the pages that things begin in: by up to 170 KB. A fortieth of the
# picture is more than that. A hundredth is for the sanitizers, which have ten times as much memory of their own.
noise=$((256 + large / 100))
check 'the same memory' test $((large - small)) -le $noise -a $((small - large)) -le $noise
rm -rf "$base.folder" "$base.peak"

echo "$passed passed, $failed failed, 0 skipped"
[ "$failed" -eq 0 ]
