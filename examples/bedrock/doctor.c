/* SPDX-License-Identifier: MIT */
/*
 * bedrock doctor: one real call, told stage by stage. Which stage broke, the library's code says
 * (doctor_stage.c); what was found on the way, a port that looks over the real one's shoulder
 * (doctor_look.c).
 */
#include "doctor.h"
#include "commands.h"
#include "output.h"
#include "report.h"
#include "session.h"

#include <stdio.h>
#include <string.h>

static const struct option options[] = {
    OPTION_MODEL("the model to ask; " MODEL_THAT_TALKS),
};

/* A clock that is this wrong makes signatures invalid. */
#define SKEW_MAX_S 240

/* The library's own limit for name, TCP and TLS. */
#define CONNECT_MAX_MS 15000

static const char *const stage_names[] = {"name",      "TCP",        "TLS",  "clock",
                                          "signature", "permission", "model"};

static void describe_clock(const bedrock_client *client, char *text, size_t cap)
{
    int64_t now = look_now_s(), skew = bedrock_clock_skew_s(client);
    char date[REPORT_TIME_CAP];

    report_time(date, sizeof date, now);
    if (now == 0) {
        snprintf(text, cap, "not set");
    } else if (skew == 0) {
        snprintf(text, cap, "%s, the service did not object", date);
    } else {
        snprintf(text, cap, "%s, %ld s %s the service's", date, (long)(skew < 0 ? -skew : skew),
                 skew < 0 ? "ahead of" : "behind");
    }
}

static int is_plain(const struct bedrock_config *config)
{
    return config->endpoint != NULL && strncmp(config->endpoint->url, "http://", 7) == 0;
}

/* What was found where a stage is in order. */
static void describe(enum stage stage, const bedrock_client *client,
                     const struct bedrock_config *config, const char *model, char *text, size_t cap)
{
    struct bedrock_keys keys;

    switch (stage) {
    case NAME:
        snprintf(text, cap, "%s", look.host);
        break;
    case TCP:
        snprintf(text, cap, "%s, port %u, after %lu ms", look.address, look.tcp_port,
                 (unsigned long)look.connect_ms);
        break;
    case TLS:
        snprintf(text, cap, "%s",
                 is_plain(config) ? "none: the endpoint is http://"
                 : config->anchors != NULL
                     ? "the certificate is good, by the roots of AWS_CA_BUNDLE"
                     : "the certificate is good, by Amazon's roots");
        break;
    case CLOCK:
        describe_clock(client, text, cap);
        break;
    case SIGNATURE:
        bedrock_credentials_get(config->credentials, &keys, 0);
        snprintf(text, cap, "accepted: %s%.24s, region %.40s",
                 keys.bearer_token != NULL ? "an API key" : "access key ",
                 keys.access_key_id != NULL ? keys.access_key_id : "", config->region);
        break;
    case PERMISSION:
        snprintf(text, cap, "the model may be called");
        break;
    default:
        snprintf(text, cap, "%s answered: %ld tokens in, %ld out", model,
                 (long)bedrock_last_usage(client)->input_tokens,
                 (long)bedrock_last_usage(client)->output_tokens);
        break;
    }
}

/* What broke, in one line, with what to do about it. */
static void describe_failure(enum stage stage, const bedrock_client *client,
                             const struct bedrock_config *config, char *text, size_t cap)
{
    const struct bedrock_error *error = bedrock_last_error(client);
    const char *words = error->message[0] != '\0' ? error->message : error->type;
    char clock[160];

    if (stage == CLOCK) {
        describe_clock(client, clock, sizeof clock);
        snprintf(text, cap, "%s: set it, by NTP or with date -s", clock);
    } else if (stage == TLS && is_plain(config) && error->http_status == 0) {
        snprintf(text, cap,
                 "The endpoint is http://, and no HTTP came back; the server may speak TLS: "
                 "write https://.");
    } else if (error->code == BEDROCK_E_CERT_DATE) {
        describe_clock(client, clock, sizeof clock);
        snprintf(text, cap, "%s This clock says %.20s.", report_advice(error), clock);
    } else if (error->port_code != 0) {
        snprintf(text, cap, "%s%s%s (%s)", look.host, look.host[0] != '\0' ? ": " : "",
                 report_advice(error), bedrock_posix_port_text(error->port_code));
    } else {
        /* The service can say a lot: here its first line. */
        snprintf(text, cap, "%s%s%.*s", report_advice(error), words[0] != '\0' ? " " : "",
                 (int)strcspn(words, "\r\n"), words);
    }
}

/* What is to be said of a stage. UNKNOWN: nothing has shown it. */
enum verdict { GOOD, BAD, UNKNOWN };

static void print_stage(struct bedrock_json_writer *json, enum stage stage, enum verdict verdict,
                        const char *text)
{
    static const char *const marks[] = {"ok   ", "FAIL ", "?    "};
    static const enum colour colours[] = {COLOUR_GOOD, COLOUR_BAD, COLOUR_NONE};

    if (json != NULL) {
        bedrock_json_begin_object(json);
        report_json_text(json, "stage", stage_names[stage]);
        bedrock_json_put_key(json, "ok");
        if (verdict == UNKNOWN) {
            bedrock_json_put_null(json);
        } else {
            bedrock_json_put_bool(json, verdict == GOOD);
        }
        report_json_text(json, "found", text);
        bedrock_json_end_object(json);
        return;
    }
    output_coloured(stdout, colours[verdict], marks[verdict]);
    output_text(stage_names[stage], strlen(stage_names[stage]));
    output_bytes("           ", 11 - strlen(stage_names[stage]));
    output_line(text);
}

