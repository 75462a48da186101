/* SPDX-License-Identifier: MIT */
/* Encodes frames of `application/vnd.amazon.eventstream`, with zlib's CRC-32. */
#ifndef SIMULATOR_FRAME_H
#define SIMULATOR_FRAME_H

#include "text.h"

struct sim_frame_header {
    const char *name; /* NULL ends a list */
    const char *value;
};

/* Appends one frame; all headers are strings. */
void sim_frame(struct sim_text *out, const struct sim_frame_header *headers, const char *payload,
               size_t payload_len);

#endif
