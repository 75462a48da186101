/* SPDX-License-Identifier: MIT */
/**
 * StartAsyncInvoke, GetAsyncInvoke, ListAsyncInvokes: jobs that take minutes, such as video. The
 * result lands in S3; the job is asked for now and then.
 *
 *     bedrock_start_async_invoke(client, &(struct bedrock_start_async_invoke){
 *         .model_id = "amazon.nova-reel-v1:0",
 *         .model_input = BEDROCK_JSON_BODY("{\"taskType\":\"TEXT_VIDEO\",...}"),
 *         .s3_uri = "s3://my-bucket/videos/",
 *     });
 *     if (bedrock_async_next(client, &job) == BEDROCK_EVENT)
 *         puts(job.invocation_arn);
 *
 * Source: Amazon Bedrock API reference, "StartAsyncInvoke", "GetAsyncInvoke", "ListAsyncInvokes".
 */
#ifndef BEDROCK_ASYNC_INVOKE_H
#define BEDROCK_ASYNC_INVOKE_H

#include "bedrock/invoke.h"

#ifdef __cplusplus
extern "C" {
#endif

/** The longest client request token that is made here: a UUID of version 4, and its NUL. */
#define BEDROCK_UUID_SIZE 37

struct bedrock_start_async_invoke {
    const char *model_id;            /* in the body here: visible ASCII, up to 256 bytes */
    struct bedrock_body model_input; /* a JSON object of the model's own */
    const char *s3_uri;              /* "s3://bucket/folder/", where the result goes */
    const char *s3_kms_key_id;       /* ARN of the key to encrypt it with */
    const char *s3_bucket_owner;     /* account number, if it is not your own */
    const struct bedrock_pair *tags; /* names and values */
    size_t tag_count;
    /**
     * Makes the call idempotent: two with the same token start one job. NULL: one is made from the
     * port's entropy when the call starts, and kept over its retries.
     */
    const char *client_request_token;
};

/** Starts a StartAsyncInvoke call. The answer is one RECORD block with the FIELD invocationArn;
 * without that it is BEDROCK_E_ANSWER_INCOMPLETE.
 * \return as bedrock_converse(), with BEDROCK_E_ARGUMENT for a model id over 256 bytes; also
 * BEDROCK_E_ENTROPY. In bedrock_next() BEDROCK_E_ARGUMENT without s3_uri or for a tag that is half
 * filled, and what is wrong with model_input. */
int bedrock_start_async_invoke(bedrock_client *client,
                               const struct bedrock_start_async_invoke *request);

/** Starts a GetAsyncInvoke call. The answer is one RECORD block.
 * \param invocation_arn  as the start gave it; must stay until the call has ended.
 * \return as bedrock_converse(), with BEDROCK_E_ARGUMENT for an ARN that is missing, over 2048
 * bytes or no visible ASCII. */
int bedrock_get_async_invoke(bedrock_client *client, const char *invocation_arn);

enum bedrock_async_status {
    BEDROCK_ASYNC_UNKNOWN, /* none was said, or a word that this version does not know */
    BEDROCK_ASYNC_IN_PROGRESS,
    BEDROCK_ASYNC_COMPLETED,
    BEDROCK_ASYNC_FAILED
};

/** A job. Texts that the service did not send are "", times 0. */
struct bedrock_async_invoke {
    enum bedrock_async_status status;
    int64_t submit_time; /* Unix seconds */
    int64_t last_modified_time;
    int64_t end_time;
    char invocation_arn[160];
    char model_arn[256];
    char client_request_token[BEDROCK_UUID_SIZE + 27]; /* a longer one of somebody else's is cut */
    char failure_message[256];                         /* a longer one is cut */
    char s3_uri[256];
};

/**
 * The next job of the answer to any of the three calls. Where there is but one, it is complete when
 * the call is: `while (bedrock_async_next(client, &job) > 0) {}` ends it, and job is left as it was
 * when 0 is returned.
 *
 * \param job  filled in piece by piece: the same one after BEDROCK_AGAIN, its content untouched.
 * \return BEDROCK_EVENT (1) with a job; 0 when the answer is complete; BEDROCK_AGAIN;
 * BEDROCK_E_FIELD_SIZE if an ARN or the URI is longer than its member; BEDROCK_E_TIME for a date
 * that is none; BEDROCK_E_ANSWER_INCOMPLETE for an answer that should be a job and has no ARN; else
 * as bedrock_next().
 */
int bedrock_async_next(bedrock_client *client, struct bedrock_async_invoke *job);

/** Which jobs are wanted: NULL, "" and 0 mean any. */
struct bedrock_list_async_invokes {
    int64_t submit_time_after; /* Unix seconds; 0: not asked for */
    int64_t submit_time_before;
    const char *status_equals; /* "InProgress", "Completed", "Failed" */
    const char *sort_by;       /* "SubmissionTime" */
    const char *sort_order;    /* "Ascending", "Descending" */
    int32_t max_results;       /* of a page, 1..1000 */
    const char *next_token;    /* where the page before ended; "": the first page */
};

/** Starts a ListAsyncInvokes call: one page, a RECORD block a job; and, if there are more pages,
 * the FIELD nextToken outside of any block, before them or behind them.
 * \return as bedrock_converse(), with BEDROCK_E_ARGUMENT for numbers that are out of their range.
 */
int bedrock_list_async_invokes(bedrock_client *client,
                               const struct bedrock_list_async_invokes *request);

/** A walk over all pages. Fill in query, token and token_cap; zero the rest. It must stay where it
 * is, and query as it is, until the walk has ended. */
struct bedrock_async_list {
    struct bedrock_list_async_invokes query; /* next_token is the walk's */
    char *token;      /* memory for the service's page tokens, which have up to 2048 bytes */
    size_t token_cap; /* 2049 holds any */
    /* The fields below are not yours. */
    struct bedrock_event event; /* here, so that it is not on the stack */
    size_t token_len;           /* of the next page's, as far as it has come */
    uint8_t token_differs;      /* from this page's; if it does not, the pages go in a circle */
    uint8_t state;
};

/**
 * The next job of all: follows the pages by calls of its own. An error ends the walk; one that is
 * zeroed again begins anew.
 *
 * \param job  as in bedrock_async_next().
 * \return BEDROCK_EVENT (1) with a job; 0 after the last one, or when the service gives the same
 * token twice in a row; BEDROCK_E_FIELD_SIZE for a token longer than token_cap - 1;
 * BEDROCK_E_ARGUMENT without memory for tokens; BEDROCK_AGAIN; else as bedrock_list_async_invokes()
 * and bedrock_async_next().
 */
int bedrock_async_list_next(bedrock_client *client, struct bedrock_async_list *list,
                            struct bedrock_async_invoke *job);

#ifdef __cplusplus
}
#endif

#endif