/* One token of an answer. \return the stage that broke; STAGES if none did. */
static enum stage probe(bedrock_client *client, const char *model)
{
    const struct bedrock_error *error = bedrock_last_error(client);
    struct bedrock_event event;

    bedrock_converse(client, &(struct bedrock_converse){
                                 .model_id = model,
                                 .messages = BEDROCK_MESSAGES(BEDROCK_USER("Say ok.")),
                                 .max_tokens = 1,
                             });
    while (session_next(client, &event) > 0) {
    }
    look.answered |= error->code == BEDROCK_OK || error->http_status != 0;
    return stage_of(error);
}

/* What was found wrong before the network was even asked (keys, anchors, the clock) may not be the
 * first thing that is: the call is made again with keys that nobody has, which comes as far as
 * their refusal. \return its client. */
static bedrock_client *probe_beyond(struct bedrock_config config, const char *model,
                                    enum stage *broken)
{
    static unsigned char memory[BEDROCK_MEMORY];
    bedrock_client *client;

    config.credentials = BEDROCK_STATIC_CREDENTIALS("AKIADOCTORHASNOKEYS0", "none", NULL);
    if (*broken == TLS) {
        config.anchors = NULL;
    }
    look_with_some_time();
    bedrock_client_init(&client, memory, sizeof memory, &config);
    *broken = probe(client, model);
    return client;
}

static int is_skewed(const bedrock_client *client)
{
    int64_t skew = bedrock_clock_skew_s(client);

    return skew > SKEW_MAX_S || skew < -SKEW_MAX_S;
}

/* A line for each stage. \return the first that is not in order. */
static enum stage print_stages(struct bedrock_json_writer *json, enum stage broken,
                               const bedrock_client *client, const struct bedrock_config *config,
                               const char *model)
{
    enum stage first = broken, stage;
    char text[768];

    for (stage = NAME; stage < STAGES && stage <= broken; stage++) {
        enum verdict verdict =
            stage == broken || (stage == CLOCK && is_skewed(client)) ? BAD : GOOD;
        const char *unknown = stage_unknown(stage, broken, bedrock_last_error(client));

        if (verdict == BAD) {
            describe_failure(stage, client, config, text, sizeof text);
            first = stage < first ? stage : first;
        } else if (unknown != NULL) {
            verdict = UNKNOWN;
            snprintf(text, sizeof text, "%s", unknown);
        } else {
            describe(stage, client, config, model, text, sizeof text);
        }
        print_stage(json, stage, verdict, text);
    }
    return first;
}

/* Not even a short --timeout may end while there is no connection: see is_silence(). */
static void limit_connecting(struct bedrock_config *config)
{
    uint32_t total_ms = config->timeouts.total_ms;

    if (total_ms > 0 && total_ms / 4 * 3 < CONNECT_MAX_MS) {
        config->timeouts.connect_ms = total_ms / 4 * 3;
    }
}

static int run(const struct settings *settings)
{
    const char *model = settings->model != NULL ? settings->model : MODEL_THAT_TALKS;
    struct bedrock_config config = session_config(settings);
    struct bedrock_json_writer *json;
    bedrock_client *client, *other;
    enum stage broken, reached;

    options_no_words(settings);
    config.max_attempts = 1;
    limit_connecting(&config);
    look_on(&config);
    client = session_open_with(settings, &config, 0);
    broken = probe(client, model);
    if (broken > TCP && look.tcp_port == 0) {
        reached = broken;
        other = probe_beyond(config, model, &reached);
        client = reached < broken ? other : client;
        broken = reached < broken ? reached : broken;
    }
    if (session_signal != 0) {
        return session_end(client, session_json(settings));
    }
    json = session_json(settings);
    if (json != NULL) {
        bedrock_json_put_key(json, "stages");
        bedrock_json_begin_array(json);
    }
    broken = print_stages(json, broken, client, &config, model);
    if (json != NULL) {
        bedrock_json_end_array(json);
        bedrock_json_put_key(json, "broken");
        if (broken < STAGES) {
            bedrock_json_put_text(json, stage_names[broken]);
        } else {
            bedrock_json_put_null(json);
        }
        session_end(client, json);
    }
    return broken == STAGES ? EXIT_CODE_OK : EXIT_CODE_DOCTOR_NAME + (int)broken;
}

const struct command command_doctor = {
    "doctor",
    "",
    "finds out where the way to a model is blocked, and says what to do",
    "It asks the model for one token, which costs next to nothing. The exit code names the first "
    "stage\n"
    "that is not in order; 0 means that all are.",
    "  bedrock doctor\n  bedrock doctor -m us.amazon.nova-lite-v1:0 --region us-west-2 --json\n",
    OPTIONS_OF(options),
    .run = run,
    .exit_codes = "10 name, 11 TCP, 12 TLS, 13 clock, 14 signature, 15 permission, 16 model",
    .needs_environment = 1};
