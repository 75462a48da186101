/* SPDX-License-Identifier: MIT */
/**
 * ApplyGuardrail and InvokeGuardrailChecks: is this text, or this picture, in order?
 *
 * No model is asked. ApplyGuardrail judges by a guardrail that was made in the account and says
 * what to show instead; InvokeGuardrailChecks needs no guardrail: the request names the checks, the
 * answer is a score for each.
 *
 * Source: Amazon Bedrock API reference, "ApplyGuardrail", "InvokeGuardrailChecks".
 */
#ifndef BEDROCK_GUARDRAIL_H
#define BEDROCK_GUARDRAIL_H

#include "bedrock/converse.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---------------------------------------------------------- ApplyGuardrail */

/** What a guardrail should judge. */
struct bedrock_apply_guardrail {
    const char *guardrail_identifier; /* id or ARN */
    const char *guardrail_version;    /* "1", ..., or "DRAFT" */
    const char *source;               /* "INPUT": a prompt, "OUTPUT": an answer; NULL: "INPUT" */
    /* Blocks of BEDROCK_GUARD_TEXT() and BEDROCK_GUARD_IMAGE(): BEDROCK_CONTENT(...). */
    struct bedrock_content_list content;
    const char *output_scope; /* NULL: "INTERVENTIONS"; "FULL": also what passed */
};

/** Blocks to be judged: a text with its qualifiers (.text, .qualifiers), a picture in memory or
 * from a source (.format "png" or "jpeg", .source). */
extern const struct bedrock_content_kind bedrock_content_guard_text, bedrock_content_guard_image;

/* clang-format off */
#define BEDROCK_GUARD_TEXT(...) \
    {.kind = &bedrock_content_guard_text, .value = &(const struct bedrock_guard_content){__VA_ARGS__}}
#define BEDROCK_GUARD_IMAGE(...) \
    {.kind = &bedrock_content_guard_image, .value = &(const struct bedrock_media){__VA_ARGS__}}
/* clang-format on */

/**
 * Starts an ApplyGuardrail call. Events of the answer, the blocks and fields in the order in which
 * the service writes them:
 *
 *     BLOCK_START TEXT.. BLOCK_STOP  what to show instead, a block each; if nothing was found, none
 *     FIELD  action, actionReason: words; assessments, usage, guardrailCoverage, and what else the
 *            service may say: JSON
 *     STOP   last. stop_reason is GUARDRAIL_INTERVENED or, for the action NONE, END_TURN; for an
 *            action that this version does not know UNKNOWN. stop_reason_text is the action
 *
 * An answer without an action ends with BEDROCK_E_ANSWER_INCOMPLETE: it is no all-clear.
 *
 * \return as bedrock_converse(); BEDROCK_E_ARGUMENT for an identifier or a version that is missing,
 * over 2048 bytes or no visible ASCII, and, in bedrock_next(), for content that is missing.
 */
int bedrock_apply_guardrail(bedrock_client *client, const struct bedrock_apply_guardrail *request);

/* --------------------------------------------------- InvokeGuardrailChecks */

/** Which checks to make of which messages. At least one list of categories is needed. */
struct bedrock_guardrail_checks {
    /* Turns as in Converse; their content is TEXT blocks. */
    struct bedrock_message_list messages;
    struct bedrock_string_list content_filter; /* VIOLENCE HATE SEXUAL MISCONDUCT INSULTS */
    struct bedrock_string_list prompt_attack;  /* JAILBREAK PROMPT_INJECTION PROMPT_LEAKAGE */
    struct bedrock_string_list sensitive_information; /* EMAIL PHONE NAME ... */
};

/** Which of the checks a finding is of. */
enum bedrock_check {
    BEDROCK_CHECK_CONTENT_FILTER,
    BEDROCK_CHECK_PROMPT_ATTACK,
    BEDROCK_CHECK_SENSITIVE_INFORMATION,
    BEDROCK_CHECK_UNKNOWN /* one that this version does not know */
};

/** One result. */
struct bedrock_finding {
    enum bedrock_check check;
    char category[48]; /* "JAILBREAK", "EMAIL", ... */
    char score[24];    /* severity, or confidence: decimal text, 0..1 */
    /* Of sensitive information, -1 elsewhere: which characters of which text. */
    int32_t begin_offset;
    int32_t end_offset;
    int32_t message_index;
    int32_t content_index;
};

/**
 * Starts an InvokeGuardrailChecks call. Read it with bedrock_finding_next(), or by events: each
 * result is a RECORD block, its members FIELDs, its block's name the check's ("promptAttack"). What
 * the service says besides comes as FIELDs outside of blocks, JSON: usage; and truncated, true if
 * there were more results of sensitive information than it gives.
 *
 * An answer without results ends with BEDROCK_E_ANSWER_INCOMPLETE: it does not say that nothing was
 * found.
 *
 * \return as bedrock_converse(); without a message or a check BEDROCK_E_ARGUMENT, in
 * bedrock_next().
 */
int bedrock_invoke_guardrail_checks(bedrock_client *client,
                                    const struct bedrock_guardrail_checks *request);

/**
 * The next result. Members that it does not have are "" or -1.
 *
 * \param finding  filled in piece by piece: the same one after BEDROCK_AGAIN, its content then
 * untouched.
 * \return BEDROCK_EVENT (1) with a finding; 0 when the answer is complete;
 * BEDROCK_AGAIN; BEDROCK_E_FIELD_SIZE if a word or a score is longer than its member;
 * BEDROCK_E_JSON_SHAPE for an offset or index that is no number of 0..2^31 - 1; else as
 * bedrock_next().
 */
int bedrock_finding_next(bedrock_client *client, struct bedrock_finding *finding);

#ifdef __cplusplus
}
#endif

#endif
