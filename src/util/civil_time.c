/* SPDX-License-Identifier: MIT */
#include "util/civil_time.h"

#include "bedrock/error.h"
#include "util/bytes.h"

#include <string.h>

/* Both directions work by patterns. What is no printable character is a field: two digits, or the
 * name of the month. Everything else stands for itself. */
enum field { CENTURY = 1, YEAR, MONTH, DAY, HOUR, MINUTE, SECOND, FIELDS, MONTH_NAME = FIELDS };
enum { NAME_LEN = 3 };
#define Y   "\1\2"
#define MO  "\3"
#define D   "\4"
#define H   "\5"
#define MI  "\6"
#define S   "\7"
#define MON "\10"

#define TIME          H ":" MI ":" S
#define DATE_TIME     Y "-" MO "-" D "T" TIME
#define HTTP_DATE     ", " D " " MON " " Y " " TIME /* behind the weekday */
#define HTTP_DATE_END " GMT"
#define AMZ_DATE      Y MO D "T" H MI S "Z"

/* The months, then the weekdays: 1 January 1970 was a Thursday. */
static const char names[] = "JanFebMarAprMayJunJulAugSepOctNovDec"
                            "ThuFriSatSunMonTueWed";
enum { FIRST_WEEKDAY = 13 };

struct civil {
    uint32_t field[FIELDS]; /* by its number, of which there is no 0; months and days from 1 */
};

/* Days from 1970 to the first of a month, which is counted from January 1970. A year that begins in
 * March has its leap day at its end, and 153 days in any five of its months. */
static uint32_t days_before(uint32_t month)
{
    uint32_t year = 1969 + (month + 10) / 12;

    month = (month + 10) % 12;
    return 365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 - 719468;
}

/* Every minute to the end of 9999 has a number below 2^32. */
static int64_t seconds_from_civil(const struct civil *civil)
{
    const uint32_t *field = civil->field;
    uint32_t year = field[CENTURY] * 100 + field[YEAR];
    uint32_t month = (year - 1970) * 12 + field[MONTH] - 1;
    uint32_t hours = (days_before(month) + field[DAY] - 1) * 24 + field[HOUR];
    uint32_t minutes = hours * 60 + field[MINUTE];

    return (int64_t)minutes * 60 + field[SECOND];
}

static void civil_from_seconds(struct civil *civil, int64_t unix_s)
{
    uint32_t *field = civil->field;
    uint64_t left = (uint64_t)unix_s;
    uint32_t days, before, month, year;

    field[SECOND] = bdk_divide(&left, 60);
    field[MINUTE] = bdk_divide(&left, 60);
    field[HOUR] = bdk_divide(&left, 24);
    days = (uint32_t)left;
    month = days / 30 + 1; /* or some earlier one */
    while ((before = days_before(month)) > days) {
        month--;
    }
    field[DAY] = days - before + 1;
    field[MONTH] = month % 12 + 1;
    year = month / 12 + 1970;
    field[YEAR] = year % 100;
    field[CENTURY] = year / 100 % 100; /* a text that wraps around reads as up to the year 10136 */
}

static void put_pattern(char *text, int64_t unix_s, const char *pattern)
{
    struct civil civil;

    civil_from_seconds(&civil, unix_s);
    for (; *pattern != '\0'; pattern++) {
        unsigned code = (unsigned char)*pattern;

        if (code > MONTH_NAME) {
            *text++ = *pattern;
        } else if (code == MONTH_NAME) {
            memcpy(text, names + NAME_LEN * (civil.field[MONTH] - 1), NAME_LEN);
            text += NAME_LEN;
        } else {
            uint32_t value = civil.field[code];

            text[0] = (char)('0' + value / 10);
            text[1] = (char)('0' + value % 10);
            text += 2;
        }
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

/* Reads a text that is as long as what the pattern makes: the fields without a look at what they
 * are. Then it writes them again: what is malformed or does not exist becomes another text; so does
 * a year before 1970, since what wraps around comes back 8166 years later. Returns -1 for a bad
 * text. */
static int64_t read_pattern(const char *text, const char *pattern)
{
    const char *at = text, *p;
    char again[BDK_HTTP_DATE_SIZE];
    struct civil civil;
    int64_t unix_s;

    for (p = pattern; *p != '\0'; p++) {
        unsigned code = (unsigned char)*p;

        if (code > MONTH_NAME) {
            at++;
        } else if (code == MONTH_NAME) {
            civil.field[MONTH] = read_name(at);
            at += NAME_LEN;
        } else {
            civil.field[code] = (unsigned char)at[0] * 10u + (unsigned char)at[1] - 11u * '0';
            at += 2;
        }
    }
    unix_s = seconds_from_civil(&civil);
    put_pattern(again, unix_s, pattern);
    return memcmp(again, text, (size_t)(at - text)) == 0 ? unix_s : -1;
}

/* The same of a text that begins with a weekday, which need not fit. */
static int64_t read_http_date(const char *text, const char *pattern)
{
    return read_name(text) < FIRST_WEEKDAY ? -1 : read_pattern(text + NAME_LEN, pattern);
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
    return give(unix_s, nanos, &scan, read_http_date(text, HTTP_DATE), fraction);
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

int64_t bdk_read_imf_fixdate(const char *text, size_t len)
{
    return len == BDK_HTTP_DATE_SIZE - 1 ? read_http_date(text, HTTP_DATE HTTP_DATE_END) : -1;
}

int bdk_parse_amz_date(int64_t *unix_s, const char *text, size_t len)
{
    return len == BDK_AMZ_DATE_SIZE - 1 ? parse(unix_s, text, AMZ_DATE) : BEDROCK_E_TIME;
}

static int format(char *text, int64_t unix_s, const char *pattern)
{
    text[0] = '\0';
    if (unix_s < 0 || unix_s > BDK_LAST_SECOND) {
        return BEDROCK_E_TIME;
    }
    put_pattern(text, unix_s, pattern);
    return BEDROCK_OK;
}

int bdk_format_date_time(char text[BDK_DATE_TIME_SIZE], int64_t unix_s)
{
    return format(text, unix_s, DATE_TIME "Z");
}

int bdk_format_http_date(char text[BDK_HTTP_DATE_SIZE], int64_t unix_s)
{
    int status = format(text + NAME_LEN, unix_s, HTTP_DATE HTTP_DATE_END);
    uint64_t days = (uint64_t)unix_s;

    if (status != BEDROCK_OK) {
        text[0] = '\0';
        return status;
    }
    bdk_divide(&days, 3600);
    bdk_divide(&days, 24);
    memcpy(text, names + NAME_LEN * (FIRST_WEEKDAY - 1 + bdk_divide(&days, 7)), NAME_LEN);
    return BEDROCK_OK;
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
    text[digits] = 'Z';
    text[digits + 1] = '\0';
    for (; digits > 0; micros /= 10) {
        text[--digits] = (char)('0' + micros % 10);
    }
    return BEDROCK_OK;
}
