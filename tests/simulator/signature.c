/* SPDX-License-Identifier: MIT */
#include "signature.h"

#include "clock.h"

#include <bearssl.h>
#include <stdlib.h>
#include <string.h>

#define SKEW_S        300
#define SIGNED_MAX    64
#define PARAMETER_MAX 64
#define DIGEST_LEN    32

/* The Authorization header, taken apart; the pointers lie in text. */
struct authorization {
    struct sim_text text;
    char *access_key;
    char *day;
    char *region;
    char *service;
    char *signed_list; /* as sent */
    char *signature;
    const char *date; /* x-amz-date */
};

static int sign_refuse(struct sim_error *error, const char *message)
{
    return sim_refuse(error, 403, "InvalidSignatureException", "%s", message);
}

static void sha256(unsigned char *digest, const void *data, size_t len)
{
    br_sha256_context context;

    br_sha256_init(&context);
    br_sha256_update(&context, data, len);
    br_sha256_out(&context, digest);
}

static void hmac(unsigned char *out, const void *key, size_t key_len, const char *text)
{
    br_hmac_key_context prepared;
    br_hmac_context context;

    br_hmac_key_init(&prepared, &br_sha256_vtable, key, key_len);
    br_hmac_init(&context, &prepared, 0);
    br_hmac_update(&context, text, strlen(text));
    br_hmac_out(&context, out);
}

/* Finds `name=` at the start of one of the comma-separated parts and cuts the part off. */
static char *take_part(char *text, const char *name)
{
    size_t len = strlen(name);
    char *at = text;

    while (at != NULL) {
        at += strspn(at, ", ");
        if (strncmp(at, name, len) == 0) {
            return at + len;
        }
        at = strchr(at, ',');
    }
    return NULL;
}

static char *cut(char **rest, char separator)
{
    char *part = *rest;
    char *end = part != NULL ? strchr(part, separator) : NULL;

    *rest = NULL;
    if (end != NULL) {
        *end = '\0';
        *rest = end + 1;
    }
    return part;
}

/* Credential=<key>/<day>/<region>/<service>/aws4_request */
static int parse_credential(struct authorization *auth, char *credential, struct sim_error *error)
{
    char *rest = credential;
    char *terminator;

    auth->access_key = cut(&rest, '/');
    auth->day = cut(&rest, '/');
    auth->region = cut(&rest, '/');
    auth->service = cut(&rest, '/');
    terminator = rest;
    if (terminator == NULL || strcmp(terminator, "aws4_request") != 0) {
        return sim_refuse(error, 403, "IncompleteSignatureException",
                          "Credential must have exactly 5 slash-delimited elements, e.g. "
                          "keyid/date/region/service/term.");
    }
    return 0;
}

static int parse_authorization(struct authorization *auth, const char *header,
                               struct sim_error *error)
{
    char *credential;

    sim_text_puts(&auth->text, header);
    credential = take_part(auth->text.data, "Credential=");
    auth->signed_list = take_part(auth->text.data, "SignedHeaders=");
    auth->signature = take_part(auth->text.data, "Signature=");
    if (credential == NULL || auth->signed_list == NULL || auth->signature == NULL) {
        return sim_refuse(error, 403, "IncompleteSignatureException",
                          "Authorization header requires 'Credential', 'SignedHeaders' and "
                          "'Signature' parameters. Authorization=%s",
                          header);
    }
    credential[strcspn(credential, ", ")] = '\0';
    auth->signed_list[strcspn(auth->signed_list, ", ")] = '\0';
    auth->signature[strcspn(auth->signature, ", ")] = '\0';
    return parse_credential(auth, credential, error);
}

