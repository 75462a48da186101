/* SPDX-License-Identifier: MIT */
/* The TLS transports against a server in the same process, over a wire that behaves in every way
 * that wires do. */
#include "link.h"
#include "tls/tls.h"

#define BIG 40000 /* more than two of the largest records */

static const struct bedrock_transport_class *const kinds[] = {&bedrock_tls, &bedrock_tls_lean};

/* Opens, sends len bytes, gets them back, and sees the peer's close_notify. */
static void exchange(struct link *link, size_t len)
{
    link->peer->echo = 1;
    CHECK_INT(open_link(link), BEDROCK_OK);
    CHECK_INT(send_pattern(link, 0, len, len), BEDROCK_OK);
    CHECK_INT(receive_pattern(link, 0, len, len), BEDROCK_OK);
    CHECK_INT(link->peer->received_len, len);
    br_ssl_engine_close(&link->peer->ssl.eng);
    CHECK_INT(receive_end(link), 0);
    CHECK_INT(receive_end(link), 0);
    close_link(link);
    CHECK_INT(link->peer->closes, 1);
    CHECK_INT(br_ssl_engine_last_error(&link->peer->ssl.eng), 0);
    CHECK_INT(link->transport->tls_code, 0);
    CHECK_INT(link->transport->port_code, 0);
}

static void keys_and_kinds(void)
{
    static const enum peer_key keys[] = {PEER_EC, PEER_RSA, PEER_P384};
    size_t k, c;

    for (k = 0; k < 3; k++) {
        for (c = 0; c < 2; c++) {
            struct link link;

            test_context("key %zu, kind %zu", k, c);
            link_up(&link, kinds[c], keys[k], 0, 0);
            if (keys[k] == PEER_P384 && kinds[c] == &bedrock_tls_lean) {
                CHECK_INT(open_link(&link), BEDROCK_E_TLS);
                CHECK_INT(link.transport->tls_code, BR_ERR_BAD_SIGNATURE);
                close_link(&link);
            } else {
                exchange(&link, 3000);
            }
            link_down(&link);
        }
    }
}

static void every_suite(void)
{
    static const uint16_t suites[] = {
        BR_TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
        BR_TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
        BR_TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
        BR_TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
        BR_TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
        BR_TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
    };
    size_t s, c;

    for (s = 0; s < 6; s++) {
        for (c = 0; c < 2; c++) {
            struct link link;

            test_context("suite %zu, kind %zu", s, c);
            link_up(&link, kinds[c], s % 2 == 0 ? PEER_EC : PEER_RSA, 0, 0);
            br_ssl_engine_set_suites(&link.peer->ssl.eng, &suites[s], 1);
            if (s >= 4 && kinds[c] == &bedrock_tls_lean) {
                CHECK_INT(open_link(&link), BEDROCK_E_TLS_REFUSED);
                CHECK_INT(link.transport->tls_code, 296);
                close_link(&link);
            } else {
                exchange(&link, 2000);
            }
            link_down(&link);
        }
    }
}

/* What is not in either profile must not be negotiated, and no older version. */
static void refused_suites_and_versions(void)
{
    static const uint16_t suites[] = {
        BR_TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256, BR_TLS_RSA_WITH_AES_128_GCM_SHA256,
        BR_TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA, BR_TLS_ECDHE_ECDSA_WITH_AES_128_CCM};
    struct link link;
    size_t i;

    for (i = 0; i < 4; i++) {
        test_context("suite %zu", i);
        link_up(&link, &bedrock_tls, PEER_RSA, 0, 0);
        br_ssl_engine_set_suites(&link.peer->ssl.eng, &suites[i], 1);
        CHECK_INT(open_link(&link), BEDROCK_E_TLS_REFUSED);
        CHECK_INT(link.transport->tls_code, 296);
        link_down(&link);
    }
    link_up(&link, &bedrock_tls, PEER_RSA, 0, 0);
    br_ssl_engine_set_versions(&link.peer->ssl.eng, BR_TLS10, BR_TLS11);
    CHECK_INT(open_link(&link), BEDROCK_E_TLS_REFUSED);
    link_down(&link);
}

/* AES first exactly where there is hardware for it. */
static void preferred_suite(void)
{
    int hardware = br_aes_x86ni_ctr_get_vtable() != NULL || br_aes_pwr8_ctr_get_vtable() != NULL;
    br_ssl_session_parameters session;
    struct link link;
    size_t c;

    for (c = 0; c < 2; c++) {
        link_up(&link, kinds[c], PEER_EC, 0, 0);
        CHECK_INT(open_link(&link), BEDROCK_OK);
        br_ssl_engine_get_session_parameters(&link.peer->ssl.eng, &session);
        CHECK_INT(session.cipher_suite, hardware
                                            ? BR_TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256
                                            : BR_TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256);
        close_link(&link);
        link_down(&link);
    }
}

static void every_wire(void)
{
    static const size_t chunks[] = {0, 1, 3, 100};
    static const size_t extras[] = {0, 1, 4000, 60000};
    size_t i, a, e;

    for (i = 0; i < 4; i++) {
        for (a = 0; a < 2; a++) {
            for (e = 0; e < 4; e++) {
                struct link link;

                test_context("chunk %zu, again %zu, extra %zu", chunks[i], a, extras[e]);
                link_up(&link, &bedrock_tls, PEER_EC, extras[e], 0);
                link.peer->chunk = chunks[i];
                link.peer->again = (int)a;
                link.peer->connect_agains = 3;
                exchange(&link, chunks[i] == 1 ? 2000 : BIG);
                link_down(&link);
            }
        }
    }
}

