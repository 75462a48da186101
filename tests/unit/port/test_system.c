/* SPDX-License-Identifier: MIT */
/*
 * The POSIX port on a system that is old, has no idea of the time, or a resolver that gives what it
 * is told to: this program brings functions that take the place of the C library's.
 */
#define _GNU_SOURCE
#define _FILE_OFFSET_BITS 64
#define _TIME_BITS        64

#include "bedrock/posix.h"
#include "test.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static struct timespec now;
static int clock_fails;
static int entropy_calls_left; /* so many succeed, with 0xAA */

int clock_gettime(clockid_t clock, struct timespec *time)
{
    (void)clock;
    if (clock_fails) {
        errno = EINVAL;
        return -1;
    }
    *time = now;
    return 0;
}

int getentropy(void *dst, size_t len)
{
    if (len > 256 || entropy_calls_left-- <= 0) {
        errno = len > 256 ? EIO : ENOSYS;
        return -1;
    }
    memset(dst, 0xAA, len);
    return 0;
}

/* ---- A resolver whose answer is a word: "4" and "6" are addresses, "u" is of a family that nobody
 * knows. The addresses are numbered. ---- */

#define ANSWER_MAX 24

static const char *answer;
static int resolver_code;
static int lists_in_use;
static struct addrinfo entries[ANSWER_MAX];
static struct sockaddr_in in[ANSWER_MAX];
static struct sockaddr_in6 in6[ANSWER_MAX];
static char strange[128];

static void fill_entry(size_t i)
{
    memset(&entries[i], 0, sizeof entries[i]);
    if (answer[i] == '4') {
        in[i].sin_family = AF_INET;
        in[i].sin_addr.s_addr = htonl((uint32_t)i);
        entries[i].ai_family = AF_INET;
        entries[i].ai_addr = (struct sockaddr *)&in[i];
        entries[i].ai_addrlen = sizeof in[i];
    } else if (answer[i] == '6') {
        in6[i].sin6_family = AF_INET6;
        in6[i].sin6_addr.s6_addr[15] = (uint8_t)i;
        entries[i].ai_family = AF_INET6;
        entries[i].ai_addr = (struct sockaddr *)&in6[i];
        entries[i].ai_addrlen = sizeof in6[i];
    } else {
        entries[i].ai_family = AF_UNIX;
        entries[i].ai_addr = (struct sockaddr *)strange;
        entries[i].ai_addrlen = sizeof strange;
    }
    entries[i].ai_next = answer[i + 1] != '\0' ? &entries[i + 1] : NULL;
}

int getaddrinfo(const char *host, const char *service, const struct addrinfo *hints,
                struct addrinfo **list)
{
    size_t i;

    CHECK_TEXT(host, "example.com");
    CHECK(service == NULL);
    CHECK_INT(hints->ai_socktype, SOCK_STREAM);
    if (resolver_code != 0) {
        return resolver_code;
    }
    for (i = 0; answer[i] != '\0'; i++) {
        fill_entry(i);
    }
    lists_in_use++;
    *list = entries;
    return 0;
}

void freeaddrinfo(struct addrinfo *list)
{
    CHECK(list == entries);
    lists_in_use--;
}

static int socket_errors[ANSWER_MAX]; /* one for each socket that is asked for */
static int sockets_asked;

int socket(int family, int type, int protocol)
{
    (void)family;
    (void)type;
    (void)protocol;
    errno = socket_errors[sockets_asked++];
    return -1;
}

static struct bedrock_posix posix;
static const struct bedrock_port *port;

static int utc_at(int64_t unix_s, int64_t *told_s)
{
    now.tv_sec = (time_t)unix_s;
    now.tv_nsec = 999999999;
    *told_s = -1;
    return port->utc(port->ctx, told_s);
}

static void a_clock_before_2024_is_not_set(void)
{
    int64_t told_s;

    CHECK(utc_at(0, &told_s) < 0);
    CHECK_INT(told_s, -1);
    CHECK(utc_at(1704067199, &told_s) < 0);
    CHECK_INT(told_s, -1);
    CHECK_INT(utc_at(1704067200, &told_s), 0);
    CHECK_INT(told_s, 1704067200);
    clock_fails = 1;
    CHECK(utc_at(1704067200, &told_s) < 0);
    clock_fails = 0;
}

static void the_clock_does_not_end_in_2038(void)
{
    int64_t told_s;

    CHECK_INT(utc_at(INT64_C(4294967296), &told_s), 0);
    CHECK_INT(told_s, INT64_C(4294967296));
}

static void milliseconds_wrap(void)
{
    now.tv_sec = 4294967;
    now.tv_nsec = 295000000;
    CHECK_INT(port->now_ms(port->ctx), UINT32_MAX);
    now.tv_nsec = 296999999;
    CHECK_INT(port->now_ms(port->ctx), 0);
    now.tv_sec = 8589934; /* twice round */
    now.tv_nsec = 592000000;
    CHECK_INT(port->now_ms(port->ctx), 0);
}

