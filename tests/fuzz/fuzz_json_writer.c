/* SPDX-License-Identifier: MIT */
/*
 * The writer. Its input is text: the first byte says where it is cut and where a window begins. A
 * string must come out the same in any pieces, be read back as it was, and be rendered the same in
 * windows; raw elements must be refused or come out as they are; no integer may be misread.
 */
#include "unit/json/rendering.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct rendering whole, other;

static void require(int ok)
{
    if (!ok) {
        abort();
    }
}

static int put_pieces(struct bedrock_json_writer *json, const char *text, size_t len, size_t cut)
{
    bedrock_json_begin_string(json);
    bedrock_json_put_piece(json, text, cut);
    bedrock_json_put_piece(json, text + cut, len - cut);
    return bedrock_json_end_string(json);
}

/* Does the rendering read as the text? */
static int reads_as(const char *text, size_t len)
{
    const char *in = whole.text;
    struct bedrock_json_event event;
    struct bedrock_json json;
    size_t off = 0;

    bedrock_json_init(&json);
    while (bedrock_json_next(&json, &in, whole.text + whole.len, &event) == BEDROCK_EVENT) {
        require(event.type == BEDROCK_JSON_STRING && event.len <= len - off);
        require(memcmp(event.text, text + off, event.len) == 0);
        off += event.len;
    }
    return off == len && bedrock_json_finish(&json, &event) == BEDROCK_OK;
}

static void check_string(const char *text, size_t len, size_t cut)
{
    int status = bedrock_json_put_string(rendering_whole(&whole), text, len);
    uint32_t from = (uint32_t)cut;

    require(put_pieces(rendering_whole(&other), text, len, cut) == status);
    if (status != BEDROCK_OK) {
        require(status == BEDROCK_E_UTF8);
        return;
    }
    require(other.len == whole.len && memcmp(other.text, whole.text, whole.len) == 0);
    require(reads_as(text, len));
    put_pieces(rendering_start(&other, from, 16), text, len, len - cut);
    require(memcmp(other.text, whole.text + from, other.len) == 0);
    require(other.len == 16 || from + other.len == whole.len);
}

static void check_elements(const char *text, size_t len)
{
    struct bedrock_json_writer *json = rendering_whole(&whole);
    struct bedrock_json_event event;
    struct bedrock_json reader;
    const char *in = whole.text;

    bedrock_json_begin_array(json);
    bedrock_json_put_raw_elements(json, text, len);
    if (bedrock_json_end_array(json) != BEDROCK_OK) {
        return;
    }
    bedrock_json_init(&reader);
    while (bedrock_json_next(&reader, &in, whole.text + whole.len, &event) == BEDROCK_EVENT) {
    }
    require(bedrock_json_finish(&reader, &event) == BEDROCK_OK);
}

/* An integer that was accepted is written as the same one that it is then read as. */
static void check_integer(const char *text, size_t len)
{
    int64_t value, again;

    if (bedrock_json_integer(&value, text, len) != BEDROCK_OK) {
        return;
    }
    bedrock_json_put_integer(rendering_whole(&whole), value);
    require(bedrock_json_integer(&again, whole.text, whole.len) == BEDROCK_OK && again == value);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *text = (const char *)data + 1;
    size_t len = size - 1;

    if (size < 2 || len > RENDERING_CAP / 6 - 8) {
        return 0;
    }
    check_string(text, len, data[0] % (len + 1));
    check_elements(text, len);
    check_integer(text, len);
    return 0;
}
