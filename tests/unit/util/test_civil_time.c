/* SPDX-License-Identifier: MIT */
#include "test.h"

#include "bedrock/error.h"
#include "util/civil_time.h"

#include <stdio.h>
#include <string.h>

#define DAY INT64_C(86400)

static int is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

/* Which days of the walk are looked at: each until 2110, then the turns of leap years. */
static int is_of_interest(int year, int month, int day)
{
    if (year < 2110) {
        return 1;
    }
    return (year % 100 == 0 || year % 100 == 4 || year == 9999) &&
           ((month == 2 && day > 27) || (month == 3 && day == 1) || (month == 12 && day == 31));
}

static void check_day(int year, int month, int day, int64_t days)
{
    static const char *const weekdays[] = {"Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"};
    char want[40], text[BDK_DATE_TIME_SIZE], http[BDK_HTTP_DATE_SIZE];
    int64_t second = days * DAY + days % DAY, back = -1; /* the time of day varies too */

    test_context("%04d-%02d-%02d", year, month, day);
    snprintf(want, sizeof want, "%04d-%02d-%02dT%02d:%02d:%02dZ", year, month, day,
             (int)(days % DAY / 3600), (int)(days % 3600 / 60), (int)(days % 60));
    CHECK_INT(bdk_format_date_time(text, second), BEDROCK_OK);
    CHECK_TEXT(text, want);
    CHECK_INT(bdk_parse_date_time(&back, NULL, text, strlen(text)), BEDROCK_OK);
    CHECK_INT(back, second);
    CHECK_INT(bdk_format_http_date(http, second), BEDROCK_OK);
    CHECK_BYTES(http, 3, weekdays[days % 7], 3);
}

