/* SPDX-License-Identifier: MIT */
#include "http.h"

#include <stdlib.h>
#include <string.h>

#define HEAD_LIMIT 65536
#define BODY_LIMIT 35000000 /* a body of 25 000 000 bytes, in base64 */

static enum sim_read bad(struct sim_request *request, int status, const char *problem)
{
    request->status = status;
    request->problem = problem;
    return SIM_READ_BAD;
}

static int read_more(struct sim_link *link, struct sim_request *request)
{
    char *room = sim_text_room(&request->bytes, 16384);
    int got = sim_link_read(link, room, 16384);

    if (got > 0) {
        request->bytes.len += (size_t)got;
        request->bytes.data[request->bytes.len] = '\0';
    }
    return got;
}

static int is_token(const char *name)
{
    static const char allowed[] = "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyz"
                                  "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    return name[0] != '\0' && name[strspn(name, allowed)] == '\0';
}

static int is_field_value(const char *value)
{
    for (; *value != '\0'; value++) {
        unsigned char c = (unsigned char)*value;

        if ((c < 0x20 && c != '\t') || c == 0x7f) {
            return 0;
        }
    }
    return 1;
}

static void to_lower(char *text)
{
    for (; *text != '\0'; text++) {
        if (*text >= 'A' && *text <= 'Z') {
            *text = (char)(*text + ('a' - 'A'));
        }
    }
}

/* METHOD SP target SP HTTP/1.1; the target in origin form. */
static const char *parse_request_line(struct sim_request *request, char *line)
{
    char *target = strchr(line, ' ');
    char *version = target != NULL ? strchr(target + 1, ' ') : NULL;
    char *query;

    if (version == NULL || strcmp(version, " HTTP/1.1") != 0) {
        return "The request line must be METHOD target HTTP/1.1";
    }
    *target++ = '\0';
    *version = '\0';
    query = strchr(target, '?');
    request->query = "";
    if (query != NULL) {
        *query = '\0';
        request->query = query + 1;
    }
    request->method = line;
    request->path = target;
    if (!is_token(line) || target[0] != '/' || strchr(target, '#') != NULL) {
        return "The method or the target of the request line is malformed";
    }
    for (; *target != '\0'; target++) {
        if ((unsigned char)*target <= 0x20 || (unsigned char)*target >= 0x7f) {
            return "The target holds a byte that must be percent-encoded";
        }
    }
    return NULL;
}

static const char *parse_header(struct sim_request *request, char *line)
{
    struct sim_header *header = &request->headers[request->header_count];
    char *colon = strchr(line, ':');
    char *end;

    if (request->header_count == SIM_HEADERS) {
        return "Too many header fields";
    }
    if (colon == NULL) {
        return "A header line has no colon";
    }
    *colon++ = '\0';
    colon += strspn(colon, " \t");
    end = colon + strlen(colon);
    while (end > colon && (end[-1] == ' ' || end[-1] == '\t')) {
        *--end = '\0';
    }
    if (!is_token(line) || !is_field_value(colon)) {
        return "A header line is malformed";
    }
    to_lower(line);
    if (*colon == '\0') {
        return "A header field is empty";
    }
    if (sim_request_header(request, line) != NULL) {
        return "A header field is repeated";
    }
    header->name = line;
    header->value = colon;
    request->header_count++;
    return NULL;
}

static const char *parse_head(struct sim_request *request)
{
    char *line = request->head.data;
    const char *problem = NULL;
    int is_first = 1;

    if (strlen(line) != request->head_len) {
        return "The head of the request holds a NUL";
    }
    while (problem == NULL) {
        char *end = strstr(line, "\r\n");

        if (end == NULL || end == line) {
            return end == NULL || is_first ? "The head of the request is malformed" : NULL;
        }
        *end = '\0';
        if (strchr(line, '\n') != NULL || strchr(line, '\r') != NULL) {
            return "Lines must end in CR LF";
        }
        problem = is_first ? parse_request_line(request, line) : parse_header(request, line);
        is_first = 0;
        line = end + 2;
    }
    return problem;
}

static enum sim_read find_body_length(struct sim_request *request)
{
    const char *length = sim_request_header(request, "content-length");

    if (sim_request_header(request, "transfer-encoding") != NULL) {
        return bad(request, 400, "Requests to this service must not be chunked");
    }
    if (sim_request_header(request, "host") == NULL) {
        return bad(request, 400, "The Host header is missing");
    }
    if (length == NULL) {
        if (strcmp(request->method, "GET") == 0) {
            return SIM_READ_OK;
        }
        return bad(request, 411, "Content-Length is missing");
    }
    if (strspn(length, "0123456789") != strlen(length) || strlen(length) > 9) {
        return bad(request, 400, "Content-Length is not a decimal number");
    }
    request->body_len = (size_t)strtoul(length, NULL, 10);
    if (request->body_len > BODY_LIMIT) {
        return bad(request, 413, "The request is larger than the service accepts");
    }
    return SIM_READ_OK;
}

enum sim_read sim_http_read_head(struct sim_link *link, struct sim_request *request)
{
    const char *end = NULL;

    while (end == NULL) {
        int got = read_more(link, request);

        if (got <= 0) {
            return request->bytes.len == 0 ? SIM_READ_CLOSED : SIM_READ_BROKEN;
        }
        end = strstr(request->bytes.data, "\r\n\r\n");
        if (end == NULL && request->bytes.len > HEAD_LIMIT) {
            return bad(request, 431, "The head of the request is too large");
        }
    }
    request->head_len = (size_t)(end - request->bytes.data) + 4;
    sim_text_add(&request->head, request->bytes.data, request->head_len);
    request->problem = parse_head(request);
    if (request->problem != NULL) {
        return bad(request, 400, request->problem);
    }
    return find_body_length(request);
}

enum sim_read sim_http_read_body(struct sim_link *link, struct sim_request *request)
{
    while (request->bytes.len - request->head_len < request->body_len) {
        int got = read_more(link, request);

        if (got == 0) {
            return SIM_READ_BROKEN;
        }
        if (got < 0) {
            return bad(request, 408, "The body is shorter than Content-Length says");
        }
    }
    if (request->bytes.len - request->head_len > request->body_len) {
        return bad(request, 400, "The body is longer than Content-Length says");
    }
    return SIM_READ_OK;
}

void sim_request_free(struct sim_request *request)
{
    sim_text_free(&request->bytes);
    sim_text_free(&request->head);
}

const char *sim_request_header(const struct sim_request *request, const char *name)
{
    size_t i;

    for (i = 0; i < request->header_count; i++) {
        if (strcmp(request->headers[i].name, name) == 0) {
            return request->headers[i].value;
        }
    }
    return NULL;
}

const char *sim_request_body(const struct sim_request *request)
{
    return request->bytes.data + request->head_len;
}

int sim_percent_decode(struct sim_text *out, const char *data, size_t len)
{
    size_t i;

    for (i = 0; i < len; i++) {
        char hex[3] = {0, 0, 0};
        char c = data[i];

        if (c == '%') {
            if (len - i < 3) {
                return -1;
            }
            memcpy(hex, data + i + 1, 2);
            if (strspn(hex, "0123456789ABCDEFabcdef") != 2 || memcmp(hex, "00", 2) == 0) {
                return -1;
            }
            c = (char)strtol(hex, NULL, 16);
            i += 2;
        }
        sim_text_add(out, &c, 1);
    }
    return 0;
}
