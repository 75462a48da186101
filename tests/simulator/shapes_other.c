/* SPDX-License-Identifier: MIT */
/* ApplyGuardrail, InvokeGuardrailChecks, StartAsyncInvoke: API version 2023-09-30. */
#include "shapes.h"

#define TAG_TEXT "[a-zA-Z0-9[:space:]._:/=+@-]*"

/* clang-format off */
static const struct sim_member qualifier = ENUM("", "|grounding_source|query|guard_content|");

static const struct sim_member guardrail_text[] = {
    TEXT("!text"),
    LIST("qualifiers", qualifier, 0, ANY_LENGTH),
    END
};

static const struct sim_member image_source[] = { BLOB("bytes", 1, 26214400), END };

static const struct sim_member guardrail_image[] = {
    ENUM("!format", "|png|jpeg|"),
    UNION("!source", image_source),
    END
};

static const struct sim_member guardrail_content[] = {
    STRUCT("text", guardrail_text),
    STRUCT("image", guardrail_image),
    END
};
static const struct sim_member guardrail_content_element = UNION("", guardrail_content);

const struct sim_member sim_apply_guardrail_request[] = {
    ENUM("!source", "|INPUT|OUTPUT|"),
    LIST("!content", guardrail_content_element, 0, ANY_LENGTH),
    ENUM("outputScope", "|INTERVENTIONS|FULL|"),
    END
};

static const struct sim_member check_text[] = { STRING("text", 1, ANY_LENGTH, NULL), END };
static const struct sim_member check_text_element = UNION("", check_text);

static const struct sim_member check_message[] = {
    ENUM("!role", "|user|assistant|system|"),
    LIST("!content", check_text_element, 1, ANY_LENGTH),
    END
};
static const struct sim_member check_message_element = STRUCT("", check_message);

static const struct sim_member content_category[] = {
    ENUM("!category", "|VIOLENCE|HATE|SEXUAL|MISCONDUCT|INSULTS|"),
    END
};
static const struct sim_member content_category_element = STRUCT("", content_category);

static const struct sim_member content_filter[] = {
    LIST("!categories", content_category_element, 1, 5),
    END
};

static const struct sim_member attack_category[] = {
    ENUM("!category", "|JAILBREAK|PROMPT_INJECTION|PROMPT_LEAKAGE|"),
    END
};
static const struct sim_member attack_category_element = STRUCT("", attack_category);

static const struct sim_member prompt_attack[] = {
    LIST("!categories", attack_category_element, 1, 3),
    END
};

static const struct sim_member entity[] = { ENUM("!type", SIM_PII_WORDS), END };
static const struct sim_member entity_element = STRUCT("", entity);

static const struct sim_member sensitive_information[] = {
    LIST("!entities", entity_element, 1, 31),
    END
};

static const struct sim_member checks[] = {
    STRUCT("contentFilter", content_filter),
    STRUCT("promptAttack", prompt_attack),
    STRUCT("sensitiveInformation", sensitive_information),
    END
};

const struct sim_member sim_guardrail_checks_request[] = {
    LIST("!messages", check_message_element, 1, ANY_LENGTH),
    STRUCT("!checks", checks),
    END
};

static const struct sim_member s3_output[] = {
    STRING("!s3Uri", 1, 1024, SIM_S3_URI),
    STRING("kmsKeyId", 1, 2048,
           "arn:aws(-[^:]+)?:kms:[a-zA-Z0-9-]*:[0-9]{12}:"
           "((key/[a-zA-Z0-9-]{36})|(alias/[a-zA-Z0-9_/-]+))"),
    STRING("bucketOwner", 0, ANY_LENGTH, SIM_ACCOUNT_ID),
    END
};

static const struct sim_member output_data[] = { STRUCT("s3OutputDataConfig", s3_output), END };

static const struct sim_member tag[] = {
    STRING("!key", 1, 128, TAG_TEXT),
    STRING("!value", 0, 256, TAG_TEXT),
    END
};
static const struct sim_member tag_element = STRUCT("", tag);

const struct sim_member sim_start_async_request[] = {
    STRING("clientRequestToken", 1, 256, "[!-~]*"),
    STRING("!modelId", 1, 256, "[a-zA-Z_./0-9:-]+"),
    OBJECT("!modelInput"),
    UNION("!outputDataConfig", output_data),
    LIST("tags", tag_element, 0, 200),
    END
};
/* clang-format on */
