/* SPDX-License-Identifier: MIT */
/*
 * The request as one run of bytes, head and body, that exists nowhere: it is rendered from its
 * beginning whenever a part of it is needed, and stops as soon as that part is complete. The first
 * window usually holds all of it.
 */
#include "client/client.h"

#include "bedrock/json.h"
#include "bedrock/version.h"
#include "encoding/uri.h"
#include "sigv4/sigv4.h"
#include "util/bytes.h"
#include "util/crc32.h"

#include <string.h>

/* What a window's write returns when the window is full: no failure, only the end of this
 * rendering. */
#define WINDOW_FULL 2

#define CONTENT_TYPE "application/json"

static void put_header(struct bedrock_output *out, const char *name, const char *value)
{
    bedrock_output_text(out, name);
    bedrock_output_text(out, value);
    bedrock_output_text(out, "\r\n");
}

static void put_path(struct bedrock_output *out, const struct bedrock_client *client)
{
    bedrock_output_put(out, client->endpoint.path, client->endpoint.path_len);
    client->operation->write_path(out, client->request);
}

/* The smallest set that the service accepts, in canonical order. */
static const char *signed_names(const struct bedrock_client *client)
{
    return client->keys.session_token != NULL ? "content-type;host;x-amz-date;x-amz-security-token"
                                              : "content-type;host;x-amz-date";
}

/* The headers are our own, so they are known to be in canonical form: nothing to sort, trim or
 * join. */
void bdk_request_put_canonical(struct bedrock_output *out, const void *ctx, const void *hash)
{
    const struct bedrock_client *client = ctx;
    struct bdk_uri_filter path; /* encodes once more what is on the wire */

    bedrock_output_text(out, client->operation->method);
    bedrock_output_text(out, "\n");
    bdk_uri_filter_init(&path, out);
    put_path(&path.out, client);
    bedrock_output_text(out, "\n\ncontent-type:" CONTENT_TYPE "\nhost:");
    bedrock_output_text(out, client->endpoint.authority);
    bedrock_output_text(out, "\nx-amz-date:");
    bedrock_output_text(out, client->date);
    if (client->keys.session_token != NULL) {
        bedrock_output_text(out, "\nx-amz-security-token:");
        bedrock_output_text(out, client->keys.session_token);
    }
    bedrock_output_text(out, "\n\n");
    bedrock_output_text(out, signed_names(client));
    bedrock_output_text(out, "\n");
    bdk_sigv4_put_hex(out, hash);
}

void bdk_request_scope(const struct bedrock_client *client, struct bedrock_sigv4_scope *scope)
{
    scope->access_key_id = client->keys.access_key_id;
    scope->secret_access_key = client->keys.secret_access_key;
    scope->region = client->config.region;
    scope->service = "bedrock"; /* the signing name; the host says bedrock-runtime */
    scope->date = client->date;
}

static void render_signature(struct bedrock_client *client, struct bedrock_output *out)
{
    struct bedrock_sigv4_scope scope;

    put_header(out, "X-Amz-Date: ", client->date);
    if (client->keys.session_token != NULL) {
        put_header(out, "X-Amz-Security-Token: ", client->keys.session_token);
    }
    bdk_request_scope(client, &scope);
    bedrock_output_text(out, "Authorization: ");
    bdk_sigv4_put_authorization(out, &scope, signed_names(client), client->signature);
    bedrock_output_text(out, "\r\n");
}

static void render_user_agent(struct bedrock_client *client, struct bedrock_output *out)
{
    bedrock_output_text(out, "User-Agent: libbedrock/" BEDROCK_VERSION " ua/2.1 lang/c ");
    if (client->config.user_agent != NULL) {
        bedrock_output_text(out, client->config.user_agent);
    }
    bedrock_output_text(out, "\r\n");
}

/* Every value has been looked at before: the endpoint and user agent when the client was made, the
 * keys when they were got. None can end its line. */