/* Whatever the pieces in which the caller fills and empties the buffers. */
static void every_piece(void)
{
    static const size_t steps[] = {1, 2, 511, 512, 513, 20000};
    size_t i;

    for (i = 0; i < 6; i++) {
        struct link link;
        size_t len = steps[i] < 500 ? 1500 : BIG;

        test_context("step %zu", steps[i]);
        link_up(&link, &bedrock_tls_lean, PEER_EC, 0, 0);
        link.peer->echo = 1;
        CHECK_INT(open_link(&link), BEDROCK_OK);
        CHECK_INT(send_pattern(&link, 0, len, steps[i]), BEDROCK_OK);
        CHECK_INT(receive_pattern(&link, 0, len, steps[i]), BEDROCK_OK);
        close_link(&link);
        link_down(&link);
    }
}

static void sizes(void)
{
    static const uint16_t record_sizes[] = {0, 512, 1024, 2048, 4096};
    size_t i, needed, previous = 0;
    struct link link;

    for (i = 0; i < 5; i++) {
        test_context("record size %u", (unsigned)record_sizes[i]);
        link_up(&link, &bedrock_tls, PEER_EC, 0, record_sizes[i]);
        CHECK_INT(kinds[0]->init(link.transport, link.size - 1, &link.options, &needed),
                  BEDROCK_E_BUFFER);
        CHECK_INT(needed, link.size);
        if (i == 0) {
            CHECK(needed > 16384 + 325 + 512 + 85);
        } else if (i > 1) {
            CHECK_INT(needed - previous, record_sizes[i] - record_sizes[i - 1]);
        }
        previous = needed;
        exchange(&link, BIG);
        link_down(&link);
    }
}

static void bad_options(void)
{
    static const uint16_t bad[] = {1, 256, 511, 513, 8192, 16384, 65535};
    const struct bedrock_anchors none = {NULL, 0};
    struct bedrock_port port;
    struct link link;
    size_t i, needed;

    link_up(&link, &bedrock_tls, PEER_EC, 0, 0);
    for (i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        link.options.record_size = bad[i];
        CHECK_INT(kinds[0]->init(link.transport, link.size, &link.options, &needed),
                  BEDROCK_E_ARGUMENT);
    }
    link.options.record_size = 0;
    link.options.anchors = &none;
    CHECK_INT(kinds[0]->init(link.transport, link.size, &link.options, &needed), BEDROCK_E_ANCHORS);
    link.options.anchors = &link.anchors;
    port = link.peer->port;
    port.entropy = NULL;
    link.options.port = &port;
    CHECK_INT(kinds[0]->init(link.transport, link.size, &link.options, &needed), BEDROCK_E_ENTROPY);
    link_down(&link);
}

/* Small records are asked for if and only if the caller wants them, whatever the memory. */
static void fragment_length(void)
{
    static const struct {
        uint16_t record_size;
        size_t extra;
        int asked; /* as a power of two; 0: not at all */
    } cases[] = {{0, 0, 0},       {0, 1000, 0},  {0, 60000, 0}, {512, 0, 9},      {512, 60000, 9},
                 {1024, 300, 10}, {2048, 0, 11}, {4096, 0, 12}, {4096, 60000, 12}};
    size_t i;

    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct link link;

        test_context("case %zu", i);
        link_up(&link, &bedrock_tls, PEER_EC, cases[i].extra, cases[i].record_size);
        CHECK_INT(open_link(&link), BEDROCK_OK);
        CHECK_INT(link.peer->ssl.eng.peer_log_max_frag_len, cases[i].asked);
        close_link(&link);
        link_down(&link);
    }
}

/* A server that was asked for small records and sends large ones all the same. */
static void record_too_large(void)
{
    struct link link;
    size_t extra;

    for (extra = 0; extra <= 60000; extra += 60000) {
        test_context("extra %zu", extra);
        link_up(&link, &bedrock_tls, PEER_EC, extra, 512);
        CHECK_INT(open_link(&link), BEDROCK_OK);
        link.peer->ssl.eng.max_frag_len = 16384;
        link.peer->send = BIG;
        if (extra == 0) {
            /* The record that was being made when the length changed is still small. */
            CHECK_INT(receive_pattern(&link, 0, 512, 512), BEDROCK_OK);
            CHECK_INT(receive_end(&link), BEDROCK_E_TLS_RECORD_SIZE);
            CHECK_INT(link.transport->tls_code, BR_ERR_TOO_LARGE);
        } else {
            CHECK_INT(receive_pattern(&link, 0, BIG, BIG), BEDROCK_OK);
        }
        close_link(&link);
        link_down(&link);
    }
}

static void names(void)
{
    static const struct {
        const char *host;
        int result;
    } cases[] = {
        {"server.test", BEDROCK_OK},
        {"SERVER.Test", BEDROCK_OK},
        {"localhost", BEDROCK_OK},
        {"a.wild.test", BEDROCK_OK},
        {"a.b.wild.test", BEDROCK_E_CERT_NAME},
        {"wild.test", BEDROCK_E_CERT_NAME},
        {"other.test", BEDROCK_E_CERT_NAME},
        {"server.test.", BEDROCK_E_CERT_NAME},
        {"server.tes", BEDROCK_E_CERT_NAME},
        {"xserver.test", BEDROCK_E_CERT_NAME},
        {"EC leaf",
         BEDROCK_E_CERT_NAME}, /* the common name does not count where names are listed */
        {"", BEDROCK_E_ARGUMENT},
        {NULL, BEDROCK_E_ARGUMENT},
    };
    struct link link;
    char longest[257];
    size_t i;

    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        test_context("case %zu", i);
        link_up(&link, kinds[i % 2], PEER_EC, 0, 0);
        CHECK_INT(open_at(&link, cases[i].host, TEST_NOW), cases[i].result);
        CHECK_INT(link.transport->tls_code, cases[i].result == BEDROCK_E_CERT_NAME ? 56 : 0);
        if (cases[i].result == BEDROCK_OK) {
            CHECK_TEXT(br_ssl_engine_get_server_name(&link.peer->ssl.eng), cases[i].host);
        }
        close_link(&link);
        link_down(&link);
    }
    link_up(&link, &bedrock_tls, PEER_EC, 0, 0);
    memset(longest, 'a', sizeof longest);
    longest[256] = '\0';
    CHECK_INT(open_at(&link, longest, TEST_NOW), BEDROCK_E_ARGUMENT);
    longest[255] = '\0';
    CHECK_INT(open_at(&link, longest, TEST_NOW), BEDROCK_E_CERT_NAME);
    link_down(&link);
}

