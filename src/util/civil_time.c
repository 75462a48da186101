/* SPDX-License-Identifier: MIT */
#include "util/civil_time.h"

#include "bedrock/error.h"
#include "util/bytes.h"

#include <string.h>

#define MINUTES_PER_DAY 1440

/* Both directions work by patterns. A character from FIELD on is a field: its width in the middle
 * digit, its place in struct civil in the last; one that is NAME_LEN wide is a name. Everything
 * else stands for itself. */
enum { FIELD = 0x80, NAME_LEN = 3 };
enum field { YEAR = 1, MONTH, DAY, HOUR, MINUTE, SECOND, WEEKDAY, FIELDS };
#define Y    "\xc1"
#define MO   "\xa2"
#define D    "\xa3"
#define H    "\xa4"
#define MI   "\xa5"
#define S    "\xa6"
#define MON  "\xb2"
#define WDAY "\xb7"

#define TIME          H ":" MI ":" S
#define DATE_TIME     Y "-" MO "-" D "T" TIME
#define HTTP_DATE     WDAY ", " D " " MON " " Y " " TIME
#define HTTP_DATE_END " GMT"
#define AMZ_DATE      Y MO D "T" H MI S "Z"

/* The months, then the weekdays: 1 January 1970 was a Thursday. */
static const char names[] = "JanFebMarAprMayJunJulAugSepOctNovDec"
                            "ThuFriSatSunMonTueWed";
enum { FIRST_WEEKDAY = 13 };

struct civil {
    uint32_t field[FIELDS]; /* months and days from 1, weekdays from FIRST_WEEKDAY */
};

/* Days from 1970 to the first of a month, which is counted from January 1970. A year that begins in
 * March has its leap day at its end, and 153 days in any five of its months. */
static uint32_t days_before(uint32_t month)
{
    uint32_t year = 1969 + (month + 10) / 12;

    month = (month + 10) % 12;
    return 365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 - 719468;
}

/* Every minute to the end of 9999 has a number below 2^32: no 64-bit division is needed. */

static int64_t seconds_from_civil(const struct civil *civil)
{
    const uint32_t *field = civil->field;
    uint32_t month = (field[YEAR] - 1970) * 12 + field[MONTH] - 1;
    uint32_t minutes =
        (days_before(month) + field[DAY] - 1) * MINUTES_PER_DAY + field[HOUR] * 60 + field[MINUTE];

    return (int64_t)minutes * 60 + field[SECOND];
}

static void civil_from_seconds(struct civil *civil, int64_t unix_s)
{
    uint32_t *field = civil->field;
    uint64_t quotient = (uint64_t)unix_s;
    uint32_t minutes, days, month;

    field[SECOND] = bdk_divide(&quotient, 60);
    minutes = (uint32_t)quotient;
    field[MINUTE] = minutes % 60;
    field[HOUR] = minutes / 60 % 24;
    days = minutes / MINUTES_PER_DAY;
    field[WEEKDAY] = days % 7 + FIRST_WEEKDAY;
    month = days / 31; /* or some later one */
    while (days_before(month + 1) <= days) {
        month++;
    }
    field[DAY] = days - days_before(month) + 1;
    field[MONTH] = month % 12 + 1;
    field[YEAR] = month / 12 + 1970;
}

/* How many characters one of a pattern stands for. */
static unsigned width_of(unsigned code)
{
    return code < FIELD ? 1 : code >> 4 & 7;
}

static void put_number(char *text, uint32_t value, unsigned digits)
{
    for (; digits > 0; value /= 10) {
        text[--digits] = (char)('0' + value % 10);
    }
}

static void put_pattern(char *text, const struct civil *civil, const char *pattern)
{
    unsigned code;

    for (; (code = (unsigned char)*pattern) != '\0'; pattern++) {
        unsigned width = width_of(code);

        if (code < FIELD) {
            *text = *pattern;
        } else if (width == NAME_LEN) {
            memcpy(text, names + NAME_LEN * (civil->field[code & 7] - 1), NAME_LEN);
        } else {
            put_number(text, civil->field[code & 7], width);
        }
        text += width;
    }
    *text = '\0';
}

/* A name's number. What is no name has none, and reads as the first. */
static uint32_t read_name(const char *text)
{
    uint32_t number = sizeof names / NAME_LEN;

    while (number > 1 && memcmp(text, names + NAME_LEN * (number - 1), NAME_LEN) != 0) {
        number--;
    }
    return number;
}

static uint32_t read_number(const char *text, unsigned digits)
{
    uint32_t value = 0;

    for (; digits > 0; digits--) {
        value = value * 10 + (unsigned char)*text++ - '0';
    }
    return value;
}

/* Reads a text that is as long as what the pattern makes: the fields without a look at what they
 * are. Then it writes them again: what is malformed or does not exist becomes another text; so does
 * a year before 1970, since what wraps around comes back 8166 years later. Only the weekday need
 * not fit. Returns -1 for a bad text. */
static int64_t read_pattern(const char *text, const char *pattern)
{
    const char *at = text, *p;
    char again[BDK_HTTP_DATE_SIZE];
    struct civil civil;
    uint32_t weekday;
    int64_t unix_s;
    unsigned code;

    civil.field[WEEKDAY] = FIRST_WEEKDAY; /* if the pattern has none */
    for (p = pattern; (code = (unsigned char)*p) != '\0'; p++) {
        unsigned width = width_of(code);

        if (code >= FIELD) {
            civil.field[code & 7] = width == NAME_LEN ? read_name(at) : read_number(at, width);
        }
        at += width;
    }
    weekday = civil.field[WEEKDAY];
    unix_s = seconds_from_civil(&civil);
    civil_from_seconds(&civil, unix_s);
    civil.field[WEEKDAY] = weekday;
    put_pattern(again, &civil, pattern);
    return weekday < FIRST_WEEKDAY || memcmp(again, text, (size_t)(at - text)) != 0 ? -1 : unix_s;
}

