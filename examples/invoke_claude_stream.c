/* SPDX-License-Identifier: MIT */
/* Claude by InvokeModelWithResponseStream: the answer as it is written. */
#include <bedrock.h>
#include <bedrock/posix.h>

#include "common.h"
#include "families.h"

static unsigned char memory[BEDROCK_MEMORY];

int main(int argc, char **argv)
{
    struct arguments arguments =
        command_read(argc, argv,
                     &(struct command){.about = "Asks Claude and prints its answer as it comes.",
                                       .model = "anthropic.claude-v2"});
    struct bedrock_prompt prompt = {
        .prompt = arguments.prompt,
        .max_tokens = 200,
        .temperature = "0.5",
    };
    struct bedrock_config config = bedrock_posix_config("us-east-1");
    bedrock_client *client;
    struct bedrock_event event;

    bedrock_client_init(&client, memory, sizeof memory, &config);
    bedrock_invoke_model_with_response_stream(
        client, &(struct bedrock_invoke_model){
                    .model_id = arguments.model,
                    .body = BEDROCK_BODY(claude_kind(arguments.model), &prompt),
                });
    while (bedrock_next(client, &event) > 0) {
        if (event.type == BEDROCK_EVENT_TEXT) {
            answer_piece(event.text, event.text_len);
        }
    }
    return exit_status(client);
}
