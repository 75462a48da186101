/* SPDX-License-Identifier: MIT */
/* Requests of InvokeModel and its kin: bodies in the form of a family. */
#include "driver.h"

static void a_family(const struct drive *drive)
{
    drive_invoke(
        drive,
        &(struct bedrock_invoke_model){
            .model_id = "anthropic.claude-3-haiku-20240307-v1:0",
            .body = BEDROCK_CLAUDE(.prompt = "Why is the sky blue?", .system = "You are brief.",
                                   .max_tokens = 100, .temperature = "0.5", .top_p = "0.9",
                                   .top_k = 50, .stop_sequences = BEDROCK_STRINGS("a", "b")),
        });
}

static void a_picture(const struct drive *drive)
{
    drive_invoke(
        drive,
        &(struct bedrock_invoke_model){
            .model_id = "amazon.nova-canvas-v1:0",
            .body = BEDROCK_IMAGE_PROMPT(.task_type = "IMAGE_VARIATION", .text = "A lighthouse.",
                                         .image = {.read_at = pattern_read_at, .len = 50000},
                                         .similarity_strength = "0.7", .seed = 42),
        });
}

static const struct named_case cases[] = {
    {"a-family", NULL, a_family},
    {"a-picture", NULL, a_picture},
};
const struct case_list native_cases = {cases, sizeof cases / sizeof cases[0]};
