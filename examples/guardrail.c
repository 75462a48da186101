/* SPDX-License-Identifier: MIT */
/* Is a text in order? A guardrail of the account judges it, if one is named; then the checks that
 * need none. */
#include <bedrock.h>
#include <bedrock/posix.h>
#include <stdio.h>

#include "common.h"

static unsigned char memory[BEDROCK_MEMORY];
static const char *guardrail, *version = "DRAFT";

/* Prints what the guardrail says, `name: value` a line, and what it would show instead. */
static int apply(bedrock_client *client, const char *text)
{
    struct bedrock_event event;
    int is_new = 1; /* a line begins with the next piece */

    bedrock_apply_guardrail(client,
                            &(struct bedrock_apply_guardrail){
                                .guardrail_identifier = guardrail,
                                .guardrail_version = version,
                                .content = BEDROCK_CONTENT(BEDROCK_GUARD_TEXT(.text = text)),
                            });
    while (bedrock_next(client, &event) > 0) {
        if (event.type == BEDROCK_EVENT_FIELD || event.type == BEDROCK_EVENT_TEXT) {
            if (is_new) {
                printf("%s: ", event.type == BEDROCK_EVENT_FIELD ? event.name : "instead");
            }
            answer_piece(event.text, event.text_len);
            is_new = 0;
        }
        if ((event.type == BEDROCK_EVENT_FIELD && event.last) ||
            (event.type == BEDROCK_EVENT_BLOCK_STOP && !is_new)) {
            answer_end();
            is_new = 1;
        }
    }
    return exit_status(client);
}

/* Prints the score of each check, 0 to 1, and of what is sensitive also where it stands. */
static int check(bedrock_client *client, const char *text)
{
    struct bedrock_finding finding;

    bedrock_invoke_guardrail_checks(
        client,
        &(struct bedrock_guardrail_checks){
            .messages = BEDROCK_MESSAGES(BEDROCK_USER(text)),
            .content_filter =
                BEDROCK_STRINGS("VIOLENCE", "HATE", "SEXUAL", "MISCONDUCT", "INSULTS"),
            .prompt_attack = BEDROCK_STRINGS("JAILBREAK", "PROMPT_INJECTION", "PROMPT_LEAKAGE"),
            .sensitive_information = BEDROCK_STRINGS("EMAIL", "PHONE", "NAME"),
        });
    while (bedrock_finding_next(client, &finding) > 0) {
        printf("%s: %s", finding.category, finding.score);
        if (finding.check == BEDROCK_CHECK_SENSITIVE_INFORMATION) {
            printf(", characters %ld to %ld", (long)finding.begin_offset, (long)finding.end_offset);
        }
        putchar('\n');
    }
    return exit_status(client);
}

int main(int argc, char **argv)
{
    struct arguments arguments = command_read(
        argc, argv,
        &(struct command){
            .about = "Judges a text by a guardrail, and by checks that need none.",
            .model = "",
            .options = {{"--guardrail", "ID", &guardrail}, {"--version", "VERSION", &version}}});
    struct bedrock_config config = bedrock_posix_config("us-east-1");
    bedrock_client *client;
    int failed = 0;

    bedrock_client_init(&client, memory, sizeof memory, &config);
    if (guardrail != NULL) {
        failed = apply(client, arguments.prompt);
    }
    return check(client, arguments.prompt) || failed;
}
