/* SPDX-License-Identifier: MIT */
/*
 * The POSIX port: first as a port among ports (port_conformance.h), then what is its own. The peer
 * lives in the same process: the kernel's buffers and backlog stand between the two, so that
 * neither side needs a thread.
 */
#define _GNU_SOURCE

#include "bedrock/posix.h"

#include "fakes/port_conformance.h"
#include "test.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

/* ---- The peer ---- */

struct peer {
    int listener;
    int connection; /* -1: none */
    uint16_t port;
};

static struct sockaddr_in loopback(uint16_t port)
{
    struct sockaddr_in address;

    memset(&address, 0, sizeof address);
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(port);
    return address;
}

static void peer_open(struct peer *peer, int backlog)
{
    struct sockaddr_in address = loopback(0);
    socklen_t len = sizeof address;

    peer->connection = -1;
    peer->listener = socket(AF_INET, SOCK_STREAM, 0);
    CHECK_INT(bind(peer->listener, (const struct sockaddr *)&address, len), 0);
    CHECK_INT(listen(peer->listener, backlog), 0);
    CHECK_INT(getsockname(peer->listener, (struct sockaddr *)&address, &len), 0);
    peer->port = ntohs(address.sin_port);
}

static void peer_drop(struct peer *peer)
{
    if (peer->connection >= 0) {
        close(peer->connection);
        peer->connection = -1;
    }
}

static void peer_close(struct peer *peer)
{
    peer_drop(peer);
    close(peer->listener);
}

static int is_readable(int fd, int wait_ms)
{
    struct pollfd waited = {fd, POLLIN, 0};

    return poll(&waited, 1, wait_ms) > 0;
}

/* Takes the newest connection: older ones are attempts that were given up. */
static void peer_accept(void *ctx)
{
    struct peer *peer = ctx;
    int wait_ms = 5000;

    peer_drop(peer);
    while (is_readable(peer->listener, wait_ms)) {
        peer_drop(peer);
        peer->connection = accept(peer->listener, NULL, NULL);
        wait_ms = 0;
    }
    CHECK(peer->connection >= 0);
}

static void peer_send(void *ctx, const void *bytes, size_t len)
{
    const struct peer *peer = ctx;

    CHECK_INT(send(peer->connection, bytes, len, MSG_NOSIGNAL), len);
}

static size_t peer_receive(void *ctx, void *dst, size_t cap)
{
    const struct peer *peer = ctx;
    ssize_t count = 0;

    if (is_readable(peer->connection, 300)) {
        count = recv(peer->connection, dst, cap, 0);
    }
    return count > 0 ? (size_t)count : 0;
}

static void peer_end(void *ctx)
{
    peer_drop(ctx);
}

static void peer_reset(void *ctx)
{
    struct peer *peer = ctx;
    struct linger at_once = {1, 0};

    CHECK_INT(setsockopt(peer->connection, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once), 0);
    peer_drop(peer);
}

/* A port of loopback where nobody listens. */
static uint16_t closed_port(void)
{
    struct peer peer;

    peer_open(&peer, 1);
    peer_close(&peer);
    return peer.port;
}

static void conform(const char *name, const char *host, const struct bedrock_port *port)
{
    struct peer peer;
    struct port_world world = {port,           host,     0,           0,
                               "host.invalid", &peer,    peer_accept, peer_send,
                               peer_receive,   peer_end, peer_reset};

    peer_open(&peer, 8);
    world.host_port = peer.port;
    world.closed_port = closed_port();
    port_conformance(name, &world);
    peer_close(&peer);
}

/* ---- Its own ---- */

static struct bedrock_posix posix;
static struct peer peer;

static int connect_port(uint16_t port, uint32_t wait_ms)
{
    return posix.port.connect(&posix, "127.0.0.1", port, wait_ms);
}

static void begin(void)
{
    bedrock_posix_port_init(&posix);
    peer_open(&peer, 8);
    CHECK_INT(connect_port(peer.port, 5000), 0);
    peer_accept(&peer);
}

static void end(void)
{
    posix.port.close(&posix);
    peer_close(&peer);
}

static void counts_bytes(void)
{
    char buffer[8];

    begin();
    CHECK_INT(posix.bytes_sent, 0);
    CHECK_INT(posix.port.write(&posix, "12345", 5, 1000), 5);
    peer_send(&peer, "123", 3);
    CHECK_INT(posix.port.read(&posix, buffer, sizeof buffer, 1000), 3);
    CHECK_INT(posix.port.read(&posix, buffer, sizeof buffer, 0), BEDROCK_PORT_AGAIN);
    CHECK_INT(posix.bytes_sent, 5);
    CHECK_INT(posix.bytes_received, 3);
    posix.port.close(&posix);
    CHECK_INT(posix.bytes_sent, 5);
    end();
}

