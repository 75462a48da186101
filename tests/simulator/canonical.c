/* SPDX-License-Identifier: MIT */
#include "canonical.h"

#include <bearssl.h>
#include <stdlib.h>
#include <string.h>

#define PARAMETER_MAX 64

void sim_canonical_hash(struct sim_text *out, const char *data, size_t len)
{
    unsigned char digest[br_sha256_SIZE];
    br_sha256_context context;

    br_sha256_init(&context);
    br_sha256_update(&context, data, len);
    br_sha256_out(&context, digest);
    sim_text_hex(out, digest, sizeof digest);
}

char *sim_canonical_cut(char **rest, char separator)
{
    char *part = *rest;
    char *end = part != NULL ? strchr(part, separator) : NULL;

    *rest = NULL;
    if (end != NULL) {
        *end = '\0';
        *rest = end + 1;
    }
    return part;
}

/* Folds runs of spaces into one; the reader has trimmed the ends. */
static void add_header_value(struct sim_text *out, const char *value)
{
    for (; *value != '\0'; value++) {
        if (value[0] != ' ' || value[1] != ' ') {
            sim_text_add(out, value, 1);
        }
    }
}

/* The block of signed headers; they must be in order, in lower case and present. */
static int add_signed_headers(struct sim_text *out, const char *signed_list,
                              const struct sim_request *request, struct sim_error *error)
{
    struct sim_text copy = {NULL, 0, 0};
    const char *previous = "";
    char *rest;

    sim_text_puts(&copy, signed_list);
    rest = copy.data;
    while (rest != NULL && error->status == 0) {
        char *name = sim_canonical_cut(&rest, ';');
        const char *value = sim_request_header(request, name);

        if (value == NULL || strcmp(previous, name) >= 0) {
            sim_refuse(error, 403, "InvalidSignatureException",
                       "SignedHeaders must name headers of the request, in lower case and in "
                       "order: '%s'.",
                       name);
            break;
        }
        sim_text_printf(out, "%s:", name);
        add_header_value(out, value);
        sim_text_puts(out, "\n");
        previous = name;
    }
    sim_text_free(&copy);
    return error->status != 0 ? -1 : 0;
}

static int compare_strings(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* One `name=value`, decoded and encoded again. A tab stands for the `=` so that sorting goes by the
 * name first: every character that an encoded name can hold is greater. */
static int add_parameter(struct sim_text *out, char *parameter)
{
    struct sim_text plain = {NULL, 0, 0};
    char *value = strchr(parameter, '=');
    size_t name_len = value != NULL ? (size_t)(value - parameter) : strlen(parameter);
    int result = sim_percent_decode(&plain, parameter, name_len);

    if (result == 0) {
        sim_text_percent(out, sim_text_string(&plain), plain.len, "");
        sim_text_puts(out, "\t");
        sim_text_clear(&plain);
        if (value != NULL) {
            result = sim_percent_decode(&plain, value + 1, strlen(value + 1));
            sim_text_percent(out, sim_text_string(&plain), plain.len, "");
        }
    }
    sim_text_free(&plain);
    return result;
}

static int add_canonical_query(struct sim_text *out, const char *query, struct sim_error *error)
{
    struct sim_text copy = {NULL, 0, 0};
    struct sim_text encoded[PARAMETER_MAX];
    char *sorted[PARAMETER_MAX];
    size_t count = 0, i;
    char *rest;

    sim_text_puts(&copy, query);
    rest = *query != '\0' ? copy.data : NULL;
    while (rest != NULL && count < PARAMETER_MAX) {
        memset(&encoded[count], 0, sizeof encoded[count]);
        if (add_parameter(&encoded[count], sim_canonical_cut(&rest, '&')) != 0) {
            sim_refuse(error, 403, "InvalidSignatureException",
                       "The query string holds a broken percent escape.");
        }
        sorted[count] = encoded[count].data;
        count++;
    }
    qsort(sorted, count, sizeof sorted[0], compare_strings);
    for (i = 0; i < count; i++) {
        *strchr(sorted[i], '\t') = '=';
        sim_text_printf(out, "%s%s", i > 0 ? "&" : "", sorted[i]);
        free(sorted[i]);
    }
    sim_text_free(&copy);
    return error->status != 0 ? -1 : 0;
}

int sim_canonical_request(struct sim_text *out, const char *signed_list,
                          const struct sim_request *request, struct sim_error *error)
{
    sim_text_printf(out, "%s\n", request->method);
    sim_text_percent(out, request->path, strlen(request->path), "/");
    sim_text_puts(out, "\n");
    if (add_canonical_query(out, request->query, error) != 0) {
        return -1;
    }
    sim_text_puts(out, "\n");
    if (add_signed_headers(out, signed_list, request, error) != 0) {
        return -1;
    }
    sim_text_printf(out, "\n%s\n", signed_list);
    sim_canonical_hash(out, sim_request_body(request), request->body_len);
    return 0;
}
