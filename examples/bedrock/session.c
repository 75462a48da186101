/* SPDX-License-Identifier: MIT */
#define _POSIX_C_SOURCE 200809L

#include "session.h"

#include "output.h"
#include "report.h"

#include <string.h>
#include <unistd.h>

static unsigned char memory[BEDROCK_MEMORY];
static bedrock_client *the_client;
static volatile sig_atomic_t keep_going;
volatile sig_atomic_t session_signal;
const char *volatile session_leftover;

/* The first signal asks for the end of the call. The second is that of somebody who does not want
 * to wait: a name that does not resolve, for one, cannot be cancelled. */
static void on_signal(int number)
{
    if (session_signal != 0 && (!keep_going || number != SIGINT)) {
        if (session_leftover != NULL) {
            unlink(session_leftover);
        }
        _exit(EXIT_CODE_SIGNAL + number);
    }
    session_signal = number;
    bedrock_cancel(the_client);
}

/* Without SA_RESTART, so that reading standard input ends, too. */
static void catch_signals(int keep)
{
    struct sigaction action;

    keep_going = keep;
    memset(&action, 0, sizeof action);
    action.sa_handler = on_signal;
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGHUP, &action, NULL);
}

/* AWS writes them so, and an answer to one that is not tells of signatures. What begins otherwise
 * or is too long the library refuses. */
static int is_region(const char *region)
{
    return region[strspn(region, "abcdefghijklmnopqrstuvwxyz0123456789-")] == '\0';
}

struct bedrock_config session_config(const struct settings *settings)
{
    static struct bedrock_endpoint endpoint = {bedrock_endpoint_resolve_url, NULL};
    struct bedrock_config config = bedrock_posix_config("us-east-1");

    config.user_agent = "bedrock/" BEDROCK_VERSION;
    if (settings->region != NULL) {
        config.region = settings->region;
    }
    if (!is_region(config.region)) {
        config.region = ""; /* which is none: the client says so */
    }
    if (settings->endpoint != NULL) {
        endpoint.url = settings->endpoint;
        config.endpoint = &endpoint;
    }
    if (settings->timeout_s > 0) {
        config.timeouts.total_ms = (uint32_t)settings->timeout_s * 1000;
        config.timeouts.first_byte_ms = config.timeouts.total_ms;
    }
    return config;
}

bedrock_client *session_open(const struct settings *settings, int keep)
{
    struct bedrock_config config = session_config(settings);

    return session_open_with(settings, &config, keep);
}

bedrock_client *session_open_with(const struct settings *settings,
                                  const struct bedrock_config *config, int keep)
{
    int status = bedrock_client_init(&the_client, memory, sizeof memory, config);

    /* What came from an option is a matter of the command line. */
    if (status == BEDROCK_E_REGION && settings->region != NULL) {
        report_usage(settings,
                     "--region takes a region's name: lower-case letters, digits and dashes, "
                     "such as us-east-1.");
    }
    if (status == BEDROCK_E_ENDPOINT && settings->endpoint != NULL) {
        report_usage(settings, "--endpoint takes a URL: https://host, or https://host:port/path.");
    }
    catch_signals(keep);
    return the_client;
}

void session_check(bedrock_client *client)
{
    if (session_signal != 0 || output_failed() != 0) {
        bedrock_cancel(client);
    }
}

int session_next(bedrock_client *client, struct bedrock_event *event)
{
    session_check(client);
    return bedrock_next(client, event);
}

static int code_of(const struct bedrock_error *error)
{
    if (error->code == BEDROCK_E_CANCELLED && session_signal != 0) {
        return EXIT_CODE_SIGNAL + (int)session_signal;
    }
    return error->code == BEDROCK_OK ? EXIT_CODE_OK : EXIT_CODE_FAILED;
}

struct bedrock_json_writer *session_json(const struct settings *settings)
{
    struct bedrock_json_writer *json = settings->json ? output_json() : NULL;

    if (json != NULL) {
        bedrock_json_begin_object(json);
    }
    return json;
}

int session_end(bedrock_client *client, struct bedrock_json_writer *json)
{
    const struct bedrock_error *error = bedrock_last_error(client);
    int code = code_of(error);

    if (json != NULL) {
        if (error->code == BEDROCK_OK) {
            report_json_text(json, "requestId", error->request_id);
        } else {
            report_json_error(json, error);
        }
        bedrock_json_end_object(json);
        output_json_end(json);
    }
    output_flush();
    if (output_failed() != 0) {
        fprintf(stderr, "The answer could not be written to standard output: %s.\n",
                strerror(output_failed()));
        return EXIT_CODE_FAILED;
    }
    if (json == NULL && error->code != BEDROCK_OK) {
        report_error(error);
    }
    return code;
}
