/* SPDX-License-Identifier: MIT */
#include "async.h"

#include "answer.h"
#include "clock.h"
#include "shared.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define JOBS       128
#define PAGE       20
#define ARN_PREFIX "arn:aws:bedrock:us-east-1:123456789012:async-invoke/"

/* A job is in progress when it is first looked at, and done the second time; one whose model id
 * holds the word "fail" fails. */
struct job {
    char id[16];
    char token[260];
    char model[260];
    char uri[1028];
    int64_t submitted;
    int looks;
};

struct jobs {
    struct sim_lock lock;
    size_t count;
    struct job list[JOBS];
};

static struct jobs *jobs;

void sim_async_share(void)
{
    jobs = sim_shared_memory(sizeof *jobs);
}

static const char *status_of(const struct job *job)
{
    if (job->looks < 2) {
        return "InProgress";
    }
    return strstr(job->model, "fail") != NULL ? "Failed" : "Completed";
}

static void add_job(struct sim_text *out, const struct job *job, int64_t now)
{
    const char *status = status_of(job);

    sim_text_printf(out, "{\"clientRequestToken\":\"%s\",", job->token);
    if (strcmp(status, "InProgress") != 0) {
        sim_text_puts(out, "\"endTime\":\"");
        sim_clock_iso(out, now);
        sim_text_puts(out, "\",");
    }
    if (strcmp(status, "Failed") == 0) {
        sim_text_puts(out, "\"failureMessage\":\"The model gave up.\",");
    }
    sim_text_printf(out,
                    "\"invocationArn\":\"" ARN_PREFIX "%s\",\"lastModifiedTime\":null,"
                    "\"modelArn\":\"arn:aws:bedrock:us-east-1::foundation-model/%s\","
                    "\"outputDataConfig\":{\"s3OutputDataConfig\":{\"s3Uri\":\"%s\"}},"
                    "\"status\":\"%s\",\"submitTime\":\"",
                    job->id, job->model, job->uri, status);
    sim_clock_iso(out, job->submitted);
    out->len--; /* the Z makes room for a fraction of a second */
    sim_text_puts(out, ".123Z\"}");
}

int sim_start_async_check(struct sim_exchange *x)
{
    if (sim_json_find(x->input, "modelInput")->count == 0) {
        return sim_invalid(&x->error, "Malformed input request: #/modelInput: it is empty, please "
                                      "reformat your input and try again.");
    }
    return 0;
}

/* The job of that token, or a new one; NULL when there is no room. */
static struct job *find_or_add(const char *token)
{
    size_t i;

    for (i = 0; i < jobs->count; i++) {
        if (strcmp(jobs->list[i].token, token) == 0) {
            return &jobs->list[i];
        }
    }
    return jobs->count < JOBS ? &jobs->list[jobs->count] : NULL;
}

static void copy(char *to, size_t cap, const char *from)
{
    snprintf(to, cap, "%s", from);
}

void sim_start_async(struct sim_exchange *x)
{
    const char *token = sim_json_string(x->input, "clientRequestToken");
    struct sim_text body = {NULL, 0, 0};
    struct job *job;
    char made[40];

    snprintf(made, sizeof made, "made-%08x-%u", sim_exchange_pick(x, 0x7fffffff), x->serial);
    sim_lock_take(&jobs->lock);
    job = find_or_add(token != NULL ? token : made);
    if (job != NULL && job->id[0] == '\0') {
        snprintf(job->id, sizeof job->id, "sim%09lu", (unsigned long)jobs->count++);
        copy(job->token, sizeof job->token, token != NULL ? token : made);
        copy(job->model, sizeof job->model, sim_json_string(x->input, "modelId"));
        copy(job->uri, sizeof job->uri,
             sim_json_string(x->input, "outputDataConfig/s3OutputDataConfig/s3Uri"));
        job->submitted = sim_exchange_now(x);
    }
    sim_lock_give(&jobs->lock);
    if (job == NULL) {
        sim_refuse(&x->error, 400, "ServiceQuotaExceededException", "Too many invocations.");
        sim_answer_error(x, &x->error);
        return;
    }
    sim_text_printf(&body, "{\"invocationArn\":\"" ARN_PREFIX "%s\"}", job->id);
    sim_answer_json(x, &body);
}

static struct job *find_by_arn(const char *arn)
{
    size_t i;

    for (i = 0; i < jobs->count; i++) {
        if (strncmp(arn, ARN_PREFIX, sizeof ARN_PREFIX - 1) == 0 &&
            strcmp(jobs->list[i].id, arn + sizeof ARN_PREFIX - 1) == 0) {
            return &jobs->list[i];
        }
    }
    return NULL;
}

int sim_get_async_check(struct sim_exchange *x)
{
    if (find_by_arn(x->label[0].data) == NULL) {
        return sim_invalid(&x->error, "There is no invocation %s.", x->label[0].data);
    }
    return 0;
}

void sim_get_async(struct sim_exchange *x)
{
    struct job *job = find_by_arn(x->label[0].data);
    struct sim_text body = {NULL, 0, 0};

    sim_lock_take(&jobs->lock);
    job->looks++;
    add_job(&body, job, sim_exchange_now(x));
    sim_lock_give(&jobs->lock);
    sim_answer_json(x, &body);
}

