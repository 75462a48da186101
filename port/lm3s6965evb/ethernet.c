/* SPDX-License-Identifier: MIT */
/* The board's Ethernet controller, polled: frames go through a FIFO that is read and written in
 * words. LM3S6965 data sheet, chapter 15. */
#include "board.h"

#include <lwip/dns.h>
#include <lwip/etharp.h>
#include <lwip/init.h>
#include <lwip/netif.h>
#include <netif/ethernet.h>
#include <string.h>

#define REGISTER(address) (*(volatile uint32_t *)(uintptr_t)(address))
#define CLOCK_GATES       REGISTER(0x400fe108)
#define CLOCK_ETHERNET    (1u << 28 | 1u << 30)
#define RECEIVE_CONTROL   REGISTER(0x40048008)
#define TRANSMIT_CONTROL  REGISTER(0x4004800c)
#define FIFO              REGISTER(0x40048010)
#define ADDRESS_LOW       REGISTER(0x40048014)
#define ADDRESS_HIGH      REGISTER(0x40048018)
#define FRAMES_WAITING    REGISTER(0x40048034)
#define TRANSMIT_REQUEST  REGISTER(0x40048038)
#define RECEIVE_ENABLE    0x01u
#define RECEIVE_RESET     0x10u
#define TRANSMIT_SETUP    0x17u /* enabled, short frames padded, checksum appended, full duplex */

#define FRAME_MIN     60
#define FRAME_MAX     1514
#define HEADER        14
#define FIFO_OVERHEAD 6 /* the FIFO counts its own two bytes of length and the checksum's four */

static struct netif ethernet;
static uint8_t frame[FRAME_MAX + 6]; /* in words, the checksum included */

static uint32_t word_at(const uint8_t *bytes)
{
    return (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 |
           (uint32_t)bytes[3] << 24;
}

static void put_word(uint8_t *bytes, uint32_t word)
{
    bytes[0] = (uint8_t)word;
    bytes[1] = (uint8_t)(word >> 8);
    bytes[2] = (uint8_t)(word >> 16);
    bytes[3] = (uint8_t)(word >> 24);
}

/* The FIFO begins with the length of what follows the header, in the same word as the first two
 * bytes of the frame. */
static err_t send_frame(struct netif *netif, struct pbuf *packet)
{
    u16_t len = packet->tot_len, at;

    (void)netif;
    if (len > FRAME_MAX) {
        return ERR_BUF;
    }
    pbuf_copy_partial(packet, frame, len, 0);
    while (len < FRAME_MIN) {
        frame[len++] = 0;
    }
    while (TRANSMIT_REQUEST & 1) {
    }
    FIFO = (uint32_t)(len - HEADER) | (uint32_t)frame[0] << 16 | (uint32_t)frame[1] << 24;
    for (at = 2; at < len; at = (u16_t)(at + 4)) {
        FIFO = word_at(frame + at);
    }
    TRANSMIT_REQUEST = 1;
    return ERR_OK;
}

/* All words of a frame are read, also of one that there is no room for. */
static void receive_frame(void)
{
    uint32_t word = FIFO, total = word & 0xffff, at;
    u16_t len = (u16_t)(total - FIFO_OVERHEAD);
    struct pbuf *packet;

    if (total < FIFO_OVERHEAD + HEADER) {
        RECEIVE_CONTROL = RECEIVE_RESET; /* no frame is so short: the FIFO is out of step */
        RECEIVE_CONTROL = RECEIVE_ENABLE;
        return;
    }
    put_word(frame, word >> 16);
    for (at = 2; at < total - 2; at += 4) {
        word = FIFO;
        if (at + 4 <= sizeof frame) {
            put_word(frame + at, word);
        }
    }
    packet = len <= FRAME_MAX ? pbuf_alloc(PBUF_RAW, len, PBUF_POOL) : NULL;
    if (packet == NULL) {
        return; /* the peer sends it again */
    }
    pbuf_take(packet, frame, len);
    if (ethernet.input(packet, &ethernet) != ERR_OK) {
        pbuf_free(packet);
    }
}

void ethernet_poll(void)
{
    while (FRAMES_WAITING != 0) {
        receive_frame();
    }
}

static err_t start(struct netif *netif)
{
    static const uint8_t address[] = {0x02, 0x00, 0x00, 0x00, 0x00, 0x01}; /* one of our own */

    CLOCK_GATES |= CLOCK_ETHERNET;
    ADDRESS_LOW = word_at(address);
    ADDRESS_HIGH = (uint32_t)address[4] | (uint32_t)address[5] << 8;
    RECEIVE_CONTROL = RECEIVE_RESET;
    RECEIVE_CONTROL = RECEIVE_ENABLE;
    TRANSMIT_CONTROL = TRANSMIT_SETUP;
    memcpy(netif->hwaddr, address, sizeof address);
    netif->hwaddr_len = sizeof address;
    netif->mtu = 1500;
    netif->flags = NETIF_FLAG_BROADCAST | NETIF_FLAG_ETHARP | NETIF_FLAG_LINK_UP;
    netif->name[0] = 'e';
    netif->output = etharp_output;
    netif->linkoutput = send_frame;
    return ERR_OK;
}

/* The addresses of the emulator's own network. In the field: DHCP. */
void ethernet_init(void)
{
    ip4_addr_t address, mask, router;

    IP4_ADDR(&address, 10, 0, 2, 15);
    IP4_ADDR(&mask, 255, 255, 255, 0);
    IP4_ADDR(&router, 10, 0, 2, 2);
    lwip_init();
    netif_add(&ethernet, &address, &mask, &router, NULL, start, ethernet_input);
    netif_set_default(&ethernet);
    netif_set_up(&ethernet);
}
