/* SPDX-License-Identifier: MIT */
#include "signature.h"

#include "canonical.h"
#include "clock.h"

#include <bearssl.h>
#include <string.h>

#define SKEW_S     300
#define DIGEST_LEN 32

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

/* Credential=<key>/<day>/<region>/<service>/aws4_request */
static int parse_credential(struct authorization *auth, char *credential, struct sim_error *error)
{
    char *rest = credential;
    char *terminator;

    auth->access_key = sim_canonical_cut(&rest, '/');
    auth->day = sim_canonical_cut(&rest, '/');
    auth->region = sim_canonical_cut(&rest, '/');
    auth->service = sim_canonical_cut(&rest, '/');
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

static void build_string_to_sign(struct sim_text *out, const struct authorization *auth,
                                 const struct sim_text *canonical)
{
    sim_text_printf(out, "AWS4-HMAC-SHA256\n%s\n%s/%s/%s/aws4_request\n", auth->date, auth->day,
                    auth->region, auth->service);
    sim_canonical_hash(out, canonical->data, canonical->len);
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
    if (sent == NULL) {
        return 0;
    }
    sim_canonical_hash(&real, sim_request_body(request), request->body_len);
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

    if (sim_canonical_request(&canonical, auth->signed_list, request, error) == 0) {
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
