/* SPDX-License-Identifier: MIT */
/* See bedrock/json.h, and token.h for how it works. */
#include "json/token.h"

#include "bedrock/error.h"
#include "json/number.h"

#include <string.h>

void bedrock_json_init(struct bedrock_json *json)
{
    memset(json, 0, sizeof *json);
}

/* Is what was told of for the caller? Of what is inside a raw value only its end matters. */
static int is_for_caller(const struct bedrock_json *json, const struct bedrock_json_event *event)
{
    return json->raw < BDK_JSON_RAW_OPEN ||
           (event->last && json->raw == BDK_JSON_RAW_OPEN + json->depth);
}

int bedrock_json_next(struct bedrock_json *json, const char **in, const char *end,
                      struct bedrock_json_event *event)
{
    const char *p = *in, *start = p; /* where a raw value begins, or goes on */
    int told;

    if (p == end || json->error != BEDROCK_OK) {
        return json->error;
    }
    do {
        if (json->raw < BDK_JSON_RAW_OPEN) {
            start = p;
        }
        event->text = NULL;
        event->len = 0;
        p = bdk_json_step(json, p, end, event);
        if (json->state == BDK_JSON_AFTER_VALUE && json->depth > 0) {
            json->state = (uint8_t)(BDK_JSON_AFTER_ELEMENT + (json->kinds & 1));
        }
        event->type = (enum bedrock_json_type)json->type;
        event->last = json->state <= BDK_JSON_AFTER_MEMBER;
        told = event->text != NULL && is_for_caller(json, event);
    } while (!told && p != end && json->error == BEDROCK_OK);
    *in = p;
    if (json->raw >= BDK_JSON_RAW_OPEN) {
        event->type = BEDROCK_JSON_RAW;
        event->last = (uint8_t)told;
        bdk_json_tell(event, start, (size_t)(p - start));
        if (told) {
            json->raw = BDK_JSON_RAW_NONE;
        }
        told |= p != start;
    }
    return told ? BEDROCK_EVENT : json->error;
}

void bedrock_json_raw(struct bedrock_json *json)
{
    json->raw = BDK_JSON_RAW_WANTED;
}

int bedrock_json_finish(struct bedrock_json *json, struct bedrock_json_event *event)
{
    const char *in = " ";

    /* No other use of the cursor makes it look like a whole number, and behind one it is 0. */
    if (json->depth == 0 && bdk_json_number_is_whole(json->cursor)) {
        return bedrock_json_next(json, &in, in + 1, event);
    }
    if (json->error != BEDROCK_OK || json->state == BDK_JSON_AFTER_VALUE) {
        return json->error;
    }
    return BEDROCK_E_JSON_INCOMPLETE;
}
