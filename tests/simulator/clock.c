/* SPDX-License-Identifier: MIT */
#include "clock.h"

#include <stdio.h>
#include <string.h>

struct civil {
    int year, month, day, hour, minute, second, weekday;
};

static int is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int month_days(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

/* Counts year by year and month by month: slow, and too simple to be wrong. */
static int64_t days_since_1970(int year, int month, int day)
{
    int64_t days = day - 1;
    int y, m;

    for (y = 1970; y < year; y++) {
        days += is_leap(y) ? 366 : 365;
    }
    for (m = 1; m < month; m++) {
        days += month_days(year, m);
    }
    return days;
}

static struct civil civil_from(int64_t unix_s)
{
    struct civil c = {1970, 1, 1, 0, 0, 0, 0};
    int64_t days = unix_s / 86400;
    int rest = (int)(unix_s % 86400);

    c.weekday = (int)((days + 4) % 7);
    c.hour = rest / 3600;
    c.minute = rest / 60 % 60;
    c.second = rest % 60;
    for (; days >= (is_leap(c.year) ? 366 : 365); c.year++) {
        days -= is_leap(c.year) ? 366 : 365;
    }
    for (; days >= month_days(c.year, c.month); c.month++) {
        days -= month_days(c.year, c.month);
    }
    c.day = (int)days + 1;
    return c;
}

int sim_clock_parse(const char *text, int64_t *unix_s)
{
    struct civil c;
    const char *format =
        strchr(text, '-') != NULL ? "%4d-%2d-%2dT%2d:%2d:%2d%c%n" : "%4d%2d%2dT%2d%2d%2d%c%n";
    size_t want = strchr(text, '-') != NULL ? 20 : 16;
    char zone = 0;
    int end = 0;

    if (strlen(text) != want || sscanf(text, format, &c.year, &c.month, &c.day, &c.hour, &c.minute,
                                       &c.second, &zone, &end) != 7) {
        return -1;
    }
    if ((size_t)end != want || zone != 'Z' || c.year < 1970 || c.month < 1 || c.month > 12 ||
        c.day < 1 || c.day > month_days(c.year, c.month) || c.hour > 23 || c.minute > 59 ||
        c.second > 59 || c.hour < 0 || c.minute < 0 || c.second < 0) {
        return -1;
    }
    *unix_s =
        days_since_1970(c.year, c.month, c.day) * 86400 + c.hour * 3600 + c.minute * 60 + c.second;
    return 0;
}

void sim_clock_basic(struct sim_text *out, int64_t unix_s)
{
    struct civil c = civil_from(unix_s);

    sim_text_printf(out, "%04d%02d%02dT%02d%02d%02dZ", c.year, c.month, c.day, c.hour, c.minute,
                    c.second);
}

void sim_clock_iso(struct sim_text *out, int64_t unix_s)
{
    struct civil c = civil_from(unix_s);

    sim_text_printf(out, "%04d-%02d-%02dT%02d:%02d:%02dZ", c.year, c.month, c.day, c.hour, c.minute,
                    c.second);
}

void sim_clock_http(struct sim_text *out, int64_t unix_s)
{
    static const char *const days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    struct civil c = civil_from(unix_s);

    sim_text_printf(out, "%s, %02d %s %04d %02d:%02d:%02d GMT", days[c.weekday], c.day,
                    months[c.month - 1], c.year, c.hour, c.minute, c.second);
}
