/* SPDX-License-Identifier: MIT */
#define _POSIX_C_SOURCE 200809L

#include "stream.h"

#include "answer.h"
#include "frame.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

void sim_stream_begin(struct sim_exchange *x, const char *extra)
{
    sim_answer_head(x, 200, "application/vnd.amazon.eventstream", "Transfer-Encoding: chunked\r\n",
                    extra);
    sim_link_flush(x->link);
}

/* Frames never line up with chunks for long: sometimes a frame is torn in two or three, sometimes
 * its tail waits for the next one. */
void sim_stream_frame(struct sim_exchange *x, const char *frame, size_t len)
{
    size_t tail = x->options->pace_ms < 100 ? 5 : 0;

    sim_text_add(&x->pending, frame, len);
    switch (x->frame_count++ % 4) {
    case 0:
        sim_answer_chunks(x, x->pending.len, x->pending.len);
        break;
    case 1:
        sim_answer_chunks(x, x->pending.len, x->pending.len / 2 + 1);
        break;
    case 2:
        sim_answer_chunks(x, x->pending.len - tail, x->pending.len);
        break;
    default:
        sim_answer_chunks(x, 1, 1);
        sim_answer_chunks(x, x->pending.len, x->pending.len / 2 + 3);
        break;
    }
}

void sim_stream_event(struct sim_exchange *x, const char *name, const char *members)
{
    static const char alphabet[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    const struct sim_frame_header headers[] = {{":event-type", name},
                                               {":content-type", "application/json"},
                                               {":message-type", "event"},
                                               {NULL, NULL}};
    struct sim_text payload = {NULL, 0, 0};
    struct sim_text frame = {NULL, 0, 0};
    int padding = (int)(x->frame_count * 7 % sizeof alphabet);

    if (x->frame_count % 5 == 4) {
        sim_text_printf(&payload, "{\"p\":\"%.*s\",%s}", padding, alphabet, members);
    } else if (strlen(members) > 4000) {
        sim_text_printf(&payload, "{%s}", members);
    } else {
        sim_text_printf(&payload, "{%s,\"p\":\"%.*s\"}", members, padding, alphabet);
    }
    sim_frame(&frame, headers, payload.data, payload.len);
    sim_stream_frame(x, frame.data, frame.len);
    sim_text_free(&payload);
    sim_text_free(&frame);
}

void sim_stream_end(struct sim_exchange *x)
{
    if (x->pending.len > 0) {
        sim_answer_chunks(x, x->pending.len, x->pending.len);
    }
    sim_answer_last_chunk(x);
    sim_answer_finish(x);
}

void sim_stream_pace(struct sim_exchange *x)
{
    int ms = x->options->pace_ms;
    struct timespec pause;

    if (x->model != NULL && strncmp(x->model, "sim.slow:", 9) == 0) {
        ms = atoi(x->model + 9);
    }
    pause.tv_sec = ms / 1000;
    pause.tv_nsec = (long)(ms % 1000) * 1000000;
    if (ms > 0 && !x->link->is_over) {
        nanosleep(&pause, NULL);
    }
}

/* The payload of an exception, with the two members that only modelStreamErrorException has. */
static void add_exception_payload(struct sim_text *out, const struct sim_fault *fault)
{
    const char *name = fault->argument[0];
    const char *message =
        fault->argument[2][0] != '\0' ? fault->argument[2] : "Simulated exception";

    sim_text_puts(out, "{\"message\":");
    sim_text_json(out, message, strlen(message));
    if (strcmp(name + 1, "odelStreamErrorException") == 0) {
        sim_text_puts(out,
                      ",\"originalMessage\":\"The model fell over\",\"originalStatusCode\":424");
    }
    sim_text_puts(out, "}");
}

static void send_exception(struct sim_exchange *x, const struct sim_fault *fault)
{
    const struct sim_frame_header headers[] = {{":exception-type", fault->argument[0]},
                                               {":content-type", "application/json"},
                                               {":message-type", "exception"},
                                               {NULL, NULL}};
    struct sim_text payload = {NULL, 0, 0};
    struct sim_text frame = {NULL, 0, 0};

    add_exception_payload(&payload, fault);
    sim_frame(&frame, headers, payload.data, payload.len);
    sim_stream_frame(x, frame.data, frame.len);
    sim_text_free(&payload);
    sim_text_free(&frame);
}

static void send_error_frame(struct sim_exchange *x)
{
    const struct sim_frame_header headers[] = {
        {":message-type", "error"},
        {":error-code", "InternalError"},
        {":error-message", "An internal server error occurred."},
        {NULL, NULL}};
    struct sim_text frame = {NULL, 0, 0};

    sim_frame(&frame, headers, "", 0);
    sim_stream_frame(x, frame.data, frame.len);
    sim_text_free(&frame);
}

int sim_stream_breaks(struct sim_exchange *x)
{
    const struct sim_fault *exception = sim_exchange_fault(x, SIM_FAULT_EXCEPTION);
    const struct sim_fault *error = sim_exchange_fault(x, SIM_FAULT_ERROR_FRAME);
    long done = x->delta_count++;

    if (exception != NULL &&
        done == (exception->argument[1][0] != '\0' ? atol(exception->argument[1]) : 1)) {
        send_exception(x, exception);
        return 1;
    }
    if (error != NULL && done == error->number) {
        send_error_frame(x);
        return 1;
    }
    return x->link->is_over;
}
