/* SPDX-License-Identifier: MIT */
/* Trust anchors from a file. See bedrock/posix.h. */
#include "bedrock/error.h"
#include "bedrock/tls.h"
#include "internal.h"

#include <stdio.h>
#include <stdlib.h>

#define FILE_MAX ((size_t)4 << 20)
#define PIECE    ((size_t)16 << 10)

/* Reads to the end, however long that is: the file may be a pipe. \return malloc()ed text, or NULL
 * if reading failed, there is nothing, or too much. */
static char *read_all(FILE *file, size_t *len)
{
    char *text = NULL;
    size_t cap = 0;

    *len = 0;
    while (!feof(file) && !ferror(file) && *len <= FILE_MAX) {
        if (*len == cap) {
            char *more = realloc(text, cap * 2 + PIECE);

            if (more == NULL) {
                break;
            }
            text = more;
            cap = cap * 2 + PIECE;
        }
        *len += fread(text + *len, 1, cap - *len, file);
    }
    if (!feof(file) || ferror(file) || *len == 0 || *len > FILE_MAX) {
        free(text);
        return NULL;
    }
    return text;
}

static char *read_file(const char *path, size_t *len)
{
    FILE *file = fopen(path, "rb");
    char *text;

    if (file == NULL) {
        return NULL;
    }
    text = read_all(file, len);
    fclose(file);
    return text;
}

int bedrock_posix_anchors(struct bedrock_anchors *anchors)
{
    const char *path = bdk_posix_env("AWS_CA_BUNDLE");
    void *memory = NULL;
    char *text;
    size_t len;
    int code = BEDROCK_E_ANCHORS;

    anchors->table = NULL;
    anchors->count = 0;
    if (path == NULL) {
        return BEDROCK_OK;
    }
    text = read_file(path, &len);
    if (text != NULL) {
        memory = malloc(len + BEDROCK_ANCHORS_SCRATCH);
    }
    if (memory != NULL) {
        code = bedrock_anchors_from_pem(anchors, memory, len + BEDROCK_ANCHORS_SCRATCH, text, len);
    }
    free(text);
    if (code != BEDROCK_OK) {
        free(memory);
        anchors->table = NULL;
        anchors->count = 0;
        return BEDROCK_E_ANCHORS;
    }
    return BEDROCK_OK;
}
