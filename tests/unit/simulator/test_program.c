/* SPDX-License-Identifier: MIT */
/* The simulator as a program: how it ends, and the files that it writes. */
#define _POSIX_C_SOURCE 200809L

#include "client.h"
#include "test.h"

#include <time.h>

#define HELLO SAY("Hello")

static char text[65536];

/* Reads a whole small file into text and removes it. */
static void take_file(const char *name)
{
    FILE *file = fopen(name, "rb");
    size_t len = file != NULL ? fread(text, 1, sizeof text - 1, file) : 0;

    text[len] = '\0';
    if (file != NULL) {
        fclose(file);
    }
    remove(name);
}

static void ends_with_its_leash(void)
{
    struct simulator simulator;

    REQUIRE(simulator_start(&simulator, NULL) == 0);
    CHECK_INT(client_post(&simulator, "/model/m/converse", HELLO), 200);
    CHECK_INT(simulator_stop(&simulator), 0);
    CHECK(client_connect(&simulator) < 0);
}

static void ends_at_a_signal_with_its_children(void)
{
    struct simulator simulator;
    int status = 0;
    int fd;

    REQUIRE(simulator_start(&simulator, NULL) == 0);
    fd = client_connect(&simulator);
    client_write(fd, "POST", "/model/sim.fault.stall-head/converse", BEARER, HELLO);
    client_read(fd, 100);
    kill(simulator.pid, SIGTERM);
    CHECK_INT(waitpid(simulator.pid, &status, 0), simulator.pid);
    CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    client_read(fd, 1000);
    CHECK(recv(fd, text, 1, MSG_DONTWAIT) <= 0);
    close(fd);
    close(simulator.leash);
}

static void ends_after_one_connection(void)
{
    char *options[] = {"--once", NULL};
    struct simulator simulator;
    int status = 0;
    int fd;

    REQUIRE(simulator_start(&simulator, options) == 0);
    fd = client_connect(&simulator);
    client_write(fd, "POST", "/model/m/converse", BEARER, HELLO);
    client_read(fd, 3000);
    CHECK_INT(answer_status, 200);
    close(fd);
    CHECK_INT(waitpid(simulator.pid, &status, 0), simulator.pid);
    CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    close(simulator.leash);
}

static void serves_several_at_once(void)
{
    struct simulator simulator;
    int first, second;

    REQUIRE(simulator_start(&simulator, NULL) == 0);
    first = client_connect(&simulator);
    second = client_connect(&simulator);
    client_write(second, "POST", "/model/m/converse", BEARER, HELLO);
    client_read(second, 3000);
    CHECK_INT(answer_status, 200);
    client_write(first, "POST", "/model/m/converse", BEARER, HELLO);
    client_read(first, 3000);
    CHECK_INT(answer_status, 200);
    close(first);
    close(second);
    CHECK_INT(simulator_stop(&simulator), 0);
}

static void writes_roots_and_requests(void)
{
    char roots[64], dump[64];
    char *options[] = {"--ca", roots, "--dump", dump, NULL};
    struct simulator simulator;
    const char *second;

    snprintf(roots, sizeof roots, "/tmp/simulator-roots-%ld.pem", (long)getpid());
    snprintf(dump, sizeof dump, "/tmp/simulator-dump-%ld.txt", (long)getpid());
    REQUIRE(simulator_start(&simulator, options) == 0);
    client_post(&simulator, "/model/m/converse", HELLO);
    client_post(&simulator, "/model/m/converse", SAY("Bye"));
    CHECK_INT(simulator_stop(&simulator), 0);
    take_file(roots);
    second = strstr(text + 1, "-----BEGIN CERTIFICATE-----\n");
    CHECK(strncmp(text, "-----BEGIN CERTIFICATE-----\n", 28) == 0 && second != NULL);
    CHECK(second != NULL && strstr(second + 1, "-----BEGIN") == NULL);
    take_file(dump);
    CHECK(strncmp(text, "POST /model/m/converse HTTP/1.1\r\n", 33) == 0);
    CHECK(strstr(text, HELLO "\n") != NULL && strstr(text, SAY("Bye") "\n") != NULL);
}

static void paces_its_words(void)
{
    char *options[] = {"--pace", "40", NULL};
    struct timespec from, to;
    struct simulator simulator;

    REQUIRE(simulator_start(&simulator, options) == 0);
    clock_gettime(CLOCK_MONOTONIC, &from);
    client_post(&simulator, "/model/m/converse-stream", HELLO);
    clock_gettime(CLOCK_MONOTONIC, &to);
    CHECK(answer_status == 200 && answer_is_complete);
    CHECK((to.tv_sec - from.tv_sec) * 1000 + (to.tv_nsec - from.tv_nsec) / 1000000 >= 7 * 40);
    CHECK_INT(simulator_stop(&simulator), 0);
}

int main(void)
{
    RUN(ends_with_its_leash);
    RUN(ends_at_a_signal_with_its_children);
    RUN(ends_after_one_connection);
    RUN(serves_several_at_once);
    RUN(writes_roots_and_requests);
    RUN(paces_its_words);
    return test_finish();
}
