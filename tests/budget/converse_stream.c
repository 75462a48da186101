/* SPDX-License-Identifier: MIT */
/* What a streamed text Converse costs above TLS: all of the library but a transport, which is
 * another's here. */
#include "device.h"

static const struct bedrock_transport_class transport_of_the_board = {0};

int main(void)
{
    return talk(&transport_of_the_board);
}
