/* SPDX-License-Identifier: MIT */
/*
 * Asks a model whether a sensor's readings look right, and gets an answer that a program can use:
 * the model is made to call a tool, and what it would hand to that tool is the verdict, in the form
 * that the tool's schema asks for. One line is printed:
 *
 *     ALARM 8/10 spike: The last reading is far above all others.
 *
 * The readings are words or standard input, the last 16 count; --demo, or on a terminal nothing at
 * all, stands for a series that is built in. Exit status: 0 all is well, 3 alarm, 1 no verdict, 2
 * no readings.
 */
#define _POSIX_C_SOURCE 200809L

#include <bedrock.h>
#include <bedrock/posix.h>
#include <float.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

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

/* Takes numbers from a text. Exits if it holds anything else: a sensor that says "nan" is no sensor
 * that is well. */
static void ring_read(struct ring *ring, const char *text)
{
    static const char between[] = " \t\r\n,";

    while (*(text += strspn(text, between)) != '\0') {
        size_t len = strcspn(text, between);
        char *end;
        double value = strtod(text, &end);

        if (strspn(text, "+-.0123456789eE") < len || end != text + len || value > DBL_MAX ||
            value < -DBL_MAX) {
            fprintf(stderr, "Not a number: %.*s\n", len < 40 ? (int)len : 40, text);
            exit(2);
        }
        ring_put(ring, value);
        text = end;
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
static const char *is_demo;

int main(int argc, char **argv)
{
    struct arguments arguments =
        command_read(argc, argv,
                     &(struct command){
                         .about = "Judges readings of a sensor: numbers are the prompt.",
                         .prompt = "41.2 41.3 41.1 41.4 41.2 41.3 41.2 41.5 41.3 41.2 58.9 63.4",
                         .instead = &is_demo,
                         .options = {{"--demo", NULL, &is_demo}},
                     });
    struct bedrock_config config = bedrock_posix_config("us-east-1");
    struct ring ring = {{0}, 0};
    struct verdict verdict;
    bedrock_client *client;
    char question[512];
    size_t len = 0;
    int failed;

    ring_read(&ring, arguments.prompt);
    if (ring.count == 0 || (arguments.is_default && !is_demo && !isatty(STDIN_FILENO))) {
        refuse("There are no readings: give numbers as words or on standard input, or --demo.");
    }
    if (arguments.is_default) {
        fputs("No readings were given: this is a series that is built in.\n", stderr);
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
    failed = call_status(client);
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
    return verdict.severity >= ALARM ? 3 : 0;
}
