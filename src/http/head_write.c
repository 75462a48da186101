/* SPDX-License-Identifier: MIT */
/* See bedrock/http.h. */
#include "bedrock/error.h"
#include "http/parse.h"

static int put_token(struct bedrock_output *out, const char *token, const char *separator)
{
    size_t len = bdk_http_token_len(token);

    if (len == 0 || token[len] != '\0') {
        return bedrock_output_fail(out, BEDROCK_E_ARGUMENT);
    }
    bedrock_output_text(out, token);
    return bedrock_output_text(out, separator);
}

int bedrock_http_put_method(struct bedrock_output *out, const char *method)
{
    return put_token(out, method, " ");
}

int bedrock_http_put_version(struct bedrock_output *out)
{
    return bedrock_output_text(out, " HTTP/1.1\r\n");
}

int bedrock_http_begin_header(struct bedrock_output *out, const char *name)
{
    return put_token(out, name, ": ");
}

int bedrock_http_end_header(struct bedrock_output *out)
{
    return bedrock_output_text(out, "\r\n");
}

int bedrock_http_put_header(struct bedrock_output *out, const char *name, const char *value)
{
    const char *p;

    for (p = value; *p != '\0'; p++) {
        if ((unsigned char)*p < ' ' || *p == 0x7f) {
            return bedrock_output_fail(out, BEDROCK_E_ARGUMENT);
        }
    }
    bedrock_http_begin_header(out, name);
    bedrock_output_text(out, value);
    return bedrock_http_end_header(out);
}

int bedrock_http_end_head(struct bedrock_output *out)
{
    return bedrock_output_text(out, "\r\n");
}
