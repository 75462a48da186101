/* SPDX-License-Identifier: MIT */
/* Sizes of header values on the wire, which decoder and encoder share. */
#ifndef BDK_EVENTSTREAM_VALUE_SIZE_H
#define BDK_EVENTSTREAM_VALUE_SIZE_H

#include <stdint.h>

#define BDK_VALUE_TYPES      10
#define BDK_VALUE_HAS_LENGTH 0xFF /* the value says its length itself, in two bytes */

/* Bytes of a value, by enum bedrock_event_stream_value. */
extern const uint8_t bdk_value_sizes[BDK_VALUE_TYPES];

#endif
