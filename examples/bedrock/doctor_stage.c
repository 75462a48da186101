/* SPDX-License-Identifier: MIT */
/* What the end of a call says about the way to the model. */
#include "doctor.h"

#include <string.h>

/* An API key that is not accepted comes back with the code of a lacking permission. What tells them
 * apart are the service's words, which the advice has read. */
static int is_key_refused(const struct bedrock_error *error)
{
    return error->code == BEDROCK_E_ACCESS_DENIED &&
           strncmp(bedrock_error_advice(error), "The API key", 11) == 0;
}

/* Whether a time was up that is longer than the one for name, TCP and TLS: that way is open. */
static int is_silence(int code)
{
    return code == BEDROCK_E_TIMEOUT_FIRST_BYTE || code == BEDROCK_E_TIMEOUT_IDLE ||
           code == BEDROCK_E_TIMEOUT_TOTAL;
}

enum stage stage_of(const struct bedrock_error *error)
{
    static const struct {
        int16_t code;
        uint8_t stage;
    } known[] = {
        {BEDROCK_E_REGION, NAME},
        {BEDROCK_E_ENDPOINT, NAME},
        {BEDROCK_E_RESOLVE, NAME},
        {BEDROCK_E_CONNECT, TCP},
        {BEDROCK_E_CLOCK, CLOCK},
        {BEDROCK_E_ENTROPY, TLS},
        {BEDROCK_E_ANCHORS, TLS},
        {BEDROCK_E_NO_CREDENTIALS, SIGNATURE},
        {BEDROCK_E_CREDENTIALS, SIGNATURE},
        {BEDROCK_E_CREDENTIALS_EXPIRED, SIGNATURE},
        {BEDROCK_E_EXPIRED_TOKEN, SIGNATURE},
        {BEDROCK_E_SIGNATURE, SIGNATURE},
        {BEDROCK_E_BAD_KEY, SIGNATURE},
        {BEDROCK_E_ACCESS_DENIED, PERMISSION},
    };
    size_t i;

    if (error->code == BEDROCK_OK) {
        return STAGES;
    }
    if (is_key_refused(error)) {
        return SIGNATURE;
    }
    if (look.connected && is_silence(error->code)) {
        return MODEL;
    }
    for (i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (known[i].code == error->code) {
            return (enum stage)known[i].stage;
        }
    }
    /* The service refuses a signature in several words, and 403 is what they have in common. */
    if (error->code <= BEDROCK_E_SERVICE) {
        return error->http_status == 403 ? PERMISSION : MODEL;
    }
    if (error->http_status != 0 && error->code != BEDROCK_E_HTTP_NOT_BEDROCK) {
        return MODEL;
    }
    return look.connected ? TLS : look.tcp_port != 0 ? TCP : NAME;
}

/* A service that fails, or does not know the call, may have looked at neither the signature
 * nor the permission; one that refuses a request may not have come to the permission. */
const char *stage_unknown(enum stage stage, enum stage broken, const struct bedrock_error *error)
{
    int answered = broken == STAGES || error->http_status == 200;
    int refused = error->code <= BEDROCK_E_SERVICE && error->http_status < 500 &&
                  error->type[0] != '\0' && strncmp(error->type, "UnknownOperation", 16) != 0;

    if (stage == TLS && look_now_s() == 0) {
        return "certificates cannot be judged without a clock";
    }
    if (stage == CLOCK && !look.answered) {
        return "no answer tells whether it is right";
    }
    if (stage == SIGNATURE && !answered && (!refused || error->code == BEDROCK_E_SERVICE)) {
        return "this answer does not tell whether it is accepted";
    }
    if (stage == PERMISSION && !answered) {
        return "this answer does not tell whether the model may be called";
    }
    return NULL;
}