static int check_scope(const struct authorization *auth, const char *host, struct sim_error *error)
{
    static const char prefix[] = "bedrock-runtime.";
    size_t region_len = strlen(auth->region);

    if (strcmp(auth->service, "bedrock") != 0) {
        return sign_refuse(error, "Credential should be scoped to correct service: 'bedrock'.");
    }
    if (region_len == 0 ||
        strspn(auth->region, "abcdefghijklmnopqrstuvwxyz0123456789-") != region_len) {
        return sign_refuse(error, "Credential should be scoped to a valid region.");
    }
    if (strncmp(host, prefix, strlen(prefix)) == 0 &&
        (strncmp(host + strlen(prefix), auth->region, region_len) != 0 ||
         host[strlen(prefix) + region_len] != '.')) {
        return sign_refuse(error, "Credential should be scoped to a valid region.");
    }
    if (strncmp(auth->day, auth->date, 8) != 0 || strlen(auth->day) != 8) {
        return sim_refuse(error, 403, "InvalidSignatureException",
                          "Date in Credential scope does not match YYYYMMDD from ISO-8601 version "
                          "of date from HTTP: '%s' != '%.8s', from '%s'.",
                          auth->day, auth->date, auth->date);
    }
    return 0;
}

static int check_clock(const struct authorization *auth, int64_t now, struct sim_error *error)
{
    struct sim_text limit = {NULL, 0, 0};
    struct sim_text clock = {NULL, 0, 0};
    int64_t date;

    if (strlen(auth->date) != 16 || sim_clock_parse(auth->date, &date) != 0) {
        return sim_refuse(error, 403, "IncompleteSignatureException",
                          "Date must be in ISO-8601 'basic format'. Got '%s'.", auth->date);
    }
    sim_clock_basic(&clock, now);
    if (date < now - SKEW_S) {
        sim_clock_basic(&limit, now - SKEW_S);
        sim_refuse(error, 403, "InvalidSignatureException",
                   "Signature expired: %s is now earlier than %s (%s - 5 min.)", auth->date,
                   limit.data, clock.data);
    } else if (date > now + SKEW_S) {
        sim_clock_basic(&limit, now + SKEW_S);
        sim_refuse(error, 403, "InvalidSignatureException",
                   "Signature not yet current: %s is still later than %s (%s + 5 min.)", auth->date,
                   limit.data, clock.data);
    }
    sim_text_free(&limit);
    sim_text_free(&clock);
    return error->status != 0 ? -1 : 0;
}

static int is_signed(const struct authorization *auth, const char *name)
{
    const char *at = auth->signed_list;
    size_t len = strlen(name);

    while (strncmp(at, name, len) != 0 || (at[len] != ';' && at[len] != '\0')) {
        at = strchr(at, ';');
        if (at == NULL) {
            return 0;
        }
        at++;
    }
    return 1;
}

static int must_be_signed(const char *name)
{
    return strcmp(name, "host") == 0 || strcmp(name, "content-type") == 0 ||
           strncmp(name, "x-amz-", 6) == 0 || strncmp(name, "x-amzn-bedrock-", 15) == 0;
}

static int check_signed_list(const struct authorization *auth, const struct sim_request *request,
                             struct sim_error *error)
{
    size_t i;

    for (i = 0; i < request->header_count; i++) {
        const char *name = request->headers[i].name;

        if (must_be_signed(name) && !is_signed(auth, name)) {
            return sim_refuse(error, 403, "InvalidSignatureException",
                              "'%s' must be a 'SignedHeader' in the AWS Authorization.", name);
        }
    }
    return 0;
}

/* Folds runs of spaces into one; the reader has trimmed the ends. */
static void add_header_value(struct sim_text *out, const char *value)
{
    for (; *value != '\0'; value++) {
        if (value[0] != ' ' || value[1] != ' ') {
            sim_text_add(out, value, 1);
        }
    }
}

/* The block of signed headers; they must be in order, in lower case and present. */
static int add_signed_headers(struct sim_text *out, const struct authorization *auth,
                              const struct sim_request *request, struct sim_error *error)
{
    struct sim_text copy = {NULL, 0, 0};
    const char *previous = "";
    char *rest;

    sim_text_puts(&copy, auth->signed_list);
    rest = copy.data;
    while (rest != NULL && error->status == 0) {
        char *name = cut(&rest, ';');
        const char *value = sim_request_header(request, name);

        if (value == NULL || strcmp(previous, name) >= 0) {
            sim_refuse(error, 403, "InvalidSignatureException",
                       "SignedHeaders must name headers of the request, in lower case and in "
                       "order: '%s'.",
                       name);
            break;
        }
        sim_text_printf(out, "%s:", name);
        add_header_value(out, value);
        sim_text_puts(out, "\n");
        previous = name;
    }
    sim_text_free(&copy);
    return error->status != 0 ? -1 : 0;
}

