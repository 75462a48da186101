/* SPDX-License-Identifier: MIT */
/* Trust anchors: from PEM, and the ones that come with the library. */
#include "bedrock/error.h"
#include "bedrock/tls.h"
#include "test.h"
#include "test_certs.h"

#include <bearssl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CAP 8192

static uint8_t *memory; /* CAP bytes of the heap: what lies outside is seen */
static struct bedrock_anchors anchors;

static int read_pem(const char *pem, size_t cap)
{
    return bedrock_anchors_from_pem(&anchors, memory + CAP - cap, cap, pem, strlen(pem));
}

static const br_x509_trust_anchor *anchor(size_t i)
{
    return (const br_x509_trust_anchor *)anchors.table + i;
}

/* `SEQUENCE { SET { SEQUENCE { OID, string }}}`: enough of a look at a name. */
static int is_name(const br_x500_name *name, const char *ending)
{
    size_t len = strlen(ending);

    return name->len > len && name->data[0] == 0x30 && name->data[1] == name->len - 2 &&
           memcmp(name->data + name->len - len, ending, len) == 0;
}

static void one_authority(void)
{
    CHECK_INT(read_pem(test_ca, CAP), BEDROCK_OK);
    CHECK_INT(anchors.count, 1);
    REQUIRE(anchors.count == 1);
    CHECK(is_name(&anchor(0)->dn, "Test CA"));
    CHECK_INT(anchor(0)->flags, BR_X509_TA_CA);
    CHECK_INT(anchor(0)->pkey.key_type, BR_KEYTYPE_EC);
    CHECK_INT(anchor(0)->pkey.key.ec.curve, BR_EC_secp256r1);
    CHECK_INT(anchor(0)->pkey.key.ec.qlen, 65);
    CHECK_INT(anchor(0)->pkey.key.ec.q[0], 4);
}

static void one_server(void)
{
    CHECK_INT(read_pem(test_rsa, CAP), BEDROCK_OK);
    REQUIRE(anchors.count == 1);
    CHECK(is_name(&anchor(0)->dn, "RSA leaf"));
    CHECK_INT(anchor(0)->flags, 0); /* its own key only, it vouches for nobody else */
    CHECK_INT(anchor(0)->pkey.key_type, BR_KEYTYPE_RSA);
    CHECK_INT(anchor(0)->pkey.key.rsa.nlen, 256);
    CHECK_INT(anchor(0)->pkey.key.rsa.elen, 3);
    CHECK_BYTES(anchor(0)->pkey.key.rsa.e, 3, "\x01\x00\x01", 3);
}

static char *joined(const char *a, const char *b, const char *c)
{
    static char text[20000];

    snprintf(text, sizeof text, "%s%s%s", a, b, c);
    return text;
}

static void several(void)
{
    CHECK_INT(read_pem(joined(test_ca, test_rsa, test_p384), CAP), BEDROCK_OK);
    REQUIRE(anchors.count == 3);
    CHECK(is_name(&anchor(0)->dn, "Test CA"));
    CHECK(is_name(&anchor(1)->dn, "RSA leaf"));
    CHECK(is_name(&anchor(2)->dn, "P-384 leaf"));
    CHECK_INT(anchor(2)->pkey.key.ec.curve, BR_EC_secp384r1);
    CHECK_INT(anchor(2)->pkey.key.ec.qlen, 97);
}

static void what_lies_around(void)
{
    static const char encrypted[] = "-----BEGIN RSA PRIVATE KEY-----\n"
                                    "Proc-Type: 4,ENCRYPTED\n\nAAAA\n"
                                    "-----END RSA PRIVATE KEY-----\n";
    char *text;
    size_t i;

    CHECK_INT(read_pem(joined("# A comment\n\n", test_ca, "and a last word"), CAP), BEDROCK_OK);
    CHECK_INT(anchors.count, 1);
    CHECK_INT(read_pem(joined(test_ec_key, test_ca, test_rsa_key), CAP), BEDROCK_OK);
    CHECK_INT(anchors.count, 1);
    CHECK_INT(read_pem(joined(encrypted, test_ca, encrypted), CAP), BEDROCK_OK);
    REQUIRE(anchors.count == 1);
    CHECK(is_name(&anchor(0)->dn, "Test CA"));
    /* Without the last line end, and with line ends from elsewhere. */
    text = joined(test_ca, "", "");
    text[strlen(text) - 1] = '\0';
    CHECK_INT(read_pem(text, CAP), BEDROCK_OK);
    text = joined(test_ca, "", "");
    for (i = 0; text[i] != '\0'; i++) {
        if (text[i] == '\n') {
            memmove(text + i + 1, text + i, strlen(text + i) + 1);
            text[i++] = '\r';
        }
    }
    CHECK_INT(read_pem(text, CAP), BEDROCK_OK);
    CHECK_INT(anchors.count, 1);
}