static void counts_what_was_taken(void)
{
    static char much[1000003]; /* no buffer is a multiple of it */
    uint64_t total = 0;
    int count;

    begin();
    while ((count = posix.port.write(&posix, much, sizeof much, 0)) > 0) {
        total += (uint64_t)count;
    }
    CHECK(total % sizeof much != 0);
    CHECK_INT(posix.bytes_sent, total);
    end();
}

static int option(int level, int name)
{
    int value = -1;
    socklen_t len = sizeof value;

    CHECK_INT(getsockopt(posix.socket, level, name, &value, &len), 0);
    return value;
}

static void sets_its_socket_up(void)
{
    begin();
    CHECK(option(IPPROTO_TCP, TCP_NODELAY) != 0);
    CHECK(option(SOL_SOCKET, SO_KEEPALIVE) != 0);
#ifdef TCP_KEEPIDLE
    CHECK_INT(option(IPPROTO_TCP, TCP_KEEPIDLE), 30);
    CHECK_INT(option(IPPROTO_TCP, TCP_KEEPINTVL), 30);
    CHECK_INT(option(IPPROTO_TCP, TCP_KEEPCNT), 4);
#endif
    CHECK(fcntl(posix.socket, F_GETFD) & FD_CLOEXEC);
    CHECK(fcntl(posix.socket, F_GETFL) & O_NONBLOCK);
    end();
}

/* What the system itself says about a refused connection: ECONNREFUSED. Some emulators pass the
 * number of another architecture on. */
static int refusal(void)
{
    struct sockaddr_in address = loopback(closed_port());
    struct pollfd waited = {-1, POLLOUT, 0};
    int error = 0;
    socklen_t len = sizeof error;

    waited.fd = socket(AF_INET, SOCK_STREAM, 0);
    fcntl(waited.fd, F_SETFL, O_NONBLOCK);
    (void)connect(waited.fd, (const struct sockaddr *)&address, sizeof address);
    poll(&waited, 1, 5000);
    CHECK_INT(getsockopt(waited.fd, SOL_SOCKET, SO_ERROR, &error, &len), 0);
    CHECK(error > 0);
    close(waited.fd);
    return error;
}

static void keeps_the_errno(void)
{
    char byte;
    int code;

    bedrock_posix_port_init(&posix);
    code = connect_port(closed_port(), 5000);
    CHECK_INT(code, -(100 + refusal()));
    CHECK_TEXT(bedrock_posix_port_text(code), strerror(-(code + 100)));
    CHECK_INT(posix.socket, -1);
    begin();
    peer_reset(&peer);
    CHECK_INT(posix.port.read(&posix, &byte, 1, 5000), -(100 + ECONNRESET));
    end();
    CHECK_INT(posix.port.read(&posix, &byte, 1, 0), -(100 + EBADF));
}

static void names_its_own_codes(void)
{
    CHECK(strstr(bedrock_posix_port_text(BEDROCK_PORT_NO_HOST), "resolve") != NULL);
    CHECK(strstr(bedrock_posix_port_text(BEDROCK_PORT_UNREACHABLE), "address") != NULL);
    CHECK(strlen(bedrock_posix_port_text(BEDROCK_PORT_FAILED)) > 0);
    CHECK(strlen(bedrock_posix_port_text(BEDROCK_PORT_AGAIN)) > 0);
    CHECK(strlen(bedrock_posix_port_text(0)) > 0);
    CHECK(strlen(bedrock_posix_port_text(-100)) > 0);
}

/* A write to a peer that has gone must fail, not kill the program. The kernel tells of the reset
 * once; what comes after it is the case for a signal. */
static void raises_no_sigpipe(void)
{
    int code = 0;
    int i;

    begin();
    peer_reset(&peer);
    for (i = 0; i < 5; i++) {
        code = posix.port.write(&posix, "x", 1, 100);
    }
    CHECK_INT(code, -(100 + EPIPE));
    end();
}

static volatile sig_atomic_t alarms;

static void on_alarm(int number)
{
    (void)number;
    alarms++;
}

