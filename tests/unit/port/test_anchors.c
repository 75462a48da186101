/* SPDX-License-Identifier: MIT */
/* Trust anchors from the file that AWS_CA_BUNDLE names. */
#define _POSIX_C_SOURCE 200809L

#include "bedrock/error.h"
#include "bedrock/posix.h"
#include "bedrock/tls.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Self-signed, P-256, made for this test; its key is thrown away. */
static const char root[] = "-----BEGIN CERTIFICATE-----\n"
                           "MIIBjjCCATOgAwIBAgIUEKbPGPVNvlWZv08/ieEN4m3ExX4wCgYIKoZIzj0EAwIw\n"
                           "GzEZMBcGA1UEAwwQQSBSb290IGZvciBUZXN0czAgFw0yNjExMjQyMTAwNTdaGA8y\n"
                           "MTI2MTAzMTIxMDA1N1owGzEZMBcGA1UEAwwQQSBSb290IGZvciBUZXN0czBZMBMG\n"
                           "ByqGSM49AgEGCCqGSM49AwEHA0IABFyNxKB1FO1H9f/gS64HZ7ix+e78d5gxsj/v\n"
                           "pvsFXCRg328/jhjlZitAsz/N5oW8rTf1hRHPRkkrv2P261iTrxSjUzBRMB0GA1Ud\n"
                           "DgQWBBSnH6UPcqc8AUn6p+2nzUl8WUpA5TAfBgNVHSMEGDAWgBSnH6UPcqc8AUn6\n"
                           "p+2nzUl8WUpA5TAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0kAMEYCIQDc\n"
                           "Dj/jdlrjPV/rgM7R5OWsuaG8XA2AOnm4uARgZsvz0QIhAOvKQiRPH4QpWZIZXR6m\n"
                           "5dq5bZKo4cNZp6OyigpFMMr1\n"
                           "-----END CERTIFICATE-----\n";

static char path[] = "/tmp/bedrock-anchors-XXXXXX";
static struct bedrock_anchors anchors;

static FILE *fill(void)
{
    FILE *file = fopen(path, "wb");

    if (file == NULL) {
        perror(path);
        exit(1);
    }
    return file;
}

static int read_anchors(void)
{
    anchors.table = path;
    anchors.count = 77;
    return bedrock_posix_anchors(&anchors);
}

static void check_fails(void)
{
    CHECK_INT(read_anchors(), BEDROCK_E_ANCHORS);
    CHECK_INT(anchors.count, 0);
    CHECK(anchors.table == NULL);
}

/* What was read lives as long as the program. It is kept in sight, as a program would, so that a
 * leak checker does not mind. */
static void check_reads(size_t count)
{
    static struct bedrock_anchors kept[3];
    static size_t kept_count;

    CHECK_INT(read_anchors(), BEDROCK_OK);
    CHECK_INT(anchors.count, count);
    CHECK(anchors.table != NULL);
    REQUIRE(kept_count < 3);
    kept[kept_count++] = anchors;
    CHECK_INT(kept[0].count, 1); /* The first ones read are still what they were. */
}

static void unset_means_none(void)
{
    unsetenv("AWS_CA_BUNDLE");
    CHECK_INT(read_anchors(), BEDROCK_OK);
    CHECK_INT(anchors.count, 0);
    setenv("AWS_CA_BUNDLE", "", 1);
    CHECK_INT(read_anchors(), BEDROCK_OK);
    CHECK_INT(anchors.count, 0);
    setenv("AWS_CA_BUNDLE", path, 1);
}

static void reads_one(void)
{
    FILE *file = fill();

    fputs(root, file);
    fclose(file);
    check_reads(1);
}

/* Longer than any buffer it could be read into at once, and more text than certificates. */
static void reads_many(void)
{
    FILE *file = fill();
    int i;

    for (i = 0; i < 150; i++) {
        fprintf(file, "# Root %d, which is the same as all the others\n%s", i, root);
    }
    fclose(file);
    check_reads(150);
}

static void reads_a_pipe(void)
{
    int ends[2];
    char name[32];
    int i;

    CHECK_INT(pipe(ends), 0);
    for (i = 0; i < 5; i++) {
        CHECK_INT(write(ends[1], root, sizeof root - 1), sizeof root - 1);
    }
    close(ends[1]);
    snprintf(name, sizeof name, "/dev/fd/%d", ends[0]);
    setenv("AWS_CA_BUNDLE", name, 1);
    check_reads(5);
    setenv("AWS_CA_BUNDLE", path, 1);
    close(ends[0]);
}

static void what_cannot_be_read_is_an_error(void)
{
    setenv("AWS_CA_BUNDLE", "/nonexistent/roots.pem", 1);
    check_fails();
    setenv("AWS_CA_BUNDLE", "/tmp", 1);
    check_fails();
    setenv("AWS_CA_BUNDLE", path, 1);
}

static void what_holds_no_certificate_is_an_error(void)
{
    FILE *file = fill();

    fclose(file);
    check_fails();
    file = fill();
    fputs("no certificate at all\n", file);
    fclose(file);
    check_fails();
    file = fill();
    fprintf(file, "%s%.300s", root, root); /* the second one is cut */
    fclose(file);
    check_fails();
}

static void too_much_is_an_error(void)
{
    FILE *file = fill();

    fputs(root, file);
    CHECK_INT(fseek(file, (long)4 << 20, SEEK_SET), 0);
    fputs(root, file);
    fclose(file);
    check_fails();
}

int main(void)
{
    int fd = mkstemp(path);

    if (fd < 0) {
        perror(path);
        return 1;
    }
    close(fd);
    RUN(unset_means_none);
    RUN(reads_one);
    RUN(reads_many);
    RUN(reads_a_pipe);
    RUN(what_cannot_be_read_is_an_error);
    RUN(what_holds_no_certificate_is_an_error);
    RUN(too_much_is_an_error);
    unlink(path);
    return test_finish();
}
