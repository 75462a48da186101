/* SPDX-License-Identifier: MIT */
/* How near texts are to each other in meaning: each becomes a vector, and the cosine of the angle
 * between two of them says it, from -1 to 1. Of one text alone the vector is printed. */
#include <bedrock.h>
#include <bedrock/posix.h>
#include <stdio.h>
#include <string.h>

#include "common.h"

#define TEXTS      16
#define DIMENSIONS 3072

static unsigned char memory[BEDROCK_MEMORY];
static int32_t vectors[TEXTS][DIMENSIONS]; /* numbers times 2^30 */
static size_t lengths[TEXTS];

/* The form of the request, as far as the model's id tells it. */
static const struct bedrock_body_kind *kind_of(const char *model)
{
    return strstr(model, "cohere.") != NULL             ? &bedrock_native_cohere_embed
           : strstr(model, "titan-embed-image") != NULL ? &bedrock_native_titan_multimodal
           : strstr(model, "nova") != NULL              ? &bedrock_native_nova_embed
                                                        : &bedrock_native_titan_embed;
}

static int embed(bedrock_client *client, const char *model, const char *text, int i)
{
    struct bedrock_embed_prompt prompt = {.text = text};
    struct bedrock_event event;

    bedrock_invoke_model(
        client, &(struct bedrock_invoke_model){.model_id = model,
                                               .body = BEDROCK_BODY(kind_of(model), &prompt)});
    if (bedrock_vector(client, vectors[i], DIMENSIONS, &lengths[i]) == 0) {
        fputs("The answer holds no vector.\n", stderr);
        return 1;
    }
    while (bedrock_next(client, &event) > 0) {
        /* Behind its only vector there is nothing but the answer's end. */
    }
    return bedrock_report(client, stderr);
}

static double dot(int a, int b)
{
    double sum = 0;
    size_t i;

    for (i = 0; i < lengths[a] && i < lengths[b]; i++) {
        sum += vectors[a][i] / 1073741824.0 * (vectors[b][i] / 1073741824.0);
    }
    return sum;
}

/* Newton's way: there is no need of libm for a root. */
static double root(double square)
{
    double guess = 1;
    int i;

    for (i = 0; i < 64; i++) {
        guess = (guess + square / guess) / 2;
    }
    return guess;
}

/* Takes standard input apart, a text a line. How many there are; more than TEXTS: too many. */
static int take_lines(char **texts, char *lines)
{
    char *text = strtok(lines, "\r\n");
    int count;

    for (count = 0; text != NULL; count++, text = strtok(NULL, "\r\n")) {
        if (count < TEXTS) {
            texts[count] = text;
        }
    }
    return count;
}

static void print(char **texts, int count)
{
    size_t n;
    int a, b;

    for (n = 0; count == 1 && n < lengths[0]; n++) {
        printf("%.9f\n", vectors[0][n] / 1073741824.0);
    }
    for (a = 0; a < count; a++) {
        for (b = a + 1; b < count; b++) {
            printf("%6.3f  %s | %s\n", dot(a, b) / root(dot(a, a) * dot(b, b)), texts[a], texts[b]);
        }
    }
}

int main(int argc, char **argv)
{
    struct arguments arguments =
        command_read(argc, argv,
                     &(struct command){.about = "Compares the meaning of up to 16 texts: words, or "
                                                "lines of standard input.",
                                       .words = "TEXT...",
                                       .model = "amazon.titan-embed-text-v2:0"});
    struct bedrock_config config = bedrock_posix_config("us-east-1");
    bedrock_client *client;
    char *lines[TEXTS];
    char **texts = arguments.word_count > 0 ? arguments.words : lines;
    int count =
        arguments.word_count > 0 ? arguments.word_count : take_lines(lines, arguments.prompt);
    int failed = 0;
    int i;

    if (count < 1 || count > TEXTS) {
        refuse("Give 1 to 16 texts, each as one word of the command line or a line of standard "
               "input.");
    }
    bedrock_client_init(&client, memory, sizeof memory, &config);
    for (i = 0; i < count && !failed; i++) {
        failed = embed(client, arguments.model, texts[i], i);
    }
    if (!failed) {
        print(texts, count);
    }
    return output_complete() ? failed : 1;
}
