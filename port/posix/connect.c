/* SPDX-License-Identifier: MIT */
/*
 * Making a connection: a name becomes addresses, the addresses race, one wins. See bedrock/posix.h
 * and RFC 8305. All state lies in struct bedrock_posix, so that a call may return at any time and
 * the next one goes on.
 */
#define _GNU_SOURCE /* SOCK_NONBLOCK, TCP_KEEPIDLE */

#include "internal.h"

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define PATIENCE_MS     250 /* RFC 8305, section 8: Connection Attempt Delay */
#define KEEPALIVE_S     30
#define KEEPALIVE_COUNT 4

/* ---- From a name to addresses ---- */

/* The nth entry of a family; NULL when there are fewer. */
static const struct addrinfo *nth_of_family(const struct addrinfo *entry, int family, int n)
{
    for (; entry != NULL; entry = entry->ai_next) {
        if (entry->ai_family == family && n-- == 0) {
            return entry;
        }
    }
    return NULL;
}

static void keep(struct bedrock_posix *posix, const struct addrinfo *entry)
{
    struct bedrock_posix_address *address = &posix->addresses[posix->address_count];

    if (entry == NULL || posix->address_count == BEDROCK_POSIX_ADDRESSES ||
        entry->ai_addrlen > sizeof address->sockaddr) {
        return;
    }
    memcpy(address->sockaddr, entry->ai_addr, entry->ai_addrlen);
    address->len = (uint8_t)entry->ai_addrlen;
    posix->sockets[posix->address_count] = -1;
    posix->address_count++;
}

/* The resolver has sorted them (RFC 6724); its first decides which family begins. */
static void keep_in_turns(struct bedrock_posix *posix, const struct addrinfo *list)
{
    int first = list->ai_family;
    int second = first == AF_INET6 ? AF_INET : AF_INET6;
    int n;

    for (n = 0; n < BEDROCK_POSIX_ADDRESSES; n++) {
        keep(posix, nth_of_family(list, first, n));
        keep(posix, nth_of_family(list, second, n));
    }
}

static void set_port(struct bedrock_posix_address *address, uint16_t port)
{
    struct sockaddr_in in;
    struct sockaddr_in6 in6;

    if (address->len == sizeof in) {
        memcpy(&in, address->sockaddr, sizeof in);
        in.sin_port = htons(port);
        memcpy(address->sockaddr, &in, sizeof in);
    } else {
        memcpy(&in6, address->sockaddr, sizeof in6);
        in6.sin6_port = htons(port);
        memcpy(address->sockaddr, &in6, sizeof in6);
    }
}

static int resolve(struct bedrock_posix *posix, const char *host, uint16_t port)
{
    struct addrinfo hints;
    struct addrinfo *list;
    size_t len = strlen(host);
    int i;

    memset(&hints, 0, sizeof hints);
    hints.ai_family = AF_UNSPEC; /* No AI_ADDRCONFIG: the race finds out what works. */
    hints.ai_socktype = SOCK_STREAM;
    if (len == 0 || len >= sizeof posix->host || getaddrinfo(host, NULL, &hints, &list) != 0) {
        return BEDROCK_PORT_NO_HOST;
    }
    keep_in_turns(posix, list);
    freeaddrinfo(list);
    for (i = 0; i < posix->address_count; i++) {
        set_port(&posix->addresses[i], port);
    }
    memcpy(posix->host, host, len + 1);
    posix->tcp_port = port;
    posix->started = 0;
    posix->error = 0;
    return 0;
}

/* ---- One socket ---- */

static void set_option(int fd, int level, int name, int value)
{
    /* Each is an improvement that the connection can do without. */
    (void)setsockopt(fd, level, name, &value, sizeof value);
}

static void set_options(int fd)
{
    set_option(fd, IPPROTO_TCP, TCP_NODELAY, 1);
    set_option(fd, SOL_SOCKET, SO_KEEPALIVE, 1);
#ifdef SO_NOSIGPIPE
    set_option(fd, SOL_SOCKET, SO_NOSIGPIPE, 1);
#endif
#if defined(TCP_KEEPIDLE)
    set_option(fd, IPPROTO_TCP, TCP_KEEPIDLE, KEEPALIVE_S);
#elif defined(TCP_KEEPALIVE)
    set_option(fd, IPPROTO_TCP, TCP_KEEPALIVE, KEEPALIVE_S);
#endif
#ifdef TCP_KEEPINTVL
    set_option(fd, IPPROTO_TCP, TCP_KEEPINTVL, KEEPALIVE_S);
#endif
#ifdef TCP_KEEPCNT
    set_option(fd, IPPROTO_TCP, TCP_KEEPCNT, KEEPALIVE_COUNT);
#endif
}

/* A TCP socket that does not block and that no child inherits; -1 with errno. */
static int open_socket(int family)
{
    int fd;

#if defined(SOCK_NONBLOCK) && defined(SOCK_CLOEXEC)
    fd = socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
#else
    fd = socket(family, SOCK_STREAM, 0);
    if (fd >= 0) {
        (void)fcntl(fd, F_SETFD, FD_CLOEXEC);
        (void)fcntl(fd, F_SETFL, O_NONBLOCK);
    }
#endif
    if (fd >= 0) {
        set_options(fd);
    }
    return fd;
}

