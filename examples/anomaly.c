/* SPDX-License-Identifier: MIT */
/*
 * Asks a model whether a sensor's readings look right, and gets an answer that a program can use:
 * the model is made to call a tool, and what it would hand to that tool is the verdict, in the form
 * that the tool's schema asks for. One line is printed:
 *
 *     ALARM 8/10 spike: The last reading is far above all others.
 *
 * The readings are words or standard input, the last 16 count; without any, a series that is built
 * in. Exit status: 0 all is well, 3 alarm (not for the series that is built in), 1 no verdict.
 */
#include <bedrock.h>
#include <bedrock/posix.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common.h"

#define ALARM 5 /* of 10 */

/* The last readings, as a device keeps them. */
struct ring {
    double values[16];
    unsigned count; /* of all that were ever put */
};

static void ring_put(struct ring *ring, double value)
{
    ring->values[ring->count++ % 16] = value;
}

/* Takes numbers from a text. Exits if it begins with one and then holds something else. */
static void ring_read(struct ring *ring, const char *text)
{
    char *end;
    double value;

    for (; text[strspn(text, " \t\r\n,")] != '\0'; text = end) {
        value = strtod(text += strspn(text, " \t\r\n,"), &end);
        if (end == text) {
            if (ring->count > 0) {
                fprintf(stderr, "Not a number: %.40s\n", text);
                exit(2);
            }
            return;
        }
        ring_put(ring, value);
    }
}

/* The question: the readings, oldest first. */
static void ring_write(const struct ring *ring, char *dst, size_t cap)
{
    unsigned i = ring->count > 16 ? ring->count - 16 : 0;
    int len = snprintf(dst, cap, "Readings of a pump's temperature, oldest first:");

    for (; i < ring->count; i++) {
        len += snprintf(dst + len, cap - (size_t)len, " %g", ring->values[i % 16]);
    }
}

static const struct bedrock_tool tool = {
    .name = "report",
    .description = "Reports what is unusual about the readings.",
    .input_schema = "{\"type\":\"object\",\"properties\":{"
                    "\"severity\":{\"type\":\"integer\",\"minimum\":0,\"maximum\":10,"
                    "\"description\":\"0: as usual. 10: act at once.\"},"
                    "\"kind\":{\"type\":\"string\","
                    "\"enum\":[\"normal\",\"spike\",\"drift\",\"stuck\",\"noise\"]},"
                    "\"reason\":{\"type\":\"string\",\"description\":\"One sentence.\"}},"
                    "\"required\":[\"severity\",\"kind\",\"reason\"]}",
};

struct verdict {
    int64_t severity;
    char kind[16];
    char reason[512];
};

/* The model was asked for this form; whether it kept to it is for us to see. */
static int verdict_read(struct verdict *verdict, const char *input, size_t len)
{
    const struct bedrock_tool_call call = {.input = input, .input_len = len};
    char severity[24];

    return bedrock_tool_argument(&call, "severity", severity, sizeof severity) == 1 &&
           bedrock_json_integer(&verdict->severity, severity, strlen(severity)) == 0 &&
           verdict->severity >= 0 && verdict->severity <= 10 &&
           bedrock_tool_argument(&call, "kind", verdict->kind, sizeof verdict->kind) == 1 &&
           bedrock_tool_argument(&call, "reason", verdict->reason, sizeof verdict->reason) == 1;
}

/* What the model wrote goes to a terminal or a log: control characters do not. */
static void print_line(const struct verdict *verdict)
{
    const char *p;

    printf("%s %d/10 %s: ", verdict->severity >= ALARM ? "ALARM" : "ok", (int)verdict->severity,
           verdict->kind);
    for (p = verdict->reason; *p != '\0'; p++) {
        putchar((unsigned char)*p < ' ' || *p == 0x7f ? ' ' : *p);
    }
    putchar('\n');
}

static unsigned char memory[BEDROCK_MEMORY];
static char input[2048];

int main(int argc, char **argv)
{
    struct arguments arguments =
        arguments_read(argc, argv, "Judges readings of a sensor: numbers are the prompt.", 1);
    struct bedrock_config config = bedrock_posix_config("us-east-1");
    struct ring ring = {{0}, 0};
    struct verdict verdict;
    bedrock_client *client;
    char question[512];
    size_t len = 0;
    int is_demo, failed;

    ring_read(&ring, arguments.prompt);
    is_demo = ring.count == 0;
    if (is_demo) {
        fputs("No readings were given: this is a series that is built in.\n", stderr);
        ring_read(&ring, "41.2 41.3 41.1 41.4 41.2 41.3 41.2 41.5 41.3 41.2 58.9 63.4");
    }
    ring_write(&ring, question, sizeof question);
    bedrock_client_init(&client, memory, sizeof memory, &config);
    bedrock_converse(client,
                     &(struct bedrock_converse){
                         .model_id = arguments.model,
                         .messages = BEDROCK_MESSAGES(BEDROCK_USER(question)),
                         .max_tokens = 300,
                         .tool_config = BEDROCK_TOOL_CONFIG(.tools = {&tool, 1}, .choice = "tool",
                                                            .choice_name = tool.name),
                     });
    bedrock_tool_input(client, input, sizeof input, &len);
    failed = bedrock_report(client, stderr);
    if (failed) {
        return failed;
    }
    if (!verdict_read(&verdict, input, len)) {
        fprintf(stderr, "The verdict is not of the form that was asked for: %s\n", input);
        return 1;
    }
    print_line(&verdict);
    if (!output_complete()) {
        return 1;
    }
    return verdict.severity >= ALARM && !is_demo ? 3 : 0;
}
