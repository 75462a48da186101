/* SPDX-License-Identifier: MIT */
/* AI21's Jurassic-2 by InvokeModel. */
#include <bedrock.h>
#include <bedrock/posix.h>

#include "common.h"

static unsigned char memory[BEDROCK_MEMORY];
static char answer[8192];

int main(int argc, char **argv)
{
    struct arguments arguments =
        command_read(argc, argv,
                     &(struct command){.about = "Asks Jurassic-2 and prints its whole answer.",
                                       .model = "ai21.j2-mid-v1"});
    struct bedrock_config config = bedrock_posix_config("us-east-1");
    bedrock_client *client;
    size_t len = 0;

    bedrock_client_init(&client, memory, sizeof memory, &config);
    bedrock_invoke_model(client,
                         &(struct bedrock_invoke_model){
                             .model_id = arguments.model,
                             .body = BEDROCK_JURASSIC(.prompt = arguments.prompt, .max_tokens = 200,
                                                      .temperature = "0.5"),
                         });
    bedrock_text(client, answer, sizeof answer, &len);
    answer_print(answer, len);
    return exit_status(client);
}