/* One SIGALRM in 50 ms, with a handler that asks for system calls to be restarted. */
static void set_alarm(void)
{
    struct sigaction action;
    struct itimerval timer = {{0, 0}, {0, 50000}};

    alarms = 0;
    memset(&action, 0, sizeof action);
    action.sa_handler = on_alarm;
    action.sa_flags = SA_RESTART;
    sigemptyset(&action.sa_mask);
    sigaction(SIGALRM, &action, NULL);
    setitimer(ITIMER_REAL, &timer, NULL);
}

static void a_signal_ends_a_wait(void)
{
    static char piece[65536];
    uint32_t begin_ms;
    char byte;

    begin();
    begin_ms = posix.port.now_ms(&posix);
    set_alarm();
    CHECK_INT(posix.port.read(&posix, &byte, 1, 20000), BEDROCK_PORT_AGAIN);
    CHECK_INT(alarms, 1);
    while (posix.port.write(&posix, piece, sizeof piece, 0) > 0) {
    }
    set_alarm();
    CHECK_INT(posix.port.write(&posix, piece, sizeof piece, 20000), BEDROCK_PORT_AGAIN);
    CHECK_INT(alarms, 1);
    set_alarm();
    posix.port.wait(&posix, 20000);
    CHECK_INT(alarms, 1);
    CHECK(posix.port.now_ms(&posix) - begin_ms < 10000);
    end();
}

static void wait_for_child(pid_t child)
{
    int status = -1;

    CHECK_INT(waitpid(child, &status, 0), child);
    CHECK_INT(status, 0);
}

/* Another process speaks while this one waits: the wait ends then, not when it would. */
static void bytes_end_a_wait(void)
{
    char buffer[8];
    uint32_t begin_ms;
    pid_t child;

    begin();
    begin_ms = posix.port.now_ms(&posix);
    child = fork();
    if (child == 0) {
        poll(NULL, 0, 50);
        _exit(send(peer.connection, "late", 4, 0) != 4);
    }
    CHECK_INT(posix.port.read(&posix, buffer, sizeof buffer, 20000), 4);
    CHECK(posix.port.now_ms(&posix) - begin_ms < 10000);
    wait_for_child(child);
    end();
}

/* The same for a write: it waits until another process has made room. */
static void room_ends_a_wait(void)
{
    static char piece[65536];
    uint32_t begin_ms;
    pid_t child;
    int count;

    begin();
    while (posix.port.write(&posix, piece, sizeof piece, 0) > 0) {
    }
    begin_ms = posix.port.now_ms(&posix);
    child = fork();
    if (child == 0) {
        poll(NULL, 0, 50);
        while (is_readable(peer.connection, 500)) {
            if (recv(peer.connection, piece, sizeof piece, 0) <= 0) {
                _exit(1);
            }
        }
        _exit(0);
    }
    count = posix.port.write(&posix, piece, sizeof piece, 20000);
    CHECK(count > 0 && count <= (int)sizeof piece);
    CHECK(posix.port.now_ms(&posix) - begin_ms < 10000);
    wait_for_child(child);
    end();
}

static void two_ports_are_two_connections(void)
{
    struct bedrock_posix other;
    struct peer other_peer;
    char byte = 0;

    begin();
    bedrock_posix_port_init_nonwaiting(&other);
    CHECK(other.port.wait == NULL);
    CHECK(posix.port.wait != NULL);
    peer_open(&other_peer, 8);
    CHECK_INT(other.port.connect(&other, "127.0.0.1", other_peer.port, 5000), 0);
    peer_accept(&other_peer);
    peer_send(&other_peer, "b", 1);
    peer_send(&peer, "a", 1);
    CHECK_INT(posix.port.read(&posix, &byte, 1, 1000), 1);
    CHECK_INT(byte, 'a');
    CHECK_INT(other.port.read(&other, &byte, 1, 1000), 1);
    CHECK_INT(byte, 'b');
    other.port.close(&other);
    peer_close(&other_peer);
    end();
}

static void the_static_port_is_one(void)
{
    const struct bedrock_port *port = bedrock_posix_port();
    const struct bedrock_posix *state = port->ctx;

    CHECK(port == bedrock_posix_port());
    CHECK(&state->port == port);
    CHECK(port->wait != NULL);
    CHECK_INT(state->socket, -1);
}

static void refuses_hosts_that_are_none(void)
{
    char host[400];

    bedrock_posix_port_init(&posix);
    memset(host, 'a', sizeof host);
    host[sizeof host - 1] = '\0';
    CHECK_INT(posix.port.connect(&posix, host, 443, 0), BEDROCK_PORT_NO_HOST);
    CHECK_INT(posix.port.connect(&posix, "", 443, 0), BEDROCK_PORT_NO_HOST);
}

