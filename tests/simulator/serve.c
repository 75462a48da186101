/* SPDX-License-Identifier: MIT */
/* A connection's life: read a request, decide what goes wrong, answer, again. */
#include "serve.h"

#include "answer.h"
#include "operation.h"
#include "signature.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static void add_option_faults(struct sim_exchange *x)
{
    int i;

    for (i = 0; i < x->options->fault_count; i++) {
        sim_fault_add(&x->faults, x->options->faults[i], &x->error);
    }
}

/* The names under which a client may know us. */
static int is_our_host(const struct sim_exchange *x, const char *host)
{
    static const char *const names[] = {"localhost", "127.0.0.1", "[::1]",
                                        "bedrock-runtime.us-east-1.amazonaws.com"};
    char with_port[128];
    size_t i;

    if (x->options->host != NULL) {
        return strcasecmp(host, x->options->host) == 0;
    }
    for (i = 0; i < sizeof names / sizeof names[0]; i++) {
        snprintf(with_port, sizeof with_port, "%s:%d", names[i], x->options->port);
        if (strcasecmp(host, with_port) == 0) {
            return 1;
        }
    }
    return strcasecmp(host, names[3]) == 0;
}

static int check_host(struct sim_exchange *x)
{
    const char *host = sim_request_header(&x->request, "host");

    if (!is_our_host(x, host)) {
        return sim_refuse(&x->error, 400, "BadRequestException",
                          "Simulator: the Host header is not ours: %s", host);
    }
    return 0;
}

static void log_exchange(const struct sim_exchange *x)
{
    const char *message = sim_text_string(&x->error.message);

    if (x->options->verbose) {
        fprintf(stderr, "simulator: %s %s %s: %d %s%s%.*s\n",
                x->request.method ? x->request.method : "?",
                x->request.path ? x->request.path : "?", x->operation ? x->operation->name : "-",
                x->status, x->error.status ? x->error.type : "", x->error.status ? " " : "",
                (int)strcspn(message, "\n"), message);
    }
}

/* Before the answer, so that whoever has the answer finds the request in the file. */
static void dump_request(const struct sim_exchange *x)
{
    FILE *dump = x->options->dump_file != NULL ? fopen(x->options->dump_file, "ab") : NULL;

    if (dump != NULL) {
        fwrite(x->request.bytes.data, 1, x->request.bytes.len, dump);
        fputs("\n", dump);
        fclose(dump);
    }
}

static void answer_html(struct sim_exchange *x, long status)
{
    static const char page[] = "<html>\r\n<head><title>Bad gateway</title></head>\r\n<body>\r\n"
                               "<h1>This page comes from a proxy</h1>\r\n</body>\r\n</html>\r\n";

    sim_answer(x, (int)status, "text/html", "", page, sizeof page - 1);
}

static void answer_throttled(struct sim_exchange *x, const char *header, long value)
{
    static const char body[] =
        "{\"message\":\"Too many requests, please wait before trying again.\"}";
    char extra[192];

    snprintf(extra, sizeof extra,
             "x-amzn-ErrorType: ThrottlingException:http://internal.amazon.com/coral/"
             "com.amazon.bedrock/\r\n%s: %ld\r\n",
             header, value);
    sim_answer(x, 429, "application/json", extra, body, sizeof body - 1);
}

static const char *default_error_name(long status)
{
    static const struct {
        long status;
        const char *name;
    } names[] = {{400, "ValidationException"},
                 {403, "AccessDeniedException"},
                 {404, "ResourceNotFoundException"},
                 {408, "ModelTimeoutException"},
                 {413, "RequestEntityTooLargeException"},
                 {424, "ModelErrorException"},
                 {429, "ThrottlingException"},
                 {500, "InternalServerException"},
                 {503, "ServiceUnavailableException"}};
    size_t i;

    for (i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (names[i].status == status) {
            return names[i].name;
        }
    }
    return "UnknownError";
}

static void answer_status(struct sim_exchange *x, const struct sim_fault *fault)
{
    const char *name = fault->argument[1];
    const char *message = fault->argument[2];

    sim_refuse(&x->error, (int)fault->number, *name ? name : default_error_name(fault->number),
               "%s", *message ? message : "Simulated failure");
    sim_answer_error(x, &x->error);
}

