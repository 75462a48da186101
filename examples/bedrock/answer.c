/* SPDX-License-Identifier: MIT */
#include "answer.h"

#include "output.h"
#include "report.h"

#include <stdio.h>
#include <string.h>

/* What is known of an answer so far. */
struct answer {
    struct bedrock_json_writer *json; /* NULL: text for a reader */
    int begun;                        /* some text has come */
    char last;                        /* its last byte */
    enum bedrock_stop_reason reason;
    char reason_text[BEDROCK_ID_SIZE];
};

static void take_text(struct answer *answer, const char *text, size_t len)
{
    if (answer->json == NULL) {
        output_text(text, len);
        output_flush();
    } else {
        if (!answer->begun) {
            bedrock_json_put_key(answer->json, "text");
            bedrock_json_begin_string(answer->json);
        }
        bedrock_json_put_piece(answer->json, text, len);
    }
    answer->begun = 1;
    answer->last = text[len - 1];
}

static void take(struct answer *answer, const struct bedrock_event *event)
{
    if (event->type == BEDROCK_EVENT_TEXT && event->text_len > 0) {
        take_text(answer, event->text, event->text_len);
    } else if (event->type == BEDROCK_EVENT_STOP) {
        answer->reason = event->stop_reason;
        snprintf(answer->reason_text, sizeof answer->reason_text, "%s", event->stop_reason_text);
    }
}

/* An answer that ends for another reason than that it is finished is complete, and yet worth a
 * word. */
static void tell_reason(const struct answer *answer)
{
    const char *word;

    if (answer->reason == BEDROCK_STOP_END_TURN || answer->reason == BEDROCK_STOP_STOP_SEQUENCE) {
        return;
    }
    fputs("The model stopped there: ", stderr);
    for (word = answer->reason_text; *word != '\0'; word++) {
        fputc(*word > ' ' && *word <= '~' ? *word : '?', stderr);
    }
    fprintf(stderr, "%s.\n",
            answer->reason == BEDROCK_STOP_MAX_TOKENS ? "; --max-tokens allows more" : "");
}

static void put_end(struct answer *answer, bedrock_client *client, int status)
{
    if (answer->json != NULL) {
        if (answer->begun) {
            bedrock_json_end_string(answer->json);
        } else if (status == BEDROCK_OK) {
            report_json_text(answer->json, "text", "");
        }
        if (status == BEDROCK_OK) {
            report_json_text(answer->json, "stopReason", answer->reason_text);
            report_json_usage(answer->json, bedrock_last_usage(client));
        }
    } else if (answer->begun && answer->last != '\n') {
        output_bytes("\n", 1);
    }
}

int answer_print(bedrock_client *client, const struct settings *settings,
                 struct bedrock_history *history, int *kept)
{
    struct answer answer;
    struct bedrock_event event;
    int status, code;

    memset(&answer, 0, sizeof answer);
    answer.json = session_json(settings);
    while ((status = session_next(client, &event)) > 0) {
        if (history != NULL) {
            *kept = bedrock_history_event(history, &event);
        }
        take(&answer, &event);
    }
    put_end(&answer, client, status);
    code = session_end(client, answer.json);
    if (code == EXIT_CODE_OK && answer.json == NULL) {
        tell_reason(&answer);
    }
    if (code == EXIT_CODE_OK && answer.reason == BEDROCK_STOP_GUARDRAIL_INTERVENED) {
        code = EXIT_CODE_INTERVENED;
    }
    return code;
}
