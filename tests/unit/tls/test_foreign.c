/* SPDX-License-Identifier: MIT */
/*
 * The TLS transports against somebody else's server: `openssl s_server`, on loopback, over real
 * sockets. Skipped where there is no openssl program.
 */
#define _POSIX_C_SOURCE 200809L

#include "bedrock/error.h"
#include "bedrock/tls.h"
#include "test.h"
#include "test_certs.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define HOST        "server.test"
#define WAIT_MS     5000
#define FILE_SIZE   200000
#define OPTIONS_MAX 24

/* The file that the server serves: not JSON, not text, just bytes that must all arrive. */
static uint8_t file_byte(size_t i)
{
    return (uint8_t)(i * 13 + i / 4099);
}

/* ---- A port: one blocking socket. ---- */

static int sock = -1;

static uint32_t now_ms(void *ctx)
{
    struct timespec t;

    (void)ctx;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint32_t)t.tv_sec * 1000 + (uint32_t)(t.tv_nsec / 1000000);
}

static void sleep_ms(long ms)
{
    struct timespec t = {ms / 1000, ms % 1000 * 1000000};

    nanosleep(&t, NULL);
}

static int port_connect(void *ctx, const char *host, uint16_t port, uint32_t wait_ms)
{
    struct sockaddr_in to;
    uint32_t start = now_ms(NULL);

    (void)ctx;
    (void)host;
    memset(&to, 0, sizeof to);
    to.sin_family = AF_INET;
    to.sin_port = htons(port);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    do { /* the server may still be starting */
        sock = socket(AF_INET, SOCK_STREAM, 0);
        if (connect(sock, (const struct sockaddr *)&to, sizeof to) == 0) {
            return 0;
        }
        close(sock);
        sock = -1;
        sleep_ms(10);
    } while (now_ms(NULL) - start < wait_ms);
    return BEDROCK_PORT_UNREACHABLE;
}

static int is_ready(short events, uint32_t wait_ms)
{
    struct pollfd fd;

    fd.fd = sock;
    fd.events = events;
    fd.revents = 0;
    return poll(&fd, 1, (int)wait_ms) > 0;
}

static int port_read(void *ctx, void *dst, size_t cap, uint32_t wait_ms)
{
    (void)ctx;
    return is_ready(POLLIN, wait_ms) ? (int)recv(sock, dst, cap, 0) : BEDROCK_PORT_AGAIN;
}

static int port_write(void *ctx, const void *src, size_t len, uint32_t wait_ms)
{
    (void)ctx;
    return is_ready(POLLOUT, wait_ms) ? (int)send(sock, src, len, MSG_NOSIGNAL)
                                      : BEDROCK_PORT_AGAIN;
}

static void port_close(void *ctx)
{
    (void)ctx;
    if (sock >= 0) {
        close(sock);
        sock = -1;
    }
}

static int port_utc(void *ctx, int64_t *unix_s)
{
    (void)ctx;
    *unix_s = TEST_NOW;
    return 0;
}

static int port_entropy(void *ctx, void *dst, size_t len)
{
    int file = open("/dev/urandom", O_RDONLY);
    int ok = file >= 0 && read(file, dst, len) == (ssize_t)len;

    (void)ctx;
    if (file >= 0) {
        close(file);
    }
    return ok ? 0 : -1;
}

static const struct bedrock_port port = {
    NULL, port_connect, port_read, port_write, port_close, now_ms, port_utc, port_entropy, NULL,
};

/* ---- The server. ---- */

static char folder[] = "/tmp/bedrock-tls-XXXXXX";
static pid_t server = -1;
static uint16_t server_port;

static void write_file(const char *name, const void *data, size_t len)
{
    FILE *file = fopen(name, "wb");

    if (file == NULL || fwrite(data, 1, len, file) != len || fclose(file) != 0) {
        fprintf(stderr, "cannot write %s\n", name);
        exit(2);
    }
}

static void write_text(const char *name, const char *text)
{
    write_file(name, text, strlen(text));
}

static const char *const files[] = {"ec.pem",   "ec.key",   "rsa.pem", "rsa.key",
                                    "p384.pem", "p384.key", "file"};

static void make_folder(void)
{
    static uint8_t bytes[FILE_SIZE];
    size_t i;

    if (mkdtemp(folder) == NULL || chdir(folder) != 0) {
        perror(folder);
        exit(2);
    }
    write_text("ec.pem", test_ec);
    write_text("ec.key", test_ec_key);
    write_text("rsa.pem", test_rsa);
    write_text("rsa.key", test_rsa_key);
    write_text("p384.pem", test_p384);
    write_text("p384.key", test_p384_key);
    for (i = 0; i < FILE_SIZE; i++) {
        bytes[i] = file_byte(i);
    }
    write_file("file", bytes, FILE_SIZE);
}