static void dates(void)
{
    static const struct {
        int64_t unix_s;
        int result;
    } cases[] = {
        {TEST_NOW, BEDROCK_OK},
        {TEST_TOO_EARLY + 1, BEDROCK_OK},
        {TEST_TOO_EARLY, BEDROCK_E_CERT_DATE},
        {TEST_TOO_LATE - 1, BEDROCK_OK},
        {TEST_TOO_LATE, BEDROCK_E_CERT_DATE},
        {1, BEDROCK_E_CERT_DATE},
        {0, BEDROCK_E_CLOCK},
        {-1, BEDROCK_E_CLOCK},
        {INT64_MIN, BEDROCK_E_CLOCK},
        {INT64_C(253402300799), BEDROCK_E_CERT_DATE},
        {INT64_C(253402300800), BEDROCK_E_CLOCK},
        {INT64_MAX, BEDROCK_E_CLOCK},
    };
    size_t i;

    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct link link;

        test_context("case %zu", i);
        link_up(&link, &bedrock_tls, PEER_EC, 0, 0);
        CHECK_INT(open_at(&link, HOST, cases[i].unix_s), cases[i].result);
        CHECK_INT(link.transport->tls_code, cases[i].result == BEDROCK_E_CERT_DATE ? 54 : 0);
        CHECK_INT(link.peer->connects, cases[i].result == BEDROCK_E_CLOCK ? 0 : 1);
        close_link(&link);
        link_down(&link);
    }
}

static void trust(void)
{
    struct link link;
    size_t needed, c;

    for (c = 0; c < 2; c++) {
        /* Without anchors of the caller's: Amazon's. */
        link_up(&link, kinds[c], PEER_EC, 0, 0);
        link.options.anchors = NULL;
        CHECK_INT(kinds[c]->init(link.transport, link.size, &link.options, &needed), BEDROCK_OK);
        CHECK_INT(open_link(&link), BEDROCK_E_CERT_UNTRUSTED);
        CHECK_INT(link.transport->tls_code, 62);
        CHECK_INT(receive_end(&link), BEDROCK_E_READ);
        CHECK_INT(send_pattern(&link, 0, 1, 1), BEDROCK_E_WRITE);
        link_down(&link);
    }
    /* The server's own certificate as an anchor pins it, and says nothing about others. */
    link_up(&link, &bedrock_tls, PEER_EC, 0, 0);
    CHECK_INT(bedrock_anchors_from_pem(&link.anchors, link.memory.bytes, ANCHORS_CAP, test_ec,
                                       strlen(test_ec)),
              BEDROCK_OK);
    CHECK_INT(open_link(&link), BEDROCK_OK);
    close_link(&link);
    link_down(&link);
    link_up(&link, &bedrock_tls, PEER_RSA, 0, 0);
    CHECK_INT(bedrock_anchors_from_pem(&link.anchors, link.memory.bytes, ANCHORS_CAP, test_ec,
                                       strlen(test_ec)),
              BEDROCK_OK);
    CHECK_INT(open_link(&link), BEDROCK_E_CERT_UNTRUSTED);
    link_down(&link);
}

/* A certificate whose signature does not fit. */
static void forged(void)
{
    struct link link;

    link_up(&link, &bedrock_tls, PEER_EC, 0, 0);
    link.peer->certificate[link.peer->certificate_len - 1] ^= 1;
    CHECK_INT(open_link(&link), BEDROCK_E_CERT_UNTRUSTED);
    link_down(&link);
    link_up(&link, &bedrock_tls, PEER_EC, 0, 0);
    link.peer->certificate[1] = 0;
    CHECK_INT(open_link(&link), BEDROCK_E_CERT_INVALID);
    link_down(&link);
}

static void statuses(void)
{
    static const struct {
        int bearssl, status;
    } cases[] = {
        {1, BEDROCK_E_TLS},
        {3, BEDROCK_E_TLS_REFUSED},
        {6, BEDROCK_E_TLS_RECORD_SIZE},
        {7, BEDROCK_E_TLS},
        {8, BEDROCK_E_ENTROPY},
        {27, BEDROCK_E_TLS},
        {31, BEDROCK_E_READ},
        {32, BEDROCK_E_CERT_INVALID},
        {52, BEDROCK_E_CERT_INVALID},
        {53, BEDROCK_E_CLOCK},
        {54, BEDROCK_E_CERT_DATE},
        {55, BEDROCK_E_CERT_INVALID},
        {56, BEDROCK_E_CERT_NAME},
        {60, BEDROCK_E_CERT_INVALID},
        {62, BEDROCK_E_CERT_UNTRUSTED},
        {63, BEDROCK_E_TLS},
        {256 + 40, BEDROCK_E_TLS_REFUSED},
        {256 + 70, BEDROCK_E_TLS_REFUSED},
        {256 + 71, BEDROCK_E_TLS_REFUSED},
        {256 + 80, BEDROCK_E_TLS},
        {512 + 40, BEDROCK_E_TLS},
        {512 + 120, BEDROCK_E_TLS},
    };
    size_t i;

    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        test_context("error %d", cases[i].bearssl);
        CHECK_INT(bdk_tls_status(cases[i].bearssl), cases[i].status);
    }
}

