/* SPDX-License-Identifier: MIT */
/* 32-bit glibc has a time_t that ends in 2038 unless it is asked for the other one. */
#define _POSIX_C_SOURCE   200809L
#define _FILE_OFFSET_BITS 64
#define _TIME_BITS        64

#include "report.h"

#include "output.h"

#include <bedrock/posix.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* One line: as JSON on standard output where that was asked for, else on standard error. */
static void say(const struct settings *settings, const char *code, const char *text)
{
    if (settings->json) {
        struct bedrock_json_writer *json = output_json();

        bedrock_json_begin_object(json);
        bedrock_json_put_key(json, "error");
        bedrock_json_begin_object(json);
        report_json_text(json, "code", code);
        report_json_text(json, "text", text);
        bedrock_json_end_object(json);
        bedrock_json_end_object(json);
        output_json_end(json);
        return;
    }
    output_coloured(stderr, COLOUR_BAD, "bedrock");
    fprintf(stderr, "%s%s: %s\n", settings->command != NULL ? " " : "",
            settings->command != NULL ? settings->command->name : "", text);
}

void report_usage(const struct settings *settings, const char *format, ...)
{
    char text[512];
    va_list list;

    va_start(list, format);
    vsnprintf(text, sizeof text, format, list);
    va_end(list);
    say(settings, "USAGE", text);
    exit(EXIT_CODE_USAGE);
}

int report_failure(const struct settings *settings, const char *format, ...)
{
    char text[512];
    va_list list;

    va_start(list, format);
    vsnprintf(text, sizeof text, format, list);
    va_end(list);
    say(settings, "FAILED", text);
    return EXIT_CODE_FAILED;
}

/* Whether a text can be put as it is: tried on an output that nobody reads. */
static int is_utf8(const char *text)
{
    struct bedrock_output nowhere;
    struct bedrock_json_writer trial;

    bedrock_output_init(&nowhere, NULL, NULL, 0);
    bedrock_json_writer_init(&trial, &nowhere);
    return bedrock_json_put_text(&trial, text) == BEDROCK_OK;
}

void report_json_text(struct bedrock_json_writer *json, const char *key, const char *text)
{
    int whole = is_utf8(text);

    bedrock_json_put_key(json, key);
    bedrock_json_begin_string(json);
    for (; !whole && *text != '\0'; text++) {
        bedrock_json_put_piece(json, (unsigned char)*text < 0x80 ? text : "?", 1);
    }
    bedrock_json_put_piece(json, text, strlen(text));
    bedrock_json_end_string(json);
}

static void put_number(struct bedrock_json_writer *json, const char *key, int64_t value)
{
    bedrock_json_put_key(json, key);
    bedrock_json_put_integer(json, value);
}

void report_json_error(struct bedrock_json_writer *json, const struct bedrock_error *error)
{
    bedrock_json_put_key(json, "error");
    bedrock_json_begin_object(json);
    report_json_text(json, "code", bedrock_status_name(error->code));
    put_number(json, "number", error->code);
    report_json_text(json, "text", bedrock_error_advice(error));
    report_json_text(json, "type", error->type);
    report_json_text(json, "message", error->message);
    report_json_text(json, "requestId", error->request_id);
    put_number(json, "httpStatus", error->http_status);
    put_number(json, "attempts", error->attempts);
    if (error->tls_code != 0) {
        put_number(json, "tls", error->tls_code);
    }
    if (error->port_code != 0) {
        report_json_text(json, "system", bedrock_posix_port_text(error->port_code));
    }
    bedrock_json_end_object(json);
}

void report_json_usage(struct bedrock_json_writer *json, const struct bedrock_usage *usage)
{
    bedrock_json_put_key(json, "usage");
    bedrock_json_begin_object(json);
    put_number(json, "inputTokens", usage->input_tokens);
    put_number(json, "outputTokens", usage->output_tokens);
    put_number(json, "cacheReadInputTokens", usage->cache_read_input_tokens);
    put_number(json, "cacheWriteInputTokens", usage->cache_write_input_tokens);
    put_number(json, "latencyMs", usage->latency_ms);
    bedrock_json_end_object(json);
}

void report_time(char *text, size_t cap, int64_t unix_s)
{
    time_t seconds = (time_t)unix_s;
    struct tm tm;

    text[0] = '\0';
    if (unix_s != 0 && gmtime_r(&seconds, &tm) != NULL) {
        snprintf(text, cap, "%04d-%02d-%02dT%02d:%02d:%02dZ", tm.tm_year + 1900, tm.tm_mon + 1,
                 tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec);
    }
}
