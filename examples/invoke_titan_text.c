/* SPDX-License-Identifier: MIT */
/* Titan Text by InvokeModel. */
#include <bedrock.h>
#include <bedrock/posix.h>

#include "common.h"

static unsigned char memory[BEDROCK_MEMORY];
static char answer[65536];

int main(int argc, char **argv)
{
    struct arguments arguments =
        command_read(argc, argv,
                     &(struct command){.about = "Asks Titan Text and prints its whole answer.",
                                       .model = "amazon.titan-text-express-v1"});
    struct bedrock_config config = bedrock_posix_config("us-east-1");
    bedrock_client *client;
    size_t len = 0;

    bedrock_client_init(&client, memory, sizeof memory, &config);
    bedrock_invoke_model(
        client, &(struct bedrock_invoke_model){
                    .model_id = arguments.model,
                    .body = BEDROCK_TITAN_TEXT(.prompt = arguments.prompt, .max_tokens = 4096,
                                               .temperature = "0", .top_p = "1"),
                });
    bedrock_text(client, answer, sizeof answer, &len);
    answer_print(answer, len);
    return exit_status(client);
}