static void speaks_ipv6(void)
{
    struct sockaddr_in6 address;
    socklen_t len = sizeof address;
    char byte = 0;

    bedrock_posix_port_init(&posix);
    memset(&address, 0, sizeof address);
    address.sin6_family = AF_INET6;
    address.sin6_addr = in6addr_loopback;
    peer.connection = -1;
    peer.listener = socket(AF_INET6, SOCK_STREAM, 0);
    if (bind(peer.listener, (const struct sockaddr *)&address, len) != 0) {
        test_skip("this machine has no IPv6");
    } else {
        CHECK_INT(listen(peer.listener, 8), 0);
        CHECK_INT(getsockname(peer.listener, (struct sockaddr *)&address, &len), 0);
        CHECK_INT(posix.port.connect(&posix, "::1", ntohs(address.sin6_port), 5000), 0);
        peer_accept(&peer);
        peer_send(&peer, "6", 1);
        CHECK_INT(posix.port.read(&posix, &byte, 1, 5000), 1);
        CHECK_INT(byte, '6');
    }
    end();
}

/* ---- The race ---- */

/* An attempt is laid out by hand, as if the resolver had given these addresses. */

static void stage(uint16_t port)
{
    bedrock_posix_port_init(&posix);
    strcpy(posix.host, "staged.example");
    posix.tcp_port = port;
}

static void stage_address(const void *address, size_t len)
{
    struct bedrock_posix_address *slot = &posix.addresses[posix.address_count];

    memcpy(slot->sockaddr, address, len);
    slot->len = (uint8_t)len;
    posix.sockets[posix.address_count] = -1;
    posix.address_count++;
}

static void stage_ipv4(uint16_t port)
{
    struct sockaddr_in address = loopback(port);

    stage_address(&address, sizeof address);
}

static void stage_ipv6(uint16_t port)
{
    struct sockaddr_in6 address;

    memset(&address, 0, sizeof address);
    address.sin6_family = AF_INET6;
    address.sin6_addr = in6addr_loopback;
    address.sin6_port = htons(port);
    stage_address(&address, sizeof address);
}

static int connect_staged(uint32_t wait_ms)
{
    return posix.port.connect(&posix, "staged.example", posix.tcp_port, wait_ms);
}

static void check_is_connected_to_peer(void)
{
    char byte = 0;

    peer_accept(&peer);
    CHECK_INT(posix.port.write(&posix, "x", 1, 1000), 1);
    CHECK_INT(peer_receive(&peer, &byte, 1), 1);
    CHECK_INT(byte, 'x');
}

/* ::1 refuses, or there is no IPv6 at all: either way IPv4 is next, at once. */
static void falls_back_to_ipv4(void)
{
    uint32_t begin_ms;

    peer_open(&peer, 8);
    stage(peer.port);
    stage_ipv6(peer.port);
    stage_ipv4(peer.port);
    begin_ms = posix.port.now_ms(&posix);
    CHECK_INT(connect_staged(5000), 0);
    CHECK(posix.port.now_ms(&posix) - begin_ms < 240);
    check_is_connected_to_peer();
    end();
}

static void falls_back_without_waiting(void)
{
    int code = BEDROCK_PORT_AGAIN;
    int i;

    peer_open(&peer, 8);
    stage(peer.port);
    stage_ipv6(peer.port);
    stage_ipv4(closed_port());
    stage_ipv4(peer.port);
    for (i = 0; i < 1000 && code == BEDROCK_PORT_AGAIN; i++) {
        code = connect_staged(0);
    }
    CHECK_INT(code, 0);
    check_is_connected_to_peer();
    end();
}

static void fails_when_all_have_failed(void)
{
    uint16_t port = closed_port();

    stage(port);
    stage_ipv4(port);
    stage_ipv6(port); /* ECONNREFUSED, or no IPv6: which is then not what is told */
    CHECK_INT(connect_staged(5000), -(100 + refusal()));
    CHECK_INT(posix.address_count, 0);
    stage(port);
    stage_ipv6(port);
    stage_ipv4(port);
    CHECK_INT(connect_staged(5000), -(100 + refusal()));
}

