/* SPDX-License-Identifier: MIT */
/* One object of the size of each structure that budgets.txt has a `ram` line for. Never linked: the
 * symbol table is read. */
#include "bedrock/base64.h"
#include "bedrock/event_stream.h"
#include "bedrock/http.h"
#include "bedrock/json.h"
#include "bedrock/sha256.h"

unsigned char ram_sha256[sizeof(struct bedrock_sha256)];
unsigned char ram_hmac_sha256[sizeof(struct bedrock_hmac_sha256)];
unsigned char ram_json[sizeof(struct bedrock_json)];
unsigned char ram_event_stream[sizeof(struct bedrock_event_stream)];
unsigned char ram_http_response[sizeof(struct bedrock_http_response)];
unsigned char ram_base64[sizeof(struct bedrock_base64)];
