/* SPDX-License-Identifier: MIT */
/* An endpoint of the caller's own. See bedrock/endpoint.h. */
#include "client/endpoint.h"

#include "bedrock/error.h"
#include "util/bytes.h"

#include <string.h>

#define PORT_DIGITS_MAX 5

static int is_plain(const char *url)
{
    return bdk_begins(url, "http://");
}

/* Takes "name", "1.2.3.4" or "[::1]". Returns what is behind it, or NULL. */
static const char *take_host(struct bdk_endpoint *endpoint, const char *text)
{
    int bracketed = *text == '[';
    size_t len = 0;

    text += bracketed;
    while (bdk_is_in_label(text[len]) || text[len] == '.' || text[len] == '_' ||
           (text[len] == ':' && bracketed)) {
        len++;
    }
    if (len == 0 || len > BDK_HOST_MAX || (bracketed && text[len] != ']')) {
        return NULL;
    }
    memcpy(endpoint->host, text, len);
    return text + len + bracketed;
}

/* Takes ":8443", if it is there. Returns what is behind it, or NULL. */
static const char *take_port(struct bdk_endpoint *endpoint, const char *text)
{
    const char *last = text + PORT_DIGITS_MAX;
    uint32_t port = 0, usual = endpoint->plain ? 80 : 443;

    endpoint->port = (uint16_t)usual;
    endpoint->authority_len = (uint8_t)(text - endpoint->authority);
    if (*text != ':') {
        return text;
    }
    while (*++text >= '0' && *text <= '9' && text <= last) {
        port = port * 10 + (uint32_t)(*text - '0');
    }
    if (port != usual) {
        endpoint->port = (uint16_t)port;
        endpoint->authority_len = (uint8_t)(text - endpoint->authority);
    }
    return port == 0 || port > 65535 ? NULL : text;
}

/* Takes the path, which is sent as it is written and so has to be written as it is sent. Returns
 * its end, or NULL. */
static const char *take_path(struct bdk_endpoint *endpoint, const char *text)
{
    const char *end = text;
    size_t len;

    if (*text == '/') {
        endpoint->path = text;
        while (*end > ' ' && *end <= '~' && *end != '?' && *end != '#') {
            end++;
        }
    }
    for (len = (size_t)(end - text); len > 0 && text[len - 1] == '/'; len--) {
    }
    endpoint->path_len = (uint8_t)len;
    return len > 255 ? NULL : end;
}

int bdk_endpoint_is_plain(const struct bedrock_endpoint *wanted)
{
    return wanted != NULL && wanted->url != NULL && is_plain(wanted->url);
}

int bedrock_endpoint_resolve_url(const struct bedrock_endpoint *self, struct bdk_endpoint *where,
                                 const char *region)
{
    const char *text = self->url;

    if (text == NULL || text[0] == '\0') {
        return bdk_endpoint_resolve(where, region, NULL);
    }
    where->plain = (uint8_t)is_plain(text);
    if (!where->plain && !bdk_begins(text, "https://")) {
        return BEDROCK_E_ENDPOINT;
    }
    where->authority = text + 8 - where->plain;
    text = take_host(where, where->authority);
    text = text == NULL ? NULL : take_port(where, text);
    text = text == NULL ? NULL : take_path(where, text);
    return text == NULL || *text != '\0' ? BEDROCK_E_ENDPOINT : BEDROCK_OK;
}
