# SPDX-License-Identifier: MIT
# lwIP for any target, by the lwipopts.h and arch/cc.h in LWIP_CONFIG: Debian's source, or LWIP=folder.
LWIP_CONFIG ?= tests/firmware
LWIP_TREE   := $(or $(LWIP),$(BUILD)/lwip)
LWIP_C      := core/def core/dns core/inet_chksum core/init core/ip core/mem core/memp core/netif core/pbuf core/tcp \
               core/tcp_in core/tcp_out core/timeouts core/udp core/ipv4/etharp core/ipv4/icmp core/ipv4/ip4 \
               core/ipv4/ip4_addr netif/ethernet
WITH_LWIP   := -I$(LWIP_CONFIG) -isystem $(LWIP_TREE)/src/include

$(OBJ)/port/lwip/%: INCLUDES := -Iinclude $(WITH_LWIP)
$(OBJ)/port/lwip/port.o: $(OUT)/liblwip.a

$(OUT)/liblwip.a: $(LWIP_CONFIG)/lwipopts.h $(LWIP_CONFIG)/arch/cc.h
	@sh tests/gates/fetch_source.sh lwip $(LWIP_TREE)
	@echo 'lwIP for $(TARGET), from $(LWIP_TREE)'
	@rm -rf $(OUT)/lwip-objects && mkdir -p $(OUT)/lwip-objects
	@config=$$(cd $(LWIP_CONFIG) && pwd) && tree=$$(cd $(LWIP_TREE)/src && pwd) && cd $(OUT)/lwip-objects && \
	    $(CC) -w $(CFLAGS) -ffunction-sections -fdata-sections $(TARGET_CFLAGS) \
	        -I"$$config" -I"$$tree/include" -c $(LWIP_C:%="$$tree"/%.c)
	@rm -f $@ && $(AR) qcs $@ $(OUT)/lwip-objects/*.o
