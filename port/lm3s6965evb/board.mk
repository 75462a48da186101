# SPDX-License-Identifier: MIT
# The firmware of this board: our library, BearSSL, lwIP, the board's own files and examples/board/.
# firmware.elf takes TLS records of any size, firmware_512.elf asks for small ones.
LWIP_CONFIG   := $(BOARD)
BOARD_OBJECTS := $(patsubst %.c,$(OBJ)/%.o,$(sort $(wildcard $(BOARD)/*.c port/lwip/*.c examples/board/*.c)))

$(OBJ)/$(BOARD)/%:       INCLUDES := -Iinclude -I$(BOARD) -isystem $(BUILD)/lwip/src/include
$(OBJ)/examples/board/%: INCLUDES := -Iinclude -I$(BOARD)
$(BOARD_OBJECTS): $(OUT)/liblwip.a

$(OBJ)/small/%.o: %.c $(OBJ)/flags $(OUT)/liblwip.a
	@mkdir -p $(@D)
	$(call say,compile,$<)
	$(Q)$(CC) $(FLAGS) -DRECORD_SIZE=512 -Iinclude -I$(BOARD) -c -o $@ $<

# Whom the firmware trusts: the simulator, whose roots only the host's make knows. ROOTS=file.c.
$(OUT)/roots.o: $(ROOTS)
	$(Q)$(CC) $(FLAGS) -Iinclude -c -o $@ $<

define firmware
	$(call say,link,$@)
	$(Q)$(LINK) -Wl,-Map=$(@:.elf=.map) $(filter %.o,$^) $(filter %.a,$^)
endef
$(OUT)/firmware.elf $(OUT)/firmware_512.elf: $(OUT)/roots.o $(LIB) $(OUT)/liblwip.a $(OUT)/libbearssl.a $(BOARD)/board.ld
$(OUT)/firmware.elf: $(BOARD_OBJECTS)
	$(firmware)
$(OUT)/firmware_512.elf: $(filter-out %/main.o,$(BOARD_OBJECTS)) $(OBJ)/small/examples/board/main.o
	$(firmware)
