/* SPDX-License-Identifier: MIT */
/* What is asked of the models that draw and of those that embed. */
#include "body.h"

#define PICTURE                                                                                    \
    {                                                                                              \
        .data = "abcd", .len = 4                                                                   \
    }

static const char *const colors[] = {"#ff0000", "#00ff00"};
static const char *const texts[] = {"a", "b"};

static void writes_a_text_to_image(void)
{
    IS(BEDROCK_IMAGE_PROMPT(.text = "a cat"),
       "{'taskType':'TEXT_IMAGE','textToImageParams':{'text':'a cat'}}");
    IS(BEDROCK_IMAGE_PROMPT(.task_type = "TEXT_IMAGE", .text = "a cat", .negative_text = "a dog",
                            .image = PICTURE, .control_mode = "CANNY_EDGE",
                            .control_strength = "0.7", .number_of_images = 2, .width = 512,
                            .height = 768, .quality = "premium", .cfg_scale = "8.5",
                            .seed = BEDROCK_IMAGE_SEED_MAX),
       "{'taskType':'TEXT_IMAGE','textToImageParams':{'text':'a cat','negativeText':'a dog',"
       "'conditionImage':'YWJjZA==','controlMode':'CANNY_EDGE','controlStrength':0.7},"
       "'imageGenerationConfig':{'numberOfImages':2,'quality':'premium','cfgScale':8.5,"
       "'height':768,'width':512,'seed':2147483646}}");
}

static void writes_every_other_task(void)
{
    IS(BEDROCK_IMAGE_PROMPT(.task_type = "IMAGE_VARIATION", .image = PICTURE, .text = "t",
                            .similarity_strength = "0.2"),
       "{'taskType':'IMAGE_VARIATION','imageVariationParams':{'images':['YWJjZA=='],'text':'t',"
       "'similarityStrength':0.2}}");
    IS(BEDROCK_IMAGE_PROMPT(.task_type = "INPAINTING", .image = PICTURE, .mask_prompt = "the sky"),
       "{'taskType':'INPAINTING','inPaintingParams':{'image':'YWJjZA==','maskPrompt':'the sky'}}");
    IS(BEDROCK_IMAGE_PROMPT(.task_type = "OUTPAINTING", .image = PICTURE, .mask_image = PICTURE,
                            .text = "t", .out_painting_mode = "PRECISE", .seed = 1),
       "{'taskType':'OUTPAINTING','outPaintingParams':{'image':'YWJjZA==','maskImage':'YWJjZA==',"
       "'text':'t','outPaintingMode':'PRECISE'},'imageGenerationConfig':{'seed':1}}");
    IS(BEDROCK_IMAGE_PROMPT(.task_type = "COLOR_GUIDED_GENERATION", .text = "t",
                            .colors = {colors, 2}, .image = PICTURE),
       "{'taskType':'COLOR_GUIDED_GENERATION','colorGuidedGenerationParams':{'text':'t',"
       "'colors':['#ff0000','#00ff00'],'referenceImage':'YWJjZA=='}}");
    IS(BEDROCK_IMAGE_PROMPT(.task_type = "BACKGROUND_REMOVAL", .image = PICTURE),
       "{'taskType':'BACKGROUND_REMOVAL','backgroundRemovalParams':{'image':'YWJjZA=='}}");
}

static int reads_badly(void *ctx, uint32_t off, void *dst, size_t len)
{
    (void)ctx;
    (void)off;
    (void)dst;
    (void)len;
    return -1234;
}

static void refuses_what_a_task_has_not(void)
{
    static const char *const needs_text[] = {NULL, "TEXT_IMAGE", "OUTPAINTING",
                                             "COLOR_GUIDED_GENERATION"};
    static const char *const needs_image[] = {"IMAGE_VARIATION", "INPAINTING", "OUTPAINTING",
                                              "BACKGROUND_REMOVAL"};
    size_t i;

    for (i = 0; i < 4; i++) {
        test_context("%zu", i);
        FAILS(BEDROCK_IMAGE_PROMPT(.task_type = needs_text[i], .image = PICTURE,
                                   .mask_prompt = i == 2 ? "m" : NULL, .colors = {colors, i == 3}),
              BEDROCK_E_ARGUMENT);
        FAILS(BEDROCK_IMAGE_PROMPT(.task_type = needs_text[i], .image = PICTURE, .text = " ",
                                   .mask_prompt = i == 2 ? "m" : NULL, .colors = {colors, i == 3}),
              BEDROCK_E_EMPTY_TEXT);
        FAILS(BEDROCK_IMAGE_PROMPT(.task_type = needs_image[i], .text = i < 3 ? "t" : NULL,
                                   .mask_prompt = i == 1 || i == 2 ? "m" : NULL),
              BEDROCK_E_ARGUMENT);
    }
    test_context(NULL);
    FAILS(BEDROCK_IMAGE_PROMPT(.task_type = "TEXT", .text = "t"), BEDROCK_E_ARGUMENT);
    FAILS(BEDROCK_IMAGE_PROMPT(.task_type = "INPAINTING", .image = PICTURE), BEDROCK_E_ARGUMENT);
    FAILS(BEDROCK_IMAGE_PROMPT(.task_type = "INPAINTING", .image = PICTURE, .mask_image = PICTURE,
                               .mask_prompt = "m"),
          BEDROCK_E_ARGUMENT);
    FAILS(BEDROCK_IMAGE_PROMPT(.task_type = "BACKGROUND_REMOVAL", .image = PICTURE, .seed = 1),
          BEDROCK_E_ARGUMENT);
    FAILS(BEDROCK_IMAGE_PROMPT(.text = "t", .colors = {colors, 1}), BEDROCK_E_ARGUMENT);
    FAILS(BEDROCK_IMAGE_PROMPT(.text = "t", .mask_image = PICTURE), BEDROCK_E_ARGUMENT);
    FAILS(BEDROCK_IMAGE_PROMPT(.text = "t", .similarity_strength = "1"), BEDROCK_E_ARGUMENT);
    FAILS(BEDROCK_IMAGE_PROMPT(.text = "t", .seed = INT32_MAX), BEDROCK_E_ARGUMENT);
    FAILS(BEDROCK_IMAGE_PROMPT(.text = "t", .seed = -1), BEDROCK_E_ARGUMENT);
    FAILS(BEDROCK_IMAGE_PROMPT(.text = "t", .image = {.len = 4}), BEDROCK_E_ARGUMENT);
    FAILS(BEDROCK_IMAGE_PROMPT(.text = "t", .image = {.data = ""}), BEDROCK_E_ARGUMENT);
    FAILS(BEDROCK_IMAGE_PROMPT(.text = "t", .image = {.read_at = reads_badly, .len = 9}), -1234);
    FAILS(BEDROCK_BODY(&bedrock_native_image, NULL), BEDROCK_E_ARGUMENT);
}

