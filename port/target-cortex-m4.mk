# SPDX-License-Identifier: MIT
# Cortex-M4 without an operating system, with picolibc. Another core: TARGET_CFLAGS on the command line.
CC             := arm-none-eabi-gcc
AR             := arm-none-eabi-ar
NM             := arm-none-eabi-nm
SIZE           := arm-none-eabi-size
HOSTED         := no
CFLAGS         ?= -Os -g
# The last two write the stack frames and the call graph beside the objects, for `make size`.
TARGET_CFLAGS  := -mcpu=cortex-m4 -mthumb --specs=picolibc.specs -fstack-usage -fcallgraph-info=su
# Room for any program of tests/budget/: what is measured is what it takes, not what a chip has.
TARGET_LDFLAGS := -Wl,--defsym=__flash=0x00000000 -Wl,--defsym=__flash_size=0x00100000 \
                  -Wl,--defsym=__ram=0x20000000 -Wl,--defsym=__ram_size=0x00040000
# Neither a clock nor a source of randomness of its own: both come through the port.
BEARSSL_CFLAGS := -DBR_USE_UNIX_TIME=0 -DBR_USE_URANDOM=0 -DBR_ARMEL_CORTEXM_GCC
