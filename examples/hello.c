/* SPDX-License-Identifier: MIT */
/* The smallest program: one question to one model, in the model's own format. */
#include <bedrock.h>
#include <bedrock/posix.h>

#include "common.h"

static unsigned char memory[BEDROCK_MEMORY];
static char answer[8192];

int main(int argc, char **argv)
{
    struct arguments arguments =
        command_read(argc, argv,
                     &(struct command){
                         .about = "Says hello to a model of Claude's text completions.",
                         .model = "anthropic.claude-v2",
                         .prompt = "Hello, how are you today?",
                     });
    struct bedrock_config config = bedrock_posix_config("us-east-1");
    bedrock_client *client;
    size_t len = 0;

    bedrock_client_init(&client, memory, sizeof memory, &config);
    bedrock_invoke_model(
        client, &(struct bedrock_invoke_model){
                    .model_id = arguments.model,
                    .body = BEDROCK_CLAUDE_TEXT(.prompt = arguments.prompt, .max_tokens = 200),
                });
    bedrock_text(client, answer, sizeof answer, &len);
    answer_print(answer, len);
    return exit_status(client);
}
