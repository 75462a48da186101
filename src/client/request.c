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
#include "util/bytes.h"
#include "util/crc32.h"

#include <string.h>

/* What a window's write returns when the window is full: no failure, only the end of this
 * rendering. */
#define WINDOW_FULL 2

int bdk_request_write_path(struct bedrock_output *out, const void *ctx)
{
    const struct bedrock_client *client = ctx;

    bedrock_output_put(out, client->endpoint.path, client->endpoint.path_len);
    return client->operation->write_path(out, client->request);
}

void bdk_signing_fill(struct bdk_signing *signing, const struct bedrock_client *client)
{
    size_t count = 0;

    memset(signing, 0, sizeof *signing);
    signing->headers[count++] = (struct bedrock_sigv4_header){"content-type", "application/json"};
    signing->headers[count++] = (struct bedrock_sigv4_header){"host", client->endpoint.authority};
    signing->headers[count++] = (struct bedrock_sigv4_header){"x-amz-date", client->date};
    if (client->keys.session_token != NULL) {
        signing->headers[count++] =
            (struct bedrock_sigv4_header){"x-amz-security-token", client->keys.session_token};
    }
    signing->request.method = client->operation->method;
    signing->request.write_path = bdk_request_write_path;
    signing->request.path_ctx = client;
    signing->request.headers = signing->headers;
    signing->request.header_count = count;
    signing->scope.access_key_id = client->keys.access_key_id;
    signing->scope.secret_access_key = client->keys.secret_access_key;
    signing->scope.region = client->config.region;
    signing->scope.service = "bedrock"; /* the signing name; the host says bedrock-runtime */
    signing->scope.date = client->date;
}

static void render_authorization(struct bedrock_client *client, struct bedrock_output *out)
{
    struct bdk_signing signing;

    if (client->keys.bearer_token != NULL) {
        bedrock_http_begin_header(out, "Authorization");
        bedrock_output_text(out, "Bearer ");
        bedrock_output_text(out, client->keys.bearer_token);
        bedrock_http_end_header(out);
        return;
    }
    bedrock_http_put_header(out, "X-Amz-Date", client->date);
    if (client->keys.session_token != NULL) {
        bedrock_http_put_header(out, "X-Amz-Security-Token", client->keys.session_token);
    }
    bdk_signing_fill(&signing, client);
    bedrock_http_begin_header(out, "Authorization");
    bedrock_sigv4_put_authorization(out, &signing.request, &signing.scope, client->signature);
    bedrock_http_end_header(out);
}

static void render_user_agent(struct bedrock_client *client, struct bedrock_output *out)
{
    bedrock_http_begin_header(out, "User-Agent");
    bedrock_output_text(out, "libbedrock/" BEDROCK_VERSION " ua/2.1 lang/c");
    if (client->config.user_agent != NULL) {
        bedrock_output_text(out, " ");
        bedrock_output_text(out, client->config.user_agent);
    }
    bedrock_http_end_header(out);
}

static void render_head(struct bedrock_client *client, struct bedrock_output *out)
{
    bedrock_http_put_method(out, client->operation->method);
    bdk_request_write_path(out, client);
    bedrock_http_put_version(out);
    bedrock_http_put_header(out, "Host", client->endpoint.authority);
    bedrock_http_put_header(out, "Content-Type", "application/json");
    bedrock_http_begin_header(out, "Content-Length");
    bedrock_output_decimal(out, client->body_len);
    bedrock_http_end_header(out);
    render_user_agent(client, out);
    render_authorization(client, out);
    bedrock_http_end_head(out);
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