/* What comes instead of a handshake. */
static void not_a_handshake(void)
{
    static const struct {
        const char *bytes;
        size_t len;
        int result, tls_code;
    } cases[] = {
        {"\x15\x03\x01\x00\x02\x02\x28", 7, BEDROCK_E_TLS_REFUSED, 296},
        {"\x15\x03\x03\x00\x02\x02\x46", 7, BEDROCK_E_TLS_REFUSED, 326},
        {"\x15\x03\x03\x00\x02\x02\x70", 7, BEDROCK_E_TLS, 256 + 112},
        {"HTTP/1.1 400 Bad Request\r\n\r\n", 28, BEDROCK_E_TLS_REFUSED, 3},
        {"\x16\x03\x03\xff\xff", 5, BEDROCK_E_TLS, BR_ERR_BAD_LENGTH},
        {"\x17\x03\x03\x00\x01x", 6, BEDROCK_E_TLS, BR_ERR_UNEXPECTED},
        {"", 0, BEDROCK_E_READ, 0},
        {"\x16\x03", 2, BEDROCK_E_READ, 0},
        {"\x15\x03\x03\x00\x02\x01\x00", 7, BEDROCK_E_READ, 0}, /* a courteous close_notify */
    };
    size_t i;

    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct link link;

        test_context("case %zu", i);
        link_up(&link, &bedrock_tls_lean, PEER_EC, 0, 0);
        link.peer->raw = 1;
        link.peer->eof = 1;
        queue_put(&link.peer->to_client, cases[i].bytes, cases[i].len);
        CHECK_INT(open_link(&link), cases[i].result);
        CHECK_INT(link.transport->tls_code, cases[i].tls_code);
        close_link(&link);
        CHECK_INT(link.peer->closes, 1);
        link_down(&link);
    }
}

/* A flight of the handshake is one write, and so is a request that fits a record. */
static void writes_are_few(void)
{
    static const enum peer_key keys[] = {PEER_EC, PEER_RSA, PEER_P384};
    size_t k, p384;

    for (k = 0; k < 3; k++) {
        for (p384 = 0; p384 < 2; p384++) {
            static br_ec_impl only_p384;
            struct link link;

            test_context("key %zu, key exchange on P-384: %zu", k, p384);
            link_up(&link, &bedrock_tls, keys[k], 4000, 0);
            if (p384) {
                only_p384 = br_ec_prime_i31;
                only_p384.supported_curves = (uint32_t)1 << BR_EC_secp384r1;
                br_ssl_engine_set_ec(&link.peer->ssl.eng, &only_p384);
            }
            CHECK_INT(open_link(&link), BEDROCK_OK);
            CHECK_INT(link.peer->writes, 2);
            CHECK_INT(send_pattern(&link, 0, 3000, 100), BEDROCK_OK);
            CHECK_INT(link.peer->writes, 3);
            close_link(&link);
            CHECK_INT(link.peer->writes, 4);
            link_down(&link);
        }
    }
}

static void truncated(void)
{
    struct link link;

    link_up(&link, &bedrock_tls, PEER_EC, 0, 0);
    CHECK_INT(open_link(&link), BEDROCK_OK);
    link.peer->send = 1000;
    link.peer->eof = 1;
    CHECK_INT(receive_pattern(&link, 0, 1000, 1000), BEDROCK_OK);
    CHECK_INT(receive_end(&link), BEDROCK_E_TLS_TRUNCATED);
    CHECK_INT(receive_end(&link), BEDROCK_E_TLS_TRUNCATED);
    CHECK_INT(send_pattern(&link, 0, 10, 10), BEDROCK_E_TLS_TRUNCATED);
    close_link(&link);
    CHECK_INT(link.transport->tls_code, 0);
    link_down(&link);

    /* In the middle of a record. */
    link_up(&link, &bedrock_tls, PEER_EC, 0, 0);
    CHECK_INT(open_link(&link), BEDROCK_OK);
    link.peer->send = 1000;
    peer_run(link.peer);
    link.peer->to_client.to--;
    link.peer->raw = 1;
    link.peer->eof = 1;
    CHECK_INT(receive_end(&link), BEDROCK_E_TLS_TRUNCATED);
    close_link(&link);
    link_down(&link);
}

static void read_fails(void)
{
    struct link link;

    link_up(&link, &bedrock_tls, PEER_EC, 0, 0);
    link.peer->read_code = -104;
    CHECK_INT(open_link(&link), BEDROCK_OK); /* it fails only when there is nothing to read */
    link.peer->send = 100;
    CHECK_INT(receive_pattern(&link, 0, 100, 100), BEDROCK_OK);
    CHECK_INT(receive_end(&link), BEDROCK_E_READ);
    CHECK_INT(link.transport->port_code, -104);
    CHECK_INT(send_pattern(&link, 0, 10, 10), BEDROCK_E_READ);
    close_link(&link);
    CHECK_INT(link.transport->port_code, -104);
    link_down(&link);
}

