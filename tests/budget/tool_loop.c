/* SPDX-License-Identifier: MIT */
/* What a device that acts links above TLS: a streamed Converse with the loop for tools. */
#include "device.h"

#include "bedrock/tools.h"

static const struct bedrock_transport_class transport_of_the_board = {0};

static int read_sensor(void *ctx, const struct bedrock_tool_call *call,
                       struct bedrock_json_writer *result)
{
    (void)ctx;
    (void)call;
    bedrock_json_put_key(result, "celsius");
    return bedrock_json_put_number(result, "21.5");
}

static const struct bedrock_tool_handler tools[] = {
    {{.name = "read_sensor", .description = "Degrees in the greenhouse."}, read_sensor},
};

static char turns[4096];

int main(void)
{
    bedrock_client *client = device_client(&transport_of_the_board);
    struct bedrock_history history;
    struct bedrock_tool_loop loop;
    struct bedrock_event event;

    bedrock_history_init(&history, turns, sizeof turns);
    bedrock_history_add(&history, &(struct bedrock_message)BEDROCK_USER("Is it too hot?"));
    bedrock_tool_loop_start(
        &loop, client,
        &(struct bedrock_tool_loop_config){
            .request = {.model_id = "us.anthropic.claude-haiku-4-5-20251001-v1:0"},
            .history = &history,
            .tools = tools,
            .tool_count = 1,
        });
    while (bedrock_tool_loop_next(&loop, &event) > 0) {
        uart = (unsigned char)event.type;
    }
    return bedrock_last_error(client)->code;
}
