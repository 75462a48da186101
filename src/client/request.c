/* SPDX-License-Identifier: MIT */
/*
 * The request as one run of bytes, head and body, that exists nowhere: it is rendered from its
 * beginning whenever a part of it is needed, and stops as soon as that part is complete. The first
 * window usually holds all of it.
 */
#include "client/client.h"

#include "bedrock/json.h"
#include "bedrock/version.h"
#include "crypto/sha256.h"
#include "encoding/uri.h"
#include "sigv4/sigv4.h"
#include "util/crc32.h"

#include <string.h>

static void put_path(struct bedrock_output *out, const struct bedrock_client *client)
{
    const char *path = client->operation->path;
    const char *const *label = client->request;
    const char *text;

    bedrock_output_put(out, client->endpoint.path, client->endpoint.path_len);
    for (; *path != '\0'; path++) {
        if (*path <= '*') {
            text = *path == '*' ? *label++ : client->request;
            bdk_uri_put(out, text, strlen(text), 0);
        } else {
            bedrock_output_put(out, path, 1);
        }
    }
}

/* What the operation adds to its head. 0: nothing. */
static int put_own(struct bedrock_output *out, const struct bedrock_client *client,
                   enum bdk_head_part part)
{
    const struct bdk_operation *operation = client->operation;

    return operation->put_head != NULL && operation->put_head(out, client->request, part);
}

/* -------------------------------------------------------------------- forms */

/*
 * The parts of a head are written as forms, which have the holes of the signer's texts and our own.
 * "%x" is a hole for the text that x stands for: the caller's user agent, the bearer key, the
 * signature, the method, the session token (text_of()); or for host, length, path, and by its
 * number for a part that the operation adds (put_hole()). The content type is such a part, and a
 * text as well, for the operations that have none of their own. "[x" begins what is left out if
 * there is no such text, and "]" ends it.
 */
static const char *text_of(const struct bedrock_client *client, char hole)
{
    int posts = client->operation->render != NULL;

    switch (hole) {
    case 'a':
        return client->config.user_agent;
    case 'b':
        return client->keys.bearer_token;
    case '0':
        return posts ? "application/json" : NULL;
    case 'g':
        return client->signature;
    case 'm':
        return posts ? "POST" : "GET";
    default: /* t */
        return client->keys.session_token;
    }
}

static void put_hole(struct bedrock_output *out, const struct bedrock_client *client, char hole)
{
    if (hole == 'h') {
        bedrock_output_put(out, client->endpoint.authority, client->endpoint.authority_len);
    } else if (hole == 'l') {
        bedrock_output_decimal(out, client->body_len);
    } else if (hole == 'p') {
        put_path(out, client);
    } else if (hole > '9' ||
               (!put_own(out, client, (enum bdk_head_part)(hole - '0')) && hole == '0')) {
        bedrock_output_text(out, text_of(client, hole));
    }
}

static void put_form(struct bedrock_output *out, const struct bedrock_client *client,
                     const char *form)
{
    for (; *form != '\0'; form++) {
        if (*form == '%') {
            put_hole(out, client, *++form);
        } else if (*form == '[') {
            if (text_of(client, *++form) == NULL) {
                while (*form != ']') {
                    form++;
                }
            }
        } else if (*form != ']') {
            bdk_sigv4_put_piece(out, form, &client->scope);
        }
    }
}

/* What stands for all requests, and what an operation adds, in canonical order: the smallest set
 * that the service accepts. */
static const char signed_names[] = "[0content-type;]host;x-amz-date[t;x-amz-security-token]%4";

/* The headers are our own, so they are known to be in canonical form: nothing to sort, trim or
 * join. */
static void put_canonical(struct bedrock_output *out, const void *ctx, const void *hash)
{
    const struct bedrock_client *client = ctx;
    struct bdk_uri_filter path; /* encodes once more what is on the wire */

    put_form(out, client, "%m\n");
    bdk_uri_filter_init(&path, out);
    put_path(&path.out, client);
    put_form(out, client,
             "\n%1[0\ncontent-type:%0]\nhost:%h\nx-amz-date:" BDK_SIGV4_TIME
             "[t\nx-amz-security-token:%t]%3\n\n");
    put_form(out, client, signed_names);
    bedrock_output_text(out, "\n");
    bdk_sigv4_put_hex(out, hash);
}

int bdk_request_sign(struct bedrock_client *client)
{
    uint8_t *hash = client->scratch.signing.hash;
    struct bdk_sigv4_text canonical = {put_canonical, client, hash};

    bdk_sha256_finish(&client->scratch.signing.sha, hash);
    return bdk_sigv4_sign_text(client->signature, &canonical, &client->scope, &client->key,
                               &client->scratch.signing.sha);
}

