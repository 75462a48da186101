/* SPDX-License-Identifier: MIT */
/* Asks a question, waits for the whole answer, and prints it with what it cost. */
#include <bedrock.h>
#include <bedrock/posix.h>
#include <stdio.h>

#include "common.h"

static unsigned char memory[BEDROCK_MEMORY];
static char answer[65536];

int main(int argc, char **argv)
{
    struct arguments arguments =
        arguments_read(argc, argv, "Asks a model and prints its whole answer.", 1);
    struct bedrock_config config = bedrock_posix_config("us-east-1");
    const struct bedrock_usage *usage;
    bedrock_client *client;
    size_t len = 0;
    int failed;

    bedrock_client_init(&client, memory, sizeof memory, &config);
    bedrock_converse(
        client, &(struct bedrock_converse){
                    .model_id = arguments.model,
                    .messages = BEDROCK_MESSAGES(BEDROCK_USER(arguments.prompt)),
                    .system = BEDROCK_CONTENT(BEDROCK_TEXT("Answer in a few plain sentences.")),
                    .max_tokens = 512,
                    .temperature = "0.5",
                });
    bedrock_text(client, answer, sizeof answer, &len);
    answer_piece(answer, len);
    failed = call_status(client);
    if (!failed) {
        usage = bedrock_last_usage(client);
        fprintf(stderr, "%ld tokens in, %ld out, %ld ms\n", (long)usage->input_tokens,
                (long)usage->output_tokens, (long)usage->latency_ms);
    }
    return output_complete() ? failed : 1;
}