/* Counted along with a calendar of the test's own. */
static void days_to_the_end_of_9999(void)
{
    static const int lengths[13] = {0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int year, month, day;
    int64_t days = 0;

    for (year = 1970; year <= 9999 && !test_failed(); year++) {
        for (month = 1; month <= 12; month++) {
            int last = lengths[month] + (month == 2 && is_leap(year));

            for (day = 1; day <= last; day++, days++) {
                if (is_of_interest(year, month, day)) {
                    check_day(year, month, day, days);
                }
            }
        }
    }
    CHECK_INT(days * DAY - 1, BDK_LAST_SECOND);
}

static void every_second_of_a_day(void)
{
    int64_t second, midnight = 20103 * DAY; /* 2025-01-15 */
    char want[40], text[BDK_AMZ_DATE_SIZE];

    for (second = 0; second < DAY; second++) {
        int64_t back = -1;

        snprintf(want, sizeof want, "20250115T%02d%02d%02dZ", (int)(second / 3600),
                 (int)(second / 60 % 60), (int)(second % 60));
        bdk_format_amz_date(text, midnight + second);
        bdk_parse_amz_date(&back, want, strlen(want));
        if (strcmp(text, want) != 0 || back != midnight + second) {
            CHECK_TEXT(text, want);
            CHECK_INT(back, midnight + second);
            return;
        }
    }
}

struct date {
    int64_t seconds;
    const char *date_time, *http_date, *amz_date;
};

static void known_dates_in_all_forms(void)
{
    static const struct date dates[] = {
        {0, "1970-01-01T00:00:00Z", "Thu, 01 Jan 1970 00:00:00 GMT", "19700101T000000Z"},
        {784111777, "1994-11-06T08:49:37Z", "Sun, 06 Nov 1994 08:49:37 GMT", "19941106T084937Z"},
        {951782400, "2000-02-29T00:00:00Z", "Tue, 29 Feb 2000 00:00:00 GMT", "20000229T000000Z"},
        {1736944496, "2025-01-15T12:34:56Z", "Wed, 15 Jan 2025 12:34:56 GMT", "20250115T123456Z"},
        {2147483647, "2038-01-19T03:14:07Z", "Tue, 19 Jan 2038 03:14:07 GMT", "20380119T031407Z"},
        {2147483648, "2038-01-19T03:14:08Z", "Tue, 19 Jan 2038 03:14:08 GMT", "20380119T031408Z"},
        {4107542399, "2100-02-28T23:59:59Z", "Sun, 28 Feb 2100 23:59:59 GMT", "21000228T235959Z"},
        {4107542400, "2100-03-01T00:00:00Z", "Mon, 01 Mar 2100 00:00:00 GMT", "21000301T000000Z"},
        {4294967296, "2106-02-07T06:28:16Z", "Sun, 07 Feb 2106 06:28:16 GMT", "21060207T062816Z"},
        {BDK_LAST_SECOND, "9999-12-31T23:59:59Z", "Fri, 31 Dec 9999 23:59:59 GMT",
         "99991231T235959Z"},
    };
    char text[BDK_HTTP_DATE_SIZE];
    int64_t seconds;
    int32_t nanos;
    size_t i;

    for (i = 0; i < sizeof dates / sizeof dates[0]; i++) {
        const struct date *date = &dates[i];

        test_context("%s", date->date_time);
        CHECK_INT(bdk_format_date_time(text, date->seconds), BEDROCK_OK);
        CHECK_TEXT(text, date->date_time);
        CHECK_INT(bdk_format_http_date(text, date->seconds), BEDROCK_OK);
        CHECK_TEXT(text, date->http_date);
        CHECK_INT(bdk_format_amz_date(text, date->seconds), BEDROCK_OK);
        CHECK_TEXT(text, date->amz_date);

        nanos = -1;
        CHECK_INT(bdk_parse_date_time(&seconds, &nanos, date->date_time, 20), BEDROCK_OK);
        CHECK_INT(seconds, date->seconds);
        CHECK_INT(nanos, 0);
        nanos = -1;
        CHECK_INT(bdk_parse_http_date(&seconds, &nanos, date->http_date, 29), BEDROCK_OK);
        CHECK_INT(seconds, date->seconds);
        CHECK_INT(nanos, 0);
        CHECK_INT(bdk_read_imf_fixdate(date->http_date, 29), date->seconds);
        seconds = -7;
        CHECK_INT(bdk_parse_amz_date(&seconds, date->amz_date, 16), BEDROCK_OK);
        CHECK_INT(seconds, date->seconds);
    }
}

static void formatters_refuse_other_years(void)
{
    static const int64_t seconds[] = {-1, -DAY * 365, BDK_LAST_SECOND + 1, INT64_MIN, INT64_MAX};
    char text[BDK_HTTP_DATE_SIZE];
    size_t i;

    for (i = 0; i < sizeof seconds / sizeof seconds[0]; i++) {
        test_context("%lld", (long long)seconds[i]);
        strcpy(text, "old");
        CHECK_INT(bdk_format_date_time(text, seconds[i]), BEDROCK_E_TIME);
        CHECK_TEXT(text, "");
        CHECK_INT(bdk_format_http_date(text, seconds[i]), BEDROCK_E_TIME);
        CHECK_INT(bdk_format_amz_date(text, seconds[i]), BEDROCK_E_TIME);
        CHECK_INT(bdk_format_date_time_micros(text, seconds[i], 5), BEDROCK_E_TIME);
        CHECK_TEXT(text, "");
    }
}

static void check_micros(uint32_t micros, const char *want)
{
    char text[BDK_DATE_TIME_MICROS_SIZE];

    CHECK_INT(bdk_format_date_time_micros(text, 1736944496, micros), BEDROCK_OK);
    CHECK_TEXT(text, want);
}

static void fractions_are_as_short_as_they_can_be(void)
{
    check_micros(0, "2025-01-15T12:34:56Z");
    check_micros(1, "2025-01-15T12:34:56.000001Z");
    check_micros(10, "2025-01-15T12:34:56.00001Z");
    check_micros(500000, "2025-01-15T12:34:56.5Z");
    check_micros(50000, "2025-01-15T12:34:56.05Z");
    check_micros(123000, "2025-01-15T12:34:56.123Z");
    check_micros(999999, "2025-01-15T12:34:56.999999Z");
}

typedef int parser(int64_t *unix_s, int32_t *nanos, const char *text, size_t len);

static void check_accepted(parser *parse, const char *text, int64_t seconds, int32_t nanos)
{
    int64_t got = -1;
    int32_t got_nanos = -1;

    test_context("%s", text);
    CHECK_INT(parse(&got, &got_nanos, text, strlen(text)), BEDROCK_OK);
    CHECK_INT(got, seconds);
    CHECK_INT(got_nanos, nanos);
    CHECK_INT(parse(&got, NULL, text, strlen(text)), BEDROCK_OK);
}

static void check_refused(parser *parse, const char *text, size_t len)
{
    int64_t seconds = -7;
    int32_t nanos = -7;

    test_context("%s (%zu)", text, len);
    CHECK_INT(parse(&seconds, &nanos, text, len), BEDROCK_E_TIME);
    CHECK_INT(seconds, -7);
    CHECK_INT(nanos, -7);
}

/* A prefix of a number is a number: only dates are cut everywhere. */
static void check_prefixes_refused(parser *parse, const char *text)
{
    size_t len;

    for (len = 0; len < strlen(text); len++) {
        check_refused(parse, text, len);
    }
}

static void date_times(void)
{
    /* clang-format off */
    static const char *const bad[] = {
        "", "2025-01-15 12:34:56Z", "2025-01-15T12:34:56", "2025-01-15T12:34:56.Z",
        "2025-01-15T12:34:56,5Z", "2025-01-15T12:34:56.5.5Z", "2025-01-15T12:34Z",
        "2025-1-15T12:34:56Z", "02025-01-15T12:34:56Z", "+025-01-15T12:34:56Z",
        "2025-01-15T-1:34:56Z", "2025/01/15T12:34:56Z", "2025-01-15T12:34:5\xb2Z",
        "2025-01-15T12:34:56Z ", " 2025-01-15T12:34:56Z", "2025-01-15T12:34:56z.",
        /* no such date or time */
        "2025-13-15T12:34:56Z", "2025-00-15T12:34:56Z", "2025-01-00T12:34:56Z",
        "2025-01-32T12:34:56Z", "2025-04-31T12:34:56Z", "2025-02-29T12:34:56Z",
        "2100-02-29T12:34:56Z", "2024-02-30T12:34:56Z", "2025-01-15T24:00:00Z",
        "2025-01-15T12:60:00Z", "2025-01-15T12:34:60Z",
        /* no such offset */
        "2025-01-15T12:34:56+24:00", "2025-01-15T12:34:56+01:60", "2025-01-15T12:34:56+0100",
        "2025-01-15T12:34:56+01", "2025-01-15T12:34:56-1:00", "2025-01-15T12:34:56+01:00Z",
        "2025-01-15T12:34:56GMT",
        /* not in 1970..9999 */
        "0000-01-01T00:00:00Z", "1969-12-31T23:59:59Z", "1969-12-31T23:59:59-00:01",
        "1970-01-01T00:59:59+01:00", "9999-12-31T23:59:59-00:01", "99999-12-31T23:59:59Z",
    };
    /* clang-format on */
    size_t i;

    check_accepted(bdk_parse_date_time, "2025-01-15T12:34:56Z", 1736944496, 0);
    check_accepted(bdk_parse_date_time, "2025-01-15t12:34:56z", 1736944496, 0); /* RFC 3339, 5.6 */
    check_accepted(bdk_parse_date_time, "2025-01-15T12:34:56.5Z", 1736944496, 500000000);
    check_accepted(bdk_parse_date_time, "2025-01-15T12:34:56.000000001Z", 1736944496, 1);
    check_accepted(bdk_parse_date_time, "2025-01-15T12:34:56.9999999999999Z", 1736944496,
                   999999999);
    check_accepted(bdk_parse_date_time, "2025-01-15T13:34:56+01:00", 1736944496, 0);
    check_accepted(bdk_parse_date_time, "2025-01-15T04:04:56.25-08:30", 1736944496, 250000000);
    check_accepted(bdk_parse_date_time, "2025-01-15T12:34:56-00:00", 1736944496, 0);
    check_accepted(bdk_parse_date_time, "1970-01-01T01:00:00+01:00", 0, 0);
    check_accepted(bdk_parse_date_time, "2024-02-29T00:00:00Z", 1709164800, 0);
    check_prefixes_refused(bdk_parse_date_time, "2025-01-15T12:34:56.25+01:00");
    for (i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        check_refused(bdk_parse_date_time, bad[i], strlen(bad[i]));
    }
    check_refused(bdk_parse_date_time, "2025-01-15T12:34:56Z\0", 21);
}

static void http_dates(void)
{
    /* clang-format off */
    static const char *const bad[] = {
        "Foo, 15 Jan 2025 12:34:56 GMT", "Wed 15 Jan 2025 12:34:56 GMT",
        "Wed,15 Jan 2025 12:34:56 GMT", "Wed, 15 jan 2025 12:34:56 GMT",
        "Wed, 15 Jax 2025 12:34:56 GMT", "Wed, 15 Jan 25 12:34:56 GMT",
        "Wed, 1 Jan 2025 12:34:56 GMT", "Wed, 15 Jan 2025 12:34:56. GMT",
        "Wed, 15 Jan 2025 12:34:56 UTC", "Wed, 15 Jan 2025 12:34:56",
        "Wed, 15 Jan 2025 12:34:56 GMT ", "Wed, 15 Jan 2025 12:34:56 GMT?",
        /* no such date or time */
        "Wed, 32 Jan 2025 12:34:56 GMT", "Sat, 29 Feb 2025 12:34:56 GMT",
        "Wed, 15 Jan 2025 24:34:56 GMT", "Wed, 15 Jan 2025 12:34:60 GMT",
        "Wed, 31 Dec 1969 23:59:59 GMT",
        /* the obsolete forms of RFC 9110 */
        "Wednesday, 15-Jan-25 12:34:56 GMT", "Wed Jan 15 12:34:56 2025",
    };
    /* clang-format on */
    size_t i;

    check_accepted(bdk_parse_http_date, "Wed, 15 Jan 2025 12:34:56 GMT", 1736944496, 0);
    check_accepted(bdk_parse_http_date, "Wed, 15 Jan 2025 12:34:56.123 GMT", 1736944496, 123000000);
    check_accepted(bdk_parse_http_date, "Thu, 15 Jan 2025 12:34:56 GMT", 1736944496, 0);
    check_prefixes_refused(bdk_parse_http_date, "Wed, 15 Jan 2025 12:34:56.25 GMT");
    for (i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        check_refused(bdk_parse_http_date, bad[i], strlen(bad[i]));
        CHECK_INT(bdk_read_imf_fixdate(bad[i], strlen(bad[i])), -1);
    }
    for (i = 0; i < 29; i++) {
        test_context("%zu characters", i);
        CHECK_INT(bdk_read_imf_fixdate("Wed, 15 Jan 2025 12:34:56 GMT", i), -1);
    }
    CHECK_INT(bdk_read_imf_fixdate("Wed, 15 Jan 2025 12:34:56.1 GMT", 31), -1);
}

static void amz_dates(void)
{
    /* clang-format off */
    static const char *const bad[] = {
        "20250115T123456", "20250115123456Z", "20250115t123456Z", "20250115T123456z",
        "20250115T123456ZZ", "20250115T123456.5Z", "2025-01-15T12:34:56Z",
        "20250229T123456Z", "20250115T126000Z",
    };
    /* clang-format on */
    int64_t seconds = -7;
    size_t i;

    for (i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        test_context("%s", bad[i]);
        CHECK_INT(bdk_parse_amz_date(&seconds, bad[i], strlen(bad[i])), BEDROCK_E_TIME);
    }
    for (i = 0; i < 16; i++) {
        test_context("%zu characters", i);
        CHECK_INT(bdk_parse_amz_date(&seconds, "20250115T123456Z", i), BEDROCK_E_TIME);
    }
    CHECK_INT(seconds, -7);
}

static void epoch_seconds(void)
{
    /* clang-format off */
    static const char *const bad[] = {
        "", "-1", "-0", "+1", "01", "00", " 1", "1 ", "1x", "0x10", "1,5", "NaN", "Infinity",
        "1.", ".5", "1.5.5", "1.e1", "1e", "1e+", "1e-", "1ee1", "1e-+1", "1.5e11.2",
        "253402300800", "1e12", "1e9999", "1e99999", "1e999999999999999999",
        "9999999999999999999999999999999999999999",
    };
    /* clang-format on */
    char text[12000];
    size_t i;

    check_accepted(bdk_parse_epoch_seconds, "0", 0, 0);
    check_accepted(bdk_parse_epoch_seconds, "1736944496", 1736944496, 0);
    check_accepted(bdk_parse_epoch_seconds, "1736944496.5", 1736944496, 500000000);
    check_accepted(bdk_parse_epoch_seconds, "1736944496.0000000019", 1736944496, 1);
    check_accepted(bdk_parse_epoch_seconds, "1.736944496e9", 1736944496, 0);
    check_accepted(bdk_parse_epoch_seconds, "1.7369444965E+9", 1736944496, 500000000);
    check_accepted(bdk_parse_epoch_seconds, "173694449650e-2", 1736944496, 500000000);
    check_accepted(bdk_parse_epoch_seconds, "0.001736944496e12", 1736944496, 0);
    check_accepted(bdk_parse_epoch_seconds, "17e8", 1700000000, 0);
    check_accepted(bdk_parse_epoch_seconds, "5e-1", 0, 500000000);
    check_accepted(bdk_parse_epoch_seconds, "5e-9", 0, 5);
    check_accepted(bdk_parse_epoch_seconds, "5e-10", 0, 0);
    check_accepted(bdk_parse_epoch_seconds, "1e-9999", 0, 0);
    check_accepted(bdk_parse_epoch_seconds, "0e9999", 0, 0);
    check_accepted(bdk_parse_epoch_seconds, "0.0", 0, 0);
    check_accepted(bdk_parse_epoch_seconds, "253402300799.999", BDK_LAST_SECOND, 999000000);
    for (i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        check_refused(bdk_parse_epoch_seconds, bad[i], strlen(bad[i]));
    }

    /* A thousand zeros before the digits are no harm, ten thousand are more than it looks at. */
    memset(text, '0', sizeof text);
    memcpy(text, "0.", 2);
    strcpy(text + 1000, "17e1008");
    check_accepted(bdk_parse_epoch_seconds, text, 1700000000, 0);
    text[1000] = '0';
    check_refused(bdk_parse_epoch_seconds, text, 10000);
}

int main(void)
{
    RUN(days_to_the_end_of_9999);
    RUN(every_second_of_a_day);
    RUN(known_dates_in_all_forms);
    RUN(formatters_refuse_other_years);
    RUN(fractions_are_as_short_as_they_can_be);
    RUN(date_times);
    RUN(http_dates);
    RUN(amz_dates);
    RUN(epoch_seconds);
    return test_finish();
}
