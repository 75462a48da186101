/* SPDX-License-Identifier: MIT */
/* lwIP for the tests of its port: the two ends of a connection live in one stack, over its
 * loopback. */
#ifndef LWIPOPTS_H
#define LWIPOPTS_H

#define NO_SYS               1
#define SYS_LIGHTWEIGHT_PROT 0
#define LWIP_SOCKET          0
#define LWIP_NETCONN         0
#define LWIP_RAW             0
#define IP_REASSEMBLY        0
#define IP_FRAG              0
#define LWIP_NETIF_LOOPBACK  1
#define LWIP_HAVE_LOOPIF     1
#define MEM_ALIGNMENT        8
#define MEM_SIZE             65536
#define MEMP_NUM_TCP_PCB     8
#define MEMP_NUM_TCP_SEG     64
#define PBUF_POOL_SIZE       32
#define TCP_MSS              1460
#define TCP_WND              (4 * TCP_MSS)
#define TCP_SND_BUF          (4 * TCP_MSS)
#define LWIP_TCP_KEEPALIVE   1
#define LWIP_DNS             1
#define LWIP_STATS           0

#endif
