/* SPDX-License-Identifier: MIT */
/* lwIP on this board: TCP, DNS and nothing else, one connection, 10 KB of RAM. */
#ifndef LWIPOPTS_H
#define LWIPOPTS_H

#define NO_SYS               1
#define SYS_LIGHTWEIGHT_PROT 0
#define LWIP_SOCKET          0
#define LWIP_NETCONN         0
#define LWIP_RAW             0
#define LWIP_IGMP            0
#define LWIP_STATS           0
#define LWIP_NETIF_API       0
#define IP_REASSEMBLY        0
#define IP_FRAG              0
#define LWIP_ICMP            1

#define MEM_ALIGNMENT      4
#define MEM_SIZE           3200
#define MEMP_NUM_TCP_SEG   8
#define MEMP_NUM_TCP_PCB   2 /* one that is closing, one that is opening */
#define MEMP_NUM_UDP_PCB   1
#define MEMP_NUM_PBUF      2
#define MEMP_NUM_ARP_QUEUE 2

/* A window of two segments, and two frames more. A frame is one buffer: peers send full ones,
 * whatever segment size we announce. */
#define TCP_MSS                   1460
#define TCP_WND                   (2 * TCP_MSS)
#define TCP_SND_BUF               (2 * TCP_MSS)
#define TCP_QUEUE_OOSEQ           0
#define MEMP_NUM_TCP_PCB_LISTEN   1
#define PBUF_POOL_SIZE            4
#define PBUF_POOL_BUFSIZE         1520
#define LWIP_TCP_KEEPALIVE        1
#define TCP_LISTEN_BACKLOG        0
#define LWIP_NETIF_TX_SINGLE_PBUF 1

#define LWIP_DNS            1
#define DNS_TABLE_SIZE      1
#define DNS_MAX_NAME_LENGTH 128
#define ARP_TABLE_SIZE      4

/* The name that the library looks up is the simulator's here: the emulator leads 10.0.2.100 to it.
 * A board in the field leaves these two lines out and asks its DNS server. */
#define DNS_LOCAL_HOSTLIST 1
#define DNS_LOCAL_HOSTLIST_INIT                                                                    \
    {                                                                                              \
        DNS_LOCAL_HOSTLIST_ELEM("bedrock-runtime.us-east-1.amazonaws.com",                         \
                                IPADDR4_INIT_BYTES(10, 0, 2, 100))                                 \
    }

#endif
