/* SPDX-License-Identifier: MIT */
/* Amazon Titan Image Generator and Nova Canvas. See bedrock/native.h. */
#include "native/form.h"
#include "native/reply.h"

#include "client/converse.h"
#include "util/bytes.h"

enum {
    TASK,
    TEXT,
    NEGATIVE_TEXT,
    IMAGE,
    MASK_IMAGE,
    MASK_PROMPT,
    OUT_PAINTING_MODE,
    CONTROL_MODE,
    CONTROL_STRENGTH,
    SIMILARITY_STRENGTH,
    COLORS,
    NUMBER_OF_IMAGES,
    WIDTH,
    HEIGHT,
    QUALITY,
    CFG_SCALE,
    SEED
};

static const struct bdk_field fields[] = {
#define FIELD(type, name)                                                                          \
    {                                                                                              \
        BDK_FIELD_##type, offsetof(struct bedrock_image_prompt, name)                              \
    }
    [TASK] = FIELD(WORD, task_type),
    [TEXT] = FIELD(PROSE, text),
    [NEGATIVE_TEXT] = FIELD(PROSE, negative_text),
    [IMAGE] = FIELD(SOURCE, image),
    [MASK_IMAGE] = FIELD(SOURCE, mask_image),
    [MASK_PROMPT] = FIELD(PROSE, mask_prompt),
    [OUT_PAINTING_MODE] = FIELD(WORD, out_painting_mode),
    [CONTROL_MODE] = FIELD(WORD, control_mode),
    [CONTROL_STRENGTH] = FIELD(NUMBER, control_strength),
    [SIMILARITY_STRENGTH] = FIELD(NUMBER, similarity_strength),
    [COLORS] = FIELD(STRINGS, colors),
    [NUMBER_OF_IMAGES] = FIELD(INTEGER, number_of_images),
    [WIDTH] = FIELD(INTEGER, width),
    [HEIGHT] = FIELD(INTEGER, height),
    [QUALITY] = FIELD(WORD, quality),
    [CFG_SCALE] = FIELD(NUMBER, cfg_scale),
    [SEED] = FIELD(INTEGER, seed),
#undef FIELD
};

static const struct bdk_fields shape = {fields, BDK_COUNT(fields)};

static const struct bdk_member text_to_image[] = {
    BDK_NEED("text", TEXT),
    BDK_PUT("negativeText", NEGATIVE_TEXT),
    BDK_PUT("conditionImage", IMAGE),
    BDK_PUT("controlMode", CONTROL_MODE),
    BDK_PUT("controlStrength", CONTROL_STRENGTH),
    BDK_DONE,
};

static const struct bdk_member variation[] = {
    BDK_ARRAY("images"),
    BDK_PUT(NULL, IMAGE),
    BDK_END_ARRAY,
    BDK_MUST(IMAGE),
    BDK_PUT("text", TEXT),
    BDK_PUT("negativeText", NEGATIVE_TEXT),
    BDK_PUT("similarityStrength", SIMILARITY_STRENGTH),
    BDK_DONE,
};

static const struct bdk_member in_painting[] = {
    BDK_NEED("image", IMAGE),
    BDK_ONE_OF(MASK_IMAGE, MASK_PROMPT),
    BDK_PUT("maskImage", MASK_IMAGE),
    BDK_PUT("maskPrompt", MASK_PROMPT),
    BDK_PUT("text", TEXT),
    BDK_PUT("negativeText", NEGATIVE_TEXT),
    BDK_DONE,
};

static const struct bdk_member out_painting[] = {
    BDK_NEED("image", IMAGE),
    BDK_ONE_OF(MASK_IMAGE, MASK_PROMPT),
    BDK_PUT("maskImage", MASK_IMAGE),
    BDK_PUT("maskPrompt", MASK_PROMPT),
    BDK_NEED("text", TEXT),
    BDK_PUT("negativeText", NEGATIVE_TEXT),
    BDK_PUT("outPaintingMode", OUT_PAINTING_MODE),
    BDK_DONE,
};

static const struct bdk_member color_guided[] = {
    BDK_NEED("text", TEXT),
    BDK_PUT("negativeText", NEGATIVE_TEXT),
    BDK_NEED("colors", COLORS),
    BDK_PUT("referenceImage", IMAGE),
    BDK_DONE,
};

static const struct bdk_member background_removal[] = {
    BDK_NEED("image", IMAGE),
    BDK_DONE,
};

static const struct bdk_member config[] = {
    BDK_OBJECT("imageGenerationConfig"),
    BDK_PUT("numberOfImages", NUMBER_OF_IMAGES),
    BDK_PUT("quality", QUALITY),
    BDK_PUT("cfgScale", CFG_SCALE),
    BDK_PUT("height", HEIGHT),
    BDK_PUT("width", WIDTH),
    BDK_PUT("seed", SEED),
    BDK_END_OBJECT,
    BDK_DONE,
};

/* The first is the one that is meant if none is named. */
static const char task_words[] = "TEXT_IMAGE\0IMAGE_VARIATION\0INPAINTING\0OUTPAINTING\0"
                                 "COLOR_GUIDED_GENERATION\0BACKGROUND_REMOVAL\0";

/* The same, in the same order. */
static const struct {
    const char *params;
    const struct bdk_member *members;
} tasks[] = {
    {"textToImageParams", text_to_image},
    {"imageVariationParams", variation},
    {"inPaintingParams", in_painting},
    {"outPaintingParams", out_painting},
    {"colorGuidedGenerationParams", color_guided},
    {"backgroundRemovalParams", background_removal},
};

static int render_picture(struct bedrock_json_writer *json, const void *value)
{
    const struct bedrock_image_prompt *prompt = value;
    struct bdk_form form = {json, value, &shape, 1u << TASK};
    const char *type;
    uint8_t task;

    if (prompt == NULL || prompt->seed > BEDROCK_IMAGE_SEED_MAX) {
        return bdk_refuse(json);
    }
    type = bdk_absent(prompt->task_type) ? task_words : prompt->task_type;
    task = bdk_find_word(type, strlen(type), task_words);
    if (task == BDK_COUNT(tasks)) {
        return bdk_refuse(json);
    }
    bedrock_json_begin_object(json);
    bdk_put_member(json, "taskType", type);
    bdk_begin_member(json, tasks[task].params);
    bdk_form_put(&form, tasks[task].members);
    bdk_end(json, 1);
    if (tasks[task].members != background_removal) { /* which leaves the picture as it is */
        bdk_form_put(&form, config);
    }
    bdk_end(json, 1);
    return bdk_form_check(&form);
}

/* Stability AI's models answer in the same form, with reasons for what they held back. */
static const char nodes[] = BDK_NATIVE_NODES " 1images\0"
                                             "p2[]\0"
                                             " 1finish_reasons\0"
                                             "e2[]\0"
                                             "e1error\0";

const struct bedrock_reply bedrock_reply_image = BDK_REPLY(nodes);

const struct bedrock_body_kind bedrock_native_image = {render_picture, &bedrock_reply_image};