static size_t count_of(const uint8_t *bytes, size_t len, uint8_t value)
{
    size_t count = 0;
    size_t i;

    for (i = 0; i < len; i++) {
        count += bytes[i] == value;
    }
    return count;
}

static void old_kernels_have_a_device(void)
{
    uint8_t bytes[1001];

    memset(bytes, 0, sizeof bytes);
    entropy_calls_left = 0;
    CHECK_INT(port->entropy(port->ctx, bytes, 1000), 0);
    CHECK(count_of(bytes, 1000, 0) < 50);
    CHECK_INT(bytes[1000], 0);
    memset(bytes, 0, sizeof bytes);
    entropy_calls_left = 2; /* and then the device, for the rest */
    CHECK_INT(port->entropy(port->ctx, bytes, 1000), 0);
    CHECK_INT(count_of(bytes, 512, 0xAA), 512);
    CHECK(count_of(bytes + 512, 488, 0) < 25);
    CHECK(count_of(bytes + 512, 488, 0xAA) < 25);
}

/* Connects, which fails; tells the order of the addresses that were tried, by their numbers. */
static const char *tried(const char *resolved, int *code)
{
    static char order[BEDROCK_POSIX_ADDRESSES + 1];
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;
    int i;

    answer = resolved;
    sockets_asked = 0;
    *code = port->connect(port->ctx, "example.com", 443, 0);
    CHECK_INT(lists_in_use, 0);
    CHECK_INT(posix.address_count, 0);
    for (i = 0; i < sockets_asked; i++) {
        if (posix.addresses[i].len == sizeof v4) {
            memcpy(&v4, posix.addresses[i].sockaddr, sizeof v4);
            order[i] = (char)('a' + ntohl(v4.sin_addr.s_addr));
            CHECK_INT(ntohs(v4.sin_port), 443);
        } else {
            memcpy(&v6, posix.addresses[i].sockaddr, sizeof v6);
            order[i] = (char)('a' + v6.sin6_addr.s6_addr[15]);
            CHECK_INT(ntohs(v6.sin6_port), 443);
        }
    }
    order[sockets_asked] = '\0';
    return order;
}

static void fail_sockets_with(int error)
{
    int i;

    for (i = 0; i < ANSWER_MAX; i++) {
        socket_errors[i] = error;
    }
}

static void families_take_turns(void)
{
    int code;

    fail_sockets_with(EMFILE);
    CHECK_TEXT(tried("4", &code), "a");
    CHECK_INT(code, -(100 + EMFILE));
    CHECK_TEXT(tried("444", &code), "abc");
    CHECK_TEXT(tried("66644", &code), "adbec");
    CHECK_TEXT(tried("44666", &code), "acbde");
    CHECK_TEXT(tried("6u4", &code), "ac");
    CHECK_TEXT(tried("666666666666", &code), "abcdefgh");
    CHECK_TEXT(tried("66666666664", &code), "akbcdefg");
    CHECK_TEXT(tried("666666666644444444444", &code), "akblcmdn");
}

static void the_most_telling_failure_is_kept(void)
{
    int code;

    fail_sockets_with(ENETUNREACH);
    tried("64", &code);
    CHECK_INT(code, -(100 + ENETUNREACH));
    socket_errors[0] = ECONNREFUSED;
    tried("64", &code);
    CHECK_INT(code, -(100 + ECONNREFUSED));
    socket_errors[0] = EAFNOSUPPORT;
    socket_errors[1] = ETIMEDOUT;
    tried("644", &code);
    CHECK_INT(code, -(100 + ETIMEDOUT));
    socket_errors[0] = EHOSTUNREACH;
    socket_errors[1] = EADDRNOTAVAIL;
    tried("64", &code);
    CHECK_INT(code, -(100 + EHOSTUNREACH)); /* the first of its kind: the resolver liked it best */
}

static void no_address_is_told_from_no_name(void)
{
    int code;

    CHECK_TEXT(tried("u", &code), "");
    CHECK_INT(code, BEDROCK_PORT_UNREACHABLE);
    resolver_code = EAI_NONAME;
    CHECK_TEXT(tried("", &code), "");
    CHECK_INT(code, BEDROCK_PORT_NO_HOST);
    resolver_code = EAI_AGAIN;
    CHECK_TEXT(tried("", &code), "");
    CHECK_INT(code, BEDROCK_PORT_NO_HOST);
    resolver_code = 0;
}

int main(void)
{
    port = bedrock_posix_port_init(&posix);
    RUN(a_clock_before_2024_is_not_set);
    RUN(the_clock_does_not_end_in_2038);
    RUN(milliseconds_wrap);
    RUN(old_kernels_have_a_device);
    RUN(families_take_turns);
    RUN(the_most_telling_failure_is_kept);
    RUN(no_address_is_told_from_no_name);
    return test_finish();
}
