/* SPDX-License-Identifier: MIT */
/*
 * See bedrock/tls.h.
 *
 * The text is gone through twice: first to count the certificates, so that the table can be laid at
 * the front of the memory with room for names and keys behind it, then to fill both in. BearSSL's
 * two decoders need 2 KB between them, too much for a stack; they lie at the end of the memory.
 */
#include "bedrock/error.h"
#include "bedrock/tls.h"
#include "util/bytes.h"

#include <bearssl.h>
#include <string.h>

struct reader {
    br_pem_decoder_context pem;
    br_x509_decoder_context x509;
    br_x509_trust_anchor *table; /* NULL while counting */
    size_t count;                /* certificates seen so far */
    uint8_t *next;               /* where the next name or key goes ... */
    size_t room;                 /* ... and how many bytes may follow there */
    int in_certificate;          /* between BEGIN and END of one */
    int full;                    /* something did not fit */
};

/* The strictest alignment of anything here. */
struct aligned {
    char c;
    union {
        void *pointer;
        uint64_t number;
    } most;
};
#define ALIGNMENT offsetof(struct aligned, most)

typedef char
    scratch_suffices[sizeof(struct reader) + 2 * ALIGNMENT <= BEDROCK_ANCHORS_SCRATCH ? 1 : -1];

static size_t past_alignment(const uint8_t *p)
{
    return (size_t)((uintptr_t)p % ALIGNMENT);
}

/* Appends bytes to what the anchors keep, or notes that there is no room. */
static void keep(void *ctx, const void *data, size_t len)
{
    struct reader *reader = ctx;

    if (len > reader->room) {
        reader->full = 1;
        return;
    }
    memcpy(reader->next, data, len);
    reader->next += len;
    reader->room -= len;
}

/* Takes decoded bytes of a certificate. The decoder must not be driven on after an error; "not
 * complete yet" looks like one. */
static void decode(void *ctx, const void *data, size_t len)
{
    struct reader *reader = ctx;
    int error = br_x509_decoder_last_error(&reader->x509);

    if (error == 0 || error == BR_ERR_X509_TRUNCATED) {
        br_x509_decoder_push(&reader->x509, data, len);
    }
}

static unsigned char *keep_copy(struct reader *reader, const unsigned char *data, size_t len)
{
    unsigned char *copy = reader->next;

    keep(reader, data, len);
    return copy;
}

static void begin_object(struct reader *reader)
{
    reader->in_certificate = bdk_same(br_pem_decoder_name(&reader->pem), "CERTIFICATE");
    if (!reader->in_certificate || reader->table == NULL) {
        br_pem_decoder_setdest(&reader->pem, NULL, NULL);
        return;
    }
    reader->table[reader->count].dn.data = reader->next;
    br_x509_decoder_init(&reader->x509, keep, reader);
    br_pem_decoder_setdest(&reader->pem, decode, reader);
}

/* The name has been kept while it was decoded; now the key follows it. */
static int end_certificate(struct reader *reader)
{
    br_x509_trust_anchor *anchor = &reader->table[reader->count];
    const br_x509_pkey *key = br_x509_decoder_get_pkey(&reader->x509);

    if (key == NULL) {
        return BEDROCK_E_ANCHORS;
    }
    anchor->dn.len = (size_t)(reader->next - anchor->dn.data);
    anchor->flags = br_x509_decoder_isCA(&reader->x509) ? BR_X509_TA_CA : 0;
    anchor->pkey = *key;
    if (key->key_type == BR_KEYTYPE_EC) {
        anchor->pkey.key.ec.q = keep_copy(reader, key->key.ec.q, key->key.ec.qlen);
    } else {
        anchor->pkey.key.rsa.n = keep_copy(reader, key->key.rsa.n, key->key.rsa.nlen);
        anchor->pkey.key.rsa.e = keep_copy(reader, key->key.rsa.e, key->key.rsa.elen);
    }
    return reader->full ? BEDROCK_E_BUFFER : BEDROCK_OK;
}

