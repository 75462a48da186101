/* SPDX-License-Identifier: MIT */
/* Keys from the environment. See bedrock/posix.h. */
#include "bedrock/error.h"
#include "internal.h"

#include <string.h>

/* Reads a number of exactly `digits` digits and the character behind it, unless that is NUL.
 * \return whether they were there; *text is moved on. */
static int take(const char **text, int digits, char behind, int64_t *value)
{
    const char *p = *text;

    *value = 0;
    for (; digits > 0; digits--, p++) {
        if (*p < '0' || *p > '9') {
            return 0;
        }
        *value = *value * 10 + (*p - '0');
    }
    if (behind != '\0' && *p++ != behind) {
        return 0;
    }
    *text = p;
    return 1;
}

/* Days from 1970-01-01 in the Gregorian calendar. Years are counted from March, so that the leap
 * day is the last of its year. */
static int64_t days(int64_t year, int64_t month, int64_t day)
{
    year -= month <= 2;
    month += month <= 2 ? 9 : -3;
    return year * 365 + year / 4 - year / 100 + year / 400 + (month * 153 + 2) / 5 + day - 719469;
}

/* "Z", "+00:00", "-05:30". \return whether it is one of them, and nothing follows. */
static int parse_offset(const char *text, int64_t *offset_s)
{
    int64_t hours;
    int64_t minutes;
    int sign = *text == '-' ? -1 : 1;

    *offset_s = 0;
    if (strcmp(text, "Z") == 0) {
        return 1;
    }
    if (*text != '+' && *text != '-') {
        return 0;
    }
    text++;
    if (!take(&text, 2, ':', &hours) || !take(&text, 2, '\0', &minutes) || *text != '\0') {
        return 0;
    }
    *offset_s = sign * (hours * 3600 + minutes * 60);
    return hours < 24 && minutes < 60;
}

/* An RFC 3339 time; 0, "does not end", when it is none. */
static int64_t parse_time(const char *text)
{
    int64_t year;
    int64_t month;
    int64_t day;
    int64_t hour;
    int64_t minute;
    int64_t second;
    int64_t offset_s;

    if (!take(&text, 4, '-', &year) || !take(&text, 2, '-', &month) || !take(&text, 2, 'T', &day) ||
        !take(&text, 2, ':', &hour) || !take(&text, 2, ':', &minute) ||
        !take(&text, 2, '\0', &second)) {
        return 0;
    }
    if (*text == '.') {
        text += 1 + strspn(text + 1, "0123456789");
    }
    if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 60 ||
        !parse_offset(text, &offset_s)) {
        return 0;
    }
    return days(year, month, day) * 86400 + hour * 3600 + minute * 60 + second - offset_s;
}

static int get(const struct bedrock_credentials *self, struct bedrock_keys *keys, int64_t now_s)
{
    const char *expiration = bdk_posix_env("AWS_CREDENTIAL_EXPIRATION");

    (void)self;
    (void)now_s;
    memset(keys, 0, sizeof *keys);
    keys->bearer_token = bdk_posix_env("AWS_BEARER_TOKEN_BEDROCK");
    if (keys->bearer_token != NULL) {
        return BEDROCK_OK;
    }
    keys->access_key_id = bdk_posix_env_either("AWS_ACCESS_KEY_ID", "AWS_ACCESS_KEY");
    keys->secret_access_key = bdk_posix_env_either("AWS_SECRET_ACCESS_KEY", "AWS_SECRET_KEY");
    if (keys->access_key_id == NULL && keys->secret_access_key == NULL) {
        return BEDROCK_E_NO_CREDENTIALS;
    }
    keys->session_token = bdk_posix_env("AWS_SESSION_TOKEN");
    keys->expires_s = expiration != NULL ? parse_time(expiration) : 0;
    return BEDROCK_OK;
}

const struct bedrock_credentials *bedrock_posix_credentials(void)
{
    static const struct bedrock_credentials environment = {get, NULL, {NULL, NULL, NULL, NULL, 0}};

    return &environment;
}
