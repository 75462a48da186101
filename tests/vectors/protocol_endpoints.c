/* SPDX-License-Identifier: MIT */
/* Topic protocol, endpoints.vec: region, fips, dualstack [, endpoint] -> url, or an error. */
#include "protocol.h"

#include "bedrock/error.h"
#include "bedrock/output.h"
#include "client/endpoint.h"
#include "util/bytes.h"

#include <string.h>

#define URL_CAP 600

static int append(void *ctx, const void *data, size_t len)
{
    return bdk_append(ctx, URL_CAP, data, len);
}

/* The endpoint that the case wants; NULL: the region's own. */
static const struct bedrock_endpoint *wanted(int fips, int dual_stack)
{
    if (fips) {
        return dual_stack ? &bedrock_endpoint_fips_dual_stack : &bedrock_endpoint_fips;
    }
    return dual_stack ? &bedrock_endpoint_dual_stack : NULL;
}

/* The region is the client's to check: it needs one even with an endpoint. */
static int resolve(const struct vec_case *c, struct bdk_endpoint *endpoint)
{
    const char *region = vec_text(c, "region"), *url = vec_text(c, "endpoint");
    int fips = vec_number(c, "fips", 0) != 0, dual_stack = vec_number(c, "dualstack", 0) != 0;

    if (url[0] == '\0' && !bdk_region_valid(region)) {
        return BEDROCK_E_REGION;
    }
    memset(endpoint, 0, sizeof *endpoint);
    if (url[0] == '\0') {
        return bdk_endpoint_resolve(endpoint, region, wanted(fips, dual_stack));
    }
    /* A configuration has one endpoint: a URL together with FIPS or dual stack cannot be said. */
    return fips || dual_stack ? BEDROCK_E_ENDPOINT
                              : bdk_endpoint_resolve(endpoint, region, BEDROCK_ENDPOINT(url));
}

void protocol_run_endpoint(const struct vec_case *c, void *ctx)
{
    const char *file = *(const char **)ctx, *want = vec_text(c, "url");
    struct bdk_endpoint endpoint;
    struct bedrock_output out;
    char url[URL_CAP] = "";
    int status = resolve(c, &endpoint);

    if (vec_get(c, "error") != NULL) {
        if (status != BEDROCK_OK) {
            vec_pass();
        } else {
            vec_fail(file, c->id, "is accepted as %s", endpoint.host);
        }
        return;
    }
    if (status == BEDROCK_OK) {
        bedrock_output_init(&out, append, url, 0);
        bedrock_output_text(&out, endpoint.plain ? "http://" : "https://");
        bedrock_output_put(&out, endpoint.authority, endpoint.authority_len);
        bedrock_output_put(&out, endpoint.path, endpoint.path_len);
    }
    if (status == BEDROCK_OK && strcmp(url, want) == 0) {
        vec_pass();
    } else {
        vec_fail(file, c->id, "status %d, url \"%s\", not \"%s\"", status, url, want);
    }
}
