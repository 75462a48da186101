# SPDX-License-Identifier: MIT
# libbedrock. `make help` lists what there is to make.

CC      ?= cc
AR      ?= ar
CFLAGS  ?= -O2 -g
LDFLAGS ?=
BUILD   ?= build
TARGET  ?= host
VECTORS ?= ../shared/vectors

-include port/target-$(TARGET).mk

OUT := $(if $(filter host,$(TARGET)),$(BUILD),$(BUILD)/$(TARGET))
OBJ := $(OUT)/obj

WARNINGS := -Wall -Wextra -Werror -pedantic -Wconversion -Wshadow -Wvla -Wundef -Wmissing-prototypes
COMPILE   = $(CC) -std=c99 $(WARNINGS) -ffunction-sections -fdata-sections $(CFLAGS) $(TARGET_CFLAGS) \
            -Iinclude -Isrc -MMD -MP -c -o $@ $<

SOURCES  := $(sort $(wildcard src/*/*.c))
OBJECTS  := $(SOURCES:%.c=$(OBJ)/%.o)
POSIX    := $(sort $(wildcard port/posix/*.c))
LIB      := $(OUT)/libbedrock.a
LIBPOSIX := $(OUT)/libbedrock-posix.a

.DEFAULT_GOAL := help

help: ## this list
	@sed -n 's/^\([a-z][a-z-]*\):.*## /\1 - /p' Makefile | sort

lib: $(LIB) $(LIBPOSIX) ## build/libbedrock.a (no platform) and build/libbedrock-posix.a (sockets, clock, environment)

$(OBJ)/%.o: %.c
	@mkdir -p $(@D)
	$(COMPILE)

$(LIB): $(OBJECTS)
	@rm -f $@
	$(AR) rcs $@ $^

$(LIBPOSIX): $(POSIX:%.c=$(OBJ)/%.o)
	@rm -f $@
	$(AR) rcs $@ $^

clean: ## removes build/
	rm -rf $(BUILD)

.PHONY: help lib clean
-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
