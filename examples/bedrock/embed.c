/* SPDX-License-Identifier: MIT */
/* bedrock embed: texts as vectors, a JSON array each, the model's own digits. */
#include "commands.h"
#include "input.h"
#include "output.h"
#include "report.h"
#include "session.h"

#include <string.h>

static const struct option options[] = {
    OPTION_MODEL("id or ARN; " MODEL_THAT_EMBEDS),
    OPTION_CHOICE(
        "family", family, "titan titan-multimodal cohere nova", "NAME",
        "whose format the model speaks: titan, titan-multimodal, cohere, nova; else the id tells"),
    OPTION_RANGE("dimensions", 0, OPTION_INTEGER, dimensions, 1, 65536, "N", "length of a vector"),
    OPTION("purpose", 0, OPTION_TEXT, purpose, "WORD",
           "Cohere's input_type, Nova's embeddingPurpose"),
};

static const struct {
    const char *name;
    const char *sign; /* what a model's id has in it */
    const struct bedrock_body_kind *kind;
} families[] = {
    {"cohere", "cohere.", &bedrock_native_cohere_embed},
    {"nova", ".nova-", &bedrock_native_nova_embed},
    {"titan-multimodal", "titan-embed-image", &bedrock_native_titan_multimodal},
    {"titan", "", &bedrock_native_titan_embed},
};

static const struct bedrock_body_kind *family_of(const struct settings *settings, const char *model)
{
    size_t i = 0;

    while (settings->family != NULL ? strcmp(settings->family, families[i].name) != 0
                                    : strstr(model, families[i].sign) == NULL) {
        i++;
    }
    return families[i].kind;
}

/* The vectors of one answer, into `json` or a line each. \return how the call ended. */
static int print(bedrock_client *client, struct bedrock_json_writer *json)
{
    struct bedrock_json_writer *lines = json;
    struct bedrock_event event;
    int open = 0, status;

    while ((status = session_next(client, &event)) > 0) {
        if (event.type == BEDROCK_EVENT_VECTOR) {
            if (!open) {
                lines = json != NULL ? json : output_json();
                bedrock_json_begin_array(lines);
                open = 1;
            }
            bedrock_json_put_raw(lines, event.text, event.text_len);
        } else if (event.type == BEDROCK_EVENT_BLOCK_STOP && open) {
            bedrock_json_end_array(lines);
            open = 0;
            if (json == NULL) {
                output_json_end(lines);
            }
        }
    }
    if (open && json != NULL) {
        bedrock_json_end_array(json);
    } else if (open) {
        output_bytes("\n", 1); /* cut short, and it shows */
    }
    return status;
}

/* The texts: the words, or standard input. Ends the program if one of them says nothing. */
static const char *const *find_texts(const struct settings *settings, int *count)
{
    static const char *only[1];
    const char *const *words = (const char *const *)settings->words;
    int i;

    *count = settings->word_count;
    if (*count <= 1) {
        only[0] = input_prompt(settings);
        *count = 1;
        return only;
    }
    for (i = 0; i < *count; i++) {
        if (input_is_blank(words[i])) {
            report_usage(settings, "Text %d is empty: give it a word, or leave it out.", i + 1);
        }
    }
    return words;
}

/* Cohere takes all texts at once; the others one by one. */
static int run(const struct settings *settings)
{
    const char *model = settings->model != NULL ? settings->model : MODEL_THAT_EMBEDS;
    const struct bedrock_body_kind *kind = family_of(settings, model);
    struct bedrock_embed_prompt prompt = {.dimensions = (int32_t)settings->dimensions,
                                          .purpose = settings->purpose};
    const struct bedrock_invoke_model request = {.model_id = model,
                                                 .body = {.kind = kind, .value = &prompt}};
    bedrock_client *client = session_open(settings, 0);
    struct bedrock_json_writer *json;
    int count, tokens = 0, status = BEDROCK_OK, i;
    const char *const *texts = find_texts(settings, &count);

    json = session_json(settings);
    if (json != NULL) {
        bedrock_json_put_key(json, "vectors");
        bedrock_json_begin_array(json);
    }
    for (i = 0; i < count && status == BEDROCK_OK; i++) {
        if (kind == &bedrock_native_cohere_embed) {
            prompt.texts.items = texts;
            prompt.texts.count = (size_t)count;
            i = count - 1;
        } else {
            prompt.text = texts[i];
        }
        bedrock_invoke_model(client, &request);
        status = print(client, json);
        tokens += bedrock_last_usage(client)->input_tokens;
    }
    if (json != NULL) {
        bedrock_json_end_array(json);
        bedrock_json_put_key(json, "inputTokens");
        bedrock_json_put_integer(json, tokens);
    }
    return session_end(client, json);
}

const struct command command_embed = {
    "embed",
    "TEXT...",
    "turns each text into a vector, a JSON array a line",
    "Without words standard input is one text. With --json: {\"vectors\":[[...],...], "
    "\"inputTokens\":...}.",
    "  bedrock embed --dimensions 256 \"a red kite\" \"a lighthouse\"\n"
    "  bedrock embed -m cohere.embed-english-v3 --purpose search_query \"where is the light\"\n",
    OPTIONS_OF(options),
    .run = run};