static void damaged(void)
{
    struct link link;

    link_up(&link, &bedrock_tls, PEER_EC, 0, 0);
    CHECK_INT(open_link(&link), BEDROCK_OK);
    link.peer->send = 100;
    link.peer->flip = 1;
    CHECK_INT(receive_end(&link), BEDROCK_E_TLS);
    CHECK_INT(link.transport->tls_code, BR_ERR_BAD_MAC);
    CHECK_INT(send_pattern(&link, 0, 10, 10), BEDROCK_E_TLS);
    CHECK_INT(receive_end(&link), BEDROCK_E_TLS);
    close_link(&link);
    link_down(&link);
}

/* The peer's close_notify is the end, even when our own can no longer be sent. */
static void close_notify_counts(void)
{
    struct link link;

    link_up(&link, &bedrock_tls, PEER_EC, 0, 0);
    CHECK_INT(open_link(&link), BEDROCK_OK);
    link.peer->send = 50;
    peer_run(link.peer);
    br_ssl_engine_close(&link.peer->ssl.eng);
    link.peer->write_code = -32;
    CHECK_INT(receive_pattern(&link, 0, 50, 50), BEDROCK_OK);
    CHECK_INT(receive_end(&link), 0);
    CHECK_INT(send_pattern(&link, 0, 10, 10), BEDROCK_E_WRITE);
    close_link(&link);
    CHECK_INT(receive_end(&link), BEDROCK_E_READ); /* closed */
    link_down(&link);

    link_up(&link, &bedrock_tls, PEER_EC, 0, 0);
    CHECK_INT(open_link(&link), BEDROCK_OK);
    br_ssl_engine_close(&link.peer->ssl.eng);
    link.peer->write_blocked = 1;
    CHECK_INT(receive_end(&link), 0);
    CHECK_INT(send_pattern(&link, 0, 10, 10), BEDROCK_E_WRITE);
    close_link(&link);
    link_down(&link);
}

/* While the peer takes nothing, what it sends can be received; then sending goes on where it was.
 */
static void write_blocked(void)
{
    size_t step;

    for (step = 1; step < 3000; step += 700) {
        struct link link;
        uint8_t *data;
        size_t cap, sent = 0, i;
        int result;

        test_context("step %zu", step);
        link_up(&link, &bedrock_tls_lean, PEER_EC, 100, 0);
        CHECK_INT(open_link(&link), BEDROCK_OK);
        link.peer->write_blocked = 1;
        while ((result = link.transport->type->reserve(link.transport, &data, &cap, 0)) == 0) {
            for (i = 0; i < cap; i++) {
                data[i] = pattern(sent++);
            }
            link.transport->type->commit(link.transport, cap);
        }
        CHECK_INT(result, BEDROCK_AGAIN);
        CHECK(sent > 0);
        CHECK_INT(link.transport->type->flush(link.transport, 0), BEDROCK_AGAIN);
        link.peer->send = 20000;
        CHECK_INT(receive_pattern(&link, 0, 10000, step), BEDROCK_OK);
        CHECK_INT(link.transport->type->flush(link.transport, 0), BEDROCK_AGAIN);
        CHECK_INT(receive_pattern(&link, 10000, 10000, step), BEDROCK_OK);
        link.peer->write_blocked = 0;
        CHECK_INT(flush_all(&link), BEDROCK_OK);
        CHECK_INT(send_pattern(&link, sent, 500, 500), BEDROCK_OK);
        CHECK_INT(link.peer->received_len, sent + 500);
        for (i = 0; i < link.peer->received_len; i++) {
            if (link.peer->received[i] != pattern(i)) {
                CHECK_INT(i, link.peer->received_len);
                break;
            }
        }
        close_link(&link);
        link_down(&link);
    }
}

/* A peer that resets while we send may have answered before. */
static void write_fails(void)
{
    struct link link;

    link_up(&link, &bedrock_tls, PEER_EC, 0, 0);
    CHECK_INT(open_link(&link), BEDROCK_OK);
    link.peer->send = 30000;
    peer_run(link.peer);
    br_ssl_engine_close(&link.peer->ssl.eng);
    link.peer->write_code = -32;
    CHECK_INT(send_pattern(&link, 0, 2000, 2000), BEDROCK_E_WRITE);
    CHECK_INT(link.transport->port_code, -32);
    CHECK_INT(send_pattern(&link, 0, 1, 1), BEDROCK_E_WRITE);
    CHECK_INT(receive_pattern(&link, 0, 30000, 30000), BEDROCK_OK);
    CHECK_INT(receive_end(&link), 0);
    close_link(&link);
    link_down(&link);

    link_up(&link, &bedrock_tls, PEER_EC, 0, 0);
    link.peer->write_code = -32;
    CHECK_INT(open_link(&link), BEDROCK_E_WRITE);
    CHECK_INT(link.transport->port_code, -32);
    link_down(&link);
}

static void renegotiation_is_refused(void)
{
    size_t tiny;

    for (tiny = 0; tiny < 2; tiny++) {
        struct link link;
        const uint8_t *data;
        size_t len;

        test_context("a byte a record: %zu", tiny);
        link_up(&link, &bedrock_tls, PEER_EC, 0, 0);
        CHECK_INT(open_link(&link), BEDROCK_OK);
        link.peer->send = 700;
        peer_run(link.peer);
        link.peer->ssl.eng.max_frag_len = tiny ? 1 : 16384;
        link.peer->send = 1;
        peer_run(link.peer);
        CHECK_INT(br_ssl_engine_renegotiate(&link.peer->ssl.eng), 1);
        CHECK_INT(receive_pattern(&link, 0, 701, 701), BEDROCK_OK);
        CHECK_INT(link.transport->type->receive(link.transport, &data, &len, 0), BEDROCK_AGAIN);
        /* The server got the no_renegotiation warning and ended; we have not. */
        CHECK_INT(br_ssl_engine_last_error(&link.peer->ssl.eng), 256 + 100);
        CHECK_INT(send_pattern(&link, 0, 100, 100), BEDROCK_OK);
        close_link(&link);
        link_down(&link);
    }
}

