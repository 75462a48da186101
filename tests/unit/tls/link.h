/* SPDX-License-Identifier: MIT */
/* A transport and its peer, joined; what the tests of a transport do over and over. Header only. */
#ifndef TESTS_TLS_LINK_H
#define TESTS_TLS_LINK_H

#include "bedrock/error.h"
#include "peer.h"
#include "test.h"

#define HOST        "server.test"
#define MANY_CALLS  1000000 /* a loop that takes more would never end */
#define ANCHORS_CAP 4096

struct link {
    struct peer *peer;
    struct bedrock_transport *transport; /* in exactly size bytes of the heap */
    size_t size;
    struct bedrock_transport_options options;
    struct bedrock_anchors anchors;
    union {
        void *align;
        uint8_t bytes[ANCHORS_CAP];
    } memory;
};

static const char *const anchor_of[] = {test_ca, test_ca, test_p384};

/* Reads the anchor that fits the peer's certificate and makes a transport in the smallest memory
 * that does, and extra bytes. The transport is NULL if init() failed. */
static int link_up(struct link *link, const struct bedrock_transport_class *type,
                   enum peer_key kind, size_t extra, uint16_t record_size)
{
    const char *pem = anchor_of[kind];
    int result;

    memset(link, 0, sizeof *link);
    link->peer = peer_new(kind);
    if (bedrock_anchors_from_pem(&link->anchors, link->memory.bytes, sizeof link->memory.bytes, pem,
                                 strlen(pem)) != BEDROCK_OK) {
        exit(2);
    }
    link->options.port = &link->peer->port;
    link->options.anchors = &link->anchors;
    link->options.record_size = record_size;
    type->init(NULL, 0, &link->options, &link->size);
    link->size += extra;
    link->transport = malloc(link->size);
    memset(link->transport, 0xa5, link->size);
    link->transport->type = type;
    result = type->init(link->transport, link->size, &link->options, &link->size);
    link->size += extra;
    CHECK_INT(result, BEDROCK_OK);
    return result;
}

static void link_down(struct link *link)
{
    free(link->transport);
    free(link->peer);
}

static int open_at(struct link *link, const char *host, int64_t unix_s)
{
    int result = BEDROCK_AGAIN, calls;

    for (calls = 0; result == BEDROCK_AGAIN && calls < MANY_CALLS; calls++) {
        result = link->transport->type->open(link->transport, host, 443, unix_s, 0);
    }
    return result;
}

static int open_link(struct link *link)
{
    return open_at(link, HOST, TEST_NOW);
}

static int flush_all(struct link *link)
{
    int result = BEDROCK_AGAIN, calls;

    for (calls = 0; result == BEDROCK_AGAIN && calls < MANY_CALLS; calls++) {
        result = link->transport->type->flush(link->transport, 0);
    }
    return result;
}

/* Sends len bytes of the pattern, from its byte number `from` on, at most `step` a commit. */
static int send_pattern(struct link *link, size_t from, size_t len, size_t step)
{
    const struct bedrock_transport_class *type = link->transport->type;
    size_t done = 0, cap, i, calls = 0;
    uint8_t *data;

    while (done < len && calls++ < MANY_CALLS) {
        int result = type->reserve(link->transport, &data, &cap, 0);

        if (result == BEDROCK_AGAIN) {
            continue;
        }
        if (result != BEDROCK_OK) {
            return result;
        }
        CHECK(cap > 0);
        cap = cap < step ? cap : step;
        cap = cap < len - done ? cap : len - done;
        for (i = 0; i < cap; i++) {
            data[i] = pattern(from + done++);
        }
        type->commit(link->transport, cap);
    }
    return flush_all(link);
}

/* Receives until len bytes of the pattern have come, using at most `step` at a time. Returns
 * BEDROCK_OK, or what ended it. */
static int receive_pattern(struct link *link, size_t from, size_t len, size_t step)
{
    const struct bedrock_transport_class *type = link->transport->type;
    size_t done = 0, got, i, wrong = 0, calls = 0;
    const uint8_t *data;

    while (done < len && calls++ < MANY_CALLS) {
        int result = type->receive(link->transport, &data, &got, 0);

        if (result == BEDROCK_AGAIN) {
            continue;
        }
        if (result != BEDROCK_EVENT) {
            return result == 0 ? BEDROCK_E_READ : result;
        }
        CHECK(got > 0);
        got = got < step ? got : step;
        got = got < len - done ? got : len - done;
        for (i = 0; i < got; i++) {
            wrong += data[i] != pattern(from + done++);
        }
        type->consume(link->transport, got);
    }
    CHECK_INT(wrong, 0);
    CHECK_INT(done, len);
    return BEDROCK_OK;
}

/* The next answer of receive() that is not AGAIN. */
static int receive_any(struct link *link, const uint8_t **data, size_t *len)
{
    int result = BEDROCK_AGAIN, calls;

    for (calls = 0; result == BEDROCK_AGAIN && calls < MANY_CALLS; calls++) {
        result = link->transport->type->receive(link->transport, data, len, 0);
    }
    return result;
}

static int receive_end(struct link *link)
{
    const uint8_t *data;
    size_t len;

    return receive_any(link, &data, &len);
}

static void close_link(struct link *link)
{
    link->transport->type->close(link->transport);
}

#endif
