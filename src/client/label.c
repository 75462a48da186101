/* SPDX-License-Identifier: MIT */
#include "client/label.h"

#include "encoding/uri.h"

#include <string.h>

int bdk_label_valid(const char *label)
{
    size_t len = 0;

    if (label == NULL) {
        return 0;
    }
    for (; label[len] != '\0'; len++) {
        if (label[len] <= ' ' || label[len] > '~' || len == 2048) {
            return 0;
        }
    }
    return len > 0;
}

int bdk_label_put(struct bedrock_output *out, const char *prefix, const char *label)
{
    bedrock_output_text(out, prefix);
    bdk_uri_put(out, label, strlen(label), 0);
    return out->status;
}

int bdk_model_path_put(struct bedrock_output *out, const char *model_id, const char *action)
{
    bdk_label_put(out, "/model/", model_id);
    return bedrock_output_text(out, action);
}
