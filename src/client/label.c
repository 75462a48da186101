/* SPDX-License-Identifier: MIT */
#include "client/label.h"

#include <stddef.h>

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
