/* SPDX-License-Identifier: MIT */
/*
 * Certificate chains, checked by the very set-up that the TLS transports use. The root goes through
 * PEM, so that it is read as a caller's anchor would be. Each chain is fed to the checker whole, in
 * small pieces and cut once at several places. The lean profile may refuse what the full one
 * accepts, never the other way round.
 */
#include "bedrock/error.h"
#include "tls/tls.h"
#include "vec.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHAINS      "chains.vec"
#define ANCHORS_CAP 8192

/* A certificate comes in a first piece and then in pieces of one size. */
struct cut {
    size_t first, then;
};

static const struct cut whole = {100000, 100000};

static void feed(const br_x509_class **check, const struct vec_field *certificate, struct cut cut)
{
    size_t off = 0, piece = cut.first;

    (*check)->start_cert(check, (uint32_t)certificate->len);
    while (off < certificate->len) {
        size_t left = certificate->len - off;
        size_t n = piece < left ? piece : left;

        (*check)->append(check, certificate->data + off, n);
        off += n;
        piece = cut.then;
    }
    (*check)->end_cert(check);
}

/* 0 if the chain is accepted, else BearSSL's error. */
static unsigned judge(const struct vec_case *c, const struct bdk_tls_profile *profile,
                      const struct bedrock_anchors *anchors, struct cut cut)
{
    const struct vec_field *next = NULL;
    br_x509_minimal_context context;
    const br_x509_class **check = &context.vtable;
    const br_x509_pkey *key;
    unsigned error, usages;

    bdk_tls_check_init(&context, profile, anchors, vec_number(c, "time", 0));
    (*check)->start_chain(check, vec_text(c, "name"));
    feed(check, vec_get(c, "leaf"), cut);
    while ((next = vec_next(c, next, "intermediate")) != NULL) {
        feed(check, next, cut);
    }
    error = (*check)->end_chain(check);
    if (error != 0) {
        return error;
    }
    /* In every handshake of ours the server signs: its certificate must be for that. */
    key = (*check)->get_pkey(check, &usages);
    return key != NULL && (usages & BR_KEYTYPE_SIGN) != 0 ? 0 : BR_ERR_WRONG_KEY_USAGE;
}

static int read_anchor(struct bedrock_anchors *anchors, void *memory, const struct vec_field *root)
{
    size_t len = br_pem_encode(NULL, NULL, root->len, "CERTIFICATE", 0);
    char *pem = malloc(len + 1);
    int result;

    if (pem == NULL) {
        exit(2);
    }
    br_pem_encode(pem, root->data, root->len, "CERTIFICATE", 0);
    result = bedrock_anchors_from_pem(anchors, memory, ANCHORS_CAP, pem, len);
    free(pem);
    return result;
}

/* However the chain is cut, the verdict must be the same. */
static int same_for_every_cut(const struct vec_case *c, const struct bedrock_anchors *anchors,
                              unsigned error)
{
    struct cut cuts[16] = {{1, 1}, {2, 2}, {255, 256}, {256, 256}, {1000, 7}};
    size_t i, len = vec_get(c, "leaf")->len;

    for (i = 5; i < 16; i++) {
        cuts[i].first = 1 + len * (i - 5) / 11;
        cuts[i].then = whole.then;
    }
    for (i = 0; i < 16; i++) {
        unsigned got = judge(c, &bdk_tls_full, anchors, cuts[i]);

        if (got != error) {
            vec_fail(CHAINS, c->id, "first %zu, then %zu: %u instead of %u", cuts[i].first,
                     cuts[i].then, got, error);
            return 0;
        }
    }
    return 1;
}

static void run_chain(const struct vec_case *c, void *ctx)
{
    static union {
        void *align;
        uint8_t bytes[ANCHORS_CAP];
    } memory;
    const struct vec_field *leaf = vec_get(c, "leaf"), *root = vec_get(c, "root");
    int accept = vec_is(c, "expect", "ok") || vec_is(c, "expect", "accept");
    struct bedrock_anchors anchors;
    unsigned error;

    (void)ctx;
    if (leaf == NULL || root == NULL) {
        vec_fail(CHAINS, c->id, "no leaf, or no root");
        return;
    }
    /* Refused before a chain is looked at: a root that is none, a host or a time that is missing.
     */
    if (read_anchor(&anchors, memory.bytes, root) != BEDROCK_OK || vec_text(c, "name")[0] == '\0' ||
        !bdk_tls_time_is_set(vec_number(c, "time", 0))) {
        if (accept) {
            vec_fail(CHAINS, c->id, "root, name or time refused");
        } else {
            vec_pass();
        }
        return;
    }
    error = judge(c, &bdk_tls_full, &anchors, whole);
    if (!same_for_every_cut(c, &anchors, error)) {
        return;
    }
    if (accept && error != 0) {
        vec_fail(CHAINS, c->id, "refused with error %u", error);
    } else if (!accept && error == 0) {
        vec_fail(CHAINS, c->id, "accepted");
    } else if (error != 0 && judge(c, &bdk_tls_lean, &anchors, whole) == 0) {
        vec_fail(CHAINS, c->id, "accepted by the lean profile alone");
    } else {
        vec_pass();
    }
}

static void run_tls(const char *folder)
{
    vec_each(folder, CHAINS, run_chain, NULL);
}

const struct vec_topic vectors_tls = {"tls", run_tls};