/* Every value has been looked at before: the endpoint and user agent when the client was made, the
 * keys when they were got. None can end its line. */
static void render_head(struct bedrock_client *client, struct bedrock_output *out)
{
    put_form(out, client,
             "%m %p%2 HTTP/1.1\r\nHost: %h[0\r\nContent-Type: %0\r\nContent-Length: %l]%5\r\n"
             "User-Agent: libbedrock/" BEDROCK_VERSION " ua/2.1 lang/c[a %a]\r\n"
             "[bAuthorization: Bearer %b]");
    if (client->keys.bearer_token == NULL) {
        put_form(out, client,
                 "X-Amz-Date: " BDK_SIGV4_TIME "\r\n[tX-Amz-Security-Token: %t\r\n]"
                 "Authorization: " BDK_SIGV4_AUTHORIZATION);
        put_form(out, client, signed_names);
        put_form(out, client, BDK_SIGV4_SIGNATURE "%g");
    }
    bedrock_output_text(out, "\r\n\r\n");
}

/* What a failure is called that a source of the caller's has given no code of ours. */
static int failure(int status)
{
    return status < BEDROCK_AGAIN ? status : BEDROCK_E_ARGUMENT;
}

static void render_body(struct bedrock_client *client, struct bedrock_output *out)
{
    struct bedrock_json_writer json;

    if (client->operation->render == NULL) {
        return;
    }
    bedrock_json_writer_init(&json, out);
    if (client->operation->render(&json, client->request) == 0) {
        bedrock_json_writer_finish(&json);
    }
}

/* With a bearer key nothing is signed, and nothing needs a hash. */
static int measure_write(void *ctx, const void *data, size_t len)
{
    struct bedrock_client *client = ctx;

    if (client->keys.bearer_token == NULL) {
        bedrock_sha256_update(&client->scratch.signing.sha, data, len);
    }
    client->body_crc = bdk_crc32(client->body_crc, data, len);
    return 0;
}

int bdk_request_measure(struct bedrock_client *client)
{
    struct bedrock_output out;

    client->body_crc = 0;
    bedrock_sha256_init(&client->scratch.signing.sha);
    bedrock_output_init(&out, measure_write, client, 0);
    render_body(client, &out);
    client->body_len = out.count;
    return out.status == 0 ? BEDROCK_OK : failure(out.status);
}

struct window {
    uint8_t *data;
    size_t left;       /* room */
    uint32_t crc;      /* of the body so far */
    uint32_t promised; /* bytes that Content-Length has still to see, in the body */
    uint8_t in_body;
    uint8_t full; /* there is more, for the next window */
};

static int window_write(void *ctx, const void *data, size_t len)
{
    struct window *window = ctx;
    size_t taken = len < window->left ? len : window->left;

    if (window->in_body) {
        if (len > window->promised) {
            return BEDROCK_E_BODY_CHANGED;
        }
        window->promised -= (uint32_t)taken;
        window->crc = bdk_crc32(window->crc, data, taken);
    }
    memcpy(window->data, data, taken);
    window->data += taken;
    window->left -= taken;
    window->full = taken < len;
    return window->full;
}

/* Renders what comes behind the bytes that were sent, as far as there is room. */
static int render_window(struct bedrock_client *client, struct window *window)
{
    struct bedrock_output out;
    uint32_t head_len;

    bedrock_output_init(&out, window_write, window, client->attempt.sent);
    render_head(client, &out);
    head_len = out.count;
    window->promised =
        client->body_len - (client->attempt.sent > head_len ? client->attempt.sent - head_len : 0);
    window->in_body = 1;
    render_body(client, &out);
    if (window->full) {
        return BEDROCK_OK;
    }
    if (out.status != 0) {
        return failure(out.status);
    }
    return window->promised > 0 || window->crc != client->body_crc ? BEDROCK_E_BODY_CHANGED
                                                                   : BEDROCK_OK;
}

int bdk_request_send(struct bedrock_client *client, uint32_t wait_ms)
{
    struct bedrock_transport *transport = client->transport;
    struct window window;
    size_t cap;
    int status;

    memset(&window, 0, sizeof window);
    status = transport->type->reserve(transport, &window.data, &cap, wait_ms);
    if (status == BEDROCK_OK) {
        window.left = cap;
        window.crc = client->attempt.sent_crc;
        status = render_window(client, &window);
        client->attempt.request_failed = status != BEDROCK_OK;
    }
    if (status == BEDROCK_OK) {
        transport->type->commit(transport, cap - window.left);
        client->attempt.sent += (uint32_t)(cap - window.left);
        client->attempt.sent_crc = window.crc;
        status = window.full ? BEDROCK_OK : BDK_REQUEST_COMPLETE;
    }
    return status;
}
