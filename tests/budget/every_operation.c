/* SPDX-License-Identifier: MIT */
/* What all of Bedrock Runtime's operations cost above TLS, in one program: texts and JSON bodies,
 * no helpers for single families of models. */
#include "device.h"

#include "bedrock/async_invoke.h"
#include "bedrock/guardrail.h"
#include "bedrock/invoke.h"

static const struct bedrock_transport_class transport_of_the_board = {0};

static const struct bedrock_converse question = {
    .model_id = "us.anthropic.claude-haiku-4-5-20251001-v1:0",
    .messages = BEDROCK_MESSAGES(BEDROCK_USER("Why is the sky blue?")),
};

static const struct bedrock_invoke_model prompt = {
    .model_id = "amazon.titan-embed-text-v2:0",
    .body = BEDROCK_JSON_BODY("{\"inputText\":\"hello\"}"),
};

int main(void)
{
    bedrock_client *client = device_client(&transport_of_the_board);
    int status;

    bedrock_converse(client, &question);
    status = hear(client);
    bedrock_converse_stream(client, &question);
    status |= hear(client);
    bedrock_invoke_model(client, &prompt);
    status |= hear(client);
    bedrock_invoke_model_with_response_stream(client, &prompt);
    status |= hear(client);
    bedrock_count_tokens_converse(client, &question);
    status |= hear(client);
    bedrock_count_tokens_invoke_model(client, &prompt);
    status |= hear(client);
    bedrock_apply_guardrail(client, &(struct bedrock_apply_guardrail){
                                        .guardrail_identifier = "abc",
                                        .guardrail_version = "1",
                                        .content = BEDROCK_CONTENT(BEDROCK_GUARD_TEXT(.text = "t")),
                                    });
    status |= hear(client);
    bedrock_invoke_guardrail_checks(client, &(struct bedrock_guardrail_checks){
                                                .messages = question.messages,
                                                .prompt_attack = BEDROCK_STRINGS("JAILBREAK"),
                                            });
    status |= hear(client);
    bedrock_start_async_invoke(client, &(struct bedrock_start_async_invoke){
                                           .model_id = "amazon.nova-reel-v1:0",
                                           .model_input = BEDROCK_JSON_BODY("{}"),
                                           .s3_uri = "s3://bucket/",
                                       });
    status |= hear(client);
    bedrock_get_async_invoke(client, "arn");
    status |= hear(client);
    bedrock_list_async_invokes(client, &(struct bedrock_list_async_invokes){.max_results = 10});
    return status | hear(client);
}
