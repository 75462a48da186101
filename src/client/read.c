/* SPDX-License-Identifier: MIT */
/* bedrock_read(): the call for those who want what an answer carries. See bedrock/client.h. */
#include "client/client.h"

#include <string.h>

/* Takes an event in: text is left of it only where a block carries it. BEDROCK_OK, or that a
 * picture is not whole. */
static int take(struct bedrock_read *read)
{
    struct bedrock_event *event = &read->event;

    switch (event->type) {
    case BEDROCK_EVENT_IMAGE:
    case BEDROCK_EVENT_TEXT:
        read->index = event->block_index;
        return BEDROCK_OK;
    case BEDROCK_EVENT_BODY:
    case BEDROCK_EVENT_CHUNK:
        read->index = -1;
        return BEDROCK_OK;
    case BEDROCK_EVENT_BLOCK_START:
        bedrock_base64_init(&read->base64);
        break;
    default:
        break;
    }
    event->text_len = 0;
    return event->type == BEDROCK_EVENT_BLOCK_STOP ? bedrock_base64_finish(&read->base64)
                                                   : BEDROCK_OK;
}

/* Hands on what was taken in, as much as there is room for. */
static int give(struct bedrock_read *read, uint8_t *dst, size_t cap, size_t *len)
{
    struct bedrock_event *event = &read->event;
    size_t taken = event->text_len < cap ? event->text_len : cap;
    int status = BEDROCK_OK;

    *len = taken;
    if (event->type == BEDROCK_EVENT_IMAGE) {
        status = bedrock_base64_decode(&read->base64, dst, len, event->text, taken);
    } else {
        memcpy(dst, event->text, taken);
    }
    event->text += taken;
    event->text_len -= taken;
    return status;
}

int bedrock_read(bedrock_client *client, struct bedrock_read *read, void *dst, size_t cap,
                 size_t *len)
{
    int status = cap > 0 ? BEDROCK_OK : BEDROCK_E_BUFFER;

    *len = 0;
    if (client == NULL) {
        return BEDROCK_E_BUFFER;
    }
    while (status == BEDROCK_OK) {
        if (read->event.text_len > 0) {
            status = give(read, dst, cap, len);
            if (status == BEDROCK_OK && *len > 0) {
                return BEDROCK_EVENT;
            }
        } else {
            status = bedrock_next(client, &read->event);
            if (status != BEDROCK_EVENT) {
                return status;
            }
            status = take(read);
        }
    }
    *len = 0;
    return bdk_client_give_up(client, status);
}

void bedrock_progress(const bedrock_client *client, uint32_t *received, uint32_t *total)
{
    *received = *total = 0;
    /* Before this call's own answer begins, what is known is of the last one. */
    if (client != NULL && client->state != BDK_PREPARE && client->attempt.got_bytes) {
        *received = client->attempt.got_len;
        if (client->http.framing == BEDROCK_HTTP_FRAMING_LENGTH) {
            *total = client->attempt.got_len + (uint32_t)client->http.left;
        }
    }
}
