/* SPDX-License-Identifier: MIT */
/*
 * Civil time <-> Unix seconds, proleptic Gregorian, UTC, years 1970..9999, int64: nothing ends in
 * 2038. No time zones, no leap seconds (":60" is refused), no time.h.
 */
#ifndef BDK_UTIL_CIVIL_TIME_H
#define BDK_UTIL_CIVIL_TIME_H

#include <stddef.h>
#include <stdint.h>

#define BDK_LAST_SECOND INT64_C(253402300799) /* 9999-12-31T23:59:59Z */

#define BDK_DATE_TIME_SIZE        21 /* "2025-01-15T12:34:56Z" and its NUL */
#define BDK_DATE_TIME_MICROS_SIZE 28 /* "2025-01-15T12:34:56.123456Z" and its NUL */
#define BDK_HTTP_DATE_SIZE        30 /* "Wed, 15 Jan 2025 12:34:56 GMT" and its NUL */
#define BDK_AMZ_DATE_SIZE         17 /* "20250115T123456Z" and its NUL */

/* Parsers: the whole text, or BEDROCK_E_TIME. Dates that do not exist are refused. Where there is
 * *nanos, it takes the fraction, of which digits beyond the ninth are dropped; it may be NULL. On
 * failure nothing is written. */

/* RFC 3339, offsets applied. */
int bdk_parse_date_time(int64_t *unix_s, int32_t *nanos, const char *text, size_t len);

/* RFC 9110 IMF-fixdate, also with a fraction of seconds, as Smithy's http-date allows. The
 * weekday's name is checked to be one, not to fit. */
int bdk_parse_http_date(int64_t *unix_s, int32_t *nanos, const char *text, size_t len);

/* The same as RFC 9110 has it in a Date header, where there is no fraction. Returns the seconds, or
 * -1 for a text that is none. */
int64_t bdk_read_imf_fixdate(const char *text, size_t len);

/* Seconds since 1970 as a JSON number, with a fraction, an exponent, both or neither. */
int bdk_parse_epoch_seconds(int64_t *unix_s, int32_t *nanos, const char *text, size_t len);

/* The form of X-Amz-Date. */
int bdk_parse_amz_date(int64_t *unix_s, const char *text, size_t len);

/* Formatters: BEDROCK_OK, or BEDROCK_E_TIME outside the years 1970..9999; text is then "". */
int bdk_format_date_time(char text[BDK_DATE_TIME_SIZE], int64_t unix_s);
int bdk_format_http_date(char text[BDK_HTTP_DATE_SIZE], int64_t unix_s);
int bdk_format_amz_date(char text[BDK_AMZ_DATE_SIZE], int64_t unix_s);

/* With the fraction, 0..999999 microseconds, as short as it can be: none for 0. */
int bdk_format_date_time_micros(char text[BDK_DATE_TIME_MICROS_SIZE], int64_t unix_s,
                                uint32_t micros);

#endif