static void remove_folder(void)
{
    size_t i;

    for (i = 0; i < sizeof files / sizeof files[0]; i++) {
        unlink(files[i]);
    }
    if (chdir("/") != 0 || rmdir(folder) != 0) {
        perror(folder);
    }
}

/* A port that nobody listens on. Somebody else may take it before the server does; the test would
 * then fail, not pass. */
static uint16_t free_port(void)
{
    struct sockaddr_in at;
    socklen_t len = sizeof at;
    int s = socket(AF_INET, SOCK_STREAM, 0);

    memset(&at, 0, sizeof at);
    at.sin_family = AF_INET;
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (bind(s, (struct sockaddr *)&at, sizeof at) != 0 ||
        getsockname(s, (struct sockaddr *)&at, &len) != 0) {
        perror("bind");
        exit(2);
    }
    close(s);
    return ntohs(at.sin_port);
}

/* Runs openssl with these arguments, silently. */
static pid_t run_openssl(char *const argv[])
{
    pid_t pid = fork();

    if (pid == 0) {
        int null = open("/dev/null", O_RDWR);

        dup2(null, 0);
        dup2(null, 1);
        dup2(null, 2);
        alarm(120); /* it must not outlive a test that crashes */
        execvp("openssl", argv);
        _exit(127);
    }
    return pid;
}

static int have_openssl(void)
{
    static char *argv[] = {"openssl", "version", NULL};
    int status = 0;

    return waitpid(run_openssl(argv), &status, 0) > 0 && WIFEXITED(status) &&
           WEXITSTATUS(status) == 0;
}

/* Starts a server with this certificate; options are words, separated by one space. */
static void start_server(const char *certificate, const char *options)
{
    static char text[1000];
    char *argv[OPTIONS_MAX + 1];
    size_t n = 0;
    char *word;

    server_port = free_port();
    snprintf(text, sizeof text, "openssl s_server -accept 127.0.0.1:%u -cert %s.pem -key %s.key %s",
             server_port, certificate, certificate, options);
    for (word = strtok(text, " "); word != NULL && n < OPTIONS_MAX; word = strtok(NULL, " ")) {
        argv[n++] = word;
    }
    argv[n] = NULL;
    server = run_openssl(argv);
}

static void stop_server(void)
{
    if (server > 0) {
        kill(server, SIGKILL);
        waitpid(server, NULL, 0);
        server = -1;
    }
}

/* ---- The client. ---- */

static union {
    void *align;
    uint8_t bytes[60000];
} memory;
static union {
    void *align;
    uint8_t bytes[8192];
} anchors_memory;
static struct bedrock_transport *const transport = (struct bedrock_transport *)(void *)&memory;

static int open_transport(const struct bedrock_transport_class *type, const char *host,
                          uint16_t record_size, size_t extra)
{
    static struct bedrock_anchors anchors; /* the transport keeps a pointer to it */
    struct bedrock_transport_options options;
    char pem[4000];
    size_t needed = 0;

    snprintf(pem, sizeof pem, "%s%s", test_ca, test_p384);
    CHECK_INT(bedrock_anchors_from_pem(&anchors, anchors_memory.bytes, sizeof anchors_memory.bytes,
                                       pem, strlen(pem)),
              BEDROCK_OK);
    memset(&options, 0, sizeof options);
    options.port = &port;
    options.anchors = &anchors;
    options.record_size = record_size;
    transport->type = type;
    type->init(transport, 0, &options, &needed);
    CHECK_INT(type->init(transport, needed + extra, &options, &needed), BEDROCK_OK);
    return type->open(transport, host, server_port, TEST_NOW, WAIT_MS);
}

static int send_text(const char *text)
{
    size_t len = strlen(text), cap;
    uint8_t *data;
    int result = transport->type->reserve(transport, &data, &cap, WAIT_MS);

    if (result != BEDROCK_OK) {
        return result;
    }
    CHECK(cap >= len);
    memcpy(data, text, len);
    transport->type->commit(transport, len);
    return transport->type->flush(transport, WAIT_MS);
}

