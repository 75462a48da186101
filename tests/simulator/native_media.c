/* SPDX-License-Identifier: MIT */
/* Models that give pictures and vectors: Titan Image, Nova Canvas, Titan, Nova and Cohere
 * embeddings.
 */
#include "native.h"

#include "png.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define SIDE_MAX 1408

/* clang-format off */
static const struct sim_member any_string = TEXT("");
static const struct sim_member color = STRING("", 7, 7, "#[0-9a-fA-F]{6}");

static const struct sim_member text_to_image[] = {
    STRING("!text", 1, 1024, NULL),
    STRING("negativeText", 1, 1024, NULL),
    BLOB("conditionImage", 1, 1e9),
    ENUM("controlMode", "|CANNY_EDGE|SEGMENTATION|"),
    FLOAT("controlStrength", 0, 1),
    TEXT("style"),
    END
};

static const struct sim_member painting[] = {
    BLOB("!image", 1, 1e9),
    TEXT("maskPrompt"),
    BLOB("maskImage", 1, 1e9),
    STRING("text", 1, 1024, NULL),
    STRING("negativeText", 1, 1024, NULL),
    BOOL("returnMask"),
    ENUM("outPaintingMode", "|DEFAULT|PRECISE|"),
    END
};

static const struct sim_member image_element = BLOB("", 1, 1e9);

static const struct sim_member variation[] = {
    LIST("!images", image_element, 1, 5),
    STRING("text", 1, 1024, NULL),
    STRING("negativeText", 1, 1024, NULL),
    FLOAT("similarityStrength", 0.2, 1),
    END
};

static const struct sim_member color_guided[] = {
    STRING("!text", 1, 1024, NULL),
    STRING("negativeText", 1, 1024, NULL),
    LIST("!colors", color, 1, 10),
    BLOB("referenceImage", 1, 1e9),
    END
};

static const struct sim_member background_removal[] = { BLOB("!image", 1, 1e9), END };

static const struct sim_member image_config[] = {
    INT("numberOfImages", 1, 5),
    ENUM("quality", "|standard|premium|"),
    FLOAT("cfgScale", 1.1, 10),
    INT("height", 1, 4096),
    INT("width", 1, 4096),
    INT("seed", 0, 2147483647),
    END
};

static const struct sim_member titan_image[] = {
    ENUM("!taskType", "|TEXT_IMAGE|INPAINTING|OUTPAINTING|IMAGE_VARIATION|COLOR_GUIDED_GENERATION|"
                      "BACKGROUND_REMOVAL|"),
    STRUCT("textToImageParams", text_to_image),
    STRUCT("inPaintingParams", painting),
    STRUCT("outPaintingParams", painting),
    STRUCT("imageVariationParams", variation),
    STRUCT("colorGuidedGenerationParams", color_guided),
    STRUCT("backgroundRemovalParams", background_removal),
    STRUCT("imageGenerationConfig", image_config),
    END
};

static const struct sim_member embedding_type = ENUM("", "|float|binary|");

static const struct sim_member titan_embedding[] = {
    STRING("!inputText", 1, 50000, NULL),
    INT("dimensions", 256, 1024),
    BOOL("normalize"),
    LIST("embeddingTypes", embedding_type, 0, 2),
    END
};

static const struct sim_member titan_multimodal_config[] = {
    INT("outputEmbeddingLength", 256, 1024),
    END
};

static const struct sim_member titan_multimodal[] = {
    STRING("inputText", 1, 10000, NULL),
    BLOB("inputImage", 1, 1e9),
    STRUCT("embeddingConfig", titan_multimodal_config),
    END
};

static const struct sim_member cohere_embedding[] = {
    LIST("!texts", any_string, 1, 96),
    ENUM("!input_type", "|search_document|search_query|classification|clustering|"),
    ENUM("truncate", "|NONE|START|END|"),
    LIST("embedding_types", any_string, 0, 5),
    INT("output_dimension", 256, 1536),
    INT("max_tokens", 1, 128000),
    END
};

static const struct sim_member nova_embedding_text[] = {
    ENUM("!truncationMode", "|START|END|NONE|"),
    STRING("!value", 1, 50000, NULL),
    END
};

static const struct sim_member nova_embedding_params[] = {
    ENUM("!embeddingPurpose", "|GENERIC_INDEX|GENERIC_RETRIEVAL|TEXT_RETRIEVAL|IMAGE_RETRIEVAL|"
                              "VIDEO_RETRIEVAL|DOCUMENT_RETRIEVAL|AUDIO_RETRIEVAL|CLASSIFICATION|"
                              "CLUSTERING|"),
    INT("embeddingDimension", 256, 3072),
    STRUCT("!text", nova_embedding_text),
    END
};

static const struct sim_member nova_embedding[] = {
    ENUM("!taskType", "|SINGLE_EMBEDDING|"),
    STRUCT("!singleEmbeddingParams", nova_embedding_params),
    END
};
/* clang-format on */

