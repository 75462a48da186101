/* SPDX-License-Identifier: MIT */
/* See bedrock/error.h. The report is rendered like a request: counted whole, kept as far as it
 * fits. */
#include "bedrock/error.h"
#include "bedrock/output.h"

#include "util/bytes.h"

struct page {
    char *text;
    size_t cap;
    int full;
};

static int keep(void *ctx, const void *data, size_t len)
{
    struct page *page = ctx;

    if (!page->full) {
        page->full = bdk_append(page->text, page->cap, data, len);
    }
    return BEDROCK_OK;
}

/* Bytes of the control character that a text begins with; 0 if it is none. There are two ranges of
 * them: the other one, U+0080..U+009F, has two bytes. */
static size_t control_size(const char *text)
{
    uint8_t c = (uint8_t)text[0], next;

    if (c < ' ' || c == 0x7f) {
        return 1;
    }
    next = c == 0xc2 ? (uint8_t)text[1] : 0;
    return next >= 0x80 && next < 0xa0 ? 2 : 0;
}

/* Text from the network: a control character in it could make a terminal or a log lie. */
static void put_foreign(struct bedrock_output *out, const char *text)
{
    while (*text != '\0') {
        size_t len = 0;

        while (control_size(text + len) == 0) {
            len++;
        }
        bedrock_output_put(out, text, len);
        text += len;
        if (*text != '\0') {
            bedrock_output_text(out, " ");
            text += control_size(text);
        }
    }
}

static void put_number(struct bedrock_output *out, const char *before, int value)
{
    bedrock_output_text(out, before);
    if (value < 0) {
        bedrock_output_text(out, "-");
    }
    bedrock_output_decimal(out, value < 0 ? 0 - (uint64_t)value : (uint64_t)value);
}

/* Zero is "not known". */
static void put_fact(struct bedrock_output *out, const char *before, int value)
{
    if (value != 0) {
        put_number(out, before, value);
    }
}

static void put_service_words(struct bedrock_output *out, const struct bedrock_error *error)
{
    int typed = error->type[0] != '\0', worded = error->message[0] != '\0';

    if (!typed && !worded) {
        return;
    }
    put_foreign(out, error->type);
    bedrock_output_text(out, typed && worded ? ": " : "");
    put_foreign(out, error->message);
    bedrock_output_text(out, "\n");
}

static void put_facts(struct bedrock_output *out, const struct bedrock_error *error)
{
    bedrock_output_text(out, bedrock_status_name(error->code));
    put_number(out, " (", error->code);
    bedrock_output_text(out, ")");
    put_fact(out, ", HTTP ", error->http_status);
    if (error->request_id[0] != '\0') {
        bedrock_output_text(out, ", request id ");
        put_foreign(out, error->request_id);
    }
    put_fact(out, ", TLS ", error->tls_code);
    put_fact(out, ", port ", error->port_code);
    if (error->attempts > 0) {
        put_number(out, ", ", error->attempts);
        bedrock_output_text(out, error->attempts == 1 ? " attempt" : " attempts");
    }
    if (error->needed > 0) {
        bedrock_output_text(out, ", needs ");
        bedrock_output_decimal(out, error->needed);
        bedrock_output_text(out, " bytes");
    }
    bedrock_output_text(out, "\n");
}

size_t bedrock_error_text(const struct bedrock_error *error, char *dst, size_t cap)
{
    struct page page;
    struct bedrock_output out;

    page.text = dst;
    page.cap = cap;
    page.full = 0;
    if (cap > 0) {
        dst[0] = '\0';
    }
    bedrock_output_init(&out, keep, &page, 0);
    bedrock_output_text(&out, bedrock_error_advice(error));
    bedrock_output_text(&out, "\n");
    put_service_words(&out, error);
    put_facts(&out, error);
    return out.count;
}
