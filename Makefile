# SPDX-License-Identifier: MIT
# libbedrock. `make help` lists what there is to make; everything that is made lands in $(BUILD).
#
# CC, AR, CPPFLAGS, CFLAGS, LDFLAGS, LDLIBS, PREFIX and DESTDIR are yours, on the command line or in
# the environment; what the code itself needs is added to them. When the compiler or a flag changes,
# the objects are made again: no `make clean` between two of them.
#
#   TARGET=name       builds for port/target-name.mk into $(BUILD)/name
#   BEARSSL=folder    uses that BearSSL tree (its inc/, and its build/libbearssl.a or else its src/)
#   EXAMPLE= PROMPT=  what `make run` runs and asks; without PROMPT, what suits the example
#   VECTORS=folder    where `make test` and `make vectors` look for test vectors
#   FUZZ_SECONDS=n    how long each fuzz target runs
#   LIMIT=seconds     how long a test program may take
#   V=1               shows the commands

BUILD        ?= build
TARGET       ?= host
EXAMPLE      ?= converse_stream
VECTORS      ?= ../shared/vectors
FUZZ_SECONDS ?= 10
LIMIT        ?= 120
PREFIX       ?= /usr/local
BINDIR       ?= $(PREFIX)/bin
INCLUDEDIR   ?= $(PREFIX)/include
LIBDIR       ?= $(PREFIX)/lib

# A target's file sets the tools and what they need: TARGET_CFLAGS, TARGET_LDFLAGS, BEARSSL_CFLAGS; what
# runs its programs here: EMULATOR; the tests that cannot run there: NOT_HERE; and HOSTED := no where
# there is no operating system.
ifeq ($(TARGET),host)
OUT := $(BUILD)
else
OUT := $(BUILD)/$(TARGET)
include port/target-$(TARGET).mk
NOT_HERE += tests/unit/simulator/%
endif
OBJ    := $(OUT)/obj
HOSTED ?= yes
NM     ?= nm
SIZE   ?= size
CFLAGS ?= -O2 -g

# --- BearSSL ---------------------------------------------------------------------------------------
# The host has a package of it. Other targets compile its sources, but only to link a program: for
# the archive its headers are enough, and those are the same everywhere.

ifeq ($(TARGET),host)
BEARSSL_CPPFLAGS := $(if $(BEARSSL),-isystem $(BEARSSL)/inc)
BEARSSL_LIB      := $(if $(BEARSSL),$(or $(wildcard $(BEARSSL)/build/libbearssl.a),$(OUT)/libbearssl.a),-lbearssl)
else
BEARSSL_HEADERS  := $(OUT)/bearssl-headers
BEARSSL_CPPFLAGS := -isystem $(BEARSSL_HEADERS)
BEARSSL_LIB      := $(OUT)/libbearssl.a
endif
BEARSSL_TREE     := $(or $(BEARSSL),$(BUILD)/bearssl)
BEARSSL_CFLAGS   ?= -DBR_USE_UNIX_TIME=0 -DBR_USE_URANDOM=0

# --- What there is ---------------------------------------------------------------------------------

