/* SPDX-License-Identifier: MIT */
/* Who is asking? Signature Version 4 (AWS General Reference, "Signature Version 4 signing process")
 * rebuilt from the bytes on the wire, or a bearer token. */
#ifndef SIMULATOR_SIGNATURE_H
#define SIMULATOR_SIGNATURE_H

#include "error.h"
#include "http.h"

#include <stdint.h>

#define SIM_ACCESS_KEY   "AKIDEXAMPLE"
#define SIM_SECRET_KEY   "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
#define SIM_BEARER_TOKEN "test-bedrock-key"

/* 0 when the request may come in; else -1 with *error as the service words it. now is the service's
 * clock, in Unix seconds. */
int sim_authenticate(const struct sim_request *request, int64_t now, struct sim_error *error);

#endif
