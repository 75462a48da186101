/* SPDX-License-Identifier: MIT */
/* What the files of the port share. See bedrock/posix.h. */
#ifndef PORT_POSIX_INTERNAL_H
#define PORT_POSIX_INTERNAL_H

#include "bedrock/posix.h"

/* The code of an errno, AGAIN included. */
int bdk_posix_code(int error);

/* poll() takes an int; so much can be waited for at once. */
int bdk_posix_poll_ms(uint32_t wait_ms);

/* The functions of struct bedrock_port. */
int bdk_posix_connect(void *ctx, const char *host, uint16_t port, uint32_t wait_ms);
int bdk_posix_read(void *ctx, void *dst, size_t cap, uint32_t wait_ms);
int bdk_posix_write(void *ctx, const void *src, size_t len, uint32_t wait_ms);
void bdk_posix_close(void *ctx);
uint32_t bdk_posix_now_ms(void *ctx);
int bdk_posix_utc(void *ctx, int64_t *unix_s);
int bdk_posix_entropy(void *ctx, void *dst, size_t len);
void bdk_posix_wait(void *ctx, uint32_t ms);

/* The value of a variable; NULL when it is unset or empty. */
const char *bdk_posix_env(const char *name);

/* The first of two variables that has a value; NULL when neither has. */
const char *bdk_posix_env_either(const char *name, const char *other);

#endif