/* A request to renegotiate that has come in half keeps us from sending until the rest is there. */
static void half_a_hello_request(void)
{
    struct link link;
    uint8_t *data;
    size_t cap, end;

    link_up(&link, &bedrock_tls, PEER_EC, 0, 0);
    CHECK_INT(open_link(&link), BEDROCK_OK);
    link.peer->ssl.eng.max_frag_len = 1;
    link.peer->send = 1;
    peer_run(link.peer);
    CHECK_INT(receive_pattern(&link, 0, 1, 1), BEDROCK_OK);
    link.peer->to_client.from = link.peer->to_client.to = 0;
    CHECK_INT(br_ssl_engine_renegotiate(&link.peer->ssl.eng), 1);
    peer_run(link.peer);
    end = link.peer->to_client.to;
    link.peer->to_client.to = end / 2;
    CHECK_INT(link.transport->type->receive(link.transport, &(const uint8_t *){NULL}, &cap, 0),
              BEDROCK_AGAIN);
    CHECK_INT(link.transport->type->reserve(link.transport, &data, &cap, 0), BEDROCK_AGAIN);
    link.peer->to_client.to = end;
    CHECK_INT(link.transport->type->reserve(link.transport, &data, &cap, 0), BEDROCK_OK);
    CHECK(cap >= 500);
    close_link(&link);
    link_down(&link);
}

/* Content types of records (RFC 5246, section 6.2.1). */
enum { CHANGE_CIPHER_SPEC = 20, ALERT = 21, HANDSHAKE = 22, APPLICATION_DATA = 23 };

/* Sends one record that the server of its own accord would not send now. */
static void inject(struct peer *peer, int type, const void *data, size_t len)
{
    br_ssl_engine_context *engine = &peer->ssl.eng;
    uint8_t record[100];
    uint8_t *start = record + 40; /* room for what encryption puts in front */

    memcpy(start, data, len);
    start = engine->out.vtable->encrypt(&engine->out.vtable, type, BR_TLS12, start, &len);
    queue_put(&peer->to_client, start, len);
}

/* Two requests to renegotiate in a row: BearSSL gets stuck over the second, and we must not. */
static void hello_requests_in_a_row(void)
{
    size_t blocked;

    for (blocked = 0; blocked < 2; blocked++) {
        struct link link;
        const uint8_t *data;
        size_t len;

        test_context("blocked %zu", blocked);
        link_up(&link, &bedrock_tls, PEER_EC, 0, 0);
        CHECK_INT(open_link(&link), BEDROCK_OK);
        link.peer->write_blocked = (int)blocked;
        link.peer->waits = 1;
        inject(link.peer, HANDSHAKE, "\0\0\0\0\0\0\0", 8);
        inject(link.peer, APPLICATION_DATA, "x", 1);
        if (blocked) {
            CHECK_INT(link.transport->type->receive(link.transport, &data, &len, 30),
                      BEDROCK_AGAIN);
            CHECK_INT(link.peer->now_ms, 30);
            link.peer->write_blocked = 0;
        }
        CHECK_INT(receive_end(&link), BEDROCK_E_TLS);
        CHECK_INT(link.transport->tls_code, BR_ERR_UNEXPECTED);
        close_link(&link);
        link_down(&link);
    }
}

/* The refusal of a renegotiation can never be sent. */
static void refusal_fails(void)
{
    struct link link;

    link_up(&link, &bedrock_tls, PEER_EC, 0, 0);
    CHECK_INT(open_link(&link), BEDROCK_OK);
    link.peer->write_code = -32;
    inject(link.peer, HANDSHAKE, "\0\0\0\0\0\0\0", 8);
    CHECK_INT(receive_end(&link), BEDROCK_E_WRITE);
    close_link(&link);
    link_down(&link);
}

static void strange_records(void)
{
    static const struct {
        int type;
        const char *bytes;
        size_t len;
        int result, tls_code;
    } cases[] = {
        {ALERT, "\x02\x50", 2, BEDROCK_E_TLS, 256 + 80},
        {ALERT, "\x02\x00", 2, BEDROCK_E_TLS, 256},
        {ALERT, "\x01\x00", 2, 0, 0},
        {ALERT, "\x01\x5a\x01\x00", 4, 0, 0}, /* a warning, then close_notify */
        {CHANGE_CIPHER_SPEC, "\x01", 1, BEDROCK_E_TLS, BR_ERR_UNEXPECTED},
        {HANDSHAKE, "\x01\0\0\0", 4, BEDROCK_E_TLS, BR_ERR_UNEXPECTED},
        {99, "x", 1, BEDROCK_E_TLS, BR_ERR_UNEXPECTED},
    };
    size_t i;

    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct link link;

        test_context("case %zu", i);
        link_up(&link, &bedrock_tls_lean, PEER_EC, 0, 0);
        CHECK_INT(open_link(&link), BEDROCK_OK);
        inject(link.peer, cases[i].type, cases[i].bytes, cases[i].len);
        link.peer->eof = 1;
        CHECK_INT(receive_end(&link), cases[i].result);
        CHECK_INT(link.transport->tls_code, cases[i].tls_code);
        CHECK_INT(send_pattern(&link, 0, 10, 10),
                  cases[i].result == 0 ? BEDROCK_E_WRITE : cases[i].result);
        close_link(&link);
        link_down(&link);
    }
}

