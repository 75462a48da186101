/* SPDX-License-Identifier: MIT */
#include "client/label.h"

#include <stddef.h>

/* "." and ".." are no labels, however they are encoded: whoever normalizes the path would drop
 * them, and then it is another path than the signed one. */
int bdk_label_valid(const char *label)
{
    size_t len = 0, dots = 0;

    if (label == NULL) {
        return 0;
    }
    for (; label[len] != '\0'; len++) {
        if (label[len] <= ' ' || label[len] > '~' || len == 2048) {
            return 0;
        }
        dots += label[len] == '.';
    }
    return len > 0 && (dots < len || len > 2);
}
