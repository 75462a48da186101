/* SPDX-License-Identifier: MIT */
#include "answer.h"

#include "clock.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *reason_of(int status)
{
    static const struct {
        int status;
        const char *reason;
    } reasons[] = {{200, "OK"},
                   {400, "Bad Request"},
                   {403, "Forbidden"},
                   {404, "Not Found"},
                   {408, "Request Timeout"},
                   {411, "Length Required"},
                   {413, "Payload Too Large"},
                   {415, "Unsupported Media Type"},
                   {424, "Failed Dependency"},
                   {429, "Too Many Requests"},
                   {431, "Request Header Fields Too Large"},
                   {500, "Internal Server Error"},
                   {502, "Bad Gateway"},
                   {503, "Service Unavailable"},
                   {504, "Gateway Timeout"}};
    size_t i;

    for (i = 0; i < sizeof reasons / sizeof reasons[0]; i++) {
        if (reasons[i].status == status) {
            return reasons[i].reason;
        }
    }
    return "Unknown";
}

/* The faults that sit in the link itself, and count bytes of the whole answer. */
static void arm_link(struct sim_exchange *x)
{
    static const struct {
        enum sim_fault_kind kind;
        enum sim_close how;
    } stops[] = {{SIM_FAULT_RESET, SIM_CLOSE_RESET}, {SIM_FAULT_STALL, SIM_CLOSE_STALL}};
    const struct sim_fault *fault = sim_exchange_fault(x, SIM_FAULT_BYTES);
    size_t i;

    x->link->piece = fault != NULL && fault->number > 0 ? (size_t)fault->number : 0;
    x->link->sent = 0;
    x->link->has_stop = 0;
    for (i = 0; i < 2; i++) {
        fault = sim_exchange_fault(x, stops[i].kind);
        if (fault != NULL) {
            x->link->has_stop = 1;
            x->link->stop_at = (size_t)fault->number;
            x->link->stop_how = stops[i].how;
        }
    }
}

static void add_request_id(struct sim_text *head, const struct sim_exchange *x)
{
    unsigned long a = (unsigned long)sim_exchange_now(x) & 0xffffffff;
    unsigned b = sim_exchange_pick(x, 0x10000);

    sim_text_printf(head, "x-amzn-RequestId: %08lx-%04x-4%03x-9%03x-%06x%06x\r\n", a, b, b & 0xfff,
                    x->serial & 0xfff, b * 251u & 0xffffff, b * 65521u & 0xffffff);
}

static void add_big_headers(struct sim_text *head, long len)
{
    int i;

    for (i = 0; i < 8; i++) {
        sim_text_printf(head, "Set-Cookie: AWSALB%d=%0*d; Path=/\r\n", i, (int)(len / 8), i);
    }
}

static void add_interim(struct sim_text *head)
{
    sim_text_puts(head, "HTTP/1.1 100 Continue\r\n\r\n"
                        "HTTP/1.1 103 Early Hints\r\nLink: </x>; rel=preload\r\n\r\n");
}

void sim_answer_head(struct sim_exchange *x, int status, const char *type, const char *framing,
                     const char *extra)
{
    const struct sim_fault *big = sim_exchange_fault(x, SIM_FAULT_BIG_HEADER);
    struct sim_text head = {NULL, 0, 0};

    arm_link(x);
    if (sim_exchange_fault(x, SIM_FAULT_INTERIM) != NULL) {
        add_interim(&head);
    }
    sim_text_printf(&head, "HTTP/1.1 %d %s\r\nDate: ", status, reason_of(status));
    sim_clock_http(&head, sim_exchange_now(x));
    sim_text_printf(&head, "\r\nContent-Type: %s\r\n%s", type, framing);
    if (big != NULL) {
        add_big_headers(&head, big->number);
    }
    sim_text_printf(&head, "Connection: %s\r\n", x->must_close ? "close" : "keep-alive");
    add_request_id(&head, x);
    sim_text_printf(&head, "%s\r\n", extra);
    sim_link_write(x->link, head.data, head.len);
    x->status = status;
    sim_text_free(&head);
}

