# SPDX-License-Identifier: MIT
# A whole firmware: the LM3S6965 evaluation board (Cortex-M3, 256 KB of flash, 64 KB of RAM), which QEMU plays. lwIP is
# Debian's source, or LWIP=folder. `make firmware` makes the image and runs it beside the simulator.
CC             := arm-none-eabi-gcc
AR             := arm-none-eabi-ar
NM             := arm-none-eabi-nm
SIZE           := arm-none-eabi-size
HOSTED         := no
CFLAGS         ?= -Os -g
BOARD          := port/lm3s6965evb
TARGET_CFLAGS  := -mcpu=cortex-m3 -mthumb --specs=picolibc.specs
TARGET_LDFLAGS := -nostartfiles -T $(BOARD)/board.ld -Wl,--no-warn-rwx-segments
BEARSSL_CFLAGS := -DBR_USE_UNIX_TIME=0 -DBR_USE_URANDOM=0 -DBR_ARMEL_CORTEXM_GCC