/* Faults that take the place of the answer; 1 if one did. */
static int answer_by_fault(struct sim_exchange *x)
{
    const struct sim_fault *fault;

    if (sim_exchange_fault(x, SIM_FAULT_CLOSE_BEFORE) != NULL) {
        sim_link_close(x->link, SIM_CLOSE_TRUNCATED);
    } else if (sim_exchange_fault(x, SIM_FAULT_STALL_HEAD) != NULL) {
        sim_link_close(x->link, SIM_CLOSE_STALL);
    } else if ((fault = sim_exchange_fault(x, SIM_FAULT_HTML)) != NULL) {
        answer_html(x, fault->number);
    } else if ((fault = sim_exchange_fault(x, SIM_FAULT_RETRY_AFTER)) != NULL) {
        answer_throttled(x, "Retry-After", fault->number);
    } else if ((fault = sim_exchange_fault(x, SIM_FAULT_X_RETRY_AFTER)) != NULL) {
        answer_throttled(x, "x-amz-retry-after", fault->number);
    } else if ((fault = sim_exchange_fault(x, SIM_FAULT_STATUS)) != NULL) {
        answer_status(x, fault);
    } else {
        return 0;
    }
    return 1;
}

/* Who asks comes before what is asked: this error takes the place of one of the route. */
static int check_caller(struct sim_exchange *x)
{
    struct sim_error route = x->error;

    memset(&x->error, 0, sizeof x->error);
    if (check_host(x) != 0 || sim_authenticate(&x->request, sim_exchange_now(x), &x->error) != 0) {
        sim_text_free(&route.message);
        return -1;
    }
    x->error = route;
    return 0;
}

static void answer_request(struct sim_exchange *x)
{
    if (check_caller(x) != 0) {
        sim_answer_error(x, &x->error);
        return;
    }
    if (x->error.status == 0 && answer_by_fault(x)) {
        return;
    }
    if (x->error.status != 0 || sim_operation_check(x) != 0) {
        sim_answer_error(x, &x->error);
        return;
    }
    x->operation->answer(x);
}

static void refuse_unreadable(struct sim_exchange *x)
{
    x->must_close = 1;
    sim_refuse(&x->error, x->request.status, "BadRequestException", "Simulator: %s",
               x->request.problem);
    sim_answer_error(x, &x->error);
}

static void answer_early(struct sim_exchange *x, long status)
{
    x->must_close = 1;
    sim_refuse(&x->error, (int)status, default_error_name(status), "Simulated refusal of the body");
    sim_answer_error(x, &x->error);
}

static int wants_close(const struct sim_exchange *x)
{
    const char *connection = sim_request_header(&x->request, "connection");

    return connection != NULL && strcasecmp(connection, "close") == 0;
}

/* From the head on; the link's state says how it ended. */
static void handle(struct sim_exchange *x, int is_stale)
{
    const struct sim_fault *early;
    enum sim_read result;

    if (is_stale) {
        sim_link_close(x->link, SIM_CLOSE_TRUNCATED);
        return;
    }
    add_option_faults(x);
    sim_operation_route(x);
    x->must_close = wants_close(x);
    early = sim_exchange_fault(x, SIM_FAULT_EARLY_ERROR);
    if (early != NULL) {
        answer_early(x, early->number);
        return;
    }
    result = sim_http_read_body(x->link, &x->request);
    dump_request(x);
    if (result == SIM_READ_OK) {
        answer_request(x);
    } else if (result == SIM_READ_BAD) {
        refuse_unreadable(x);
    } else {
        x->must_close = 1;
    }
}

static void release(struct sim_exchange *x)
{
    size_t i;

    sim_request_free(&x->request);
    sim_json_free(x->input);
    sim_text_free(&x->error.message);
    sim_text_free(&x->pending);
    sim_text_free(&x->model_text);
    for (i = 0; i < SIM_LABELS; i++) {
        sim_text_free(&x->label[i]);
    }
    free(x);
}

/* One request and its answer; 0 when the connection is at its end. */
static int serve_one(const struct sim_options *options, struct sim_link *link, unsigned serial,
                     int *is_stale)
{
    struct sim_exchange *x = sim_alloc(sizeof *x);
    enum sim_read result;
    int goes_on;

    x->options = options;
    x->link = link;
    x->serial = serial;
    result = sim_http_read_head(link, &x->request);
    if (result == SIM_READ_OK) {
        handle(x, *is_stale);
        *is_stale = sim_exchange_fault(x, SIM_FAULT_STALE) != NULL;
    } else if (result == SIM_READ_BAD) {
        refuse_unreadable(x);
    }
    goes_on = result == SIM_READ_OK && !x->must_close && !link->is_over;
    if (result != SIM_READ_CLOSED) {
        log_exchange(x);
    }
    release(x);
    return goes_on;
}

void sim_serve(const struct sim_options *options, int fd)
{
    struct sim_link link;
    unsigned serial = 0;
    int is_stale = 0;

    sim_link_open(&link, fd, options->idle_s, options->plain ? NULL : options->chain);
    while (serve_one(options, &link, serial, &is_stale)) {
        serial++;
    }
    sim_link_close(&link, SIM_CLOSE_CLEAN);
    if (options->verbose && link.tls_error != 0) {
        fprintf(stderr, "simulator: connection ended with TLS error %d\n", link.tls_error);
    }
}
