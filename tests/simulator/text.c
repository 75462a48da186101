/* SPDX-License-Identifier: MIT */
#include "text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void *sim_alloc(size_t size)
{
    void *memory = calloc(1, size > 0 ? size : 1);

    if (memory == NULL) {
        fputs("simulator: out of memory\n", stderr);
        exit(1);
    }
    return memory;
}

char *sim_text_room(struct sim_text *text, size_t len)
{
    if (text->cap - text->len <= len) {
        text->cap = (text->len + len) * 2 + 64;
        text->data = realloc(text->data, text->cap);
        if (text->data == NULL) {
            fputs("simulator: out of memory\n", stderr);
            exit(1);
        }
    }
    return text->data + text->len;
}

void sim_text_add(struct sim_text *text, const void *data, size_t len)
{
    char *end = sim_text_room(text, len);

    if (len > 0) {
        memcpy(end, data, len);
    }
    end[len] = '\0';
    text->len += len;
}

void sim_text_puts(struct sim_text *text, const char *string)
{
    sim_text_add(text, string, strlen(string));
}

void sim_text_printf(struct sim_text *text, const char *format, ...)
{
    va_list args;
    int len;

    va_start(args, format);
    len = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (len < 0) {
        return;
    }
    va_start(args, format);
    vsnprintf(sim_text_room(text, (size_t)len + 1), (size_t)len + 1, format, args);
    va_end(args);
    text->len += (size_t)len;
}

void sim_text_json(struct sim_text *text, const char *data, size_t len)
{
    size_t i;

    sim_text_puts(text, "\"");
    for (i = 0; i < len; i++) {
        unsigned char c = (unsigned char)data[i];

        if (c == '"' || c == '\\') {
            sim_text_printf(text, "\\%c", c);
        } else if (c == '\n') {
            sim_text_puts(text, "\\n");
        } else if (c < 0x20) {
            sim_text_printf(text, "\\u%04x", c);
        } else {
            sim_text_add(text, data + i, 1);
        }
    }
    sim_text_puts(text, "\"");
}

void sim_text_base64(struct sim_text *text, const void *data, size_t len)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const unsigned char *bytes = data;
    size_t i;

    for (i = 0; i < len; i += 3) {
        size_t left = len - i;
        unsigned long group = (unsigned long)bytes[i] << 16;
        char quantum[4];

        group |= left > 1 ? (unsigned long)bytes[i + 1] << 8 : 0;
        group |= left > 2 ? (unsigned long)bytes[i + 2] : 0;
        quantum[0] = digits[group >> 18 & 63];
        quantum[1] = digits[group >> 12 & 63];
        quantum[2] = left > 1 ? digits[group >> 6 & 63] : '=';
        quantum[3] = left > 2 ? digits[group & 63] : '=';
        sim_text_add(text, quantum, sizeof quantum);
    }
}

void sim_text_hex(struct sim_text *text, const unsigned char *data, size_t len)
{
    size_t i;

    for (i = 0; i < len; i++) {
        sim_text_printf(text, "%02x", data[i]);
    }
}

static int is_unreserved(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_' || c == '~';
}

void sim_text_percent(struct sim_text *text, const char *data, size_t len, const char *keep)
{
    size_t i;

    for (i = 0; i < len; i++) {
        if (is_unreserved(data[i]) || (data[i] != '\0' && strchr(keep, data[i]) != NULL)) {
            sim_text_add(text, data + i, 1);
        } else {
            sim_text_printf(text, "%%%02X", (unsigned)(unsigned char)data[i]);
        }
    }
}

void sim_text_clear(struct sim_text *text)
{
    text->len = 0;
    if (text->data != NULL) {
        text->data[0] = '\0';
    }
}

void sim_text_free(struct sim_text *text)
{
    free(text->data);
    memset(text, 0, sizeof *text);
}

const char *sim_text_string(const struct sim_text *text)
{
    return text->data != NULL ? text->data : "";
}
