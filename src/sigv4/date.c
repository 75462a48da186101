/* SPDX-License-Identifier: MIT */
/* See bedrock/sigv4.h. */
#include "bedrock/sigv4.h"

#include "util/civil_time.h"

int bedrock_sigv4_date(char date[BEDROCK_SIGV4_DATE_SIZE], int64_t unix_s)
{
    return bdk_format_amz_date(date, unix_s);
}