static int end_object(struct reader *reader)
{
    int result = BEDROCK_OK;

    if (!reader->in_certificate) {
        return BEDROCK_OK;
    }
    if (reader->table != NULL) {
        result = end_certificate(reader);
    }
    reader->in_certificate = 0;
    reader->count++;
    return result;
}

static int handle(struct reader *reader, int event)
{
    switch (event) {
    case BR_PEM_BEGIN_OBJ:
        begin_object(reader);
        return BEDROCK_OK;
    case BR_PEM_END_OBJ:
        return end_object(reader);
    case BR_PEM_ERROR:
        /* An encrypted key, say. BearSSL would keep what it had decoded for the next object. */
        br_pem_decoder_init(&reader->pem);
        return reader->in_certificate ? BEDROCK_E_ANCHORS : BEDROCK_OK;
    default:
        return BEDROCK_OK;
    }
}

static int feed(struct reader *reader, const char *pem, size_t len)
{
    while (len > 0) {
        size_t n = br_pem_decoder_push(&reader->pem, pem, len);
        int result = handle(reader, br_pem_decoder_event(&reader->pem));

        if (result != BEDROCK_OK) {
            return result;
        }
        pem += n;
        len -= n;
    }
    return BEDROCK_OK;
}

static int is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

/* BearSSL knows a banner by its whole line: what editors leave behind it must go, or the
 * certificate would be passed over as if it were not there. */
static int feed_lines(struct reader *reader, const char *pem, const char *end)
{
    int result = BEDROCK_OK;

    while (pem < end && result == BEDROCK_OK) {
        const char *line_end = pem, *next;

        while (line_end < end && *line_end != '\n') {
            line_end++;
        }
        next = line_end + (line_end < end);
        while (line_end > pem && is_blank(line_end[-1])) {
            line_end--;
        }
        result = feed(reader, pem, (size_t)(line_end - pem));
        if (result == BEDROCK_OK) {
            result = feed(reader, "\n", 1); /* the last line may have no end */
        }
        pem = next;
    }
    return result;
}

/* Goes through the whole text; reader->count is the number of certificates afterwards. */
static int scan(struct reader *reader, const char *pem, size_t len)
{
    int result;

    br_pem_decoder_init(&reader->pem);
    reader->count = 0;
    reader->in_certificate = 0;
    if (len >= 3 && memcmp(pem, "\xEF\xBB\xBF", 3) == 0) {
        pem += 3; /* a byte order mark */
        len -= 3;
    }
    result = feed_lines(reader, pem, pem + len);
    if (result == BEDROCK_OK && (reader->in_certificate || reader->count == 0)) {
        result = BEDROCK_E_ANCHORS;
    }
    return result;
}

int bedrock_anchors_from_pem(struct bedrock_anchors *anchors, void *memory, size_t cap,
                             const char *pem, size_t len)
{
    uint8_t *front = memory, *back;
    size_t gap, room;
    struct reader *reader;
    int result;

    anchors->table = NULL;
    anchors->count = 0;
    if (cap < sizeof *reader + 2 * ALIGNMENT) {
        return BEDROCK_E_BUFFER;
    }
    back = front + cap - sizeof *reader;
    back -= past_alignment(back);
    gap = past_alignment(front) == 0 ? 0 : ALIGNMENT - past_alignment(front);
    front += gap;
    room = (size_t)(back - front);
    reader = (struct reader *)(void *)back;
    memset(reader, 0, sizeof *reader);

    result = scan(reader, pem, len);
    if (result != BEDROCK_OK) {
        return result;
    }
    if (room / sizeof *reader->table < reader->count) {
        return BEDROCK_E_BUFFER;
    }
    reader->table = (br_x509_trust_anchor *)(void *)front;
    reader->next = front + reader->count * sizeof *reader->table;
    reader->room = room - reader->count * sizeof *reader->table;
    result = scan(reader, pem, len);
    if (result == BEDROCK_OK) {
        anchors->table = reader->table;
        anchors->count = reader->count;
    }
    return result;
}
