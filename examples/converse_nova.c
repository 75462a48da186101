/* SPDX-License-Identifier: MIT */
/* Nova by Converse, with a word on who it is to be and limits to its answer. */
#include <bedrock.h>
#include <bedrock/posix.h>

#include "common.h"

static unsigned char memory[BEDROCK_MEMORY];
static char answer[16384];

int main(int argc, char **argv)
{
    struct arguments arguments = command_read(
        argc, argv,
        &(struct command){.about = "Asks Nova by Converse.", .model = "amazon.nova-lite-v1:0"});
    struct bedrock_config config = bedrock_posix_config("us-east-1");
    bedrock_client *client;
    size_t len = 0;

    bedrock_client_init(&client, memory, sizeof memory, &config);
    bedrock_converse(
        client, &(struct bedrock_converse){
                    .model_id = arguments.model,
                    .system = BEDROCK_CONTENT(BEDROCK_TEXT("Answer in a few plain sentences.")),
                    .messages = BEDROCK_MESSAGES(BEDROCK_USER(arguments.prompt)),
                    .max_tokens = 512,
                    .temperature = "0.5",
                    .top_p = "0.9",
                });
    bedrock_text(client, answer, sizeof answer, &len);
    answer_print(answer, len);
    return exit_status(client);
}