static void writes_embeddings(void)
{
    IS(BEDROCK_TITAN_EMBED(.text = "hello"), "{'inputText':'hello'}");
    IS(BEDROCK_TITAN_EMBED(.text = "hello", .dimensions = 256),
       "{'inputText':'hello','dimensions':256}");
    IS(BEDROCK_TITAN_MULTIMODAL(.image = PICTURE), "{'inputImage':'YWJjZA=='}");
    IS(BEDROCK_TITAN_MULTIMODAL(.text = "t", .image = PICTURE, .dimensions = 384),
       "{'inputText':'t','inputImage':'YWJjZA==','embeddingConfig':{'outputEmbeddingLength':384}}");
    IS(BEDROCK_COHERE_EMBED(.text = "t"), "{'texts':['t'],'input_type':'search_document'}");
    IS(BEDROCK_COHERE_EMBED(.texts = {texts, 2}, .purpose = "clustering", .dimensions = 512),
       "{'texts':['a','b'],'input_type':'clustering','output_dimension':512}");
    IS(BEDROCK_NOVA_EMBED(.text = "t"),
       "{'taskType':'SINGLE_EMBEDDING','singleEmbeddingParams':{'embeddingPurpose':'GENERIC_INDEX',"
       "'text':{'truncationMode':'END','value':'t'}}}");
    IS(BEDROCK_NOVA_EMBED(.text = "t", .purpose = "CLUSTERING", .dimensions = 1024),
       "{'taskType':'SINGLE_EMBEDDING','singleEmbeddingParams':{'embeddingPurpose':'CLUSTERING',"
       "'embeddingDimension':1024,'text':{'truncationMode':'END','value':'t'}}}");
}

static void refuses_what_cannot_be_embedded(void)
{
    static const struct bedrock_embed_prompt none = {.dimensions = 256};

    FAILS(BEDROCK_BODY(&bedrock_native_titan_embed, &none), BEDROCK_E_ARGUMENT);
    FAILS(BEDROCK_BODY(&bedrock_native_titan_multimodal, &none), BEDROCK_E_ARGUMENT);
    FAILS(BEDROCK_BODY(&bedrock_native_cohere_embed, &none), BEDROCK_E_ARGUMENT);
    FAILS(BEDROCK_BODY(&bedrock_native_nova_embed, &none), BEDROCK_E_ARGUMENT);
    FAILS(BEDROCK_BODY(&bedrock_native_nova_embed, NULL), BEDROCK_E_ARGUMENT);
    FAILS(BEDROCK_TITAN_EMBED(.text = " \n"), BEDROCK_E_EMPTY_TEXT);
    FAILS(BEDROCK_NOVA_EMBED(.text = ""), BEDROCK_E_EMPTY_TEXT);
    FAILS(BEDROCK_COHERE_EMBED(.text = "\t"), BEDROCK_E_EMPTY_TEXT);
    FAILS(BEDROCK_TITAN_EMBED(.text = "\xC3"), BEDROCK_E_UTF8);
    FAILS(BEDROCK_TITAN_EMBED(.text = "a", .purpose = "clustering"), BEDROCK_E_ARGUMENT);
    FAILS(BEDROCK_TITAN_EMBED(.text = "a", .image = PICTURE), BEDROCK_E_ARGUMENT);
    FAILS(BEDROCK_TITAN_MULTIMODAL(.texts = {texts, 2}), BEDROCK_E_ARGUMENT);
    FAILS(BEDROCK_COHERE_EMBED(.text = "a", .texts = {texts, 2}), BEDROCK_E_ARGUMENT);
    FAILS(BEDROCK_COHERE_EMBED(.text = "a", .image = PICTURE), BEDROCK_E_ARGUMENT);
    FAILS(BEDROCK_NOVA_EMBED(.text = "a", .texts = {texts, 2}), BEDROCK_E_ARGUMENT);
    FAILS(BEDROCK_TITAN_EMBED(.text = "a", .dimensions = -1), BEDROCK_E_ARGUMENT);
}

int main(void)
{
    RUN(writes_a_text_to_image);
    RUN(writes_every_other_task);
    RUN(refuses_what_a_task_has_not);
    RUN(writes_embeddings);
    RUN(refuses_what_cannot_be_embedded);
    return test_finish();
}
