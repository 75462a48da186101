/* SPDX-License-Identifier: MIT */
/* See bedrock/client.h. */
#include "client/client.h"

#include "client/label.h"
#include "util/bytes.h"

#include <string.h>

/* Any type that this library or BearSSL puts into the block is content with this. */
#define ALIGNMENT 8u

static const struct bedrock_error no_memory = {BEDROCK_E_BUFFER, 0,  0,  0, 0,
                                               BEDROCK_MEMORY,   "", "", ""};
static const struct bedrock_usage no_usage = {.service_tier = ""};

static size_t align_up(size_t size)
{
    return (size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
}

static void fill_defaults(struct bedrock_config *config)
{
    static const uint16_t defaults_s[] = {15, 300, 120, 900}; /* as in struct bedrock_timeouts */
    uint32_t *ms = &config->timeouts.connect_ms;
    size_t i;

    for (i = 0; i < BDK_COUNT(defaults_s); i++, ms++) {
        if (*ms == 0) {
            *ms = 1000u * defaults_s[i];
        } else if (*ms > 0x7fffffffu) {
            *ms = 0x7fffffffu;
        }
    }
    if (config->user_agent != NULL && config->user_agent[0] == '\0') {
        config->user_agent = NULL;
    }
    if (config->max_attempts == 0) {
        config->max_attempts = 3;
    }
}

static int port_complete(const struct bedrock_port *port)
{
    return port != NULL && port->connect != NULL && port->read != NULL && port->write != NULL &&
           port->close != NULL && port->now_ms != NULL && port->utc != NULL &&
           port->entropy != NULL;
}

/* It goes into a header as it is. */
static int user_agent_valid(const char *text)
{
    for (; text != NULL && *text != '\0'; text++) {
        if (*text < ' ' || *text > '~') {
            return 0;
        }
    }
    return 1;
}

static int check_config(struct bedrock_client *client, const struct bedrock_config *config)
{
    if (!port_complete(config->port) || !user_agent_valid(config->user_agent)) {
        return BEDROCK_E_ARGUMENT;
    }
    if (config->credentials == NULL || config->credentials->get == NULL) {
        return BEDROCK_E_NO_CREDENTIALS;
    }
    if (!bdk_region_valid(config->region)) {
        return BEDROCK_E_REGION; /* the signature needs it, whatever the endpoint */
    }
    return bdk_endpoint_resolve(&client->endpoint, config->region, config->endpoint);
}

static int init_transport(struct bedrock_client *client, size_t size,
                          const struct bedrock_transport_class *type, size_t *needed)
{
    struct bedrock_transport_options options = {0};

    options.port = client->port;
    options.anchors = client->config.anchors;
    options.record_size = client->config.record_size;
    options.ctx = client->config.transport_ctx;
    client->transport =
        (struct bedrock_transport *)(void *)((uint8_t *)client + align_up(sizeof *client));
    if (size >= sizeof *client->transport) {
        memset(client->transport, 0, sizeof *client->transport);
        client->transport->type = type;
    }
    return type->init(client->transport, size, &options, needed);
}

int bedrock_client_init_with(bedrock_client **out, void *memory, size_t size,
                             const struct bedrock_config *config,
                             const struct bedrock_transport_class *transport)
{
    size_t slack = (size_t)(0u - (uintptr_t)memory) & (ALIGNMENT - 1);
    size_t fixed = slack + align_up(sizeof **out), needed = 0;
    struct bedrock_client *client = (struct bedrock_client *)(void *)((uint8_t *)memory + slack);
    int status;

    *out = NULL;
    if (memory == NULL || size < fixed) {
        return BEDROCK_E_BUFFER;
    }
    memset(client, 0, sizeof *client);
    client->config = *config;
    client->port = config->port;
    fill_defaults(&client->config);
    bdk_retry_init(&client->retry);
    bdk_error_clear(client);
    *out = client;
    client->state = BDK_BROKEN;
    status = check_config(client, config);
    if (status == BEDROCK_OK) {
        status = init_transport(client, size - fixed, transport, &needed);
    }
    if (status == BEDROCK_OK) {
        client->state = BDK_IDLE;
    } else if (status == BEDROCK_E_BUFFER) {
        client->error.needed = fixed + needed;
    }
    client->error.code = status;
    return status;
}

void bdk_error_clear(struct bedrock_client *client)
{
    struct bedrock_error *error = &client->error;

    memset(error, 0, sizeof *error);
    client->error_type[0] = client->text.message[0] = client->request_id[0] = '\0';
    error->type = client->error_type;
    error->message = client->text.message;
    error->request_id = client->request_id;
}

/* May a call begin? BEDROCK_OK, or why not. */
static int check_idle(const struct bedrock_client *client)
{
    if (client == NULL) {
        return BEDROCK_E_BUFFER;
    }
    if (client->state == BDK_BROKEN) {
        return client->error.code;
    }
    return client->state >= BDK_PREPARE ? BEDROCK_E_STATE : BEDROCK_OK;
}

int bdk_client_refuse(struct bedrock_client *client, int status)
{
    int idle = check_idle(client);

    if (idle != BEDROCK_OK) {
        return idle;
    }
    bdk_error_clear(client);
    client->error.code = status;
    client->state = BDK_FAILED;
    return status;
}

/* Can the request be meant? Of it the labels of the path are looked at here. */
static int check_request(const void *request, const char *path)
{
    const char *const *label = request;
    int valid = request != NULL;

    for (; valid && *path != '\0'; path++) {
        if (*path <= '*') {
            valid = bdk_label_valid(*path == '*' ? *label++ : request);
        }
    }
    return valid ? BEDROCK_OK : BEDROCK_E_ARGUMENT;
}

int bdk_client_start(struct bedrock_client *client, const struct bdk_operation *operation,
                     const void *request)
{
    /* What a refused call ends with is what any other begins with. */
    int status = bdk_client_refuse(client, check_request(request, operation->path));

    if (status != BEDROCK_OK) {
        return status;
    }
    client->operation = operation;
    client->request = request;
    client->cancelled = 0;
    client->events_given = client->skew_retried = client->stale_retried = 0;
    client->retry.attempts = client->retry.paid = 0;
    memset(&client->usage, 0, sizeof client->usage);
    client->reader.stopped = 0;
    client->call_start_ms = client->phase_start_ms = client->port->now_ms(client->port->ctx);
    client->state = BDK_PREPARE;
    return BEDROCK_OK;
}

int bdk_client_give_up(struct bedrock_client *client, int status)
{
    if (client->state >= BDK_PREPARE) {
        bedrock_client_close(client);
        bdk_fail(client, status);
    }
    return status;
}

void bedrock_cancel(bedrock_client *client)
{
    if (client != NULL && client->state >= BDK_PREPARE) {
        client->cancelled = 1;
    }
}

void bedrock_client_close(bedrock_client *client)
{
    if (client == NULL || client->state == BDK_BROKEN) {
        return;
    }
    if (client->state >= BDK_PREPARE) {
        client->error.code = BEDROCK_E_CANCELLED;
        client->state = BDK_FAILED;
    }
    bdk_disconnect(client);
    bedrock_sigv4_key_wipe(&client->key);
    bdk_wipe(client->signature, sizeof client->signature);
    memset(&client->keys, 0, sizeof client->keys);
}

const struct bedrock_error *bedrock_last_error(const bedrock_client *client)
{
    return client == NULL ? &no_memory : &client->error;
}

const struct bedrock_usage *bedrock_last_usage(const bedrock_client *client)
{
    return client == NULL ? &no_usage : &client->usage;
}

enum bedrock_stop_reason bedrock_last_stop_reason(const bedrock_client *client)
{
    return client != NULL && (client->reader.stopped & BDK_STOPPED_REASON) != 0
               ? (enum bedrock_stop_reason)client->reader.stop_reason
               : BEDROCK_STOP_UNKNOWN;
}

int64_t bedrock_clock_skew_s(const bedrock_client *client)
{
    return client == NULL ? 0 : client->skew_s;
}