/* The text with something put at the end of each of its lines. */
static char *with_line_ends(const char *text, const char *end)
{
    static char result[20000];
    size_t at = 0;

    for (; *text != '\0'; text++) {
        if (*text == '\n') {
            at += (size_t)snprintf(result + at, sizeof result - at, "%s", end);
        }
        result[at++] = *text;
    }
    result[at] = '\0';
    return result;
}

/* No certificate of several is passed over for what editors leave in a file. */
static void blanks_and_a_byte_order_mark(void)
{
    CHECK_INT(read_pem(with_line_ends(joined(test_ca, test_rsa, ""), " "), CAP), BEDROCK_OK);
    CHECK_INT(anchors.count, 2);
    CHECK_INT(read_pem(with_line_ends(joined(test_ca, test_rsa, ""), " \t \r"), CAP), BEDROCK_OK);
    CHECK_INT(anchors.count, 2);
    CHECK_INT(read_pem(joined("\xEF\xBB\xBF", test_ca, test_rsa), CAP), BEDROCK_OK);
    CHECK_INT(anchors.count, 2);
    CHECK_INT(read_pem("\xEF\xBB\xBF", CAP), BEDROCK_E_ANCHORS);
}

static void nothing_there(void)
{
    static const char *const texts[] = {
        "", "\n", "hello", test_ec_key, "-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n",
    };
    size_t i;

    for (i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        test_context("text %zu", i);
        CHECK_INT(read_pem(texts[i], CAP), BEDROCK_E_ANCHORS);
        CHECK(anchors.table == NULL && anchors.count == 0);
    }
    CHECK_INT(bedrock_anchors_from_pem(&anchors, memory, CAP, NULL, 0), BEDROCK_E_ANCHORS);
}

static void not_a_certificate(void)
{
    static const char *const texts[] = {
        "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n",
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
        "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n",
        "-----BEGIN CERTIFICATE-----\n*\n-----END CERTIFICATE-----\n",
        "-----BEGIN CERTIFICATE-----\nMIIB\n",
    };
    size_t i;

    for (i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        test_context("text %zu", i);
        CHECK_INT(read_pem(texts[i], CAP), BEDROCK_E_ANCHORS);
        CHECK_INT(read_pem(joined(test_ca, texts[i], ""), CAP), BEDROCK_E_ANCHORS);
    }
}

/* Cut anywhere: an anchor that is not all there is no anchor. An end is known by a letter behind
 * `-----END `, a beginning by its last one. */
static void cut_short(void)
{
    size_t end = strlen("ERTIFICATE-----\n"), begin = strlen("-----BEGIN CERTIFICATE");
    size_t len, first = strlen(test_ca), whole = first + strlen(test_rsa);
    char *text = joined(test_ca, test_rsa, "");

    for (len = 0; len <= whole; len++) {
        int one = len >= first - end && len < first + begin, both = len >= whole - end;

        test_context("length %zu", len);
        CHECK_INT(bedrock_anchors_from_pem(&anchors, memory, CAP, text, len),
                  one || both ? BEDROCK_OK : BEDROCK_E_ANCHORS);
        CHECK_INT(anchors.count, one ? 1 : both ? 2 : 0);
    }
}

/* Any character of the text damaged: refused, or read with no harm. */
static void damaged(void)
{
    size_t i, len = strlen(test_ca);

    for (i = 0; i < len; i++) {
        char *text = joined(test_ca, "", "");
        int result;

        test_context("character %zu", i);
        text[i] = text[i] == 'A' ? 'B' : 'A';
        result = bedrock_anchors_from_pem(&anchors, memory, CAP, text, len);
        CHECK(result == BEDROCK_OK || result == BEDROCK_E_ANCHORS);
    }
}