static void another_host_starts_afresh(void)
{
    peer_open(&peer, 8);
    stage(peer.port);
    stage_ipv4(closed_port());
    CHECK_INT(connect_port(peer.port, 5000), 0); /* another name */
    check_is_connected_to_peer();
    posix.port.close(&posix);
    stage(peer.port);
    strcpy(posix.host, "127.0.0.1");
    stage_ipv4(closed_port());
    posix.tcp_port = (uint16_t)(peer.port ^ 1);
    CHECK_INT(connect_port(peer.port, 5000), 0); /* another port */
    check_is_connected_to_peer();
    end();
}

/* A listener that answers nobody: its backlog is full, so that the kernel lets further attempts
 * hang. Linux does so; elsewhere they are refused, which \return says. */
static int open_tarpit(struct peer *tarpit, int fillers[8])
{
    struct sockaddr_in address;
    struct pollfd waited = {-1, POLLOUT, 0};
    int i;

    peer_open(tarpit, 0);
    address = loopback(tarpit->port);
    for (i = 0; i < 8; i++) {
        fillers[i] = socket(AF_INET, SOCK_STREAM, 0);
        fcntl(fillers[i], F_SETFL, O_NONBLOCK);
        (void)connect(fillers[i], (const struct sockaddr *)&address, sizeof address);
    }
    waited.fd = fillers[7];
    return poll(&waited, 1, 100) == 0;
}

static void close_tarpit(struct peer *tarpit, int fillers[8])
{
    int i;

    for (i = 0; i < 8; i++) {
        close(fillers[i]);
    }
    peer_close(tarpit);
}

static void goes_on_after_250_ms_of_silence(void)
{
    struct peer tarpit;
    int fillers[8];
    uint32_t begin_ms;
    uint32_t passed;

    if (!open_tarpit(&tarpit, fillers)) {
        test_skip("this kernel lets no connection hang");
    } else {
        peer_open(&peer, 8);
        stage(peer.port);
        stage_ipv4(tarpit.port);
        stage_ipv4(peer.port);
        begin_ms = posix.port.now_ms(&posix);
        CHECK_INT(connect_staged(100), BEDROCK_PORT_AGAIN);
        CHECK_INT(posix.started, 1);
        CHECK_INT(connect_staged(5000), 0);
        passed = posix.port.now_ms(&posix) - begin_ms;
        CHECK(passed >= 249 && passed < 2000);
        CHECK_INT(posix.sockets[0], -1); /* the loser is gone */
        check_is_connected_to_peer();
        end();
    }
    close_tarpit(&tarpit, fillers);
}

static void a_signal_ends_connecting(void)
{
    struct peer tarpit;
    int fillers[8];
    uint32_t begin_ms;
    int socket_before;

    if (!open_tarpit(&tarpit, fillers)) {
        test_skip("this kernel lets no connection hang");
    } else {
        bedrock_posix_port_init(&posix);
        begin_ms = posix.port.now_ms(&posix);
        set_alarm();
        CHECK_INT(connect_port(tarpit.port, 20000), BEDROCK_PORT_AGAIN);
        CHECK_INT(alarms, 1);
        CHECK(posix.port.now_ms(&posix) - begin_ms < 10000);
        socket_before = posix.sockets[0];
        CHECK(socket_before >= 0);
        CHECK_INT(connect_port(tarpit.port, 20), BEDROCK_PORT_AGAIN);
        CHECK_INT(posix.sockets[0], socket_before); /* the same attempt goes on */
        posix.port.close(&posix);
        CHECK_INT(fcntl(socket_before, F_GETFD), -1);
    }
    close_tarpit(&tarpit, fillers);
}

int main(void)
{
    struct bedrock_posix own;

    conform("posix, waiting", "127.0.0.1", bedrock_posix_port());
    conform("posix, by name", "localhost", bedrock_posix_port_init(&own));
    conform("posix, not waiting", "127.0.0.1", bedrock_posix_port_init_nonwaiting(&own));
    RUN(counts_bytes);
    RUN(counts_what_was_taken);
    RUN(sets_its_socket_up);
    RUN(keeps_the_errno);
    RUN(names_its_own_codes);
    RUN(raises_no_sigpipe);
    RUN(a_signal_ends_a_wait);
    RUN(bytes_end_a_wait);
    RUN(room_ends_a_wait);
    RUN(two_ports_are_two_connections);
    RUN(the_static_port_is_one);
    RUN(refuses_hosts_that_are_none);
    RUN(speaks_ipv6);
    RUN(falls_back_to_ipv4);
    RUN(falls_back_without_waiting);
    RUN(fails_when_all_have_failed);
    RUN(another_host_starts_afresh);
    RUN(goes_on_after_250_ms_of_silence);
    RUN(a_signal_ends_connecting);
    return test_finish();
}
