/* SPDX-License-Identifier: MIT */
/* Llama by InvokeModel: Llama 2's form of a prompt, or the one of Llama 3 and later. */
#include <bedrock.h>
#include <bedrock/posix.h>

#include "common.h"
#include "families.h"

static unsigned char memory[BEDROCK_MEMORY];
static char answer[16384];

int main(int argc, char **argv)
{
    struct arguments arguments =
        command_read(argc, argv,
                     &(struct command){.about = "Asks Llama and prints its whole answer.",
                                       .model = "meta.llama2-13b-chat-v1"});
    struct bedrock_prompt prompt = {
        .prompt = arguments.prompt,
        .max_tokens = 512,
        .temperature = "0.5",
    };
    struct bedrock_config config = bedrock_posix_config("us-east-1");
    bedrock_client *client;
    size_t len = 0;

    bedrock_client_init(&client, memory, sizeof memory, &config);
    bedrock_invoke_model(client, &(struct bedrock_invoke_model){
                                     .model_id = arguments.model,
                                     .body = BEDROCK_BODY(llama_kind(arguments.model), &prompt),
                                 });
    bedrock_text(client, answer, sizeof answer, &len);
    answer_print(answer, len);
    return exit_status(client);
}
