/* SPDX-License-Identifier: MIT */
/* Status lines, header lines, interim heads, limits and the line buffer. */
#include "check.h"

#define OK       "HTTP/1.1 200 OK\r\n"
#define EMPTY    "Content-Length: 0\r\n\r\n"
#define STATUS   "\nstatus 1.1 200 OK"
#define NO_BYTES "\nheader Content-Length=0\nframing length\nlength 0"

static void status_lines(void)
{
    static const struct http_case cases[] = {
        {"plain", OK EMPTY, STATUS NO_BYTES "\nend 38 keep"},
        {"no reason", "HTTP/1.1 200 \r\n" EMPTY, "\nstatus 1.1 200 " NO_BYTES "\nend 36 keep"},
        {"no reason and no space", "HTTP/1.1 200\r\n" EMPTY,
         "\nstatus 1.1 200 " NO_BYTES "\nend 35 keep"},
        {"reason with spaces", "HTTP/1.1 200  a\tb \r\n" EMPTY,
         "\nstatus 1.1 200  a\tb " NO_BYTES "\nend 41 keep"},
        {"reason beyond ASCII", "HTTP/1.1 404 \xc3\xa4\xff\r\n" EMPTY,
         "\nstatus 1.1 404 \xc3\xa4\xff" NO_BYTES "\nend 39 keep"},
        {"largest status", "HTTP/1.1 999 x\r\n" EMPTY,
         "\nstatus 1.1 999 x" NO_BYTES "\nend 37 keep"},
        {"version 1.0", "HTTP/1.0 200 OK\r\n" EMPTY,
         "\nstatus 1.0 200 OK" NO_BYTES "\nend 38 close"},
        {"status 099", "HTTP/1.1 099 x\r\n" EMPTY, "\nerror"},
        {"status 000", "HTTP/1.1 000 x\r\n" EMPTY, "\nerror"},
        {"status 101", "HTTP/1.1 101 x\r\n\r\n", "\nerror"},
        {"two digits", "HTTP/1.1 20 OK\r\n\r\n", "\nerror"},
        {"four digits", "HTTP/1.1 2000 OK\r\n\r\n", "\nerror"},
        {"letters", "HTTP/1.1 2x0 OK\r\n\r\n", "\nerror"},
        {"sign", "HTTP/1.1 -20 OK\r\n\r\n", "\nerror"},
        {"no space behind the status", "HTTP/1.1 200OK\r\n\r\n", "\nerror"},
        {"tab behind the status", "HTTP/1.1 200\tOK\r\n\r\n", "\nerror"},
        {"version 1.2", "HTTP/1.2 200 OK\r\n\r\n", "\nerror"},
        {"version 1.9", "HTTP/1.9 200 OK\r\n\r\n", "\nerror"},
        {"version 2.0", "HTTP/2.0 200 OK\r\n\r\n", "\nerror"},
        {"version 0.9", "HTTP/0.9 200 OK\r\n\r\n", "\nerror"},
        {"version 1.10", "HTTP/1.10 200 OK\r\n\r\n", "\nerror"},
        {"version 1", "HTTP/1 200 OK\r\n\r\n", "\nerror"},
        {"version 1.x", "HTTP/1.x 200 OK\r\n\r\n", "\nerror"},
        {"version 1./", "HTTP/1./ 200 OK\r\n\r\n", "\nerror"},
        {"no version", "HTTP 200 OK\r\n\r\n", "\nerror"},
        {"lower case", "http/1.1 200 OK\r\n\r\n", "\nerror"},
        {"another protocol", "ICY 200 OK\r\n\r\n", "\nerror"},
        {"two spaces", "HTTP/1.1  200 OK\r\n\r\n", "\nerror"},
        {"tab", "HTTP/1.1\t200 OK\r\n\r\n", "\nerror"},
        {"leading space", " HTTP/1.1 200 OK\r\n\r\n", "\nerror"},
        {"leading empty line", "\r\n" OK EMPTY, "\nerror"},
        {"only an empty line", "\r\n", "\nerror"},
        {"leading bare LF", "\n" OK EMPTY, "\nerror"},
        {"bare LF", "HTTP/1.1 200 OK\nContent-Length: 0\r\n\r\n", "\nerror"},
        {"bare CR", "HTTP/1.1 200 OK\rContent-Length: 0\r\n\r\n", "\nerror"},
        {"two CRs", "HTTP/1.1 200 OK\r\r\n\r\n", "\nerror"},
        {"bell in the reason", "HTTP/1.1 200 \a\r\n\r\n", "\nerror"},
        {"a page of HTML", "<!DOCTYPE html>\r\n<html>", "\nerror"},
        {"HTML without a line end", "<html>Sign in to the network</html>", "\nincomplete"},
        {"nothing", "", "\nincomplete"},
    };

    CHECK_CASES(cases);
}