/* The decoded value of a query parameter; an empty text if it is absent. */
static void get_parameter(struct sim_text *out, const struct sim_exchange *x, const char *name)
{
    const char *at = x->request.query;
    size_t len = strlen(name);

    sim_text_add(out, "", 0);
    while (at != NULL && *at != '\0') {
        size_t size = strcspn(at, "&");

        if (size > len && strncmp(at, name, len) == 0 && at[len] == '=') {
            sim_percent_decode(out, at + len + 1, size - len - 1);
            return;
        }
        at = at[size] == '&' ? at + size + 1 : NULL;
    }
}

static int is_timestamp(const char *value)
{
    int64_t unix_s;

    return strchr(value, '-') != NULL && sim_clock_parse(value, &unix_s) == 0;
}

static int is_page_size(const char *value)
{
    return strspn(value, "0123456789") == strlen(value) && atoi(value) >= 1 && atoi(value) <= 1000;
}

static int is_status(const char *value)
{
    return strcmp(value, "InProgress") == 0 || strcmp(value, "Completed") == 0 ||
           strcmp(value, "Failed") == 0;
}

/* A token has characters that must be percent-encoded, so that a client that does not is caught. */
static int is_page_token(const char *value)
{
    return strncmp(value, "page/+", 6) == 0 && strstr(value, "==") != NULL;
}

static int is_sort_key(const char *value)
{
    return strcmp(value, "SubmissionTime") == 0;
}

static int is_sort_order(const char *value)
{
    return strcmp(value, "Ascending") == 0 || strcmp(value, "Descending") == 0;
}

static const struct {
    const char *name;
    int (*is_valid)(const char *value);
} parameters[] = {
    {"submitTimeAfter", is_timestamp}, {"submitTimeBefore", is_timestamp},
    {"statusEquals", is_status},       {"maxResults", is_page_size},
    {"nextToken", is_page_token},      {"sortBy", is_sort_key},
    {"sortOrder", is_sort_order},
};

static int check_parameter(struct sim_exchange *x, const char *name, size_t len)
{
    struct sim_text value = {NULL, 0, 0};
    size_t i;

    for (i = 0; i < sizeof parameters / sizeof parameters[0]; i++) {
        if (strlen(parameters[i].name) == len && strncmp(parameters[i].name, name, len) == 0) {
            get_parameter(&value, x, parameters[i].name);
            if (!parameters[i].is_valid(value.data)) {
                sim_invalid(&x->error, "The value of %s is invalid: %s", parameters[i].name,
                            value.data);
            }
            sim_text_free(&value);
            return x->error.status != 0 ? -1 : 0;
        }
    }
    return sim_invalid(&x->error, "Unknown query parameter: %.*s", (int)len, name);
}

int sim_list_async_check(struct sim_exchange *x)
{
    const char *at = x->request.query;

    while (*at != '\0') {
        size_t size = strcspn(at, "&");

        if (check_parameter(x, at, strcspn(at, "=&")) != 0) {
            return -1;
        }
        at += size + (at[size] == '&');
    }
    return 0;
}

static int is_wanted(const struct job *job, const char *status, const char *after,
                     const char *before)
{
    int64_t limit;

    if (*status != '\0' && strcmp(status_of(job), status) != 0) {
        return 0;
    }
    if (*after != '\0' && sim_clock_parse(after, &limit) == 0 && job->submitted <= limit) {
        return 0;
    }
    return *before == '\0' || sim_clock_parse(before, &limit) != 0 || job->submitted < limit;
}

/* The parameters of one listing. */
struct listing {
    struct sim_text status, after, before, max, token, order;
};

static void add_page(struct sim_text *body, const struct sim_exchange *x,
                     const struct listing *listing)
{
    int limit = listing->max.len > 0 ? atoi(listing->max.data) : PAGE;
    size_t i = listing->token.len > 6 ? (size_t)atoi(listing->token.data + 6) : 0;
    int is_descending = strcmp(listing->order.data, "Ascending") != 0;
    int count = 0;

    sim_text_puts(body, "{\"asyncInvokeSummaries\":[");
    for (; i < jobs->count && count < limit; i++) {
        const struct job *job = &jobs->list[is_descending ? jobs->count - 1 - i : i];

        if (is_wanted(job, listing->status.data, listing->after.data, listing->before.data)) {
            sim_text_puts(body, count++ > 0 ? "," : "");
            add_job(body, job, sim_exchange_now(x));
        }
    }
    sim_text_puts(body, "]");
    if (i < jobs->count) {
        sim_text_printf(body, ",\"nextToken\":\"page/+%lu==\"", (unsigned long)i);
    }
    sim_text_puts(body, "}");
}

void sim_list_async(struct sim_exchange *x)
{
    struct sim_text body = {NULL, 0, 0};
    struct listing listing;

    memset(&listing, 0, sizeof listing);
    get_parameter(&listing.status, x, "statusEquals");
    get_parameter(&listing.after, x, "submitTimeAfter");
    get_parameter(&listing.before, x, "submitTimeBefore");
    get_parameter(&listing.max, x, "maxResults");
    get_parameter(&listing.token, x, "nextToken");
    get_parameter(&listing.order, x, "sortOrder");
    sim_lock_take(&jobs->lock);
    add_page(&body, x, &listing);
    sim_lock_give(&jobs->lock);
    sim_answer_json(x, &body);
    sim_text_free(&listing.status);
    sim_text_free(&listing.after);
    sim_text_free(&listing.before);
    sim_text_free(&listing.max);
    sim_text_free(&listing.token);
    sim_text_free(&listing.order);
}