/* Text that is being read. Once it is bad it stays so, and one look at the end is enough. */
struct scan {
    const char *at, *end;
    int bad;
};

static int take(struct scan *scan, char c)
{
    if (scan->at == scan->end || *scan->at != c) {
        return 0;
    }
    scan->at++;
    return 1;
}

/* Appends a decimal digit to a number, if one comes next. */
static int take_digit(struct scan *scan, uint32_t *number)
{
    unsigned digit = scan->at < scan->end ? (unsigned char)*scan->at - (unsigned)'0' : 10;

    if (digit > 9) {
        return 0;
    }
    *number = *number * 10 + digit;
    scan->at++;
    return 1;
}

/* ".5" is 500000000; nothing is 0; "." alone is bad. */
static int32_t take_fraction(struct scan *scan)
{
    uint32_t nanos = 0, dropped = 0;
    int place;

    if (!take(scan, '.')) {
        return 0;
    }
    for (place = 0; place < 9; place++) {
        if (!take_digit(scan, &nanos)) {
            scan->bad |= place == 0;
            nanos *= 10;
        }
    }
    while (take_digit(scan, &dropped)) {
    }
    return (int32_t)nanos;
}

/* "Z", "+01:00" or "-08:00", in seconds east of Greenwich. */
static int32_t take_offset(struct scan *scan)
{
    uint32_t hour = 0, minute = 0;
    int32_t seconds;
    int west;

    if (take(scan, 'Z') || take(scan, 'z')) {
        return 0;
    }
    west = take(scan, '-');
    scan->bad |= !(west || take(scan, '+')) || !take_digit(scan, &hour) ||
                 !take_digit(scan, &hour) || !take(scan, ':') || !take_digit(scan, &minute) ||
                 !take_digit(scan, &minute) || hour >= 24 || minute >= 60;
    seconds = (int32_t)(hour * 3600 + minute * 60);
    return west ? -seconds : seconds;
}

static int give(int64_t *unix_s, int32_t *nanos, const struct scan *scan, int64_t seconds,
                int32_t fraction)
{
    if (scan->bad || scan->at != scan->end || seconds < 0 || seconds > BDK_LAST_SECOND) {
        return BEDROCK_E_TIME;
    }
    *unix_s = seconds;
    if (nanos != NULL) {
        *nanos = fraction;
    }
    return BEDROCK_OK;
}

int bdk_parse_date_time(int64_t *unix_s, int32_t *nanos, const char *text, size_t len)
{
    enum { LEN = BDK_DATE_TIME_SIZE - sizeof "Z", AT_T = LEN - sizeof "Thh:mm:ss" + 1 };
    struct scan scan;
    char copy[LEN];
    int64_t seconds;
    int32_t fraction;

    if (len < LEN) {
        return BEDROCK_E_TIME;
    }
    scan.at = text + LEN;
    scan.end = text + len;
    memcpy(copy, text, LEN);
    if (copy[AT_T] == 't') {
        copy[AT_T] = 'T';
    }
    seconds = read_pattern(copy, DATE_TIME);
    scan.bad = seconds < 0;
    fraction = take_fraction(&scan);
    return give(unix_s, nanos, &scan, seconds - take_offset(&scan), fraction);
}

int bdk_parse_http_date(int64_t *unix_s, int32_t *nanos, const char *text, size_t len)
{
    enum { END_LEN = sizeof HTTP_DATE_END - 1, LEN = BDK_HTTP_DATE_SIZE - 1 - END_LEN };
    struct scan scan;
    int32_t fraction;

    if (len < LEN + END_LEN || !bdk_equal(text + len - END_LEN, END_LEN, HTTP_DATE_END)) {
        return BEDROCK_E_TIME;
    }
    scan.at = text + LEN;
    scan.end = text + len - END_LEN;
    scan.bad = 0;
    fraction = take_fraction(&scan);
    return give(unix_s, nanos, &scan, read_pattern(text, HTTP_DATE), fraction);
}

/* Reads a text of one length, that of the pattern. */
static int parse(int64_t *unix_s, const char *text, const char *pattern)
{
    int64_t seconds = read_pattern(text, pattern);

    if (seconds < 0) {
        return BEDROCK_E_TIME;
    }
    *unix_s = seconds;
    return BEDROCK_OK;
}

int bdk_parse_imf_fixdate(int64_t *unix_s, const char *text, size_t len)
{
    return len == BDK_HTTP_DATE_SIZE - 1 ? parse(unix_s, text, HTTP_DATE HTTP_DATE_END)
                                         : BEDROCK_E_TIME;
}

int bdk_parse_amz_date(int64_t *unix_s, const char *text, size_t len)
{
    return len == BDK_AMZ_DATE_SIZE - 1 ? parse(unix_s, text, AMZ_DATE) : BEDROCK_E_TIME;
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
    return format(text, unix_s, DATE_TIME "Z");
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
    unsigned digits = 6;

    if (status != BEDROCK_OK || micros == 0) {
        return status;
    }
    for (; micros % 10 == 0; micros /= 10) {
        digits--;
    }
    text += BDK_DATE_TIME_SIZE - 2; /* over the Z */
    *text++ = '.';
    put_number(text, micros, digits);
    text[digits] = 'Z';
    text[digits + 1] = '\0';
    return BEDROCK_OK;
}
