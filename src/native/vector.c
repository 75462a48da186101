/* SPDX-License-Identifier: MIT */
/* bedrock_vector(): an embedding's numbers. See bedrock/native.h. */
#include "client/client.h"
#include "native/fixed_point.h"

#include "bedrock/native.h"

int bedrock_vector(bedrock_client *client, int32_t *vector, size_t cap, size_t *len)
{
    struct bedrock_event event;
    int status;

    if (client == NULL) {
        return BEDROCK_E_BUFFER;
    }
    while ((status = bedrock_next(client, &event)) == BEDROCK_EVENT) {
        if (event.type == BEDROCK_EVENT_VECTOR) {
            status = *len < cap ? bdk_fixed_point(&vector[*len], event.text, event.text_len)
                                : BEDROCK_E_BUFFER;
            if (status != BEDROCK_OK) {
                return bdk_client_give_up(client, status);
            }
            ++*len;
        } else if (event.type == BEDROCK_EVENT_BLOCK_STOP && event.block == BEDROCK_BLOCK_VECTOR) {
            return BEDROCK_EVENT;
        }
    }
    return status;
}