static int compare_strings(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* One `name=value`, decoded and encoded again. A tab stands for the `=` so that sorting goes by the
 * name first: every character that an encoded name can hold is greater. */
static int add_parameter(struct sim_text *out, char *parameter)
{
    struct sim_text plain = {NULL, 0, 0};
    char *value = strchr(parameter, '=');
    size_t name_len = value != NULL ? (size_t)(value - parameter) : strlen(parameter);
    int result = sim_percent_decode(&plain, parameter, name_len);

    if (result == 0) {
        sim_text_percent(out, sim_text_string(&plain), plain.len, "");
        sim_text_puts(out, "\t");
        sim_text_clear(&plain);
        if (value != NULL) {
            result = sim_percent_decode(&plain, value + 1, strlen(value + 1));
            sim_text_percent(out, sim_text_string(&plain), plain.len, "");
        }
    }
    sim_text_free(&plain);
    return result;
}

static int add_canonical_query(struct sim_text *out, const char *query, struct sim_error *error)
{
    struct sim_text copy = {NULL, 0, 0};
    struct sim_text encoded[PARAMETER_MAX];
    char *sorted[PARAMETER_MAX];
    size_t count = 0, i;
    char *rest;

    sim_text_puts(&copy, query);
    rest = *query != '\0' ? copy.data : NULL;
    while (rest != NULL && count < PARAMETER_MAX) {
        memset(&encoded[count], 0, sizeof encoded[count]);
        if (add_parameter(&encoded[count], cut(&rest, '&')) != 0) {
            sign_refuse(error, "The query string holds a broken percent escape.");
        }
        sorted[count] = encoded[count].data;
        count++;
    }
    qsort(sorted, count, sizeof sorted[0], compare_strings);
    for (i = 0; i < count; i++) {
        *strchr(sorted[i], '\t') = '=';
        sim_text_printf(out, "%s%s", i > 0 ? "&" : "", sorted[i]);
        free(sorted[i]);
    }
    sim_text_free(&copy);
    return error->status != 0 ? -1 : 0;
}

static int build_canonical(struct sim_text *out, const struct authorization *auth,
                           const struct sim_request *request, struct sim_error *error)
{
    unsigned char digest[DIGEST_LEN];

    sim_text_printf(out, "%s\n", request->method);
    sim_text_percent(out, request->path, strlen(request->path), "/");
    sim_text_puts(out, "\n");
    if (add_canonical_query(out, request->query, error) != 0) {
        return -1;
    }
    sim_text_puts(out, "\n");
    if (add_signed_headers(out, auth, request, error) != 0) {
        return -1;
    }
    sim_text_printf(out, "\n%s\n", auth->signed_list);
    sha256(digest, sim_request_body(request), request->body_len);
    sim_text_hex(out, digest, sizeof digest);
    return 0;
}

static void build_string_to_sign(struct sim_text *out, const struct authorization *auth,
                                 const struct sim_text *canonical)
{
    unsigned char digest[DIGEST_LEN];

    sim_text_printf(out, "AWS4-HMAC-SHA256\n%s\n%s/%s/%s/aws4_request\n", auth->date, auth->day,
                    auth->region, auth->service);
    sha256(digest, canonical->data, canonical->len);
    sim_text_hex(out, digest, sizeof digest);
}

static void compute_signature(struct sim_text *out, const struct authorization *auth,
                              const char *string_to_sign)
{
    static const char secret[] = "AWS4" SIM_SECRET_KEY;
    unsigned char key[DIGEST_LEN];

    hmac(key, secret, sizeof secret - 1, auth->day);
    hmac(key, key, sizeof key, auth->region);
    hmac(key, key, sizeof key, auth->service);
    hmac(key, key, sizeof key, "aws4_request");
    hmac(key, key, sizeof key, string_to_sign);
    sim_text_hex(out, key, sizeof key);
}

/* x-amz-content-sha256 is optional, but a wrong one is a mistake. */
static int check_content_hash(const struct sim_request *request, struct sim_error *error)
{
    const char *sent = sim_request_header(request, "x-amz-content-sha256");
    struct sim_text real = {NULL, 0, 0};
    unsigned char digest[DIGEST_LEN];

    if (sent == NULL) {
        return 0;
    }
    sha256(digest, sim_request_body(request), request->body_len);
    sim_text_hex(&real, digest, sizeof digest);
    if (strcmp(sent, real.data) != 0) {
        sign_refuse(error, "The provided 'x-amz-content-sha256' header does not match what was "
                           "computed.");
    }
    sim_text_free(&real);
    return error->status != 0 ? -1 : 0;
}

static int check_signature(const struct authorization *auth, const struct sim_request *request,
                           struct sim_error *error)
{
    struct sim_text canonical = {NULL, 0, 0};
    struct sim_text to_sign = {NULL, 0, 0};
    struct sim_text signature = {NULL, 0, 0};

    if (build_canonical(&canonical, auth, request, error) == 0) {
        build_string_to_sign(&to_sign, auth, &canonical);
        compute_signature(&signature, auth, to_sign.data);
        if (strcmp(signature.data, auth->signature) != 0) {
            sim_refuse(
                error, 403, "InvalidSignatureException",
                "The request signature we calculated does not match the signature you "
                "provided. Check your AWS Secret Access Key and signing method. Consult the "
                "service documentation for details.\n\nThe Canonical String for this request "
                "should have been\n'%s'\n\nThe String-to-Sign should have been\n'%s'\n",
                canonical.data, to_sign.data);
        }
    }
    sim_text_free(&canonical);
    sim_text_free(&to_sign);
    sim_text_free(&signature);
    return error->status != 0 ? -1 : 0;
}

/* In the order in which the service looks: form, key, scope, clock, signature, token. */
static int check_sigv4(struct authorization *auth, const struct sim_request *request, int64_t now,
                       struct sim_error *error)
{
    const char *token = sim_request_header(request, "x-amz-security-token");

    auth->date = sim_request_header(request, "x-amz-date");
    if (auth->date == NULL) {
        return sim_refuse(error, 403, "IncompleteSignatureException",
                          "Authorization header requires existence of either a 'X-Amz-Date' or a "
                          "'Date' header.");
    }
    if (strcmp(auth->access_key, SIM_ACCESS_KEY) != 0) {
        return sim_refuse(error, 403, "UnrecognizedClientException",
                          "The security token included in the request is invalid.");
    }
    if (check_scope(auth, sim_request_header(request, "host"), error) != 0 ||
        check_clock(auth, now, error) != 0 || check_signed_list(auth, request, error) != 0 ||
        check_content_hash(request, error) != 0 || check_signature(auth, request, error) != 0) {
        return -1;
    }
    if (token != NULL && strncmp(token, "EXPIRED", 7) == 0) {
        return sim_refuse(error, 403, "ExpiredTokenException",
                          "The security token included in the request is expired");
    }
    return 0;
}

static int check_bearer(const char *token, struct sim_error *error)
{
    if (strcmp(token, SIM_BEARER_TOKEN) == 0) {
        return 0;
    }
    return sim_refuse(error, 403, "AccessDeniedException",
                      "Authentication failed: Please make sure your API Key is valid.");
}

int sim_authenticate(const struct sim_request *request, int64_t now, struct sim_error *error)
{
    static const char scheme[] = "AWS4-HMAC-SHA256 ";
    const char *header = sim_request_header(request, "authorization");
    struct authorization auth;
    int result;

    if (header == NULL) {
        return sim_refuse(error, 403, "MissingAuthenticationTokenException",
                          "Missing Authentication Token");
    }
    if (strncmp(header, "Bearer ", 7) == 0) {
        return check_bearer(header + 7, error);
    }
    if (strncmp(header, scheme, sizeof scheme - 1) != 0) {
        return sim_refuse(error, 403, "IncompleteSignatureException",
                          "Unsupported AWS 'algorithm': '%.40s'.", header);
    }
    memset(&auth, 0, sizeof auth);
    result = parse_authorization(&auth, header + sizeof scheme - 1, error);
    if (result == 0) {
        result = check_sigv4(&auth, request, now, error);
    }
    sim_text_free(&auth.text);
    return result;
}
