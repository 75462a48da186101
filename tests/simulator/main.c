/* SPDX-License-Identifier: MIT */
/* clang-format off */
/*
 * An Amazon Bedrock Runtime endpoint on loopback: strict as the service, and wicked on request. It
 * shares no code with the library: what it knows, it knows from the AWS documentation.
 *
 *     simulator [options]
 *
 *     --port N         listens on 127.0.0.1 and ::1, port N; 0 or absent: a free one
 *     --plain          HTTP without TLS
 *     --host NAME      accepts this Host header only (with its port, if it is to have one)
 *     --base PATH      every route begins with PATH
 *     --cert NAME      good (EC), rsa, expired, not-yet, wrong-name, untrusted, self-signed; all
 *                      but wrong-name are for localhost and bedrock-runtime.us-east-1.amazonaws.com
 *     --ca FILE        writes the two roots (EC, RSA) to trust, as PEM
 *     --fault SPEC     what shall go wrong with every request; may be repeated
 *     --pace MS        pause between two deltas of a stream; 30
 *     --idle SECONDS   how long a silent connection is kept; 60
 *     --time UTC       freezes the clock, such as 2025-01-15T12:34:56Z
 *     --dump FILE      appends every request, head and body
 *     --verbose        a line for every request on stderr
 *     --once           ends after one connection
 *
 * When it is ready it prints `listening 127.0.0.1 PORT`. It ends at SIGTERM or SIGINT, and when
 * standard input is a pipe or socket whose other end is closed: a test that dies takes it along.
 *
 * Credentials: AKIDEXAMPLE with wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY, and any session token
 * that is signed (one that begins with EXPIRED has expired); or the bearer token test-bedrock-key.
 *
 * Models: every id answers. Some answer in a shape of their own (Converse, ConverseStream):
 *
 *     sim.echo         the last user text, a code point at a time, each surrogate in its own frame
 *     sim.tools[:N]    calls the first N tools; a toolResult is answered with text
 *     sim.tool-empty   calls the first tool without input
 *     sim.reasoning    reasoning, its signature, redacted reasoning, text
 *     sim.citations    text with a citation
 *     sim.image-out    text and a picture
 *     sim.guardrail    a guardrail intervened, with its trace; counts are written 28.0
 *     sim.unknown      events, deltas, blocks and a stop reason that nobody knows
 *     sim.long:N       N bytes of text
 *     sim.empty        no text at all
 *     sim.slow:MS      MS between deltas
 *     sim.fault.SPEC[;SPEC...][/MODEL]
 *                      like --fault, for this request; then as MODEL
 *
 * InvokeModel speaks the format of the model's family (Claude, Llama, Titan, Nova, Mistral, Cohere,
 * AI21 and others); any other model gives the request back: {"request":...}. A prompt for a picture
 * that holds the word "forbidden" is answered with Titan's `error` and no picture, one with "doubtful"
 * with a picture and an `error` after it.
 *
 *     sim.image:BYTES[:N]
 *                      Titan's format; a PNG of about BYTES bytes, or the first N bytes of it
 *
 * A job of StartAsyncInvoke is in progress when it is looked at first, then completed (or failed, if
 * its model's id holds "fail"). A guardrail blocks texts with "badword", and masks jane@example.com.
 *
 * A SPEC (SPEC*N: the first N requests that ask for it, over all connections):
 *
 *     status:CODE[:Exception[:message]]  an error in the service's form
 *     html:CODE                a proxy's page
 *     retry-after:SECONDS      429 with Retry-After
 *     x-retry-after:MS         429 with x-amz-retry-after
 *     close-before             closes without a byte, without close_notify
 *     reset:N                  RST after N bytes of the answer, head included
 *     stall:N                  silence after N bytes of the answer; the connection stays open
 *     stall-head               silence instead of an answer
 *     cut:N                    closes in order after N bytes of the body (close_notify, FIN)
 *     truncate:N               the same without close_notify
 *     bytes:N                  at most N bytes in a TLS record or send
 *     chunk:N                  HTTP chunks of N bytes
 *     corrupt:N                flips a bit in byte N of the body
 *     exception:NAME[:AFTER[:message]]   an exception frame after AFTER deltas (1)
 *     error-frame[:AFTER]      an error frame
 *     no-stop                  the stream ends without messageStop and metadata
 *     no-metadata              the stream ends without metadata
 *     stale                    answers, then closes when the next request arrives
 *     early-error[:CODE]       answers 413 while the body is still coming, and closes
 *     content-length-lie[:N]   Content-Length is N (10) too large; a stream lacks its last chunk
 *     interim                  100 and 103 before the answer
 *     big-header[:N]           N (20000) bytes of headers
 *     clock:SECONDS            the service's clock is ahead (+) or behind (-)
 *     junk                     a second answer that nobody asked for
 */
/* clang-format on */
#define _POSIX_C_SOURCE 200809L

#include "async.h"
#include "fault.h"
#include "options.h"
#include "serve.h"
#include "text.h"
#include "tls.h"

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
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define CHILDREN 128
#define BACKLOG  64

static volatile sig_atomic_t must_end;

static void on_signal(int number)
{
    (void)number;
    must_end = 1;
}

/* Without SA_RESTART, so that poll() returns. */
static void catch_signals(void)
{
    struct sigaction action;

    memset(&action, 0, sizeof action);
    action.sa_handler = on_signal;
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGINT, &action, NULL);
    action.sa_handler = SIG_IGN;
    sigaction(SIGPIPE, &action, NULL);
}

