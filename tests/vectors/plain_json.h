/* SPDX-License-Identifier: MIT */
/* A second reading of JSON that is known to be valid, by a path; it shares nothing with the
 * library's. */
#ifndef TESTS_VECTORS_PLAIN_JSON_H
#define TESTS_VECTORS_PLAIN_JSON_H

#include <stddef.h>

/*
 * Calls take for every value at path, in the order of the text: names and * for every element,
 * between slashes. A string comes as UTF-8, unescaped; a number, and true, as it is spelt; null not
 * at all. Objects and arrays cannot be asked for.
 */
void plain_json_each(const char *text, size_t len, const char *path,
                     void (*take)(void *ctx, const char *value, size_t len), void *ctx);

#endif