static void render_head(struct bedrock_client *client, struct bedrock_output *out)
{
    bedrock_output_text(out, client->operation->method);
    bedrock_output_text(out, " ");
    put_path(out, client);
    put_header(out, " HTTP/1.1\r\nHost: ", client->endpoint.authority);
    bedrock_output_text(out, "Content-Type: " CONTENT_TYPE "\r\nContent-Length: ");
    bedrock_output_decimal(out, client->body_len);
    bedrock_output_text(out, "\r\n");
    render_user_agent(client, out);
    if (client->keys.bearer_token != NULL) {
        put_header(out, "Authorization: Bearer ", client->keys.bearer_token);
    } else {
        render_signature(client, out);
    }
    bedrock_output_text(out, "\r\n");
}

static int render_body(struct bedrock_client *client, struct bedrock_output *out)
{
    struct bedrock_json_writer json;

    bedrock_json_writer_init(&json, out);
    if (client->operation->render(&json, client->request) == 0) {
        bedrock_json_writer_finish(&json);
    }
    return out->status;
}

struct measure {
    struct bedrock_sha256 *sha; /* NULL with a bearer key: nothing is signed */
    uint32_t crc;
};

static int measure_write(void *ctx, const void *data, size_t len)
{
    struct measure *measure = ctx;

    if (measure->sha != NULL) {
        bedrock_sha256_update(measure->sha, data, len);
    }
    measure->crc = bdk_crc32(measure->crc, data, len);
    return 0;
}

int bdk_request_measure(struct bedrock_client *client, struct bedrock_sha256 *sha)
{
    struct measure measure = {sha, 0};
    struct bedrock_output out;
    int status;

    bedrock_output_init(&out, measure_write, &measure, 0);
    status = render_body(client, &out);
    client->body_len = out.count;
    client->body_crc = measure.crc;
    return status;
}

struct window {
    struct bedrock_client *client;
    uint8_t *data;
    size_t cap;
    size_t len;
    uint32_t body_left; /* bytes that Content-Length still promises, in the body */
    uint8_t in_body;
};

static int window_write(void *ctx, const void *data, size_t len)
{
    struct window *window = ctx;
    size_t room = window->cap - window->len;
    size_t taken = len < room ? len : room;

    memcpy(window->data + window->len, data, taken);
    window->len += taken;
    if (window->in_body) {
        if (taken > window->body_left) {
            return BEDROCK_E_BODY_CHANGED;
        }
        window->body_left -= (uint32_t)taken;
        window->client->sent_crc = bdk_crc32(window->client->sent_crc, data, taken);
    }
    return taken < len ? WINDOW_FULL : 0;
}

/* Renders [sent, sent + cap) into the window. 0: to the end; WINDOW_FULL: there is more; negative:
 * failed. */
static int render_window(struct bedrock_client *client, struct window *window)
{
    struct bedrock_output out;
    uint32_t head_len;

    bedrock_output_init(&out, window_write, window, client->sent);
    render_head(client, &out);
    if (out.status != 0) {
        return out.status;
    }
    head_len = out.count;
    window->in_body = 1;
    window->body_left = client->body_len;
    if (client->sent > head_len) {
        window->body_left -= client->sent - head_len;
    }
    render_body(client, &out);
    if (out.status == 0 &&
        (out.count - head_len != client->body_len || client->sent_crc != client->body_crc)) {
        return BEDROCK_E_BODY_CHANGED;
    }
    return out.status;
}

int bdk_request_send(struct bedrock_client *client, uint32_t wait_ms, int *complete)
{
    struct bedrock_transport *transport = client->transport;
    struct window window = {0};
    int status = transport->type->reserve(transport, &window.data, &window.cap, wait_ms);

    *complete = 0;
    if (status != BEDROCK_OK) {
        return status;
    }
    window.client = client;
    status = render_window(client, &window);
    if (status < 0) {
        return status;
    }
    transport->type->commit(transport, window.len);
    client->sent += (uint32_t)window.len;
    *complete = status == 0;
    return BEDROCK_OK;
}