static void write_roots(const char *file)
{
    FILE *out = fopen(file, "w");
    struct sim_text pem = {NULL, 0, 0};
    size_t i, at;

    if (out == NULL) {
        perror(file);
        exit(1);
    }
    for (i = 0; i < SIM_ROOTS; i++) {
        sim_text_clear(&pem);
        sim_text_base64(&pem, sim_roots[i].data, sim_roots[i].len);
        fputs("-----BEGIN CERTIFICATE-----\n", out);
        for (at = 0; at < pem.len; at += 64) {
            fprintf(out, "%.64s\n", pem.data + at);
        }
        fputs("-----END CERTIFICATE-----\n", out);
    }
    fclose(out);
    sim_text_free(&pem);
}

static int open_listener(int family, const struct sockaddr *address, socklen_t len)
{
    int fd = socket(family, SOCK_STREAM, 0);
    int one = 1;

    if (fd < 0) {
        return -1;
    }
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (family == AF_INET6) {
        setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &one, sizeof one);
    }
    if (bind(fd, address, len) != 0 || listen(fd, BACKLOG) != 0) {
        close(fd);
        return -1;
    }
    fcntl(fd, F_SETFL, O_NONBLOCK);
    return fd;
}

/* fds[0] listens on IPv4; fds[1] on IPv6, or is -1 where there is none. */
static int listen_on_loopback(struct sim_options *options, int *fds)
{
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;
    socklen_t len = sizeof v4;

    memset(&v4, 0, sizeof v4);
    v4.sin_family = AF_INET;
    v4.sin_port = htons((uint16_t)options->port);
    v4.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    fds[0] = open_listener(AF_INET, (struct sockaddr *)&v4, sizeof v4);
    if (fds[0] < 0 || getsockname(fds[0], (struct sockaddr *)&v4, &len) != 0) {
        perror("simulator: cannot listen on 127.0.0.1");
        return -1;
    }
    options->port = ntohs(v4.sin_port);
    memset(&v6, 0, sizeof v6);
    v6.sin6_family = AF_INET6;
    v6.sin6_port = v4.sin_port;
    v6.sin6_addr = in6addr_loopback;
    fds[1] = open_listener(AF_INET6, (struct sockaddr *)&v6, sizeof v6);
    return 0;
}

/* The children, so that they can be ended with us; zero is a free place. */
static pid_t children[CHILDREN];

static void reap(void)
{
    pid_t pid;
    size_t i;

    while ((pid = waitpid(-1, NULL, WNOHANG)) > 0) {
        for (i = 0; i < CHILDREN; i++) {
            if (children[i] == pid) {
                children[i] = 0;
            }
        }
    }
}

static void end_children(void)
{
    size_t i;

    reap();
    for (i = 0; i < CHILDREN; i++) {
        if (children[i] > 0) {
            kill(children[i], SIGKILL);
        }
    }
    while (wait(NULL) > 0) {
    }
}

static void serve_in_child(const struct sim_options *options, const int *listeners, int fd)
{
    size_t i = 0;
    pid_t pid;

    while (i < CHILDREN - 1 && children[i] != 0) {
        i++;
    }
    pid = fork();
    if (pid == 0) {
        signal(SIGTERM, SIG_DFL);
        signal(SIGINT, SIG_DFL);
        close(listeners[0]);
        close(listeners[1]);
        close(STDIN_FILENO);
        close(STDOUT_FILENO);
        fcntl(fd, F_SETFL, 0);
        sim_serve(options, fd);
        exit(0);
    }
    children[i] = pid > 0 ? pid : 0;
    close(fd);
}

/* Whether the end of standard input shall end us. */
static int input_is_leash(void)
{
    struct stat input;

    return fstat(STDIN_FILENO, &input) == 0 && (S_ISFIFO(input.st_mode) || S_ISSOCK(input.st_mode));
}

static int leash_is_cut(const struct pollfd *input)
{
    char byte;

    if (input->fd < 0 || (input->revents & (POLLIN | POLLHUP | POLLERR)) == 0) {
        return 0;
    }
    return read(STDIN_FILENO, &byte, 1) <= 0;
}

static void accept_on(struct sim_options *options, const int *listeners, int listener, int *served)
{
    int fd = accept(listener, NULL, NULL);

    if (fd >= 0) {
        serve_in_child(options, listeners, fd);
        (*served)++;
    }
}

static void run(struct sim_options *options, const int *listeners)
{
    struct pollfd polled[3];
    int served = 0;
    int i;

    polled[0].fd = input_is_leash() ? STDIN_FILENO : -1;
    polled[1].fd = listeners[0];
    polled[2].fd = listeners[1];
    while (!must_end && !(options->once && served > 0)) {
        for (i = 0; i < 3; i++) {
            polled[i].events = POLLIN;
            polled[i].revents = 0;
        }
        poll(polled, 3, 500);
        reap();
        if (leash_is_cut(&polled[0])) {
            return;
        }
        for (i = 1; i < 3; i++) {
            if (polled[i].revents != 0) {
                accept_on(options, listeners, polled[i].fd, &served);
            }
        }
    }
    while (!must_end && options->once && waitpid(-1, NULL, 0) > 0) {
    }
}

int main(int argc, char **argv)
{
    struct sim_options options;
    int listeners[2];

    if (sim_options_parse(&options, argc, argv) != 0) {
        return 2;
    }
    catch_signals();
    if (options.ca_file != NULL) {
        write_roots(options.ca_file);
    }
    sim_fault_share_counters();
    sim_tls_share_sessions();
    sim_async_share();
    if (listen_on_loopback(&options, listeners) != 0) {
        return 1;
    }
    printf("listening 127.0.0.1 %d\n", options.port);
    fflush(stdout);
    run(&options, listeners);
    end_children();
    return 0;
}
