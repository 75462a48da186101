/* SPDX-License-Identifier: MIT */
/* Claude by InvokeModel: text completions or Messages, as the model's generation has it. */
#include <bedrock.h>
#include <bedrock/posix.h>

#include "common.h"
#include "families.h"

static unsigned char memory[BEDROCK_MEMORY];
static char answer[8192];

int main(int argc, char **argv)
{
    struct arguments arguments =
        command_read(argc, argv,
                     &(struct command){.about = "Asks Claude and prints its whole answer.",
                                       .model = "anthropic.claude-v2"});
    struct bedrock_prompt prompt = {
        .prompt = arguments.prompt,
        .max_tokens = 200,
        .temperature = "0.5",
    };
    struct bedrock_config config = bedrock_posix_config("us-east-1");
    bedrock_client *client;
    size_t len = 0;

    bedrock_client_init(&client, memory, sizeof memory, &config);
    bedrock_invoke_model(client, &(struct bedrock_invoke_model){
                                     .model_id = arguments.model,
                                     .body = BEDROCK_BODY(claude_kind(arguments.model), &prompt),
                                 });
    bedrock_text(client, answer, sizeof answer, &len);
    answer_print(answer, len);
    return exit_status(client);
}