/* The parameter object must be the task's own. */
static int check_image_task(struct sim_exchange *x)
{
    static const char *const tasks[][2] = {
        {"TEXT_IMAGE", "textToImageParams"},
        {"INPAINTING", "inPaintingParams"},
        {"OUTPAINTING", "outPaintingParams"},
        {"IMAGE_VARIATION", "imageVariationParams"},
        {"COLOR_GUIDED_GENERATION", "colorGuidedGenerationParams"},
        {"BACKGROUND_REMOVAL", "backgroundRemovalParams"},
    };
    const char *task = sim_json_string(x->input, "taskType");
    long width = sim_json_integer(x->input, "imageGenerationConfig/width", 1024);
    long height = sim_json_integer(x->input, "imageGenerationConfig/height", 1024);
    size_t i;

    for (i = 0; i < sizeof tasks / sizeof tasks[0]; i++) {
        int is_task = strcmp(tasks[i][0], task) == 0;

        if (is_task != (sim_json_find(x->input, tasks[i][1]) != NULL)) {
            return sim_invalid(&x->error,
                               "Malformed input request: taskType %s and %s do not fit, please "
                               "reformat your input and try again.",
                               task, tasks[i][1]);
        }
    }
    if (width % 64 != 0 || height % 64 != 0 || width > SIDE_MAX || height > SIDE_MAX) {
        return sim_invalid(&x->error, "Unsupported image size: %ld x %ld", width, height);
    }
    return 0;
}

/* One picture: as large as was asked for or, of `sim.image:BYTES[:N]`, a file of about BYTES bytes,
 * or only the first N of them. */
static void add_picture(struct sim_text *png, const struct sim_exchange *x, unsigned long seed)
{
    const char *bytes = strchr(x->model, ':');
    const char *limit = bytes != NULL ? strchr(bytes + 1, ':') : NULL;

    if (strncmp(x->model, "sim.image:", 10) != 0) {
        sim_png(png, (unsigned)sim_json_integer(x->input, "imageGenerationConfig/width", 1024),
                (unsigned)sim_json_integer(x->input, "imageGenerationConfig/height", 1024), seed);
        return;
    }
    sim_png_of_size(png, strtoul(bytes + 1, NULL, 10), seed);
    if (limit != NULL && strtoul(limit + 1, NULL, 10) < png->len) {
        png->len = strtoul(limit + 1, NULL, 10);
    }
}

/* A prompt with the word "forbidden" is filtered: HTTP 200, an error and no picture; one with the
 * word "doubtful" has a picture, and the error after it. */
static void image_answer(struct sim_text *out, const struct sim_exchange *x,
                         const struct sim_reply *reply)
{
    const char *text = sim_json_string(x->input, "textToImageParams/text");
    long count = sim_json_integer(x->input, "imageGenerationConfig/numberOfImages", 1);
    long seed = sim_json_integer(x->input, "imageGenerationConfig/seed", 0);
    struct sim_text png = {NULL, 0, 0};
    long i;

    (void)reply;
    if (text != NULL && strstr(text, "forbidden") != NULL) {
        sim_text_puts(out,
                      "{\"images\":[],\"error\":\"This request has been blocked by our content "
                      "filters.\"}");
        return;
    }
    sim_text_puts(out, "{\"images\":[");
    for (i = 0; i < count; i++) {
        sim_text_clear(&png);
        add_picture(&png, x, (unsigned long)(seed + i));
        sim_text_puts(out, i > 0 ? ",\"" : "\"");
        sim_text_base64(out, png.data, png.len);
        sim_text_puts(out, "\"");
    }
    sim_text_puts(out, text != NULL && strstr(text, "doubtful") != NULL
                           ? "],\"error\":\"This picture has been withdrawn.\"}"
                           : "],\"error\":null}");
    sim_text_free(&png);
}

#define NUMBER_MAX 1000000 /* of a vector, in units of 1e-7 */

/* One number of a vector, in one of the spellings that JSON allows. */
static void add_number(struct sim_text *out, long i, long number)
{
    if (i % 4 == 0) {
        sim_text_printf(out, "%s0.%07ld", number < 0 ? "-" : "", labs(number));
    } else if (i % 4 == 1) {
        sim_text_printf(out, "%ldE-7", number);
    } else if (i % 4 == 2) {
        sim_text_printf(out, "%ld.5e-7", number);
    } else {
        sim_text_printf(out, "%ld.0e-07", number);
    }
}

/* The next of a series of numbers from -NUMBER_MAX to NUMBER_MAX. */
static long next_number(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return (long)((*state >> 8) % (2 * NUMBER_MAX + 1)) - NUMBER_MAX;
}

/* Adds the series that belongs to a word. */
static void add_word(long *sums, long count, const char *word, size_t len)
{
    uint32_t state = 2166136261u;
    long i;

    for (; len > 0; len--) {
        state = (state ^ (unsigned char)*word++) * 16777619u;
    }
    for (i = 0; i < count; i++) {
        sums[i] += next_number(&state);
    }
}

