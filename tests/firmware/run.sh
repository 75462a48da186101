#!/bin/sh
# SPDX-License-Identifier: MIT
# run.sh BUILD: makes the firmware and lets QEMU's board hold its conversation with the simulator, which is in the
# environment (tests/run/with_simulator.sh). Fails unless the answer is whole, and fits.
set -u
build=$1
out=$build/lm3s6965evb
port=${AWS_ENDPOINT_URL_BEDROCK_RUNTIME##*:}
mkdir -p "$out"
for tool in arm-none-eabi-gcc qemu-system-arm; do
    command -v $tool > /dev/null || { echo "There is no $tool: make deps-gates installs it." >&2; exit 1; }
done

# The emulator leads one address of the board's network to the simulator, and nowhere else.
board() {
    timeout 120 qemu-system-arm -M lm3s6965evb -kernel "$1" -display none -monitor none -serial stdio \
        -semihosting-config enable=on,target=native \
        -nic "user,model=stellaris,restrict=on,guestfwd=tcp:10.0.2.100:443-tcp:127.0.0.1:$port" \
        < /dev/null 2> "$out/qemu.log"
}

# conversation IMAGE FLASH_MAX RAM_MAX
conversation() {
    image=$out/$1.elf
    board "$image" | tee "$out/$1.log"
    if ! grep -q 'the light goes straight on' "$out/$1.log" || grep -q '^failed' "$out/$1.log"; then
        echo "$1: the answer is not whole" >&2
        cat "$out/qemu.log" >&2
        exit 1
    fi
    size=$(arm-none-eabi-size "$image" | awk 'NR == 2 { print $1 + $2, $2 + $3 }')
    echo "$1: flash ${size% *} of $2 bytes, RAM ${size#* } of $3 bytes, stack included"
    [ "${size% *}" -le "$2" ] && [ "${size#* }" -le "$3" ] || { echo "$1: over its budget" >&2; exit 1; }
}

"$build/tests/firmware/roots" "$AWS_CA_BUNDLE" > "$out/roots.new" || exit 1
cmp -s "$out/roots.new" "$out/roots.c" || cp "$out/roots.new" "$out/roots.c"
"${MAKE:-make}" TARGET=lm3s6965evb BUILD="$build" ROOTS="$out/roots.c" "$out/firmware.elf" "$out/firmware_512.elf" || exit 1

conversation firmware 98304 49152
conversation firmware_512 98304 28672
