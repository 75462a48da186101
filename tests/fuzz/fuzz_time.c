/* SPDX-License-Identifier: MIT */
/* Dates: what a parser accepts is in range and formats to a text that means the same. */
#include "bedrock/error.h"
#include "util/civil_time.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(int condition)
{
    if (!condition) {
        abort();
    }
}

static void check_accepted(int64_t seconds, int32_t nanos)
{
    char date_time[BDK_DATE_TIME_MICROS_SIZE], http[BDK_HTTP_DATE_SIZE], amz[BDK_AMZ_DATE_SIZE];
    int64_t again;
    int32_t again_nanos;

    must(seconds >= 0 && seconds <= BDK_LAST_SECOND);
    must(nanos >= 0 && nanos < 1000000000);

    must(bdk_format_date_time_micros(date_time, seconds, (uint32_t)nanos / 1000) == BEDROCK_OK);
    must(bdk_parse_date_time(&again, &again_nanos, date_time, strlen(date_time)) == BEDROCK_OK);
    must(again == seconds && again_nanos == nanos / 1000 * 1000);

    must(bdk_format_http_date(http, seconds) == BEDROCK_OK);
    must(bdk_parse_http_date(&again, &again_nanos, http, BDK_HTTP_DATE_SIZE - 1) == BEDROCK_OK);
    must(again == seconds && again_nanos == 0);

    must(bdk_format_amz_date(amz, seconds) == BEDROCK_OK);
    must(bdk_parse_amz_date(&again, amz, BDK_AMZ_DATE_SIZE - 1) == BEDROCK_OK);
    must(again == seconds);
}

/* What a parser has said, and left in two variables that were -1 before. */
static void check(int status, int64_t *seconds, int32_t *nanos)
{
    if (status == BEDROCK_OK) {
        check_accepted(*seconds, *nanos);
    } else {
        must(status == BEDROCK_E_TIME && *seconds == -1 && *nanos == -1);
    }
    *seconds = -1;
    *nanos = -1;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = malloc(size > 0 ? size : 1); /* of its own: the sanitizer sees where it ends */
    int64_t seconds = -1;
    int32_t nanos = -1;

    must(text != NULL);
    if (size > 0) {
        memcpy(text, data, size);
    }
    check(bdk_parse_date_time(&seconds, &nanos, text, size), &seconds, &nanos);
    check(bdk_parse_http_date(&seconds, &nanos, text, size), &seconds, &nanos);
    check(bdk_parse_epoch_seconds(&seconds, &nanos, text, size), &seconds, &nanos);
    if (bdk_parse_amz_date(&seconds, text, size) == BEDROCK_OK) {
        check_accepted(seconds, 0);
    }
    seconds = bdk_read_imf_fixdate(text, size);
    if (seconds >= 0) {
        check_accepted(seconds, 0);
    }
    free(text);
    return 0;
}