/* ---- The race ---- */

static int is_lack_of_route(int error)
{
    return error == ENETUNREACH || error == EHOSTUNREACH || error == EADDRNOTAVAIL ||
           error == EAFNOSUPPORT;
}

/* An address is out of the race. */
static void drop(struct bedrock_posix *posix, int i, int error)
{
    if (posix->sockets[i] >= 0) {
        close(posix->sockets[i]);
        posix->sockets[i] = -1;
    }
    if (posix->error == 0 || !is_lack_of_route(error)) {
        posix->error = error;
    }
}

/* An address has won: its socket is the connection, the others go. */
static void win(struct bedrock_posix *posix, int i)
{
    int fd = posix->sockets[i];

    posix->sockets[i] = -1;
    bdk_posix_close(posix);
    posix->socket = fd;
}

static void start(struct bedrock_posix *posix, int i)
{
    struct sockaddr_storage storage;
    const struct sockaddr *address = (const struct sockaddr *)&storage;

    memcpy(&storage, posix->addresses[i].sockaddr, posix->addresses[i].len);
    posix->started_ms = bdk_posix_now_ms(posix);
    posix->sockets[i] = open_socket(storage.ss_family);
    if (posix->sockets[i] < 0) {
        drop(posix, i, errno);
    } else if (connect(posix->sockets[i], address, posix->addresses[i].len) == 0) {
        win(posix, i);
    } else if (errno != EINPROGRESS && errno != EINTR) {
        drop(posix, i, errno);
    }
}

static int in_flight(const struct bedrock_posix *posix)
{
    int count = 0;
    int i;

    for (i = 0; i < posix->started; i++) {
        count += posix->sockets[i] >= 0;
    }
    return count;
}

/* How long the addresses in the race may run before the next one joins them. */
static uint32_t patience_left(const struct bedrock_posix *posix)
{
    uint32_t passed = bdk_posix_now_ms(NULL) - posix->started_ms;

    if (in_flight(posix) == 0) {
        return 0;
    }
    return passed < PATIENCE_MS ? PATIENCE_MS - passed : 0;
}

static void start_those_due(struct bedrock_posix *posix)
{
    while (posix->socket < 0 && posix->started < posix->address_count &&
           patience_left(posix) == 0) {
        posix->started++;
        start(posix, posix->started - 1);
    }
}

/* Takes the result of a socket that poll() has reported. */
static void finish(struct bedrock_posix *posix, int i)
{
    int error = 0;
    socklen_t len = sizeof error;

    if (getsockopt(posix->sockets[i], SOL_SOCKET, SO_ERROR, &error, &len) != 0) {
        error = errno;
    }
    if (error == 0) {
        win(posix, i);
    } else {
        drop(posix, i, error);
    }
}

/* Lets the addresses in flight run for at most wait_ms. \return how many came to a result;
 * negative, with errno, as poll(). */
static int run(struct bedrock_posix *posix, uint32_t wait_ms)
{
    struct pollfd waited[BEDROCK_POSIX_ADDRESSES];
    int count;
    int i;

    for (i = 0; i < posix->started; i++) {
        waited[i].fd = posix->sockets[i]; /* poll() passes over those that are -1 */
        waited[i].events = POLLOUT;
        waited[i].revents = 0;
    }
    count = poll(waited, posix->started, bdk_posix_poll_ms(wait_ms));
    for (i = 0; count > 0 && i < posix->started && posix->socket < 0; i++) {
        if (waited[i].revents != 0) {
            finish(posix, i);
        }
    }
    return count;
}

static int give_up(struct bedrock_posix *posix)
{
    int error = posix->error;

    bdk_posix_close(posix);
    return error == 0 ? BEDROCK_PORT_UNREACHABLE : bdk_posix_code(error);
}

static int race(struct bedrock_posix *posix, uint32_t begin_ms, uint32_t wait_ms)
{
    for (;;) {
        uint32_t passed = bdk_posix_now_ms(NULL) - begin_ms;
        uint32_t left = passed < wait_ms ? wait_ms - passed : 0;
        uint32_t slice = left;
        int count;

        start_those_due(posix);
        if (posix->socket >= 0) {
            return 0;
        }
        if (in_flight(posix) == 0) {
            return give_up(posix);
        }
        if (posix->started < posix->address_count && patience_left(posix) < left) {
            slice = patience_left(posix);
        }
        count = run(posix, slice);
        if (posix->socket >= 0) {
            return 0;
        }
        if (count < 0 && bdk_posix_code(errno) != BEDROCK_PORT_AGAIN) {
            posix->error = errno;
            return give_up(posix);
        }
        if (count < 0 || (count == 0 && left == 0)) {
            return BEDROCK_PORT_AGAIN;
        }
    }
}

int bdk_posix_connect(void *ctx, const char *host, uint16_t port, uint32_t wait_ms)
{
    struct bedrock_posix *posix = ctx;
    uint32_t begin_ms = bdk_posix_now_ms(NULL);
    int code;

    if (posix->address_count == 0 || posix->tcp_port != port || strcmp(posix->host, host) != 0) {
        bdk_posix_close(posix);
        code = resolve(posix, host, port);
        if (code != 0) {
            return code;
        }
    }
    return race(posix, begin_ms, wait_ms);
}
