# SPDX-License-Identifier: MIT
# 32-bit big-endian MIPS Linux, static; its programs run under QEMU. Other byte order, other alignment
# rules: what is wrong with a cast or a shift shows here.
CC             := mips-linux-gnu-gcc
AR             := mips-linux-gnu-ar
NM             := mips-linux-gnu-nm
SIZE           := mips-linux-gnu-size
TARGET_LDFLAGS := -static
EMULATOR       := qemu-mips-static
# QEMU 7.2 passes the host's numbers through where MIPS has its own for a socket's error.
NOT_HERE       := tests/unit/port/%
