# SPDX-License-Identifier: MIT
# Linux with musl (Debian: musl-tools), static: `make TARGET=musl program` gives the small build/musl/bedrock, which
# needs no shared library, not even to resolve names. musl-gcc builds for the machine it runs on; for another one
# CC=aarch64-linux-musl-gcc AR=aarch64-linux-musl-ar ... or what OpenWrt's toolchain calls them.
CC             := musl-gcc
AR             := ar
NM             := nm
SIZE           := size
CFLAGS         ?= -Os -g
TARGET_LDFLAGS := -static
