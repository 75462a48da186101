/* SPDX-License-Identifier: MIT */
/* Two calls of one conversation: what the model said in the first goes back to it in the second. */
#include "driver.h"

#define MODEL "us.anthropic.claude-haiku-4-5-20251001-v1:0"

static void conversation(const struct drive *drive)
{
    static char memory[65536];
    struct bedrock_history history;
    struct bedrock_event event;

    bedrock_history_init(&history, memory, sizeof memory);
    bedrock_history_add(&history, &(struct bedrock_message)BEDROCK_USER("Tell me \"all\"."));
    drive->converse(drive->client,
                    &(struct bedrock_converse){.model_id = MODEL, .history = &history});
    while (bedrock_next(drive->client, &event) > 0) {
        bedrock_history_event(&history, &event);
    }
    drive_converse(drive, &(struct bedrock_converse){
                              .model_id = MODEL,
                              .history = &history,
                              .messages = BEDROCK_MESSAGES(BEDROCK_USER("Go on.")),
                          });
}

static const struct named_case cases[] = {
    {"conversation", "Converse", conversation},
    {"conversation", "ConverseStream", conversation},
};
const struct case_list history_cases = {cases, sizeof cases / sizeof cases[0]};
