/* SPDX-License-Identifier: MIT */
/* The request bodies of Bedrock Runtime, as tables (schema.h). */
#ifndef SIMULATOR_SHAPES_H
#define SIMULATOR_SHAPES_H

#include "schema.h"

/* The 31 kinds of personal data that guardrails know. */
#define SIM_PII_WORDS                                                                              \
    "|ADDRESS|AGE|AWS_ACCESS_KEY|AWS_SECRET_KEY|CA_HEALTH_NUMBER|CA_SOCIAL_INSURANCE_NUMBER|"      \
    "CREDIT_DEBIT_CARD_CVV|CREDIT_DEBIT_CARD_EXPIRY|CREDIT_DEBIT_CARD_NUMBER|DRIVER_ID|EMAIL|"     \
    "INTERNATIONAL_BANK_ACCOUNT_NUMBER|IP_ADDRESS|LICENSE_PLATE|MAC_ADDRESS|NAME|PASSWORD|PHONE|"  \
    "PIN|SWIFT_CODE|UK_NATIONAL_HEALTH_SERVICE_NUMBER|UK_NATIONAL_INSURANCE_NUMBER|"               \
    "UK_UNIQUE_TAXPAYER_REFERENCE_NUMBER|URL|USERNAME|US_BANK_ACCOUNT_NUMBER|"                     \
    "US_BANK_ROUTING_NUMBER|US_INDIVIDUAL_TAX_IDENTIFICATION_NUMBER|US_PASSPORT_NUMBER|"           \
    "US_SOCIAL_SECURITY_NUMBER|VEHICLE_IDENTIFICATION_NUMBER|"

#define SIM_S3_URI     "s3://[a-z0-9][.a-z0-9-]{1,61}[a-z0-9](/.*)?"
#define SIM_ACCOUNT_ID "[0-9]{12}"

extern const struct sim_member sim_converse_request[];
extern const struct sim_member sim_converse_stream_request[];
extern const struct sim_member sim_count_tokens_request[];
extern const struct sim_member sim_apply_guardrail_request[];
extern const struct sim_member sim_guardrail_checks_request[];
extern const struct sim_member sim_start_async_request[];

#endif
