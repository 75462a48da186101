/* SPDX-License-Identifier: MIT */
/* A walk through InvokeModel: Claude and Llama with whole answers, Claude as it writes, and a
 * picture by Titan. A step that fails does not stop the walk. */
#define _POSIX_C_SOURCE 200809L

#include <bedrock.h>
#include <bedrock/posix.h>
#include <stdio.h>
#include <unistd.h>

#include "common.h"
#include "families.h"
#include "picture.h"

#define PROMPT         "In one paragraph, who are you?"
#define PICTURE_PROMPT "stylized picture of a cute old steampunk robot"

static unsigned char memory[BEDROCK_MEMORY];
static char answer[16384];
static const char *claude, *llama, *image, *current;

static void rule(char c)
{
    int i;

    for (i = 0; i < 77; i++) {
        putchar(c);
    }
    putchar('\n');
}

static void headline(const char *text)
{
    rule('=');
    puts(text);
}

/* Says what comes next; on a terminal Enter goes on. */
static void announce(const char *name, const char *model, const char *prompt)
{
    rule('-');
    printf("Asking %s (%s): %s\n", name, model, prompt);
    fflush(stdout);
    if (isatty(STDIN_FILENO) && isatty(STDERR_FILENO)) {
        fputs("Press Enter: ", stderr);
        while (!feof(stdin) && getchar() != '\n') {
        }
    }
}

/* A whole answer at once. */
static int ask(bedrock_client *client, const char *name, const char *model,
               const struct bedrock_body_kind *kind, int32_t max_tokens)
{
    struct bedrock_prompt prompt = {
        .prompt = PROMPT, .max_tokens = max_tokens, .temperature = "0.5"};
    size_t len = 0;

    announce(name, model, PROMPT);
    bedrock_invoke_model(client, &(struct bedrock_invoke_model){
                                     .model_id = model, .body = BEDROCK_BODY(kind, &prompt)});
    bedrock_text(client, answer, sizeof answer, &len);
    answer_print(answer, len);
    return call_status(client);
}

/* The answer as it is written. */
static int ask_stream(bedrock_client *client, const char *model)
{
    struct bedrock_prompt prompt = {.prompt = PROMPT, .max_tokens = 200, .temperature = "0.5"};
    struct bedrock_event event;

    announce("Claude", model, PROMPT);
    bedrock_invoke_model_with_response_stream(
        client, &(struct bedrock_invoke_model){.model_id = model,
                                               .body = BEDROCK_BODY(claude_kind(model), &prompt)});
    while (bedrock_next(client, &event) > 0) {
        if (event.type == BEDROCK_EVENT_TEXT) {
            answer_piece(event.text, event.text_len);
        }
    }
    return call_status(client);
}

static int draw(bedrock_client *client, const char *model, int32_t seed)
{
    announce("Titan", model, PICTURE_PROMPT);
    bedrock_invoke_model(
        client,
        &(struct bedrock_invoke_model){
            .model_id = model,
            .body = BEDROCK_IMAGE_PROMPT(.text = PICTURE_PROMPT, .width = 512, .height = 512,
                                         .quality = "standard", .cfg_scale = "8.0", .seed = seed)});
    return pictures_save(client, model);
}

static void read_command(int argc, char **argv)
{
    command_read(argc, argv,
                 &(struct command){
                     .about = "Asks Claude and Llama who they are, and draws a picture. The models "
                              "are those of AWS's\nexample, which the service has retired since; "
                              "--current takes models of today.",
                     .words = "",
                     .model = "",
                     .prompt = "",
                     .options = {{"--current", NULL, &current},
                                 {"--claude", "MODEL", &claude},
                                 {"--llama", "MODEL", &llama},
                                 {"--image", "MODEL", &image}}});
    if (claude == NULL) {
        claude = current ? "us.anthropic.claude-haiku-4-5-20251001-v1:0" : "anthropic.claude-v2";
    }
    if (llama == NULL) {
        llama = current ? "us.meta.llama3-3-70b-instruct-v1:0" : "meta.llama2-13b-chat-v1";
    }
    if (image == NULL) {
        image = current ? "amazon.nova-canvas-v1:0" : "amazon.titan-image-generator-v1";
    }
}

int main(int argc, char **argv)
{
    struct bedrock_config config;
    bedrock_client *client;
    int failed = 0;

    read_command(argc, argv);
    config = bedrock_posix_config("us-east-1");
    bedrock_client_init(&client, memory, sizeof memory, &config);
    headline("Welcome to the models of Amazon Bedrock Runtime.");
    headline("First, a few large language models, with the synchronous client:");
    failed += ask(client, "Claude", claude, claude_kind(claude), 200) != 0;
    failed += ask(client, "Llama", llama, llama_kind(llama), 512) != 0;
    headline("Now Claude once more, with the response stream:");
    failed += ask_stream(client, claude) != 0;
    headline("Now a picture, with Titan's image generator:");
    failed += draw(client, image, picture_seed(config.port)) != 0;
    headline("Thank you for watching!");
    rule('=');
    if (failed > 0) {
        fprintf(stderr, "%d of 4 steps failed: see above.\n", failed);
    }
    return output_complete() && failed == 0 ? 0 : 1;
}
