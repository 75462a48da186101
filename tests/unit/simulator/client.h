/* SPDX-License-Identifier: MIT */
/*
 * Runs a simulator and talks to it: an HTTP client as plain as can be, which shares nothing with
 * the library or the simulator. The program is build/tests/simulator, or what $SIMULATOR names.
 */
#ifndef TEST_SIMULATOR_CLIENT_H
#define TEST_SIMULATOR_CLIENT_H

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define ANSWER_CAP 4000000
#define BEARER     "Authorization: Bearer test-bedrock-key\r\n"
#define SAY(text)  "{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"" text "\"}]}]}"

struct simulator {
    pid_t pid;
    int leash; /* closing it ends the program */
    int port;
};

/* The last answer. */
static char answer_raw[ANSWER_CAP]; /* as it came */
static size_t answer_raw_len;
static char answer_body[ANSWER_CAP]; /* without chunks */
static size_t answer_body_len;
static int answer_status;
static int answer_is_complete; /* by its own framing */
static int answer_was_reset;   /* ended by RST */

static inline int simulator_start(struct simulator *simulator, char *const *options)
{
    const char *program = getenv("SIMULATOR") ? getenv("SIMULATOR") : "build/tests/simulator";
    const char *argv[24] = {program, "--plain", "--pace", "0", NULL};
    char line[64] = "";
    int in[2], out[2];
    size_t i;

    for (i = 0; options != NULL && options[i] != NULL && i < 16; i++) {
        argv[4 + i] = options[i];
    }
    if (pipe(in) != 0 || pipe(out) != 0) {
        return -1;
    }
    simulator->pid = fork();
    if (simulator->pid == 0) {
        dup2(in[0], 0);
        dup2(out[1], 1);
        close(in[0]);
        close(in[1]);
        close(out[0]);
        close(out[1]);
        execv(program, (char *const *)argv);
        _exit(127);
    }
    close(in[0]);
    close(out[1]);
    simulator->leash = in[1];
    i = 0;
    while (i < sizeof line - 1 && read(out[0], line + i, 1) == 1 && line[i] != '\n') {
        i++;
    }
    close(out[0]);
    return sscanf(line, "listening 127.0.0.1 %d", &simulator->port) == 1 ? 0 : -1;
}

static inline int simulator_stop(struct simulator *simulator)
{
    int status = -1;

    close(simulator->leash);
    waitpid(simulator->pid, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static inline int client_connect(const struct simulator *simulator)
{
    struct sockaddr_in address;
    int fd = socket(AF_INET, SOCK_STREAM, 0);

    memset(&address, 0, sizeof address);
    address.sin_family = AF_INET;
    address.sin_port = htons((unsigned short)simulator->port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (connect(fd, (struct sockaddr *)&address, sizeof address) != 0) {
        close(fd);
        return -1;
    }
    return fd;
}

/* Removes the chunks of [from, from + len); 1 when the last one was there. */
static inline int client_unchunk(const char *from, size_t len)
{
    const char *end = from + len;

    answer_body_len = 0;
    while (from < end) {
        char *after;
        size_t size = strtoul(from, &after, 16);
        size_t left = (size_t)(end - after);

        if (left < 2 || memcmp(after, "\r\n", 2) != 0) {
            return 0;
        }
        if (size == 0) {
            return left == 4 && memcmp(after, "\r\n\r\n", 4) == 0;
        }
        if (left < size + 4) {
            size = left - 2;
        }
        memcpy(answer_body + answer_body_len, after + 2, size);
        answer_body_len += size;
        from = after + 2 + size + 2;
    }
    return 0;
}

/* Whether the bytes so far are a whole answer; fills status and body. */
static inline int client_parse(void)
{
    const char *end = strstr(answer_raw, "\r\n\r\n");
    const char *length = strstr(answer_raw, "\r\nContent-Length: ");
    size_t body_len;

    answer_status = 0;
    answer_body_len = 0;
    if (end == NULL) {
        return 0;
    }
    answer_status = atoi(answer_raw + 9);
    end += 4;
    body_len = (size_t)(answer_raw + answer_raw_len - end);
    if (strstr(answer_raw, "\r\nTransfer-Encoding: chunked\r\n") != NULL) {
        int is_whole = client_unchunk(end, body_len);

        answer_body[answer_body_len] = '\0';
        return is_whole;
    }
    memcpy(answer_body, end, body_len);
    answer_body[body_len] = '\0';
    answer_body_len = body_len;
    return length != NULL && body_len == strtoul(length + 18, NULL, 10);
}

/* Reads until the answer is whole, the connection ends, or wait_ms pass in silence. */
static inline void client_read(int fd, int wait_ms)
{
    struct pollfd ready = {fd, POLLIN, 0};

    answer_raw_len = 0;
    answer_raw[0] = '\0';
    answer_was_reset = 0;
    answer_is_complete = 0;
    while (!answer_is_complete && poll(&ready, 1, wait_ms) > 0) {
        ssize_t got = recv(fd, answer_raw + answer_raw_len, ANSWER_CAP - 1 - answer_raw_len, 0);

        answer_was_reset = got < 0;
        if (got <= 0) {
            break;
        }
        answer_raw_len += (size_t)got;
        answer_raw[answer_raw_len] = '\0';
        answer_is_complete = client_parse();
    }
}

static inline void client_write(int fd, const char *method, const char *path, const char *headers,
                                const char *body)
{
    size_t cap = strlen(path) + strlen(headers) + strlen(body) + 300;
    char *request = malloc(cap);
    int len = snprintf(request, cap, "%s %s HTTP/1.1\r\n%s", method, path, headers);

    if (strstr(headers, "Host:") == NULL) {
        len += snprintf(request + len, cap - (size_t)len,
                        "Host: bedrock-runtime.us-east-1.amazonaws.com\r\n");
    }
    if (strcmp(method, "GET") != 0) {
        len += snprintf(request + len, cap - (size_t)len,
                        "Content-Type: application/json\r\nContent-Length: %lu\r\n",
                        (unsigned long)strlen(body));
    }
    len += snprintf(request + len, cap - (size_t)len, "\r\n%s", body);
    send(fd, request, (size_t)len, MSG_NOSIGNAL);
    free(request);
}

/* One request on a connection of its own. */
static inline int client_call(const struct simulator *simulator, const char *method,
                              const char *path, const char *headers, const char *body)
{
    int fd = client_connect(simulator);

    client_write(fd, method, path, headers, body);
    client_read(fd, 3000);
    close(fd);
    return answer_status;
}

/* POST with the bearer token; the status. */
static inline int client_post(const struct simulator *simulator, const char *path, const char *body)
{
    return client_call(simulator, "POST", path, BEARER, body);
}

/* Sends these bytes as they are. */
static inline int client_raw(const struct simulator *simulator, const char *bytes)
{
    int fd = client_connect(simulator);

    send(fd, bytes, strlen(bytes), MSG_NOSIGNAL);
    client_read(fd, 3000);
    close(fd);
    return answer_status;
}

static inline int answer_has(const char *text)
{
    return strstr(answer_body, text) != NULL;
}

static inline int head_has(const char *text)
{
    const char *at = strstr(answer_raw, text);
    const char *end = strstr(answer_raw, "\r\n\r\n");

    return at != NULL && end != NULL && at < end;
}

#endif
