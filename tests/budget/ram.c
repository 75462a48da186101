/* SPDX-License-Identifier: MIT */
/* One object of the size of each structure that budgets.txt has a `ram` line for. Never linked: the
 * symbol table is read. */
#include "bedrock/base64.h"
#include "bedrock/event_stream.h"
#include "bedrock/http.h"
#include "bedrock/json.h"
#include "bedrock/sha256.h"
#include "bedrock/tools.h"
#include "client/client.h"
#include "tls/tls.h"

unsigned char ram_sha256[sizeof(struct bedrock_sha256)];
unsigned char ram_hmac_sha256[sizeof(struct bedrock_hmac_sha256)];
unsigned char ram_json[sizeof(struct bedrock_json)];
unsigned char ram_event_stream[sizeof(struct bedrock_event_stream)];
unsigned char ram_http_response[sizeof(struct bedrock_http_response)];
unsigned char ram_base64[sizeof(struct bedrock_base64)];
unsigned char ram_history[sizeof(struct bedrock_history)];
unsigned char ram_tool_loop[sizeof(struct bedrock_tool_loop)];
unsigned char ram_read[sizeof(struct bedrock_read)];

/* What the client holds besides BearSSL's contexts and the record buffers, and all of its block,
 * for records of 16 KB that come and of 512 bytes that go: as the transport's init() reckons it. */
enum {
    CLIENT = (sizeof(struct bedrock_client) + 7) / 8 * 8,
    CONTEXTS = sizeof(br_ssl_client_context) + sizeof(br_x509_minimal_context),
    BUFFERS = 16384 + 325 + 512 + 85
};

unsigned char ram_own[CLIENT + sizeof(struct bdk_tls) - CONTEXTS];
unsigned char ram_block[CLIENT + sizeof(struct bdk_tls) + BUFFERS];