/* The exact size is found by trying; a byte less is refused, and the header's formula suffices. */
static void memory_too_small(void)
{
    static const char *const texts[] = {test_ca, test_rsa, test_p384};
    size_t i, cap, least;

    for (i = 0; i < 3; i++) {
        test_context("text %zu", i);
        for (least = CAP; read_pem(texts[i], least - 1) == BEDROCK_OK; least--) {
        }
        CHECK(least <= BEDROCK_ANCHORS_SCRATCH + strlen(texts[i]));
        for (cap = 0; cap < least - 16; cap++) {
            CHECK_INT(read_pem(texts[i], cap), BEDROCK_E_BUFFER);
        }
        CHECK_INT(read_pem(texts[i], BEDROCK_ANCHORS_SCRATCH + strlen(texts[i])), BEDROCK_OK);
    }
}

static void memory_not_aligned(void)
{
    size_t off;

    for (off = 0; off < 16; off++) {
        test_context("offset %zu", off);
        CHECK_INT(
            bedrock_anchors_from_pem(&anchors, memory + off, CAP - 20, test_ca, strlen(test_ca)),
            BEDROCK_OK);
        REQUIRE(anchors.count == 1);
        CHECK(is_name(&anchor(0)->dn, "Test CA"));
    }
}

/* Digests of subject and key, so that no byte of the tables can change unseen. */
static void of_amazon(void)
{
    static const struct {
        const char *name_end;
        size_t dn_len, key_len;
        const char *sha256;
    } roots[] = {
        {"Amazon Root CA 1", 59, 256,
         "746009f0c3a2f42cc2d65bfe2c7aef3e03f1ddab22ce0e457584a87ca39ea46d"},
        {"Amazon Root CA 2", 59, 512,
         "2025234b1c25836d0f1b317042fadd553f07818e3c88c6b5cbe355712c5c1470"},
        {"Amazon Root CA 3", 59, 65,
         "f19da2548ca6854fa3ef5c36eeb32d316eeb554191555d34b2b8d3fcc551cc3a"},
        {"Amazon Root CA 4", 59, 97,
         "e20d87ef17577d73287499a89e17e41c88b62f03ecee8f15980d959809a0484d"},
        {"Root Certificate Authority - G2", 155, 256,
         "68df641690940eed8504869c3b807bf0e0af139424ae66e72c74b620783a8344"},
    };
    const br_x509_trust_anchor *table = bedrock_amazon_roots.table;
    const br_x509_trust_anchor *lean = bedrock_amazon_roots_lean.table;
    size_t i, k;

    CHECK_INT(bedrock_amazon_roots.count, 5);
    for (i = 0; i < 5; i++) {
        const br_x509_pkey *key = &table[i].pkey;
        int rsa = key->key_type == BR_KEYTYPE_RSA;
        const uint8_t *bytes = rsa ? key->key.rsa.n : key->key.ec.q;
        size_t len = rsa ? key->key.rsa.nlen : key->key.ec.qlen;
        br_sha256_context sha;
        uint8_t digest[32];
        char hex[65];

        test_context("%s", roots[i].name_end);
        CHECK(is_name(&table[i].dn, roots[i].name_end) || table[i].dn.len > 129);
        CHECK_INT(table[i].dn.len, roots[i].dn_len);
        CHECK_INT(len, roots[i].key_len);
        CHECK_INT(table[i].flags, BR_X509_TA_CA);
        br_sha256_init(&sha);
        br_sha256_update(&sha, table[i].dn.data, table[i].dn.len);
        br_sha256_update(&sha, bytes, len);
        br_sha256_out(&sha, digest);
        for (k = 0; k < 32; k++) {
            snprintf(hex + 2 * k, 3, "%02x", digest[k]);
        }
        CHECK_TEXT(hex, roots[i].sha256);
        if (rsa) {
            CHECK_BYTES(key->key.rsa.e, key->key.rsa.elen, "\x01\x00\x01", 3);
        } else {
            CHECK_INT(key->key.ec.curve, len == 65 ? BR_EC_secp256r1 : BR_EC_secp384r1);
        }
    }
    CHECK_INT(bedrock_amazon_roots_lean.count, 2);
    CHECK(memcmp(&lean[0], &table[0], sizeof *lean) == 0);
    CHECK(memcmp(&lean[1], &table[2], sizeof *lean) == 0);
}

int main(void)
{
    memory = malloc(CAP);
    RUN(one_authority);
    RUN(one_server);
    RUN(several);
    RUN(what_lies_around);
    RUN(blanks_and_a_byte_order_mark);
    RUN(nothing_there);
    RUN(not_a_certificate);
    RUN(cut_short);
    RUN(damaged);
    RUN(memory_too_small);
    RUN(memory_not_aligned);
    RUN(of_amazon);
    free(memory);
    return test_finish();
}
