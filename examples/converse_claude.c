/* SPDX-License-Identifier: MIT */
/* Claude by Converse, the request that all models that talk have in common. */
#include <bedrock.h>
#include <bedrock/posix.h>

#include "common.h"

static unsigned char memory[BEDROCK_MEMORY];
static char answer[65536];

int main(int argc, char **argv)
{
    struct arguments arguments =
        command_read(argc, argv,
                     &(struct command){.about = "Asks Claude by Converse.",
                                       .model = "anthropic.claude-3-haiku-20240307-v1:0"});
    struct bedrock_config config = bedrock_posix_config("us-east-1");
    bedrock_client *client;
    size_t len = 0;

    bedrock_client_init(&client, memory, sizeof memory, &config);
    bedrock_converse(client, &(struct bedrock_converse){
                                 .model_id = arguments.model,
                                 .messages = BEDROCK_MESSAGES(BEDROCK_USER(arguments.prompt)),
                             });
    bedrock_text(client, answer, sizeof answer, &len);
    answer_print(answer, len);
    return exit_status(client);
}
