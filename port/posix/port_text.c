/* SPDX-License-Identifier: MIT */
/* See bedrock/posix.h. */
#include "internal.h"

#include <string.h>

const char *bedrock_posix_port_text(int port_code)
{
    switch (port_code) {
    case BEDROCK_PORT_FAILED:
        return "the system gave no reason";
    case BEDROCK_PORT_AGAIN:
        return "nothing has happened yet";
    case BEDROCK_PORT_NO_HOST:
        return "the host name does not resolve: it is misspelt, or no name server can be reached";
    case BEDROCK_PORT_UNREACHABLE:
        return "the host has no address that this machine can use";
    default:
        return port_code < -100 ? strerror(-(port_code + 100)) : "no failure of the network";
    }
}
