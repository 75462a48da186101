/* SPDX-License-Identifier: MIT */
#include "operation.h"

#include "async.h"
#include "converse.h"
#include "guardrail.h"
#include "invoke.h"
#include "rules.h"
#include "shapes.h"

#include <string.h>

static int check_converse(struct sim_exchange *x)
{
    return sim_rules_check(x->input, x->label[0].data, &x->error);
}

static const struct sim_operation operations[] = {
    {"Converse", "POST", "/model/*/converse", sim_converse_request, check_converse, sim_converse},
    {"ConverseStream", "POST", "/model/*/converse-stream", sim_converse_stream_request,
     check_converse, sim_converse_stream},
    {"InvokeModel", "POST", "/model/*/invoke", NULL, sim_invoke_check, sim_invoke},
    {"InvokeModelWithResponseStream", "POST", "/model/*/invoke-with-response-stream", NULL,
     sim_invoke_stream_check, sim_invoke_stream},
    {"CountTokens", "POST", "/model/*/count-tokens", sim_count_tokens_request,
     sim_count_tokens_check, sim_count_tokens},
    {"ApplyGuardrail", "POST", "/guardrail/*/version/*/apply", sim_apply_guardrail_request,
     sim_apply_guardrail_check, sim_apply_guardrail},
    {"InvokeGuardrailChecks", "POST", "/guardrail-checks/invoke", sim_guardrail_checks_request,
     NULL, sim_guardrail_checks},
    {"StartAsyncInvoke", "POST", "/async-invoke", sim_start_async_request, sim_start_async_check,
     sim_start_async},
    {"ListAsyncInvokes", "GET", "/async-invoke", NULL, sim_list_async_check, sim_list_async},
    {"GetAsyncInvoke", "GET", "/async-invoke/*", NULL, sim_get_async_check, sim_get_async},
};

/* Takes the next segment off *path, which begins with a slash; its length. */
static size_t take_segment(const char **path, const char **segment)
{
    size_t len;

    *segment = *path + 1;
    len = strcspn(*segment, "/");
    *path = *segment + len;
    return len;
}

static int decode_label(struct sim_text *label, const char *segment, size_t len)
{
    sim_text_clear(label);
    return len > 0 ? sim_percent_decode(label, segment, len) : -1;
}

static int matches(struct sim_exchange *x, const struct sim_operation *operation, const char *path)
{
    const char *pattern = operation->path;
    const char *want, *have;
    size_t labels = 0;

    while (*pattern == '/' && *path == '/') {
        size_t want_len = take_segment(&pattern, &want);
        size_t have_len = take_segment(&path, &have);

        if (want_len == 1 && *want == '*') {
            if (decode_label(&x->label[labels++], have, have_len) != 0) {
                return 0;
            }
        } else if (want_len != have_len || memcmp(want, have, want_len) != 0) {
            return 0;
        }
    }
    return *pattern == '\0' && *path == '\0' && strcmp(operation->method, x->request.method) == 0;
}

/* Adds the faults of `sim.fault.SPEC[;SPEC...][/MODEL]` and leaves MODEL. */
static char *take_model_faults(struct sim_exchange *x, char *model)
{
    static const char prefix[] = "sim.fault.";
    char *rest;

    if (strncmp(model, prefix, sizeof prefix - 1) != 0) {
        return model;
    }
    model += sizeof prefix - 1;
    rest = strchr(model, '/');
    if (rest != NULL) {
        *rest++ = '\0';
    }
    while (model != NULL) {
        char *next = strchr(model, ';');

        if (next != NULL) {
            *next++ = '\0';
        }
        sim_fault_add(&x->faults, model, &x->error);
        model = next;
    }
    return rest != NULL ? rest : "sim.plain";
}

/* The model behind an ARN or an inference profile. */
static char *base_model(char *model)
{
    static const char *const areas[] = {"us.", "eu.", "apac.", "jp.", "au.", "global.", "us-gov."};
    char *slash = strrchr(model, '/');
    size_t i;

    model = slash != NULL ? slash + 1 : model;
    for (i = 0; i < sizeof areas / sizeof areas[0]; i++) {
        if (strncmp(model, areas[i], strlen(areas[i])) == 0) {
            return model + strlen(areas[i]);
        }
    }
    return model;
}

static int check_model_id(const char *model, struct sim_error *error)
{
    size_t i;

    for (i = 0; model[i] != '\0'; i++) {
        if ((unsigned char)model[i] < 0x20 || (unsigned char)model[i] > 0x7e) {
            break;
        }
    }
    if (model[i] != '\0' || i > 2048 || strchr(model, ' ') == model) {
        return sim_invalid(error, "The provided model identifier is invalid.");
    }
    return 0;
}

int sim_operation_route(struct sim_exchange *x)
{
    size_t base_len = strlen(x->options->base);
    const char *path = x->request.path;
    size_t i;

    if (strncmp(path, x->options->base, base_len) == 0) {
        for (i = 0; i < sizeof operations / sizeof operations[0]; i++) {
            if (matches(x, &operations[i], path + base_len)) {
                x->operation = &operations[i];
                break;
            }
        }
    }
    if (x->operation == NULL) {
        return sim_refuse(&x->error, 404, "UnknownOperationException", "%s %s", x->request.method,
                          path);
    }
    if (strncmp(x->operation->path, "/model/", 7) == 0) {
        if (check_model_id(x->label[0].data, &x->error) != 0) {
            return -1;
        }
        sim_text_add(&x->model_text, x->label[0].data, x->label[0].len);
        x->model = base_model(take_model_faults(x, x->model_text.data));
    }
    return x->error.status != 0 ? -1 : 0;
}

static int check_media_type(struct sim_exchange *x)
{
    const char *type = sim_request_header(&x->request, "content-type");

    if (strcmp(x->request.method, "GET") == 0) {
        if (type != NULL || x->request.body_len > 0) {
            return sim_refuse(&x->error, 400, "SerializationException",
                              "A GET request has neither body nor Content-Type");
        }
        return 0;
    }
    if (type == NULL || strcmp(type, "application/json") != 0) {
        return sim_refuse(&x->error, 415, "UnsupportedMediaTypeException",
                          "Content-Type must be application/json, not %s", type ? type : "absent");
    }
    return 0;
}

int sim_operation_check(struct sim_exchange *x)
{
    const char *problem = NULL;

    if (check_media_type(x) != 0) {
        return -1;
    }
    if (x->operation->shape != NULL) {
        x->input = sim_json_parse(sim_request_body(&x->request), x->request.body_len, &problem);
        if (x->input == NULL) {
            return sim_refuse(&x->error, 400, "SerializationException", "%s", problem);
        }
        if (sim_schema_check(x->operation->shape, x->input, &x->error) != 0) {
            return -1;
        }
    }
    return x->operation->check != NULL ? x->operation->check(x) : 0;
}
