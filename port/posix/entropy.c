/* SPDX-License-Identifier: MIT */
/* Randomness from the kernel. See bedrock/port.h. */
#if defined(__APPLE__)
#define _DARWIN_C_SOURCE
#include <sys/random.h>
#else
#define _DEFAULT_SOURCE
#endif

#include "internal.h"

#include <fcntl.h>
#include <unistd.h>

#define PIECE_MAX 256 /* getentropy() gives no more at once */

static int read_device(uint8_t *dst, size_t len)
{
    int fd = open("/dev/urandom", O_RDONLY | O_CLOEXEC);
    ssize_t n = 1;

    if (fd < 0) {
        return BEDROCK_PORT_FAILED;
    }
    while (len > 0 && n > 0) {
        n = read(fd, dst, len);
        if (n > 0) {
            dst += n;
            len -= (size_t)n;
        }
    }
    close(fd);
    return len == 0 ? 0 : BEDROCK_PORT_FAILED;
}

/* getentropy() waits, once after the machine has started, until the kernel has gathered enough:
 * that is why it is preferred to the device. It fails only where the kernel is older than it. */
int bdk_posix_entropy(void *ctx, void *dst, size_t len)
{
    uint8_t *next = dst;

    (void)ctx;
    while (len > 0) {
        size_t piece = len < PIECE_MAX ? len : PIECE_MAX;

        if (getentropy(next, piece) != 0) {
            return read_device(next, len);
        }
        next += piece;
        len -= piece;
    }
    return 0;
}