static void header_lines(void)
{
    static const struct http_case cases[] = {
        {"plain", OK "A: b\r\n" EMPTY, STATUS "\nheader A=b" NO_BYTES "\nend 44 keep"},
        {"no space", OK "A:b\r\n" EMPTY, STATUS "\nheader A=b" NO_BYTES "\nend 43 keep"},
        {"much space", OK "A: \t  b \tc\t \t\r\n" EMPTY,
         STATUS "\nheader A=b \tc" NO_BYTES "\nend 53 keep"},
        {"empty value", OK "A:\r\n" EMPTY, STATUS "\nheader A=" NO_BYTES "\nend 42 keep"},
        {"only space", OK "A: \t \r\n" EMPTY, STATUS "\nheader A=" NO_BYTES "\nend 45 keep"},
        {"colons", OK "A:: b:c:\r\n" EMPTY, STATUS "\nheader A=: b:c:" NO_BYTES "\nend 48 keep"},
        {"every kind of name", OK "aZ09!#$%&'*+-.^_`|~: x\r\n" EMPTY,
         STATUS "\nheader aZ09!#$%&'*+-.^_`|~=x" NO_BYTES "\nend 62 keep"},
        {"names repeat", OK "A: 1\r\na: 2\r\nA: 3\r\n" EMPTY,
         STATUS "\nheader A=1\nheader a=2\nheader A=3" NO_BYTES "\nend 56 keep"},
        {"no headers", OK "\r\n", STATUS "\nframing close\nend 19 close"},
        {"space before the colon", OK "A : b\r\n\r\n", STATUS "\nerror"},
        {"tab before the colon", OK "A\t: b\r\n\r\n", STATUS "\nerror"},
        {"no colon", OK "Abc\r\n\r\n", STATUS "\nerror"},
        {"no name", OK ": b\r\n\r\n", STATUS "\nerror"},
        {"space in the name", OK "A b: c\r\n\r\n", STATUS "\nerror"},
        {"no token", OK "A(b): c\r\n\r\n", STATUS "\nerror"},
        {"name beyond ASCII", OK "\xc3\xa4: c\r\n\r\n", STATUS "\nerror"},
        {"folded line", OK "A: b\r\n c\r\n\r\n", STATUS "\nheader A=b\nerror"},
        {"folded by a tab", OK "A: b\r\n\tc: d\r\n\r\n", STATUS "\nheader A=b\nerror"},
        {"fold before any header", OK " A: b\r\n\r\n", STATUS "\nerror"},
        {"line of one space", OK " \r\n\r\n", STATUS "\nerror"},
        {"bare LF", OK "A: b\nB: c\r\n\r\n", STATUS "\nerror"},
        {"bare LF as empty line", OK "A: b\r\n\nbody", STATUS "\nheader A=b\nerror"},
        {"bare CR", OK "A: b\rB: c\r\n\r\n", STATUS "\nerror"},
        {"CR before CR LF", OK "A: b\r\r\n\r\n", STATUS "\nerror"},
        {"CR, then LF LF", OK "A: b\rc\n\n", STATUS "\nerror"},
        {"incomplete name", OK "Abc", STATUS "\nincomplete"},
        {"incomplete line", OK "A: b\r", STATUS "\nincomplete"},
        {"incomplete head", OK "A: b\r\n\r", STATUS "\nheader A=b\nincomplete"},
    };

    CHECK_CASES(cases);
}

static int is_token(int c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (c != 0 && c < 128 && strchr("!#$%&'*+-.^_`|~", c) != NULL);
}

/* At each place in a word of the scan, so that none of its lanes differs from the others. */
static void every_byte_in_a_value(void)
{
    int c, at;

    for (c = 0; c < 256; c++) {
        for (at = 0; at < 24; at++) {
            char input[] = OK "A: abcdefghijklmnopqrstuvwx\r\n\r\n";
            char want[] = STATUS "\nheader A=abcdefghijklmnopqrstuvwx\nframing close\nend 48 close";
            int good = (c >= 32 && c != 127) || (c == '\t' && at > 0 && at < 23);
            struct feeding feeding = {0};

            if (c == ' ' || (c == '\t' && !good)) {
                continue;
            }
            test_context("byte %d at %d", c, at);
            input[sizeof OK - 1 + 3 + (size_t)at] = (char)c;
            want[sizeof STATUS - 1 + 10 + (size_t)at] = (char)c;
            feeding.line_cap = 64;
            check_one(input, sizeof input - 1, 0, feeding, good ? want : STATUS "\nerror");
        }
    }
}

