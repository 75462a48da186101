# SPDX-License-Identifier: MIT
# 32-bit x86 Linux, static, so that its programs run on a 64-bit machine without 32-bit libraries.
# Where gcc-multilib is installed, CC='gcc -m32' AR=ar on the command line serves as well.
CC             := i686-linux-gnu-gcc
AR             := i686-linux-gnu-ar
NM             := i686-linux-gnu-nm
SIZE           := i686-linux-gnu-size
TARGET_LDFLAGS := -static
