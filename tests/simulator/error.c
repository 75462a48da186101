/* SPDX-License-Identifier: MIT */
#include "error.h"

#include <stdarg.h>
#include <stdio.h>

static void set(struct sim_error *error, int status, const char *type, const char *format,
                va_list args)
{
    char message[4096];

    if (error->status == 0) {
        vsnprintf(message, sizeof message, format, args);
        error->status = status;
        error->type = type;
        sim_text_puts(&error->message, message);
    }
}

int sim_refuse(struct sim_error *error, int status, const char *type, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    set(error, status, type, format, args);
    va_end(args);
    return -1;
}

int sim_invalid(struct sim_error *error, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    set(error, 400, "ValidationException", format, args);
    va_end(args);
    return -1;
}
