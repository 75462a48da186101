/* SPDX-License-Identifier: MIT */
/* What a device that has pictures drawn links above TLS: InvokeModel, the image family, and the
 * reader of bytes. */
#include "device.h"

#include "bedrock/native.h"

static const struct bedrock_transport_class transport_of_the_board = {0};

int main(void)
{
    bedrock_client *client = device_client(&transport_of_the_board);
    struct bedrock_read read = {0};
    unsigned char bytes[64];
    size_t len;

    bedrock_invoke_model(
        client, &(struct bedrock_invoke_model){
                    .model_id = "amazon.titan-image-generator-v2:0",
                    .body = BEDROCK_IMAGE_PROMPT(.text = "a kite", .width = 512, .height = 512),
                });
    while (bedrock_read(client, &read, bytes, sizeof bytes, &len) > 0) {
        uart = bytes[0];
    }
    return bedrock_last_error(client)->code;
}