/* Half a request to renegotiate, and then something else: found out while we want to send. */
static void found_while_reserving(void)
{
    struct link link;
    uint8_t *data;
    size_t cap;

    link_up(&link, &bedrock_tls, PEER_EC, 0, 0);
    CHECK_INT(open_link(&link), BEDROCK_OK);
    inject(link.peer, HANDSHAKE, "\0\0", 2);
    CHECK_INT(link.transport->type->receive(link.transport, &(const uint8_t *){NULL}, &cap, 0),
              BEDROCK_AGAIN);
    inject(link.peer, APPLICATION_DATA, "x", 1);
    CHECK_INT(link.transport->type->reserve(link.transport, &data, &cap, 0), BEDROCK_E_TLS);
    CHECK_INT(link.transport->tls_code, BR_ERR_UNEXPECTED);
    close_link(&link);
    link_down(&link);
}

static int contains(const void *memory, size_t size, const void *bytes, size_t len)
{
    const uint8_t *p = memory;
    size_t i;

    for (i = 0; i + len <= size; i++) {
        if (memcmp(p + i, bytes, len) == 0) {
            return 1;
        }
    }
    return 0;
}

static void close_wipes(void)
{
    static const char secret[] = "a very secret text";
    br_ssl_session_parameters session;
    struct link link;
    uint8_t *data;
    size_t cap;

    link_up(&link, &bedrock_tls, PEER_EC, 0, 0);
    CHECK_INT(open_link(&link), BEDROCK_OK);
    CHECK_INT(link.transport->type->reserve(link.transport, &data, &cap, 0), BEDROCK_OK);
    memcpy(data, secret, sizeof secret);
    br_ssl_engine_get_session_parameters(&link.peer->ssl.eng, &session);
    CHECK(contains(link.transport, link.size, session.master_secret, 48));
    CHECK(contains(link.transport, link.size, secret, sizeof secret));
    close_link(&link);
    CHECK(!contains(link.transport, link.size, session.master_secret, 48));
    CHECK(!contains(link.transport, link.size, secret, sizeof secret));
    close_link(&link); /* twice does no harm */
    CHECK_INT(link.peer->closes, 2);
    link_down(&link);

    /* A handshake that has failed leaves nothing behind either. */
    link_up(&link, &bedrock_tls, PEER_EC, 0, 0);
    link.peer->entropy_code = -5;
    CHECK_INT(open_link(&link), BEDROCK_E_ENTROPY);
    CHECK_INT(link.transport->port_code, -5);
    CHECK_INT(link.peer->connects, 0);
    link_down(&link);
}

/* Close tells the peer if that takes no waiting, and never waits. */
static void close_is_quick(void)
{
    struct link link;

    link_up(&link, &bedrock_tls, PEER_EC, 0, 0);
    CHECK_INT(open_link(&link), BEDROCK_OK);
    close_link(&link);
    CHECK(br_ssl_engine_current_state(&link.peer->ssl.eng) == BR_SSL_CLOSED);
    CHECK_INT(br_ssl_engine_last_error(&link.peer->ssl.eng), 0);
    link_down(&link);

    link_up(&link, &bedrock_tls, PEER_EC, 0, 0);
    CHECK_INT(open_link(&link), BEDROCK_OK);
    link.peer->write_blocked = link.peer->waits = 1;
    link.peer->send = 100;
    close_link(&link);
    CHECK_INT(link.peer->now_ms, 0);
    CHECK_INT(link.peer->closes, 1);
    link_down(&link);

    /* In the middle of a handshake. */
    link_up(&link, &bedrock_tls, PEER_EC, 0, 0);
    link.peer->raw = 1;
    CHECK_INT(link.transport->type->open(link.transport, HOST, 443, TEST_NOW, 0), BEDROCK_AGAIN);
    close_link(&link);
    CHECK_INT(link.peer->closes, 1);
    link_down(&link);
}

static void reopen(void)
{
    struct link link;
    int i;

    link_up(&link, &bedrock_tls_lean, PEER_RSA, 0, 0);
    for (i = 0; i < 3; i++) {
        exchange(&link, 1000);
        link.peer->closes = 0;
        peer_accept(link.peer);
    }
    CHECK_INT(open_at(&link, "other.test", TEST_NOW), BEDROCK_E_CERT_NAME);
    peer_accept(link.peer);
    link.peer->closes = -1; /* open() itself closes what has failed */
    exchange(&link, 1000);
    link_down(&link);
}

static void connecting(void)
{
    static const struct {
        int said, result;
    } cases[] = {{BEDROCK_PORT_NO_HOST, BEDROCK_E_RESOLVE},
                 {BEDROCK_PORT_UNREACHABLE, BEDROCK_E_CONNECT},
                 {BEDROCK_PORT_FAILED, BEDROCK_E_CONNECT},
                 {-111, BEDROCK_E_CONNECT}};
    size_t i;

    for (i = 0; i < 4; i++) {
        struct link link;

        test_context("case %zu", i);
        link_up(&link, &bedrock_tls, PEER_EC, 0, 0);
        link.peer->connect_agains = 5;
        link.peer->connect_code = cases[i].said;
        CHECK_INT(open_link(&link), cases[i].result);
        CHECK_INT(link.transport->port_code, cases[i].said);
        link.peer->connect_code = 0;
        CHECK_INT(open_link(&link), BEDROCK_OK);
        CHECK_INT(link.transport->port_code, 0);
        close_link(&link);
        link_down(&link);
    }
}

