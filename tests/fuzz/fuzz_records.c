/* SPDX-License-Identifier: MIT */
/* Answers of any bytes to the operations whose answers are records: what is told of them must not
 * depend on how they are cut. The first byte says which operation, the second where it is cut. */
#include "bedrock/guardrail.h"
#include "unit/client/jobs.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct bedrock_content guarded[] = {BEDROCK_GUARD_TEXT(.text = "hi")};
static const struct bedrock_message turns[] = {BEDROCK_USER("hi")};
static const char *const attacks[] = {"JAILBREAK"};

static int apply(bedrock_client *client)
{
    static const struct bedrock_apply_guardrail request = {
        .guardrail_identifier = "a", .guardrail_version = "1", .content = {guarded, 1}};

    return bedrock_apply_guardrail(client, &request);
}

static int checks(bedrock_client *client)
{
    static const struct bedrock_guardrail_checks request = {.messages = {turns, 1},
                                                            .prompt_attack = {attacks, 1}};

    return bedrock_invoke_guardrail_checks(client, &request);
}

static int get(bedrock_client *client)
{
    return bedrock_get_async_invoke(client, "arn");
}

static int list(bedrock_client *client)
{
    static const struct bedrock_list_async_invokes request = {.max_results = 1};

    return bedrock_list_async_invokes(client, &request);
}

static int tell_findings(bedrock_client *client, struct bytes *out)
{
    struct bedrock_finding finding;
    int status;

    while ((status = bedrock_finding_next(client, &finding)) == BEDROCK_EVENT) {
        bytes_text(out, finding.category);
        bytes_text(out, finding.score);
        record_line(out, " finding", (long)finding.check, NULL);
        record_line(out, "ends", (long)finding.end_offset, NULL);
    }
    return status;
}

static const struct record_call calls[] = {
    {apply, tell_events}, {checks, tell_events}, {checks, tell_findings}, {get, tell_events},
    {get, tell_jobs},     {list, tell_events},   {list, tell_jobs},
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bytes http = {0}, whole = {0}, pieces = {0};
    const struct record_call *call;
    int status;

    if (size < 2) {
        return 0;
    }
    call = &calls[data[0] % (sizeof calls / sizeof *calls)];
    put_answer(&http, "200 OK", JSON_ANSWER, data + 2, size - 2, FRAMED_LENGTH, 0);
    status = play_record(call, &whole, http.data, http.len, http.len, 0);
    if (status != play_record(call, &pieces, http.data, http.len, data[1] % 4u,
                              http.len - data[1] % (size - 1)) ||
        whole.len != pieces.len ||
        (whole.len > 0 && memcmp(whole.data, pieces.data, whole.len) != 0)) {
        printf("%d\n%s\nagainst\n%s\n", status, shown(whole.data), shown(pieces.data));
        abort();
    }
    bytes_free(&http);
    bytes_free(&whole);
    bytes_free(&pieces);
    return 0;
}