/* Receives until len bytes have come, or the end. Returns the last answer. */
static int receive_bytes(uint8_t *dst, size_t len, size_t *got)
{
    *got = 0;
    while (*got < len) {
        const uint8_t *data;
        size_t n;
        int result = transport->type->receive(transport, &data, &n, WAIT_MS);

        if (result != BEDROCK_EVENT) {
            return result;
        }
        n = n < len - *got ? n : len - *got;
        memcpy(dst + *got, data, n);
        *got += n;
        transport->type->consume(transport, n);
    }
    return BEDROCK_EVENT;
}

/* A line there and back: `-rev` sends it back reversed. */
static void check_line(void)
{
    uint8_t line[6];
    size_t got;

    CHECK_INT(send_text("Hello\n"), BEDROCK_OK);
    CHECK_INT(receive_bytes(line, sizeof line, &got), BEDROCK_EVENT);
    CHECK_BYTES(line, got, "olleH\n", 6);
}

/* ---- The tests. ---- */

static void suites(void)
{
    static const struct {
        const char *certificate, *cipher;
        int full, lean;
    } cases[] = {
        {"ec", "ECDHE-ECDSA-CHACHA20-POLY1305", BEDROCK_OK, BEDROCK_OK},
        {"ec", "ECDHE-ECDSA-AES128-GCM-SHA256", BEDROCK_OK, BEDROCK_OK},
        {"ec", "ECDHE-ECDSA-AES256-GCM-SHA384", BEDROCK_OK, BEDROCK_E_TLS_REFUSED},
        {"ec", "ECDHE-ECDSA-AES128-SHA256", BEDROCK_E_TLS_REFUSED, BEDROCK_E_TLS_REFUSED},
        {"rsa", "ECDHE-RSA-CHACHA20-POLY1305", BEDROCK_OK, BEDROCK_OK},
        {"rsa", "ECDHE-RSA-AES128-GCM-SHA256", BEDROCK_OK, BEDROCK_OK},
        {"rsa", "ECDHE-RSA-AES256-GCM-SHA384", BEDROCK_OK, BEDROCK_E_TLS_REFUSED},
        {"rsa", "AES128-GCM-SHA256", BEDROCK_E_TLS_REFUSED, BEDROCK_E_TLS_REFUSED},
        {"rsa", "DHE-RSA-AES128-GCM-SHA256", BEDROCK_E_TLS_REFUSED, BEDROCK_E_TLS_REFUSED},
        {"p384", "ECDHE-ECDSA-AES256-GCM-SHA384", BEDROCK_OK, BEDROCK_E_TLS_REFUSED},
    };
    size_t i, lean;

    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char options[200];

        snprintf(options, sizeof options, "-rev -tls1_2 -cipher %s", cases[i].cipher);
        start_server(cases[i].certificate, options);
        for (lean = 0; lean < 2; lean++) {
            int want = lean ? cases[i].lean : cases[i].full;

            test_context("%s, lean: %zu", cases[i].cipher, lean);
            CHECK_INT(open_transport(lean ? &bedrock_tls_lean : &bedrock_tls, HOST, 0, 0), want);
            if (want == BEDROCK_OK) {
                check_line();
            } else {
                CHECK_INT(transport->tls_code, 296);
            }
            transport->type->close(transport);
        }
        stop_server();
    }
}

static void groups(void)
{
    static const struct {
        const char *group;
        int full, lean;
    } cases[] = {{"P-256", BEDROCK_OK, BEDROCK_OK},
                 {"P-384", BEDROCK_OK, BEDROCK_E_TLS_REFUSED},
                 {"P-521", BEDROCK_OK, BEDROCK_E_TLS_REFUSED},
                 {"X25519", BEDROCK_OK, BEDROCK_E_TLS_REFUSED},
                 {"X448", BEDROCK_E_TLS_REFUSED, BEDROCK_E_TLS_REFUSED}};
    size_t i, lean;

    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char options[200];

        snprintf(options, sizeof options, "-rev -tls1_2 -groups %s", cases[i].group);
        start_server("rsa", options);
        for (lean = 0; lean < 2; lean++) {
            int want = lean ? cases[i].lean : cases[i].full;

            test_context("%s, lean: %zu", cases[i].group, lean);
            CHECK_INT(open_transport(lean ? &bedrock_tls_lean : &bedrock_tls, HOST, 0, 0), want);
            if (want == BEDROCK_OK) {
                check_line();
            }
            transport->type->close(transport);
        }
        stop_server();
    }
}