SOURCES   := $(sort $(wildcard src/*/*.c))
POSIX     := $(sort $(wildcard port/posix/*.c))
HEADERS   := $(sort $(wildcard include/*.h include/bedrock/*.h))
HELPERS   := $(wildcard $(addprefix examples/,common.c families.c picture.c))
EXAMPLES  := $(notdir $(basename $(filter-out $(HELPERS),$(sort $(wildcard examples/*.c)))))
FRAME     := $(sort $(wildcard tests/test.c tests/fakes/*.c))
UNIT      := $(filter-out $(NOT_HERE),$(basename $(sort $(wildcard tests/unit/*/test_*.c))))
TOPICS    := $(sort $(wildcard tests/vectors/*.c))
DRIVER    := $(sort $(wildcard tests/conformance/*.c))
SIMULATOR := $(sort $(wildcard tests/simulator/*.c))
FUZZERS   := $(basename $(sort $(wildcard tests/fuzz/fuzz_*.c)))
END2END   := $(sort $(wildcard tests/e2e/*.sh))
BENCH     := $(sort $(wildcard tests/bench/*.c))
BUDGETS   := $(filter-out ram,$(notdir $(basename $(sort $(wildcard tests/budget/*.c)))))
METER     := $(wildcard tests/run/meter.c)
TOOLS     := $(basename $(filter-out $(METER),$(sort $(wildcard tests/run/*.c))))
COMMAND   := $(sort $(wildcard examples/bedrock/*.c))
FOLDERS   := src/* port/* examples examples/* tests tests/* tests/*/*
EVERY_C   := $(sort $(wildcard $(FOLDERS:%=%/*.c)))
EVERY_H   := $(sort $(HEADERS) $(wildcard $(FOLDERS:%=%/*.h)))

LIB       := $(OUT)/libbedrock.a
LIBPOSIX  := $(if $(filter yes,$(HOSTED)),$(OUT)/libbedrock-posix.a)
BEDROCK   := $(if $(filter yes,$(HOSTED)),$(OUT)/bedrock)
PROGRAMS  := $(EXAMPLES:%=$(OUT)/examples/%) $(BEDROCK)
UNITS     := $(UNIT:%=$(OUT)/%)
CASES     := $(if $(TOPICS),$(OUT)/tests/vectors)
SERVICE   := $(if $(filter host,$(TARGET)),$(if $(SIMULATOR),$(OUT)/tests/simulator))
TESTS     := $(UNITS) $(CASES) $(SERVICE) $(if $(filter host,$(TARGET)),$(TOOLS:%=$(OUT)/%))

# --- How it is compiled ----------------------------------------------------------------------------

WARNINGS := -Wall -Wextra -Werror -pedantic -Wconversion -Wshadow -Wvla -Wundef -Wmissing-prototypes
FLAGS     = -std=c99 $(WARNINGS) -ffunction-sections -fdata-sections $(CPPFLAGS) $(CFLAGS) \
            $(TARGET_CFLAGS) $(BEARSSL_CPPFLAGS)
LINK      = $(CC) $(CFLAGS) $(TARGET_CFLAGS) $(TARGET_LDFLAGS) $(LDFLAGS) -Wl,--gc-sections -o $@

# What a file can see: programs only what is installed, the simulator nothing of what it judges.
$(OBJ)/%:                   INCLUDES := -Iinclude
$(OBJ)/src/%:               INCLUDES := -Iinclude -Isrc
$(OBJ)/tests/%:             INCLUDES := -Iinclude -Isrc -Itests
$(OBJ)/tests/simulator/%:   INCLUDES := -Itests/simulator
$(OBJ)/tests/conformance/%: INCLUDES := -Iinclude

# `run` and `test` also serve a machine that has nothing yet: then everything waits for the set-up.
# With credentials in the environment `run` talks to AWS and needs no simulator.
CREDENTIALS := $(value AWS_BEARER_TOKEN_BEDROCK)$(value AWS_ACCESS_KEY_ID)
SETUP       := $(if $(filter test,$(MAKECMDGOALS)),deps-test,$(if $(filter run,$(MAKECMDGOALS)),\
                    $(if $(CREDENTIALS),deps,deps-test)))

MAKEFLAGS += --no-print-directory
ifeq ($(MAKELEVEL),0)
MAKEFLAGS += -j$(shell nproc 2> /dev/null || echo 2)
endif
Q   := $(if $(V),,@)
say  = $(if $(V),,@printf '  %-8s %s\n' '$1' '$2')

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.SECONDARY:

help: ## this list
	@awk -F ':.*## ' '/^[a-z][a-z0-9-]*:.*## / { printf "%-14s %s\n", $$1, $$2 }' Makefile

$(OBJ)/flags: FORCE
	@mkdir -p $(@D)
	@printf '%s\n' '$(CC) $(FLAGS)' | cmp -s - $@ || printf '%s\n' '$(CC) $(FLAGS)' > $@

$(OBJ)/%.o: %.c $(OBJ)/flags | $(SETUP) $(BEARSSL_HEADERS)
	@mkdir -p $(@D)
	$(call say,compile,$<)
	$(Q)$(CC) $(FLAGS) $(INCLUDES) -MMD -MP -c -o $@ $<

# The folders are prerequisites so that an archive forgets a source that is gone. `q`, because `r`
# keeps one object of two with the same name.
define archive
	$(call say,archive,$@)
	@mkdir -p $(@D) && rm -f $@
	$(Q)$(AR) qcs $@ $(filter %.o,$^)
endef

$(LIB): $(SOURCES:%.c=$(OBJ)/%.o) $(sort $(dir $(SOURCES)))
	$(archive)

$(OUT)/libbedrock-posix.a: $(POSIX:%.c=$(OBJ)/%.o) $(sort $(dir $(POSIX)))
	$(archive)

$(OUT)/tests/frame.a: $(FRAME:%.c=$(OBJ)/%.o)
	$(archive)

# What examples share: each links what it calls.
$(OUT)/examples/helpers.a: $(HELPERS:%.c=$(OBJ)/%.o)
	$(archive)

comma := ,

# Objects first, then the archives, each before what it calls.
LIBS      = $(LIBPOSIX) $(LIB) $(BEARSSL_LIB)
FILES    := $(LIBPOSIX) $(LIB) $(filter %.a,$(BEARSSL_LIB))
define link
	$(call say,link,$@)
	@mkdir -p $(@D)
	$(Q)$(LINK) $(filter %.o %/frame.a %/helpers.a,$^) $(LIBS) $(EXTRA_LIBS) $(LDLIBS)
endef

$(OUT)/examples/%: $(OBJ)/examples/%.o $(OUT)/examples/helpers.a $(FILES)
	$(link)

# The command-line program is to be carried to other machines: static and stripped, unless a sanitizer,
# LDFLAGS, or STATIC= on the command line is against it. Of glibc's getaddrinfo() the linker says that
# it needs shared libraries even so: that is said in other words by `program`.
SANITIZED := $(findstring -fsanitize,$(CFLAGS) $(LDFLAGS))
DYNAMIC   := $(filter -static% -dynamic -rdynamic -pie -Wl$(comma)-Bdynamic,$(LDFLAGS))
STATIC    ?= $(if $(SANITIZED),,$(if $(DYNAMIC),,-static) -s)
$(OUT)/bedrock: $(COMMAND:%.c=$(OBJ)/%.o) $(FILES)
	$(call say,link,$@)
	@mkdir -p $(@D)
	$(Q)$(LINK) $(STATIC) $(filter %.o,$^) $(LIBS) $(LDLIBS) 2> $@.log || \
	    { cat $@.log >&2; echo 'STATIC= links it with shared libraries.' >&2; exit 1; }
	@grep -v "'getaddrinfo' in statically\|(connect.o): in function" $@.log >&2 || true; rm -f $@.log

# The same program once more, with the calls that tell what it cost led through tests/run/meter.c.
METERED := client_init next text read vector finding_next async_next async_list_next tool_loop_next \
           tool_loop_text tool_input
$(OUT)/run/%: EXTRA_LIBS := $(if $(METER),$(METERED:%=-Wl$(comma)--wrap=bedrock_%))
$(OUT)/run/%: $(OBJ)/examples/%.o $(METER:%.c=$(OBJ)/%.o) $(OUT)/examples/helpers.a $(FILES)
	$(link)

$(OUT)/tests/unit/%: EXTRA_LIBS := -lpthread
$(OUT)/tests/unit/%: $(OBJ)/tests/unit/%.o $(OUT)/tests/frame.a $(FILES)
	$(link)

$(OUT)/tests/vectors: $(TOPICS:%.c=$(OBJ)/%.o) $(FILES)
	$(link)

$(OUT)/tests/conformance: $(DRIVER:%.c=$(OBJ)/%.o) $(FILES)
	$(link)

$(OUT)/tests/bench: EXTRA_LIBS := -lz
$(OUT)/tests/bench: $(BENCH:%.c=$(OBJ)/%.o) $(FILES)
	$(link)

$(OUT)/tests/simulator: LIBS = $(BEARSSL_LIB)
$(OUT)/tests/simulator: EXTRA_LIBS := -lz
$(OUT)/tests/simulator: $(SIMULATOR:%.c=$(OBJ)/%.o) $(filter %.a,$(BEARSSL_LIB))
	$(link)

$(OUT)/tests/run/%: LIBS =
$(OUT)/tests/run/%: EXTRA_LIBS := -lz
$(OUT)/tests/run/%: $(OBJ)/tests/run/%.o
	$(link)

$(OUT)/tests/fuzz/%: EXTRA_LIBS := -fsanitize=fuzzer
$(OUT)/tests/fuzz/%: $(OBJ)/tests/fuzz/%.o $(FILES)
	$(link)

$(OUT)/libbearssl.a: $(BEARSSL_TREE)/inc/bearssl.h
	@echo 'BearSSL for $(TARGET), from $(BEARSSL_TREE)'
	@rm -rf $(OUT)/bearssl-objects && mkdir -p $(OUT)/bearssl-objects
	@tree=$$(cd $(BEARSSL_TREE) && pwd) && cd $(OUT)/bearssl-objects && \
	    $(CC) -Os -w -ffunction-sections -fdata-sections $(TARGET_CFLAGS) $(BEARSSL_CFLAGS) \
	        -I"$$tree/inc" -I"$$tree/src" -c "$$tree"/src/*.c "$$tree"/src/*/*.c
	@rm -f $@ && $(AR) qcs $@ $(OUT)/bearssl-objects/*.o

$(BUILD)/bearssl/inc/bearssl.h:
	@sh tests/gates/fetch_source.sh bearssl $(BUILD)/bearssl

$(OUT)/bearssl-headers:
	@mkdir -p $(OUT)
	@sh tests/gates/bearssl_headers.sh '$(BEARSSL_TREE)' $@

# --- What a person types ---------------------------------------------------------------------------

lib: $(LIB) $(LIBPOSIX) ## build/libbedrock.a (no platform) and build/libbedrock-posix.a

examples: $(PROGRAMS) ## build/examples/*, build/bedrock

program: $(BEDROCK) ## build/bedrock, the command-line program, and its size; TARGET=musl: the small one
	@echo "$(BEDROCK): $$(wc -c < $(BEDROCK)) bytes"
	@! LC_ALL=C grep -q nsswitch.conf $(BEDROCK) || \
	    echo 'glibc resolves names by its shared libraries, which must be there; musl does not.'

all: lib examples $(TESTS) ## the archives, the examples and the test programs

DEPS = CC='$(CC)' CPPFLAGS='$(CPPFLAGS) $(BEARSSL_CPPFLAGS)' sh tests/gates/deps.sh
deps: ## installs what the build needs and is missing (Debian)
	@$(DEPS) build
deps-test: deps ## the same for `make test` and `make run`
	@$(DEPS) test
deps-gates: deps-test ## the same for the other gates: cross compilers, clang, valgrind
	@$(DEPS) gates

# What an example is asked if there is no PROMPT=, and what it is given besides. A name without a
# line here asks the first.
ASKED                := "Why is the sky blue?"
ASKED_anomaly        :=
ASKED_async_video    :=
ASKED_converse_image := "What does this picture show?"
ASKED_embed          := "a ship" "a boat" "a loaf of bread"
ASKED_gpio_agent     := "Read the temperature sensor, and switch pin 4 on."
ASKED_guardrail      := "Write to jane@example.com, or else."
ASKED_hello          :=
ASKED_scenario       :=
ASKED_titan_image    :=
GIVEN_anomaly        := $(if $(PROMPT),,--demo)
GIVEN_async_video    := $(if $(CREDENTIALS),,--s3 s3://example/videos/ --every 1)
GIVEN_bedrock        := converse
GIVEN_converse_image := tests/run/picture.png
GIVEN_guardrail      := $(if $(CREDENTIALS),,--guardrail example --version 1)
ENDED_anomaly        := || [ $$? -eq 3 ] # an alarm
QUESTION = $(if $(PROMPT),"$$PROMPT",$(if $(filter undefined,$(origin ASKED_$(EXAMPLE))),$(ASKED),$(ASKED_$(EXAMPLE))))

# bedrock is no program of the metered kind.
NAMES := $(EXAMPLES) $(notdir $(BEDROCK))
RUNS  := $(if $(filter bedrock,$(EXAMPLE)),$(BEDROCK),$(OUT)/run/$(EXAMPLE))
ifeq ($(filter run,$(MAKECMDGOALS))$(filter $(EXAMPLE),$(NAMES)),run)
$(error There is no example "$(EXAMPLE)". There are: $(NAMES))
endif

run: $(RUNS) $(if $(CREDENTIALS),,$(SERVICE)) ## a conversation with Bedrock: EXAMPLE=, PROMPT=
	@$(if $(CREDENTIALS),,BUILD=$(OUT) sh tests/run/with_simulator.sh) $(RUNS) $(GIVEN_$(EXAMPLE)) $(QUESTION) $(ENDED_$(EXAMPLE))
export PROMPT

RUN_TESTS = BUILD=$(OUT) VECTORS='$(VECTORS)' LIMIT=$(LIMIT) sh tests/run/tests.sh
test: $(PROGRAMS) $(TESTS) ## every test; the last line is the sum
	@$(RUN_TESTS) $(UNITS) $(CASES) $(END2END)

unit: $(UNITS) $(SERVICE) ## the unit tests alone
	@$(if $(EMULATOR),RUN_WITH='$(EMULATOR)') $(RUN_TESTS) $(UNITS)

vectors: $(OUT)/tests/vectors ## the test vectors of VECTORS=folder
	@$(OUT)/tests/vectors '$(VECTORS)'

conformance: $(OUT)/tests/conformance ## every operation beside AWS's own SDK for Node (npm fetches it)
	@sh tests/conformance/run.sh $(OUT)/tests/conformance $(BUILD)/conformance

bench: ## instructions a byte and a call, counted by valgrind's callgrind, beside goals
	@command -v valgrind > /dev/null || \
	    { echo '`make bench` counts by valgrind, which is missing: `make deps-gates` installs it.' >&2; exit 1; }
	@$(MAKE) bench-run
bench-run: $(OUT)/tests/bench
	@BUILT='$(CC) $(CFLAGS)' sh tests/bench/report.sh $<

PC_LIBS = $(if $(LIBPOSIX),-lbedrock-posix )-lbedrock -lbearssl
VERSION = $(shell sed -n 's/^.define BEDROCK_VERSION  *"\(.*\)"/\1/p' include/bedrock/version.h)
install: lib $(BEDROCK) ## headers, archives, libbedrock.pc, bin/bedrock: DESTDIR=, PREFIX=
	install -d '$(DESTDIR)$(INCLUDEDIR)/bedrock' '$(DESTDIR)$(LIBDIR)/pkgconfig'
	install -m 644 $(wildcard include/*.h) '$(DESTDIR)$(INCLUDEDIR)'
	install -m 644 $(wildcard include/bedrock/*.h) '$(DESTDIR)$(INCLUDEDIR)/bedrock'
	install -m 644 $(LIB) $(LIBPOSIX) '$(DESTDIR)$(LIBDIR)'
	$(if $(BEDROCK),install -d '$(DESTDIR)$(BINDIR)' && install -m 755 $(BEDROCK) '$(DESTDIR)$(BINDIR)')
	printf '%s\n' 'Name: libbedrock' 'Description: Amazon Bedrock Runtime client for small devices' \
	    'Version: $(VERSION)' 'Cflags: -I$(INCLUDEDIR)' \
	    'Libs: -L$(LIBDIR) $(PC_LIBS)' \
	    > '$(DESTDIR)$(LIBDIR)/pkgconfig/libbedrock.pc'

clean: ## removes what was made
	rm -rf $(BUILD)

# --- Gates: each fails when the house is not in order ----------------------------------------------

layers: ## no layer includes a higher one (src/LAYERS)
	@awk -f tests/gates/layers.awk src/LAYERS $(wildcard src/*/*.[ch] port/*/*.[ch] examples/*.[ch] examples/*/*.[ch]) $(HEADERS)

headers: ## every public header compiles alone, as C99 and as C++
	@sh tests/gates/headers.sh '$(CC)' $(HEADERS)

symbols: $(LIB) ## the archives' symbols: nothing undefined but BearSSL and mem*, nothing mutable
	@sh tests/gates/symbols.sh $(NM) $(SIZE) $(LIB)
ifeq ($(TARGET),host)
	@if command -v arm-none-eabi-gcc > /dev/null; then $(MAKE) TARGET=cortex-m4 symbols; \
	else echo 'cortex-m4: not checked, there is no arm-none-eabi-gcc'; fi
endif

install-check: lib $(BEDROCK) ## the examples build against an installed copy, from elsewhere
	@$(MAKE) install DESTDIR=$(abspath $(OUT)/stage) PREFIX=/usr > /dev/null
	@cd $(OUT)/stage && for name in $(EXAMPLES); do \
	    $(CC) -std=c99 $(CFLAGS) -Iusr/include $(BEARSSL_CPPFLAGS) -o $$name $(CURDIR)/examples/$$name.c \
	        $(HELPERS:%=$(CURDIR)/%) -Lusr/lib $(subst -lbearssl,$(BEARSSL_LIB),$(PC_LIBS)) || exit 1; \
	done
	@$(if $(filter host,$(TARGET)),$(OUT)/stage/usr/bin/bedrock version)
	@echo 'install: $(words $(EXAMPLES)) examples built against $(OUT)/stage'

SANITIZERS := -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
san: ## every test with the address and undefined-behaviour sanitizers
	@$(MAKE) BUILD=$(BUILD)/san CFLAGS='-O1 -g $(SANITIZERS)' test

valgrind: LIMIT = 600
valgrind: $(UNITS) $(SERVICE) ## the unit tests under valgrind
	@RUN_WITH='valgrind -q --error-exitcode=99 --leak-check=full' $(RUN_TESTS) $(UNITS)

clang: ## everything with clang, warnings as errors
	@$(MAKE) BUILD=$(BUILD)/clang CC=clang all

CROSS := m32 armhf mips
cross: $(CROSS) ## m32, armhf and mips:
m32: ## 32-bit x86: the archives; if BearSSL's source can be had the unit tests, and a conversation with the simulator
armhf: ## 32-bit Arm Linux, likewise, under QEMU
mips: ## 32-bit big-endian MIPS Linux, likewise, under QEMU
$(CROSS): $(SERVICE)
	@$(MAKE) TARGET=$@ lib
	@! sh tests/gates/fetch_source.sh bearssl $(BEARSSL_TREE) || $(MAKE) TARGET=$@ LIMIT=600 unit conversation
conversation: $(OUT)/examples/converse_stream
	@SIMULATOR=$(BUILD)/tests/simulator sh tests/run/with_simulator.sh $(EMULATOR) $< $(ASKED)

cortex-m4: ## build/cortex-m4/libbedrock.a
	@$(MAKE) TARGET=cortex-m4 lib

size: ## flash, RAM and stack on a Cortex-M4 against tests/budget/budgets.txt
	@$(MAKE) TARGET=cortex-m4 budget

# A program of tests/budget/ named image_* is a whole image: it links BearSSL, which is fetched for it
# if that is possible. The others get by without.
IMAGES := $(filter image_%,$(BUDGETS))
budget: $(patsubst %,$(OUT)/budget/%.elf,$(filter-out $(IMAGES),$(BUDGETS))) $(OBJ)/tests/budget/ram.o
	@$(if $(IMAGES),! sh tests/gates/fetch_source.sh bearssl $(BEARSSL_TREE) || )$(MAKE) images
	@NM=$(NM) SIZE=$(SIZE) sh tests/budget/report.sh $(OUT)
images: $(IMAGES:%=$(OUT)/budget/%.elf)

$(IMAGES:%=$(OUT)/budget/%.elf): $(OUT)/libbearssl.a
$(OUT)/budget/%.elf: $(OBJ)/tests/budget/%.o $(LIB)
	$(call say,link,$@)
	@mkdir -p $(@D)
	$(Q)$(LINK) -Wl,-Map=$(@:.elf=.map) $(filter %.o,$^) $(LIB) $(filter %/libbearssl.a,$^)

firmware: $(SERVICE) $(OUT)/tests/firmware/roots $(OUT)/tests/firmware/test_lwip_port ## a whole firmware with lwIP, on an emulated board, beside the simulator
	@$(OUT)/tests/firmware/test_lwip_port
	+@BUILD=$(BUILD) MAKE='$(MAKE)' sh tests/run/with_simulator.sh sh tests/firmware/run.sh $(BUILD)
$(OUT)/tests/firmware/roots: $(OBJ)/tests/firmware/roots.o $(FILES)
	$(link)
$(OUT)/tests/firmware/test_lwip_port: EXTRA_LIBS := $(OUT)/liblwip.a
$(OUT)/tests/firmware/test_lwip_port: $(OBJ)/tests/firmware/test_lwip_port.o $(OBJ)/port/lwip/port.o \
        $(OUT)/tests/frame.a $(OUT)/liblwip.a $(FILES)
	$(link)
ifneq ($(BOARD),)
include $(BOARD)/board.mk
endif
include port/lwip/lwip.mk
$(OBJ)/tests/firmware/%: INCLUDES += $(WITH_LWIP)
$(OBJ)/tests/firmware/test_lwip_port.o: $(OUT)/liblwip.a

fuzz: ## each fuzz target for FUZZ_SECONDS= (clang)
	@$(MAKE) BUILD=$(BUILD)/fuzz CC=clang CFLAGS='-O1 -g $(SANITIZERS) -fsanitize=fuzzer-no-link' fuzz-run
fuzz-run: $(FUZZERS:%=$(OUT)/%)
	@sh tests/run/fuzz.sh $(OUT) $(FUZZ_SECONDS) $^

coverage: ## every test, then the lines of src/ that they ran
	@$(MAKE) BUILD=$(BUILD)/coverage CC=gcc CFLAGS='-O0 -g --coverage' coverage-run
coverage-run: $(PROGRAMS) $(TESTS)
	@find $(OUT) -name '*.gcda' -delete
	@$(RUN_TESTS) $(UNITS) $(CASES) $(END2END); status=$$?; \
	    gcov -n -b $(SOURCES:%.c=$(OBJ)/%.o) 2> /dev/null | awk -f tests/gates/coverage.awk; exit $$status

analyze: ## static analysis of src/ and port/
	@$(MAKE) BUILD=$(BUILD)/analyze CC=gcc CFLAGS='-O2 -fanalyzer' lib

CLANG_FORMAT ?= clang-format
format: ## lays out every source as .clang-format says
	$(CLANG_FORMAT) -i $(EVERY_C) $(EVERY_H)
format-check: ## fails if `make format` would change something
	@$(CLANG_FORMAT) --dry-run -Werror $(EVERY_C) $(EVERY_H)

FORCE:
.PHONY: help lib examples program all deps deps-test deps-gates run test unit vectors conformance install \
        clean layers headers symbols install-check san valgrind clang cross $(CROSS) conversation cortex-m4 \
        size budget images firmware bench bench-run fuzz fuzz-run coverage coverage-run analyze format \
        format-check FORCE

-include $(EVERY_C:%.c=$(OBJ)/%.d)
