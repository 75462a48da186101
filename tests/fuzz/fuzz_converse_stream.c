/* SPDX-License-Identifier: MIT */
/*
 * A ConverseStream of any frames: what is told of it must not depend on how it is cut. The input is
 * a script, since random frames would all have a wrong checksum: a byte that says how the stream is
 * cut, then for each frame a byte that says what it is, one with the length of its payload, and the
 * payload.
 */
#include "unit/client/answers.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void put_frame(struct bytes *stream, unsigned kind, const uint8_t *payload, size_t len)
{
    static const char *const events[] = {
        "messageStart", "contentBlockStart", "contentBlockDelta", "contentBlockStop",
        "messageStop",  "metadata",          "newEvent"};
    char name[64];

    if (kind < 7) {
        put_message(stream, "event", ":event-type", events[kind], payload, len);
    } else if (kind == 7) {
        put_message(stream, "exception", ":exception-type", "throttlingException", payload, len);
    } else if (kind == 8) {
        snprintf(name, sizeof name, "%.*s", (int)len, (const char *)payload);
        put_message(stream, "error", ":error-message", name, "", 0);
    } else if (kind == 9) {
        snprintf(name, sizeof name, "%.*s", (int)len, (const char *)payload);
        put_message(stream, name, ":event-type", "messageStop", payload, len);
    } else {
        bytes_put(stream, payload, len);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bytes stream = {0}, http = {0};
    struct told whole, pieces;
    size_t at = 1;

    while (at + 2 <= size) {
        size_t len = data[at + 1] < size - at - 2 ? data[at + 1] : size - at - 2;

        put_frame(&stream, data[at] % 11u, data + at + 2, len);
        at += len + 2;
    }
    if (stream.len > 0) {
        put_answer(&http, "200 OK", "Content-Type: application/vnd.amazon.eventstream\r\n",
                   stream.data, stream.len, FRAMED_LENGTH, 0);
        play(&whole, 1, http.data, http.len, http.len, 0);
        play(&pieces, 1, http.data, http.len, data[0] % 4u, http.len - data[0] % stream.len);
        if (strcmp(whole.text.data, pieces.text.data) != 0 || whole.broken != NULL ||
            pieces.broken != NULL) {
            printf("%s\nagainst\n%s\n", whole.text.data, pieces.text.data);
            abort();
        }
        told_free(&whole);
        told_free(&pieces);
    }
    bytes_free(&stream);
    bytes_free(&http);
    return 0;
}
