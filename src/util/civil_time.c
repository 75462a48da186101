/* SPDX-License-Identifier: MIT */
#include "util/civil_time.h"

#include "bedrock/error.h"
#include "util/bytes.h"

#include <string.h>

#define MINUTES_PER_DAY 1440

/* Both directions work by patterns. A small letter is a field: y year, o month, n its name, d day,
 * w the weekday's name, h m s the time. Everything else stands for itself. */
#define DATE          "y-o-d"
#define TIME          "h:m:s"
#define HTTP_DATE     "w, d n y h:m:s"
#define HTTP_DATE_END " GMT"
#define AMZ_DATE      "yodThmsZ"

static const char month_names[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
static const char weekday_names[] = "ThuFriSatSunMonTueWed"; /* 1 January 1970 was a Thursday */

struct civil {
    uint32_t year, month, day;
    uint32_t weekday; /* from 1, in the order of weekday_names */
    uint32_t hour, minute, second;
};

static uint32_t days_in_month(uint32_t year, uint32_t month)
{
    if (month == 2) {
        return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
    }
    return 30 + (month + month / 8) % 2; /* odd ones have 31 until July, even ones from August */
}

static uint32_t days_in_year(uint32_t year)
{
    return 337 + days_in_month(year, 2);
}

/* Counted year by year: fifty-odd steps today, and less code than the formulas. */

static uint32_t days_from_civil(const struct civil *civil)
{
    uint32_t days = civil->day - 1, year, month;

    for (year = 1970; year < civil->year; year++) {
        days += days_in_year(year);
    }
    for (month = 1; month < civil->month; month++) {
        days += days_in_month(year, month);
    }
    return days;
}

static void civil_from_days(struct civil *civil, uint32_t days)
{
    uint32_t n;

    civil->weekday = days % 7 + 1;
    for (civil->year = 1970; days >= (n = days_in_year(civil->year)); civil->year++) {
        days -= n;
    }
    for (civil->month = 1; days >= (n = days_in_month(civil->year, civil->month)); civil->month++) {
        days -= n;
    }
    civil->day = days + 1;
}

static int is_valid(const struct civil *civil)
{
    return civil->year >= 1970 && civil->month >= 1 && civil->month <= 12 && civil->day >= 1 &&
           civil->day <= days_in_month(civil->year, civil->month) && civil->hour < 24 &&
           civil->minute < 60 && civil->second < 60;
}

/* Every minute to the end of 9999 has a number below 2^32: no 64-bit division is needed. */

static int64_t seconds_from_civil(const struct civil *civil)
{
    uint32_t minutes = days_from_civil(civil) * MINUTES_PER_DAY + civil->hour * 60 + civil->minute;

    return (int64_t)minutes * 60 + civil->second;
}

static void civil_from_seconds(struct civil *civil, int64_t unix_s)
{
    uint64_t quotient = (uint64_t)unix_s;
    uint32_t minutes;

    civil->second = bdk_divide(&quotient, 60);
    minutes = (uint32_t)quotient;
    civil_from_days(civil, minutes / MINUTES_PER_DAY);
    civil->hour = minutes % MINUTES_PER_DAY / 60;
    civil->minute = minutes % 60;
}

static uint32_t *field_of(struct civil *civil, char letter)
{
    switch (letter) {
    case 'y':
        return &civil->year;
    case 'o':
    case 'n':
        return &civil->month;
    case 'd':
        return &civil->day;
    case 'w':
        return &civil->weekday;
    case 'h':
        return &civil->hour;
    case 'm':
        return &civil->minute;
    case 's':
        return &civil->second;
    default:
        return NULL;
    }
}

static const char *names_of(char letter)
{
    return letter == 'n' ? month_names : letter == 'w' ? weekday_names : NULL;
}

static int digits_of(char letter)
{
    return letter == 'y' ? 4 : 2;
}

/* Text that is being read. Once it is bad it stays so, and one look at the end is enough. */
struct scan {
    const char *at, *end;
    int bad;
};

static int next_is_digit(const struct scan *scan)
{
    return scan->at < scan->end && *scan->at >= '0' && *scan->at <= '9';
}

static uint32_t take_digit(struct scan *scan)
{
    return (uint32_t)(*scan->at++ - '0');
}

static int take(struct scan *scan, char c)
{
    if (scan->at == scan->end || *scan->at != c) {
        return 0;
    }
    scan->at++;
    return 1;
}

static uint32_t take_number(struct scan *scan, int digits)
{
    uint32_t value = 0;

    for (; digits > 0 && next_is_digit(scan); digits--) {
        value = value * 10 + take_digit(scan);
    }
    scan->bad |= digits > 0;
    return value;
}

/* The number, from 1, of a three-letter name. */
static uint32_t take_name(struct scan *scan, const char *names)
{
    uint32_t number = 1;

    for (; *names != '\0' && scan->end - scan->at >= 3; names += 3, number++) {
        if (memcmp(scan->at, names, 3) == 0) {
            scan->at += 3;
            return number;
        }
    }
    scan->bad = 1;
    return 0;
}

static void take_pattern(struct scan *scan, struct civil *civil, const char *pattern)
{
    for (; *pattern != '\0'; pattern++) {
        uint32_t *field = field_of(civil, *pattern);

        if (field == NULL) {
            scan->bad |= !take(scan, *pattern);
        } else if (names_of(*pattern) != NULL) {
            *field = take_name(scan, names_of(*pattern));
        } else {
            *field = take_number(scan, digits_of(*pattern));
        }
    }
}

/* ".5" is 500000000; nothing is 0; "." alone is bad. */
static int32_t take_fraction(struct scan *scan)
{
    uint32_t nanos = 0, weight = 100000000;

    if (!take(scan, '.')) {
        return 0;
    }
    scan->bad |= !next_is_digit(scan);
    for (; next_is_digit(scan); weight /= 10) {
        nanos += take_digit(scan) * weight;
    }
    return (int32_t)nanos;
}

/* "Z", "+01:00" or "-08:00", in seconds east of Greenwich. */
static int32_t take_offset(struct scan *scan)
{
    struct civil offset = {0};
    int32_t seconds;
    int west;

    if (take(scan, 'Z') || take(scan, 'z')) {
        return 0;
    }
    west = take(scan, '-');
    scan->bad |= !west && !take(scan, '+');
    take_pattern(scan, &offset, "h:m");
    scan->bad |= offset.hour >= 24 || offset.minute >= 60;
    seconds = (int32_t)(offset.hour * 3600 + offset.minute * 60);
    return west ? -seconds : seconds;
}

static int give(int64_t *unix_s, int32_t *nanos, int64_t seconds, int32_t fraction)
{
    if (seconds < 0 || seconds > BDK_LAST_SECOND) {
        return BEDROCK_E_TIME;
    }
    *unix_s = seconds;
    if (nanos != NULL) {
        *nanos = fraction;
    }
    return BEDROCK_OK;
}

static int is_whole(const struct scan *scan)
{
    return !scan->bad && scan->at == scan->end;
}

int bdk_parse_date_time(int64_t *unix_s, int32_t *nanos, const char *text, size_t len)
{
    struct scan scan = {text, text + len, 0};
    struct civil civil = {0};
    int32_t fraction, offset;

    take_pattern(&scan, &civil, DATE);
    scan.bad |= !take(&scan, 'T') && !take(&scan, 't');
    take_pattern(&scan, &civil, TIME);
    fraction = take_fraction(&scan);
    offset = take_offset(&scan);
    if (!is_whole(&scan) || !is_valid(&civil)) {
        return BEDROCK_E_TIME;
    }
    return give(unix_s, nanos, seconds_from_civil(&civil) - offset, fraction);
}

int bdk_parse_http_date(int64_t *unix_s, int32_t *nanos, const char *text, size_t len)
{
    struct scan scan = {text, text + len, 0};
    struct civil civil = {0};
    int32_t fraction;

    take_pattern(&scan, &civil, HTTP_DATE);
    fraction = take_fraction(&scan);
    take_pattern(&scan, &civil, HTTP_DATE_END);
    if (!is_whole(&scan) || !is_valid(&civil)) {
        return BEDROCK_E_TIME;
    }
    return give(unix_s, nanos, seconds_from_civil(&civil), fraction);
}

int bdk_parse_amz_date(int64_t *unix_s, const char *text, size_t len)
{
    struct scan scan = {text, text + len, 0};
    struct civil civil = {0};

    take_pattern(&scan, &civil, AMZ_DATE);
    if (!is_whole(&scan) || !is_valid(&civil)) {
        return BEDROCK_E_TIME;
    }
    return give(unix_s, NULL, seconds_from_civil(&civil), 0);
}

static char *put_number(char *text, uint32_t value, int digits)
{
    int i;

    for (i = digits; i > 0; value /= 10) {
        text[--i] = (char)('0' + value % 10);
    }
    return text + digits;
}

static char *put_pattern(char *text, struct civil *civil, const char *pattern)
{
    for (; *pattern != '\0'; pattern++) {
        const uint32_t *field = field_of(civil, *pattern);

        if (field == NULL) {
            *text++ = *pattern;
        } else if (names_of(*pattern) != NULL) {
            memcpy(text, names_of(*pattern) + 3 * (*field - 1), 3);
            text += 3;
        } else {
            text = put_number(text, *field, digits_of(*pattern));
        }
    }
    *text = '\0';
    return text;
}

static int format(char *text, int64_t unix_s, const char *pattern)
{
    struct civil civil;

    text[0] = '\0';
    if (unix_s < 0 || unix_s > BDK_LAST_SECOND) {
        return BEDROCK_E_TIME;
    }
    civil_from_seconds(&civil, unix_s);
    put_pattern(text, &civil, pattern);
    return BEDROCK_OK;
}

int bdk_format_date_time(char text[BDK_DATE_TIME_SIZE], int64_t unix_s)
{
    return format(text, unix_s, DATE "T" TIME "Z");
}

int bdk_format_http_date(char text[BDK_HTTP_DATE_SIZE], int64_t unix_s)
{
    return format(text, unix_s, HTTP_DATE HTTP_DATE_END);
}

int bdk_format_amz_date(char text[BDK_AMZ_DATE_SIZE], int64_t unix_s)
{
    return format(text, unix_s, AMZ_DATE);
}

int bdk_format_date_time_micros(char text[BDK_DATE_TIME_MICROS_SIZE], int64_t unix_s,
                                uint32_t micros)
{
    int status = bdk_format_date_time(text, unix_s);
    int digits = 6;

    if (status != BEDROCK_OK || micros == 0) {
        return status;
    }
    for (; micros % 10 == 0; micros /= 10) {
        digits--;
    }
    text += BDK_DATE_TIME_SIZE - 2; /* over the Z */
    *text++ = '.';
    text = put_number(text, micros, digits);
    *text++ = 'Z';
    *text = '\0';
    return BEDROCK_OK;
}
