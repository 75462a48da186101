/* SPDX-License-Identifier: MIT */
/* Requests of InvokeModel and its kin: members in headers, bodies of every kind. */
#include "driver.h"

#include <string.h>

static void minimal(const struct drive *drive)
{
    drive_invoke(drive, &(struct bedrock_invoke_model){
                            .model_id = "amazon.titan-embed-text-v2:0",
                            .body = BEDROCK_JSON_BODY("{\"inputText\":\"Gr\xc3\xbc\xc3\x9f"
                                                      "e \\ud83d\\ude00\",\"n\":1.50}"),
                        });
}

static void no_body(const struct drive *drive)
{
    drive_invoke(drive, &(struct bedrock_invoke_model){.model_id = "amazon.titan-tg1-large"});
}

static void everything(const struct drive *drive)
{
    drive_invoke(drive, &(struct bedrock_invoke_model){
                            .model_id = "arn:aws:bedrock:us-west-2:123456789012:provisioned-model/"
                                        "a1b2c3d4e5f6",
                            .body = BEDROCK_JSON_BODY(" {\"prompt\": \"hello\"}\n"),
                            .content_type = "application/json",
                            .accept = "application/json",
                            .trace = "ENABLED_FULL",
                            .guardrail_identifier = "arn:aws:bedrock:us-west-2:123456789012:"
                                                    "guardrail/gr4ex",
                            .guardrail_version = "DRAFT",
                            .performance_config_latency = "optimized",
                            .service_tier = "priority",
                            .request_metadata =
                                BEDROCK_REQUEST_METADATA({"tenant", "a b"}, {"quote", "\"\\"}),
                        });
}

static void other_types(const struct drive *drive)
{
    drive_invoke(drive, &(struct bedrock_invoke_model){
                            .model_id = "stability.stable-image-core-v1:1",
                            .body = BEDROCK_SOURCE_BODY(.data = "\x00\x01\xfe\xff", .len = 4),
                            .content_type = "application/octet-stream",
                            .accept = "image/png",
                        });
}

static void a_source(const struct drive *drive)
{
    drive_invoke(drive, &(struct bedrock_invoke_model){
                            .model_id = "cohere.embed-english-v3",
                            .body = BEDROCK_SOURCE_BODY(.read_at = pattern_read_at, .len = 200003),
                        });
}

static int render_own(struct bedrock_json_writer *json, const void *value)
{
    bedrock_json_begin_object(json);
    bedrock_json_put_key(json, "own \"key\"");
    bedrock_json_put_string(json, value, strlen(value));
    return bedrock_json_end_object(json);
}

static void of_my_own(const struct drive *drive)
{
    static const struct bedrock_body_kind kind = {render_own, NULL};

    drive_invoke(drive, &(struct bedrock_invoke_model){.model_id = "my.model",
                                                       .body = BEDROCK_BODY(&kind, "a\tvalue")});
}

static const struct named_case cases[] = {
    {"minimal-body", NULL, minimal},
    {"no-body", NULL, no_body},
    {"everything-invoke", NULL, everything},
    {"other-types", NULL, other_types},
    {"a-source", NULL, a_source},
    {"of-my-own", NULL, of_my_own},
};
const struct case_list invoke_cases = {cases, sizeof cases / sizeof cases[0]};
