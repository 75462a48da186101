/* SPDX-License-Identifier: MIT */
#include "util/civil_time.h"

#include "bedrock/error.h"
#include "util/bytes.h"

#include <string.h>

#define LAST_SECOND INT64_C(253402300799) /* 9999-12-31T23:59:59Z */

#define MINUTES_PER_DAY    1440
#define DAYS_PER_4_YEARS   1461
#define DAYS_PER_400_YEARS 146097
#define DAYS_BEFORE_1970   719468 /* since 1 March of the year 0 */

/* The texts of both directions. Lower-case letters are fields: y year, o month in digits, n month's
 * name, d day, w weekday's name, h m s the time; all else stands for itself. */
static const char date_time[] = "y-o-dTh:m:sZ";
static const char http_date[] = "w, d n y h:m:s GMT";
static const char amz_date[] = "yodThmsZ";

static const char month_names[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
static const char weekday_names[] = "ThuFriSatSunMonTueWed"; /* 1 January 1970 was a Thursday */

struct civil {
    uint32_t year, month, day; /* month and day from 1 */
    uint32_t hour, minute, second;
    uint32_t weekday; /* into weekday_names */
};
