# SPDX-License-Identifier: MIT
# 32-bit Arm Linux with hardware floating point, static; its programs run under QEMU.
CC             := arm-linux-gnueabihf-gcc
AR             := arm-linux-gnueabihf-ar
NM             := arm-linux-gnueabihf-nm
SIZE           := arm-linux-gnueabihf-size
TARGET_LDFLAGS := -static
EMULATOR       := qemu-arm-static