static void every_byte_in_a_name(void)
{
    int c;

    for (c = 0; c < 256; c++) {
        char input[] = OK "a?b: v\r\n\r\n";
        char want[] = STATUS "\nheader a?b=v\nframing close\nend 27 close";
        struct feeding feeding = {0};

        test_context("byte %d", c);
        input[sizeof OK - 1 + 1] = (char)c;
        want[sizeof STATUS - 1 + 9] = (char)c;
        feeding.line_cap = 64;
        if (c != ':') {
            check_one(input, sizeof input - 1, 0, feeding, is_token(c) ? want : STATUS "\nerror");
        }
    }
}

static void interim_heads(void)
{
    static const struct http_case cases[] = {
        {"100", "HTTP/1.1 100 Continue\r\n\r\n" OK EMPTY,
         "\ninterim 100" STATUS NO_BYTES "\nend 63 keep"},
        {"several", "HTTP/1.1 100\r\n\r\nHTTP/1.1 103 x\r\nLink: </a>\r\n\r\n" OK EMPTY,
         "\ninterim 100\ninterim 103" STATUS NO_BYTES "\nend 84 keep"},
        {"its framing means nothing",
         "HTTP/1.1 103 x\r\nContent-Length: 5\r\nTransfer-Encoding: gzip\r\n"
         "Connection: close\r\n\r\n" OK EMPTY,
         "\ninterim 103" STATUS NO_BYTES "\nend 119 keep"},
        {"another version", "HTTP/1.0 100 x\r\n\r\n" OK EMPTY,
         "\ninterim 100" STATUS NO_BYTES "\nend 56 keep"},
        {"its headers are checked", "HTTP/1.1 100 x\r\nbad\r\n\r\n" OK EMPTY, "\nerror"},
        {"nothing behind", "HTTP/1.1 100 x\r\n\r\n", "\ninterim 100\nincomplete"},
        {"junk behind", "HTTP/1.1 100 x\r\n\r\njunk\r\n", "\ninterim 100\nerror"},
        {"199 is interim", "HTTP/1.1 199 x\r\n\r\n" OK EMPTY,
         "\ninterim 199" STATUS NO_BYTES "\nend 56 keep"},
    };

    CHECK_CASES(cases);
}

static void number_of_headers(void)
{
    struct trace input = {0};

    repeat(&input, OK, 1);
    repeat(&input, "A: b\r\n", BEDROCK_HTTP_HEADERS_MAX);
    repeat(&input, "\r\n", 1);
    check_long("as many as may be", &input, 64, "\nheader A=b\nframing close\nend 595 close");
    repeat(&input, OK, 1);
    repeat(&input, "A: b\r\n", BEDROCK_HTTP_HEADERS_MAX + 1);
    repeat(&input, "\r\n", 1);
    check_long("one more", &input, 64, "\nheader A=b\nlimit");
    repeat(&input, "HTTP/1.1 100 x\r\nA: b\r\n\r\n", BEDROCK_HTTP_HEADERS_MAX);
    repeat(&input, OK EMPTY, 1);
    check_long("interim heads count", &input, 64, STATUS "\nlimit");
}

static void bytes_of_head(void)
{
    struct trace input = {0};
    size_t rest = BEDROCK_HTTP_HEAD_BYTES_MAX - (sizeof(OK EMPTY) - 1) - 5;

    repeat(&input, OK "A:", 1);
    repeat(&input, "x", rest);
    repeat(&input, " \r\n" EMPTY, 1);
    check_long("as many as may be", &input, 64, NO_BYTES "\nend 65536 keep");
    repeat(&input, OK "A:", 1);
    repeat(&input, "x", rest + 1);
    repeat(&input, " \r\n" EMPTY, 1);
    check_long("one more", &input, 64, "\nheader Content-Length=0\nlimit");
    repeat(&input, OK "A:", 1);
    repeat(&input, "x", BEDROCK_HTTP_HEAD_BYTES_MAX);
    check_long("a line without end", &input, 64, STATUS "\nlimit");
    repeat(&input, "x", BEDROCK_HTTP_HEAD_BYTES_MAX);
    check_long("no line at all, just short enough", &input, 64, "\nincomplete");
    repeat(&input, "x", BEDROCK_HTTP_HEAD_BYTES_MAX);
    check_long("the same in the largest buffer", &input, UINT16_MAX, "\nincomplete");
    repeat(&input, "x", BEDROCK_HTTP_HEAD_BYTES_MAX + 1);
    check_long("no line at all", &input, 64, "\nlimit");
    repeat(&input, "x", BEDROCK_HTTP_HEAD_BYTES_MAX + 1);
    check_long("the same in the largest buffer", &input, UINT16_MAX, "\nlimit");
    repeat(&input, "HTTP/1.1 100 x\r\n\r\n", 4000);
    check_long("interim heads count", &input, 64, "\ninterim 100\nlimit");
}

