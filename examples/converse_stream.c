/* SPDX-License-Identifier: MIT */
/* Asks a question and prints the answer as it is written. The README's first program, with a
 * command line. */
#include <bedrock.h>
#include <bedrock/posix.h>

#include "common.h"

static unsigned char
    memory[BEDROCK_MEMORY]; /* everything the client will ever use, TLS buffers included */

int main(int argc, char **argv)
{
    struct arguments arguments =
        arguments_read(argc, argv, "Asks a model and prints its answer as it comes.", 1);
    struct bedrock_config config = bedrock_posix_config("us-east-1");
    bedrock_client *client;
    struct bedrock_event event;

    bedrock_client_init(&client, memory, sizeof memory, &config);
    bedrock_converse_stream(client,
                            &(struct bedrock_converse){
                                .model_id = arguments.model,
                                .messages = BEDROCK_MESSAGES(BEDROCK_USER(arguments.prompt)),
                            });
    while (bedrock_next(client, &event) > 0) {
        if (event.type == BEDROCK_EVENT_TEXT) {
            answer_piece(event.text, event.text_len);
        }
    }
    return exit_status(client); /* 0, or says what went wrong and what to do about it */
}
