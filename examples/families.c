/* SPDX-License-Identifier: MIT */
#include "families.h"

#include <string.h>

const struct bedrock_body_kind *claude_kind(const char *model)
{
    int is_old = strstr(model, "claude-v2") != NULL || strstr(model, "claude-instant") != NULL;

    return is_old ? &bedrock_native_claude_text : &bedrock_native_claude;
}

const struct bedrock_body_kind *llama_kind(const char *model)
{
    return strstr(model, "llama2") != NULL ? &bedrock_native_llama2 : &bedrock_native_llama3;
}