#define X10 "xxxxxxxxxx"
#define X60 X10 X10 X10 X10 X10 X10

/* With the CR, 64 bytes fit into the line buffer. */
static void line_buffer(void)
{
    static const struct http_case cases[] = {
        {"exactly full", OK "A: " X60 "\r\n" EMPTY,
         STATUS "\nheader A=" X60 NO_BYTES "\nend 103 keep"},
        {"one too long", OK "A: " X60 "x\r\nB: c\r\n" EMPTY,
         STATUS "\nheader B=c" NO_BYTES "\nend 110 keep"},
        {"much too long", OK "A: " X60 X60 X60 "\r\nB: c\r\n" EMPTY,
         STATUS "\nheader B=c" NO_BYTES "\nend 229 keep"},
        {"bad behind what fits", OK "A: " X60 X60 "\x01\r\n" EMPTY, STATUS "\nerror"},
        {"bare CR behind what fits", OK "A: " X60 X60 "\rB\r\n" EMPTY, STATUS "\nerror"},
        {"bare LF behind what fits", OK "A: " X60 X60 "\nB: c\r\n" EMPTY, STATUS "\nerror"},
        {"CR, then a bare LF, behind what fits", OK "A: " X60 X60 "\rB\n" EMPTY, STATUS "\nerror"},
        {"bare CR where the last byte goes", OK "A: " X60 "\rxx\r\n" EMPTY, STATUS "\nerror"},
        {"reason that is cut", "HTTP/1.1 200 " X60 "\r\n" EMPTY,
         "\nstatus 1.1 200 " X10 X10 X10 X10 X10 NO_BYTES "\nend 96 keep"},
        {"reason that just fits", "HTTP/1.1 200 " X10 X10 X10 X10 X10 "\r\n" EMPTY,
         "\nstatus 1.1 200 " X10 X10 X10 X10 X10 NO_BYTES "\nend 86 keep"},
        {"name that fills it", OK X60 "xx: v\r\n" EMPTY, STATUS NO_BYTES "\nend 105 keep"},
        {"name that is too long", OK X60 "xxx: v\r\n" EMPTY, STATUS "\nlimit"},
        {"long line without a colon", OK X60 X60 "\r\n" EMPTY, STATUS "\nlimit"},
        {"long Content-Length", OK "content-length: 0" X60 "\r\n\r\n", STATUS "\nlimit"},
        {"long Transfer-Encoding", OK "Transfer-Encoding: chunked" X60 "\r\n\r\n",
         STATUS "\nlimit"},
        {"long Connection", OK "CONNECTION: keep-alive, " X60 ", close\r\n" EMPTY,
         STATUS "\nlimit"},
        {"padded Content-Length", OK "Content-Length: " X60 "\r\n\r\n", STATUS "\nlimit"},
        {"long Content-Length of an interim head",
         "HTTP/1.1 103 x\r\nContent-Length: " X60 "\r\n\r\n" OK EMPTY,
         "\ninterim 103" STATUS NO_BYTES "\nend 134 keep"},
        {"all that framing needs",
         OK "Transfer-Encoding: chunked\r\nConnection: close, keep-alive\r\n\r\n0\r\n\r\n",
         STATUS "\nheader Transfer-Encoding=chunked\nheader Connection=close, keep-alive"
                "\nframing chunked\nend 83 close"},
    };
    size_t i;

    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        check_bytes(cases[i].name, cases[i].input, strlen(cases[i].input), 0, BEDROCK_HTTP_LINE_MIN,
                    cases[i].want);
    }
}

static void line_buffer_too_small(void)
{
    struct bedrock_http_response response;
    struct bedrock_http_event event;
    const char *in = OK EMPTY;
    const char *end = in + sizeof(OK EMPTY) - 1;
    char line[BEDROCK_HTTP_LINE_MIN];

    bedrock_http_response_init(&response, line, BEDROCK_HTTP_LINE_MIN - 1, 0);
    CHECK_INT(bedrock_http_response_next(&response, &in, end, &event), BEDROCK_E_ARGUMENT);
    CHECK_INT(bedrock_http_response_finish(&response, &event), BEDROCK_E_ARGUMENT);
    CHECK_INT(bedrock_http_response_keep_alive(&response), 0);
}

int main(void)
{
    RUN(status_lines);
    RUN(header_lines);
    RUN(every_byte_in_a_value);
    RUN(every_byte_in_a_name);
    RUN(interim_heads);
    RUN(number_of_headers);
    RUN(bytes_of_head);
    RUN(line_buffer);
    RUN(line_buffer_too_small);
    return test_finish();
}