/* Body bytes within one chunk or Content-Length: where corrupt, cut and truncate count. */
static void send_body(struct sim_exchange *x, const char *data, size_t len)
{
    const struct sim_fault *corrupt = sim_exchange_fault(x, SIM_FAULT_CORRUPT);
    const struct sim_fault *cut = sim_exchange_fault(x, SIM_FAULT_CUT);
    const struct sim_fault *truncate = sim_exchange_fault(x, SIM_FAULT_TRUNCATE);
    const struct sim_fault *stop = cut != NULL ? cut : truncate;
    size_t left = stop != NULL ? (size_t)stop->number - x->body_sent : len + 1;
    size_t allowed = left <= len ? left : len;
    struct sim_text copy = {NULL, 0, 0};

    sim_text_add(&copy, data, allowed);
    if (corrupt != NULL && (size_t)corrupt->number >= x->body_sent &&
        (size_t)corrupt->number < x->body_sent + allowed) {
        copy.data[(size_t)corrupt->number - x->body_sent] ^= 0x10;
    }
    sim_link_write(x->link, copy.data, copy.len);
    sim_text_free(&copy);
    x->body_sent += allowed;
    if (left <= len) {
        sim_link_close(x->link, cut != NULL ? SIM_CLOSE_CLEAN : SIM_CLOSE_TRUNCATED);
    }
}

static void send_chunk(struct sim_exchange *x, const char *data, size_t len)
{
    char line[32];

    snprintf(line, sizeof line, "%lx\r\n", (unsigned long)len);
    sim_link_write(x->link, line, strlen(line));
    send_body(x, data, len);
    sim_link_write(x->link, "\r\n", 2);
}

void sim_answer_chunks(struct sim_exchange *x, size_t len, size_t size)
{
    const struct sim_fault *fault = sim_exchange_fault(x, SIM_FAULT_CHUNK);
    size_t at = 0;

    if (fault != NULL && fault->number > 0) {
        size = (size_t)fault->number;
    }
    while (at < len) {
        size_t n = len - at < size ? len - at : size;

        send_chunk(x, x->pending.data + at, n);
        at += n;
    }
    sim_link_flush(x->link);
    memmove(x->pending.data, x->pending.data + len, x->pending.len - len);
    x->pending.len -= len;
}

void sim_answer_last_chunk(struct sim_exchange *x)
{
    if (sim_exchange_fault(x, SIM_FAULT_LENGTH_LIE) != NULL) {
        sim_link_close(x->link, SIM_CLOSE_CLEAN);
        return;
    }
    sim_link_write(x->link, "0\r\n\r\n", 5);
}

void sim_answer_finish(struct sim_exchange *x)
{
    static const char junk[] = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";

    if (sim_exchange_fault(x, SIM_FAULT_JUNK) != NULL) {
        sim_link_write(x->link, junk, sizeof junk - 1);
    }
    sim_link_flush(x->link);
}

static void answer_chunked(struct sim_exchange *x, int status, const char *type, const char *extra,
                           const void *body, size_t len)
{
    sim_answer_head(x, status, type, "Transfer-Encoding: chunked\r\n", extra);
    sim_text_clear(&x->pending);
    sim_text_add(&x->pending, body, len);
    sim_answer_chunks(x, len, len / 3 + 1);
    sim_answer_last_chunk(x);
}

void sim_answer(struct sim_exchange *x, int status, const char *type, const char *extra,
                const void *body, size_t len)
{
    const struct sim_fault *lie = sim_exchange_fault(x, SIM_FAULT_LENGTH_LIE);
    char framing[64];

    if (sim_exchange_fault(x, SIM_FAULT_CHUNK) != NULL || (lie == NULL && len % 4 == 3)) {
        answer_chunked(x, status, type, extra, body, len);
    } else {
        snprintf(framing, sizeof framing, "Content-Length: %ld\r\n",
                 (long)len + (lie != NULL ? lie->number : 0));
        sim_answer_head(x, status, type, framing, extra);
        send_body(x, body, len);
        if (lie != NULL) {
            sim_link_close(x->link, SIM_CLOSE_CLEAN);
        }
    }
    sim_answer_finish(x);
}

void sim_answer_json(struct sim_exchange *x, struct sim_text *body)
{
    sim_answer(x, 200, "application/json", "", sim_text_string(body), body->len);
    sim_text_free(body);
}

void sim_answer_error(struct sim_exchange *x, const struct sim_error *error)
{
    struct sim_text extra = {NULL, 0, 0};
    struct sim_text body = {NULL, 0, 0};

    sim_text_printf(&extra, "x-amzn-ErrorType: %s:http://internal.amazon.com/coral/%s/\r\n",
                    error->type, "com.amazon.bedrock");
    sim_text_puts(&body, "{\"message\":");
    sim_text_json(&body, sim_text_string(&error->message), error->message.len);
    sim_text_puts(&body, "}");
    sim_answer(x, error->status, "application/json", extra.data, body.data, body.len);
    sim_text_free(&extra);
    sim_text_free(&body);
}
