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

void report_json_failure(struct bedrock_json_writer *json, const char *code, const char *text)
{
    bedrock_json_put_key(json, "error");
    bedrock_json_begin_object(json);
    report_json_text(json, "code", code);
    report_json_text(json, "text", text);
    bedrock_json_end_object(json);
}

/* One line: as JSON where that was asked for, else on standard error. */
static void say(const struct settings *settings, const char *code, const char *text)
{
    if (settings->json) {
        struct bedrock_json_writer *json = output_json();

        bedrock_json_begin_object(json);
        report_json_failure(json, code, text);
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
    say(settings, REPORT_FAILED, text);
    return EXIT_CODE_FAILED;
}

int report_status(const struct settings *settings, int status)
{
    say(settings, bedrock_status_name(status), bedrock_status_text(status));
    return EXIT_CODE_FAILED;
}

/* Where the command can say more than the library, or has another name for a thing. */
static const struct {
    int16_t code;      /* 0: any of the service's */
    const char *words; /* in the service's message or in the library's advice; "": any */
    const char *sentence;
} sentences[] = {
    {BEDROCK_E_CLOCK, "",
     "The clock is not set, and certificates and signatures need the time: set it, by NTP or with "
     "date -s."},
    {BEDROCK_E_TIMEOUT_CONNECT, "",
     "There was no connection within 15 seconds: check the network, and that its firewall lets "
     "HTTPS out."},
    {BEDROCK_E_TIMEOUT_FIRST_BYTE, "",
     "No answer began in time: allow more by --timeout, since a model may think long, or ask for "
     "less."},
    {BEDROCK_E_TIMEOUT_IDLE, "",
     "No byte has moved for two minutes: check the network, and call again."},
    {BEDROCK_E_TIMEOUT_TOTAL, "",
     "The call took longer than --timeout allows (15 minutes, unless it was given): allow more "
     "time, or ask for less."},
    {BEDROCK_E_CERT_UNTRUSTED, "",
     "No trust anchor vouches for the server: name the file with the right root certificate in "
     "AWS_CA_BUNDLE, unless a proxy on the way intercepts TLS."},
    {BEDROCK_E_NO_CREDENTIALS, "",
     "There are no credentials: set AWS_BEARER_TOKEN_BEDROCK, or AWS_ACCESS_KEY_ID and "
     "AWS_SECRET_ACCESS_KEY."},
    {BEDROCK_E_VALIDATION, "does not stream",
     "This model does not stream, or not with what the request holds: ask for the answer in one "
     "piece, by converse --unary, or invoke without --stream."},
    {BEDROCK_E_VALIDATION, "Tokens cannot be counted",
     "Tokens cannot be counted for this model: converse --json tells after a call how many there "
     "were."},
    {0, "scoped to a valid region",
     "AWS does not know the region: check AWS_REGION or --region letter by letter, such as "
     "us-east-1."},
};

static const char *find_sentence(const struct bedrock_error *error)
{
    const char *advice = bedrock_error_advice(error);
    size_t i;

    for (i = 0; i < sizeof sentences / sizeof sentences[0]; i++) {
        if ((sentences[i].code != 0 ? error->code == sentences[i].code
                                    : error->code <= BEDROCK_E_SERVICE) &&
            (strstr(advice, sentences[i].words) != NULL ||
             strstr(error->message, sentences[i].words) != NULL)) {
            return sentences[i].sentence;
        }
    }
    return advice;
}

/* A sentence about a variable of the environment; NULL if it has no value. */
static const char *about_variable(const char *name, const char *rest)
{
    static char text[512];
    const char *value = getenv(name);

    if (value == NULL || value[0] == '\0') {
        return NULL;
    }
    snprintf(text, sizeof text, "%s (%.300s) %s", name, value, rest);
    return text;
}

const char *report_advice(const struct bedrock_error *error)
{
    static const char region[] =
        "is not the name of a region: that is lower-case letters, digits and dashes, such as "
        "us-east-1.";
    const char *text = NULL;

    if (error->code == BEDROCK_E_ANCHORS) {
        text = about_variable("AWS_CA_BUNDLE", "cannot be read, or holds no certificate.");
    } else if (error->code == BEDROCK_E_REGION) {
        text = about_variable("AWS_REGION", region);
        text = text != NULL ? text : about_variable("AWS_DEFAULT_REGION", region);
    }
    return text != NULL ? text : find_sentence(error);
}

/* The library's report begins with its advice, a line. */
void report_error(const struct bedrock_error *error)
{
    char text[BEDROCK_ERROR_TEXT_CAP];

    bedrock_error_text(error, text, sizeof text);
    fprintf(stderr, "%s%s", report_advice(error), text + strcspn(text, "\n"));
    if (error->port_code < -100) {
        fprintf(stderr, "The system says: %s\n", bedrock_posix_port_text(error->port_code));
    }
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
    report_json_text(json, "text", report_advice(error));
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