/* The vector of a text is the mean of its words' and its own: so the same text has the same, others
 * have others, and texts that share words are nearer to each other. */
static void add_vector(struct sim_text *out, long count, const char *text)
{
    long *sums = sim_alloc((size_t)count * sizeof *sums);
    long parts = 1;
    size_t len;
    long i;

    add_word(sums, count, text, strlen(text));
    for (text += strspn(text, " \n"); *text != '\0'; text += len + strspn(text + len, " \n")) {
        len = strcspn(text, " \n");
        add_word(sums, count, text, len);
        parts++;
    }
    for (i = 0; i < count; i++) {
        sim_text_puts(out, i > 0 ? "," : "[");
        add_number(out, i, sums[i] / parts);
    }
    sim_text_puts(out, "]");
    free(sums);
}

/* The text at a path of the body; "" if there is a picture alone. */
static const char *text_at(const struct sim_exchange *x, const char *path)
{
    const char *text = sim_json_string(x->input, path);

    return text != NULL ? text : "";
}

static void titan_embedding_answer(struct sim_text *out, const struct sim_exchange *x,
                                   const struct sim_reply *reply)
{
    long count = strstr(x->model, "v2") != NULL ? 1024 : 1536;

    count = sim_json_integer(x->input, "dimensions", count);
    sim_text_puts(out, "{\"embedding\":");
    add_vector(out, count, text_at(x, "inputText"));
    sim_text_printf(out, ",\"inputTextTokenCount\":%ld}", reply->input_tokens);
}

static void titan_multimodal_answer(struct sim_text *out, const struct sim_exchange *x,
                                    const struct sim_reply *reply)
{
    sim_text_puts(out, "{\"embedding\":");
    add_vector(out, sim_json_integer(x->input, "embeddingConfig/outputEmbeddingLength", 1024),
               text_at(x, "inputText"));
    sim_text_printf(out, ",\"inputTextTokenCount\":%ld,\"message\":null}", reply->input_tokens);
}

static void cohere_embedding_answer(struct sim_text *out, const struct sim_exchange *x,
                                    const struct sim_reply *reply)
{
    const struct sim_json *texts = sim_json_find(x->input, "texts");
    const struct sim_json *text;
    int is_v4 = strstr(x->model, "v4") != NULL;

    (void)reply;
    sim_text_puts(out, is_v4 ? "{\"embeddings\":{\"float\":[" : "{\"embeddings\":[");
    for (text = texts->first; text != NULL; text = text->next) {
        sim_text_puts(out, text != texts->first ? "," : "");
        add_vector(out, sim_json_integer(x->input, "output_dimension", is_v4 ? 1536 : 1024),
                   text->text);
    }
    sim_text_printf(out, "]%s,\"id\":\"sim-1\",\"response_type\":\"embeddings_%s\",\"texts\":",
                    is_v4 ? "}" : "", is_v4 ? "by_type" : "floats");
    sim_json_write(out, texts);
    sim_text_puts(out, "}");
}

static void nova_embedding_answer(struct sim_text *out, const struct sim_exchange *x,
                                  const struct sim_reply *reply)
{
    (void)reply;
    sim_text_puts(out, "{\"embeddings\":[{\"embeddingType\":\"TEXT\",\"embedding\":");
    add_vector(out, sim_json_integer(x->input, "singleEmbeddingParams/embeddingDimension", 3072),
               text_at(x, "singleEmbeddingParams/text/value"));
    sim_text_puts(out, "}]}");
}

/* The service knows four lengths. */
static int check_nova_embedding(struct sim_exchange *x)
{
    long count = sim_json_integer(x->input, "singleEmbeddingParams/embeddingDimension", 3072);

    return count == 256 || count == 384 || count == 1024 || count == 3072
               ? 0
               : sim_invalid(&x->error,
                             "Invalid embeddingDimension: %ld is none of 256, 384, 1024, 3072.",
                             count);
}

/* clang-format off */
const struct sim_family sim_media_families[] = {
    { "amazon.titan-image", titan_image, "textToImageParams/text", "", "",
      check_image_task, image_answer, NULL, NULL },
    { "amazon.nova-canvas", titan_image, "textToImageParams/text", "", "",
      check_image_task, image_answer, NULL, NULL },
    { "sim.image:", titan_image, "textToImageParams/text", "", "",
      check_image_task, image_answer, NULL, NULL },
    { "amazon.titan-embed-image", titan_multimodal, "inputText", "", "",
      NULL, titan_multimodal_answer, NULL, NULL },
    { "amazon.titan-embed", titan_embedding, "inputText", "", "",
      NULL, titan_embedding_answer, NULL, NULL },
    { "amazon.nova-2-multimodal-embeddings", nova_embedding, "singleEmbeddingParams/text/value", "",
      "", check_nova_embedding, nova_embedding_answer, NULL, NULL },
    { "cohere.embed", cohere_embedding, "texts", "", "",
      NULL, cohere_embedding_answer, NULL, NULL },
    { NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL }
};
/* clang-format on */