/* However often the port is called, the waiting of one call ends when it was allowed to. */
static void waiting_is_shared(void)
{
    struct link link;
    uint32_t before;
    const uint8_t *data;
    size_t len;

    link_up(&link, &bedrock_tls, PEER_EC, 0, 0);
    link.peer->waits = link.peer->again = 1;
    link.peer->now_ms = UINT32_MAX - 50; /* the clock may wrap */
    for (;;) {
        int result;

        before = link.peer->now_ms;
        result = link.transport->type->open(link.transport, HOST, 443, TEST_NOW, 100);
        CHECK(link.peer->now_ms - before <= 100);
        if (result != BEDROCK_AGAIN) {
            CHECK_INT(result, BEDROCK_OK);
            break;
        }
    }
    before = link.peer->now_ms;
    CHECK_INT(link.transport->type->receive(link.transport, &data, &len, 250), BEDROCK_AGAIN);
    CHECK_INT(link.peer->now_ms - before, 250);
    link.peer->again = 0;
    link.peer->send = 10;
    before = link.peer->now_ms;
    CHECK_INT(link.transport->type->receive(link.transport, &data, &len, 250), BEDROCK_EVENT);
    CHECK_INT(link.peer->now_ms - before, 0);
    link.transport->type->consume(link.transport, 0);
    CHECK_INT(receive_pattern(&link, 0, 10, 10), BEDROCK_OK);
    close_link(&link);
    link_down(&link);
}

/* Nothing is lost by taking or giving nothing in the middle of a record. */
static void empty_commits(void)
{
    struct link link;
    size_t i;

    link_up(&link, &bedrock_tls, PEER_EC, 0, 0);
    CHECK_INT(open_link(&link), BEDROCK_OK);
    link.peer->chunk = 1;
    link.peer->again = 1;
    link.peer->send = 300;
    for (i = 0; i < 200; i++) {
        const uint8_t *data;
        size_t len;

        (void)link.transport->type->receive(link.transport, &data, &len, 0);
        link.transport->type->consume(link.transport, 0);
        link.transport->type->commit(link.transport, 0);
    }
    CHECK_INT(receive_pattern(&link, 0, 300, 300), BEDROCK_OK);
    CHECK_INT(flush_all(&link), BEDROCK_OK);
    close_link(&link);
    link_down(&link);
}

/* Each call of the port fails once, the first, the second, ...: there is always an error, and the
 * next attempt works. */
static void every_call_fails(void)
{
    int n, done = 0;

    for (n = 1; !done && n < 1000; n++) {
        struct link link;
        int result;

        test_context("call %d", n);
        link_up(&link, &bedrock_tls_lean, PEER_EC, 0, 0);
        link.peer->echo = 1;
        link.peer->fail_at = n;
        result = open_link(&link);
        if (result == BEDROCK_OK) {
            result = send_pattern(&link, 0, 600, 600);
        }
        if (result == BEDROCK_OK) {
            result = receive_pattern(&link, 0, 600, 600);
        }
        done = link.peer->calls < n;
        CHECK(done ? result == BEDROCK_OK
                   : result == BEDROCK_E_CONNECT || result == BEDROCK_E_READ ||
                         result == BEDROCK_E_WRITE);
        close_link(&link);
        CHECK_INT(link.transport->port_code, done ? 0 : BEDROCK_PORT_FAILED);
        peer_accept(link.peer);
        CHECK_INT(open_link(&link), BEDROCK_OK);
        close_link(&link);
        link_down(&link);
    }
    CHECK(done && n > 10);
}

static void broken_port(void)
{
    struct link link;

    link_up(&link, &bedrock_tls, PEER_EC, 0, 0);
    link.peer->overrun = 1;
    CHECK_INT(open_link(&link), BEDROCK_E_WRITE);
    link.peer->overrun = 0;
    peer_accept(link.peer);
    CHECK_INT(open_link(&link), BEDROCK_OK);
    link.peer->send = 100;
    link.peer->overrun = 1;
    CHECK_INT(receive_end(&link), BEDROCK_E_READ);
    CHECK_INT(link.transport->port_code, BEDROCK_PORT_FAILED);
    close_link(&link);
    link_down(&link);
}

static void not_open(void)
{
    struct link link;
    uint8_t *data;
    size_t cap;

    link_up(&link, &bedrock_tls, PEER_EC, 0, 0);
    CHECK_INT(link.transport->type->reserve(link.transport, &data, &cap, 0), BEDROCK_E_WRITE);
    CHECK_INT(link.transport->type->flush(link.transport, 0), BEDROCK_E_WRITE);
    CHECK_INT(receive_end(&link), BEDROCK_E_READ);
    close_link(&link);
    link_down(&link);
}

int main(void)
{
    RUN(keys_and_kinds);
    RUN(every_suite);
    RUN(refused_suites_and_versions);
    RUN(preferred_suite);
    RUN(every_wire);
    RUN(every_piece);
    RUN(sizes);
    RUN(bad_options);
    RUN(fragment_length);
    RUN(record_too_large);
    RUN(names);
    RUN(dates);
    RUN(trust);
    RUN(forged);
    RUN(statuses);
    RUN(not_a_handshake);
    RUN(writes_are_few);
    RUN(truncated);
    RUN(read_fails);
    RUN(damaged);
    RUN(close_notify_counts);
    RUN(write_blocked);
    RUN(write_fails);
    RUN(renegotiation_is_refused);
    RUN(half_a_hello_request);
    RUN(hello_requests_in_a_row);
    RUN(refusal_fails);
    RUN(strange_records);
    RUN(found_while_reserving);
    RUN(close_wipes);
    RUN(close_is_quick);
    RUN(reopen);
    RUN(connecting);
    RUN(waiting_is_shared);
    RUN(empty_commits);
    RUN(every_call_fails);
    RUN(broken_port);
    RUN(not_open);
    return test_finish();
}
