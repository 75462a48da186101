/* SPDX-License-Identifier: MIT */
/* Every call of the port fails once, or from then on: the client's call ends with a clean code or
 * goes well, and the next one goes well. */
#include "calls.h"

static struct calls c;

static int is_of_the_network(int code)
{
    return code == BEDROCK_E_CONNECT || code == BEDROCK_E_READ || code == BEDROCK_E_WRITE ||
           code == BEDROCK_E_RESOLVE;
}

/* What was meant for a connection that has failed does not reach the next one. */
static fake_peer service;

static void hear(struct fake_port *fake, void *ctx, const uint8_t *bytes, size_t len)
{
    if (len == 0) {
        fake_port_clear(fake);
    }
    service(fake, ctx, bytes, len);
}

/* One call with a fault at one place. Returns 1 when the call was over before it. */
static int one_fault(unsigned at, int port_code, int for_ever, uint8_t attempts, int is_waiting)
{
    int status;

    calls_init(&c, ANSWERS({.text = OK, .delay_ms = 3}, {.text = OK}, {.text = OK}));
    if (!is_waiting) {
        c.fake.port.wait = NULL;
    }
    c.fake.read_max = 60;
    c.fake.write_max = 90;
    c.fake.connect_ms = 2;
    service = c.fake.peer;
    c.fake.peer = hear;
    c.config.max_attempts = attempts;
    CHECK_INT(calls_open(&c), BEDROCK_OK);
    fake_port_fail(&c.fake, FAKE_ANY, at, port_code, for_ever);
    status = calls_call(&c);
    if (c.fake.calls[FAKE_ANY] < at) {
        CHECK_INT(status, BEDROCK_OK);
        CHECK_TEXT(c.text, "Hi");
        calls_free(&c);
        return 1;
    }
    if (status == BEDROCK_OK) {
        CHECK_TEXT(c.text, "Hi");
    } else {
        CHECK(is_of_the_network(status));
        CHECK_INT(bedrock_last_error(c.client)->port_code, port_code);
        CHECK(!fake_port_is_connected(&c.fake));
    }
    memset(c.fake.fail, 0, sizeof c.fake.fail);
    fake_port_clear(&c.fake);
    calls_script(&c, ANSWERS(TEXT(OK), TEXT(OK)));
    if (fake_port_is_connected(&c.fake)) {
        fake_port_break(&c.fake, -1);
    }
    calls_good(&c);
    calls_good(&c);
    calls_free(&c);
    return 0;
}

static void every_fault(uint8_t attempts, int for_ever, int is_waiting)
{
    static const int codes[] = {BEDROCK_PORT_FAILED, BEDROCK_PORT_NO_HOST, BEDROCK_PORT_UNREACHABLE,
                                -204};
    size_t i;

    for (i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        unsigned at = 1;

        do {
            test_context("call %d of the port says %d", (int)at, codes[i]);
        } while (!one_fault(at++, codes[i], for_ever, attempts, is_waiting));
        CHECK(at > 12);
    }
    test_context(NULL);
}

static void fails_once(void)
{
    every_fault(1, 0, 1);
}

static void fails_for_ever(void)
{
    every_fault(1, 1, 1);
}

static void fails_once_and_is_tried_again(void)
{
    every_fault(3, 0, 1);
}

static void fails_for_ever_however_often(void)
{
    every_fault(3, 1, 1);
}

static void fails_once_without_waiting(void)
{
    every_fault(2, 0, 0);
}

int main(void)
{
    RUN(fails_once);
    RUN(fails_for_ever);
    RUN(fails_once_and_is_tried_again);
    RUN(fails_for_ever_however_often);
    RUN(fails_once_without_waiting);
    return test_finish();
}
