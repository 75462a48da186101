/* SPDX-License-Identifier: MIT */
/* The canonical request of Signature Version 4, rebuilt from what came in. */
#ifndef SIMULATOR_CANONICAL_H
#define SIMULATOR_CANONICAL_H

#include "error.h"
#include "http.h"

/* signed_list as in the Authorization header; its names must be in order, in lower case and headers
 * of the request. 0, or -1 with *error. */
int sim_canonical_request(struct sim_text *out, const char *signed_list,
                          const struct sim_request *request, struct sim_error *error);
/* Appends the SHA-256 as lower-case hex. */
void sim_canonical_hash(struct sim_text *out, const char *data, size_t len);
/* Takes the text up to the separator off *rest, which becomes NULL at the end. */
char *sim_canonical_cut(char **rest, char separator);

#endif
