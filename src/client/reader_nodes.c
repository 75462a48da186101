/* SPDX-License-Identifier: MIT */
/* The events of ConverseStream, as the API reference has them. Their documents share one root: no
 * two of them use one name for different things. */
#include "client/reader.h"

static const char nodes[] = " 0\0"
                            "~1contentBlockIndex\0"
                            " 1delta\0"
                            "A2text\0"
                            " 2toolUse\0"
                            "D3input\0"
                            " 2reasoningContent\0"
                            "C3text\0"
                            "E3signature\0"
                            "F3redactedContent\0"
                            "J2citation\0"
                            "K2toolResult\0"
                            " 2image\0"
                            " 3source\0"
                            "G4bytes\0"
                            "I4{}\0"
                            "I3{}\0"
                            "L2{}\0"
                            "<1start\0"
                            " 2toolUse\0"
                            "T3toolUseId\0"
                            "V3name\0"
                            "S3type\0"
                            " 2toolResult\0"
                            "U3toolUseId\0"
                            " 2image\0"
                            "W3format\0"
                            "L2{}\0"
                            "O1role\0" BDK_NODES_OF_THE_END;

const struct bdk_nodes bdk_frame_nodes = {nodes, NULL};
