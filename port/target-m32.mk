# SPDX-License-Identifier: MIT
# 32-bit x86 Linux; static, so that its programs need no 32-bit libraries. Many kernels run them as they
# are: QEMU is used if it is installed. Where gcc-multilib is, CC='gcc -m32' AR=ar serves as well.
CC             := i686-linux-gnu-gcc
AR             := i686-linux-gnu-ar
NM             := i686-linux-gnu-nm
SIZE           := i686-linux-gnu-size
TARGET_LDFLAGS := -static
EMULATOR       := $(shell command -v qemu-i386-static)