static void versions(void)
{
    start_server("ec", "-rev -tls1_3");
    CHECK_INT(open_transport(&bedrock_tls, HOST, 0, 0), BEDROCK_E_TLS_REFUSED);
    CHECK_INT(transport->tls_code, 326);
    transport->type->close(transport);
    stop_server();

    start_server("ec", "-rev"); /* 1.2 and 1.3 */
    CHECK_INT(open_transport(&bedrock_tls, HOST, 0, 0), BEDROCK_OK);
    check_line();
    transport->type->close(transport);
    stop_server();

    start_server("rsa", "-rev -tls1_1 -cipher ALL:@SECLEVEL=0");
    CHECK_INT(open_transport(&bedrock_tls, HOST, 0, 0), BEDROCK_E_TLS_REFUSED);
    transport->type->close(transport);
    stop_server();
}

static void names(void)
{
    start_server("ec", "-rev -tls1_2");
    CHECK_INT(open_transport(&bedrock_tls, "elsewhere.test", 0, 0), BEDROCK_E_CERT_NAME);
    CHECK_INT(transport->tls_code, 56);
    transport->type->close(transport);
    CHECK_INT(open_transport(&bedrock_tls, "x.wild.test", 0, 0), BEDROCK_OK);
    check_line();
    transport->type->close(transport);
    stop_server();
}

static void nobody_there(void)
{
    server_port = free_port();
    transport->type = &bedrock_tls;
    CHECK_INT(transport->type->open(transport, HOST, server_port, TEST_NOW, 0), BEDROCK_E_CONNECT);
    CHECK_INT(transport->port_code, BEDROCK_PORT_UNREACHABLE);
    transport->type->close(transport);
}

/* `-HTTP` answers with the bytes of the file alone, and closes with close_notify. */
static void check_file(void)
{
    static uint8_t got[FILE_SIZE + 1];
    size_t len, i, wrong = 0;

    CHECK_INT(send_text("GET /file HTTP/1.0\r\n\r\n"), BEDROCK_OK);
    CHECK_INT(receive_bytes(got, sizeof got, &len), 0);
    CHECK_INT(len, FILE_SIZE);
    for (i = 0; i < len; i++) {
        wrong += got[i] != file_byte(i);
    }
    CHECK_INT(wrong, 0);
}

static void record_sizes(void)
{
    static const uint16_t sizes[] = {0, 512, 1024, 2048, 4096};
    size_t i, extra;

    start_server("rsa", "-HTTP -tls1_2");
    for (i = 0; i < 5; i++) {
        for (extra = 0; extra <= 8000; extra += 8000) {
            test_context("record size %u, extra %zu", (unsigned)sizes[i], extra);
            CHECK_INT(
                open_transport(i % 2 ? &bedrock_tls : &bedrock_tls_lean, HOST, sizes[i], extra),
                BEDROCK_OK);
            check_file();
            transport->type->close(transport);
        }
    }
    stop_server();
}

static void server_dies(void)
{
    const uint8_t *data;
    size_t len;
    int result;

    start_server("ec", "-rev -tls1_2");
    CHECK_INT(open_transport(&bedrock_tls_lean, HOST, 0, 0), BEDROCK_OK);
    check_line();
    stop_server();
    result = transport->type->receive(transport, &data, &len, WAIT_MS);
    CHECK(result == BEDROCK_E_TLS_TRUNCATED || result == BEDROCK_E_READ);
    transport->type->close(transport);
}

/* A server that asks for a certificate of ours gets an empty list, and decides. */
static void client_certificates(void)
{
    start_server("ec", "-rev -tls1_2 -verify 1");
    CHECK_INT(open_transport(&bedrock_tls_lean, HOST, 0, 0), BEDROCK_OK);
    check_line();
    transport->type->close(transport);
    stop_server();
    start_server("ec", "-rev -tls1_2 -Verify 1");
    CHECK_INT(open_transport(&bedrock_tls_lean, HOST, 0, 0), BEDROCK_E_TLS_REFUSED);
    CHECK_INT(transport->tls_code, 296);
    transport->type->close(transport);
    stop_server();
}

static void with_openssl(void (*test)(void))
{
    if (have_openssl()) {
        test();
    } else {
        test_skip("there is no openssl program");
    }
}

#define FOREIGN(test)                                                                              \
    do {                                                                                           \
        test_begin(#test);                                                                         \
        with_openssl(test);                                                                        \
        test_end();                                                                                \
    } while (0)

int main(void)
{
    signal(SIGPIPE, SIG_IGN);
    make_folder();
    FOREIGN(suites);
    FOREIGN(groups);
    FOREIGN(versions);
    FOREIGN(names);
    FOREIGN(nobody_there);
    FOREIGN(record_sizes);
    FOREIGN(server_dies);
    FOREIGN(client_certificates);
    remove_folder();
    return test_finish();
}
