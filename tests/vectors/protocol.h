/* SPDX-License-Identifier: MIT */
/* The files of topic protocol that are about the client: each runs one case. ctx: the file's name,
 * const char **. */
#ifndef TESTS_VECTORS_PROTOCOL_H
#define TESTS_VECTORS_PROTOCOL_H

#include "vec.h"

void protocol_run_error(const struct vec_case *c, void *ctx);
void protocol_run_endpoint(const struct vec_case *c, void *ctx);
void protocol_run_retry(const struct vec_case *c, void *ctx);

#endif
