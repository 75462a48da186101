/* SPDX-License-Identifier: MIT */
/* A growing run of bytes, and the encodings that are appended to one. Memory that runs out ends the
 * program: this is a test tool. */
#ifndef SIMULATOR_TEXT_H
#define SIMULATOR_TEXT_H

#include <stddef.h>

/* A zeroed struct is an empty text. data[len] is always '\0' once something was added. */
struct sim_text {
    char *data;
    size_t len;
    size_t cap;
};

/* malloc() that does not return NULL; the memory is zeroed. */
void *sim_alloc(size_t size);
/* Room for len more bytes at the end, to be filled by the caller, who then adds to text->len. */
char *sim_text_room(struct sim_text *text, size_t len);
void sim_text_add(struct sim_text *text, const void *data, size_t len);
void sim_text_puts(struct sim_text *text, const char *string);
void sim_text_printf(struct sim_text *text, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* A JSON string, quotes included. */
void sim_text_json(struct sim_text *text, const char *data, size_t len);
void sim_text_base64(struct sim_text *text, const void *data, size_t len);
/* Lower-case hex. */
void sim_text_hex(struct sim_text *text, const unsigned char *data, size_t len);
/* Percent-encodes all but A-Z a-z 0-9 - . _ ~ and the bytes in keep. */
void sim_text_percent(struct sim_text *text, const char *data, size_t len, const char *keep);
void sim_text_clear(struct sim_text *text);
void sim_text_free(struct sim_text *text);
/* The text as a C string; "" when nothing was added. */
const char *sim_text_string(const struct sim_text *text);

#endif
