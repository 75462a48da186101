/* SPDX-License-Identifier: MIT */
/* The framing of bodies: which it is, and where each ends. */
#include "check.h"

#define OK      "HTTP/1.1 200 OK\r\n"
#define STATUS  "\nstatus 1.1 200 OK"
#define CHUNKED OK "Transfer-Encoding: chunked\r\n\r\n" /* 47 bytes */
#define CHUNKS  STATUS "\nheader Transfer-Encoding=chunked\nframing chunked"

static void content_length(void)
{
    static const struct http_case cases[] = {
        {"5", OK "Content-Length: 5\r\n\r\nhello",
         STATUS "\nheader Content-Length=5\nframing length\nlength 5\nbody hello\nend 43 keep"},
        {"0", OK "content-length:0\r\n\r\nnext",
         STATUS "\nheader content-length=0\nframing length\nlength 0\nend 37 keep"},
        {"leading zeros", OK "CONTENT-LENGTH: 0000000000000000000000003\r\n\r\nabc",
         STATUS "\nheader CONTENT-LENGTH=0000000000000000000000003\nframing length\nlength 3"
                "\nbody abc\nend 65 keep"},
        {"the same twice", OK "Content-Length: 2\r\nContent-Length: 02\r\n\r\nok",
         STATUS "\nheader Content-Length=2\nheader Content-Length=02\nframing length\nlength 2"
                "\nbody ok\nend 60 keep"},
        {"short body", OK "Content-Length: 6\r\n\r\nhello",
         STATUS "\nheader Content-Length=6\nframing length\nlength 6\nbody hello\nincomplete"},
        {"line ends in the body", OK "Content-Length: 4\r\n\r\n\r\n\r\n",
         STATUS "\nheader Content-Length=4\nframing length\nlength 4\nbody \r\n\r\n\nend 42 keep"},
        {"2^63 - 1", OK "Content-Length: 9223372036854775807\r\n\r\nx",
         STATUS "\nheader Content-Length=9223372036854775807\nframing length"
                "\nlength 9223372036854775807\nbody x\nincomplete"},
        {"2^63", OK "Content-Length: 9223372036854775808\r\n\r\n", STATUS "\nerror"},
        {"2^64", OK "Content-Length: 18446744073709551616\r\n\r\n", STATUS "\nerror"},
        {"2^64 + 5", OK "Content-Length: 18446744073709551621\r\n\r\nhello", STATUS "\nerror"},
        {"25 digits", OK "Content-Length: 1000000000000000000000005\r\n\r\n", STATUS "\nerror"},
        {"another value", OK "Content-Length: 5\r\nContent-Length: 6\r\n\r\n",
         STATUS "\nheader Content-Length=5\nerror"},
        {"list", OK "Content-Length: 5, 5\r\n\r\nhello", STATUS "\nerror"},
        {"empty", OK "Content-Length:\r\n\r\n", STATUS "\nerror"},
        {"plus", OK "Content-Length: +5\r\n\r\nhello", STATUS "\nerror"},
        {"minus", OK "Content-Length: -5\r\n\r\nhello", STATUS "\nerror"},
        {"hexadecimal", OK "Content-Length: 0x5\r\n\r\nhello", STATUS "\nerror"},
        {"space inside", OK "Content-Length: 5 5\r\n\r\nhello", STATUS "\nerror"},
        {"letters", OK "Content-Length: five\r\n\r\nhello", STATUS "\nerror"},
        {"slash and colon are no digits", OK "Content-Length: 1/\r\n\r\n", STATUS "\nerror"},
        {"colon", OK "Content-Length: 1:\r\n\r\n", STATUS "\nerror"},
        {"not that name", OK "Content-Lengthy: 5\r\n\r\nrest",
         STATUS "\nheader Content-Lengthy=5\nframing close\nbody rest\nend 43 close"},
        {"not that name, though as long", OK "Content-Lengts: 5\r\n\r\nrest",
         STATUS "\nheader Content-Lengts=5\nframing close\nbody rest\nend 42 close"},
    };

    CHECK_CASES(cases);
}

static void transfer_encoding(void)
{
    static const struct http_case cases[] = {
        {"chunked", CHUNKED "0\r\n\r\n", CHUNKS "\nend 52 keep"},
        {"in capitals", OK "TRANSFER-ENCODING:CHUNKED\r\n\r\n0\r\n\r\n",
         STATUS "\nheader TRANSFER-ENCODING=CHUNKED\nframing chunked\nend 51 keep"},
        {"twice", OK "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n",
         STATUS "\nheader Transfer-Encoding=chunked\nerror"},
        {"list", OK "Transfer-Encoding: gzip, chunked\r\n\r\n", STATUS "\nerror"},
        {"list that ends otherwise", OK "Transfer-Encoding: chunked, gzip\r\n\r\n",
         STATUS "\nerror"},
        {"list of one", OK "Transfer-Encoding: chunked,\r\n\r\n", STATUS "\nerror"},
        {"gzip", OK "Transfer-Encoding: gzip\r\n\r\n", STATUS "\nerror"},
        {"identity", OK "Transfer-Encoding: identity\r\n\r\n", STATUS "\nerror"},
        {"empty", OK "Transfer-Encoding:\r\n\r\n", STATUS "\nerror"},
        {"parameter", OK "Transfer-Encoding: chunked;q=1\r\n\r\n", STATUS "\nerror"},
        {"quoted", OK "Transfer-Encoding: \"chunked\"\r\n\r\n", STATUS "\nerror"},
        {"xchunked", OK "Transfer-Encoding: xchunked\r\n\r\n", STATUS "\nerror"},
        {"chunke", OK "Transfer-Encoding: chunke\r\n\r\n", STATUS "\nerror"},
        {"and then a length", OK "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n",
         STATUS "\nheader Transfer-Encoding=chunked\nerror"},
        {"after a length", OK "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
         STATUS "\nheader Content-Length=5\nerror"},
        {"after a length of 0", OK "Content-Length: 0\r\nTransfer-Encoding: chunked\r\n\r\n",
         STATUS "\nheader Content-Length=0\nerror"},
    };

    CHECK_CASES(cases);
}

static void no_body(void)
{
    static const struct http_case cases[] = {
        {"204", "HTTP/1.1 204 x\r\n\r\nnext", "\nstatus 1.1 204 x\nframing none\nend 18 keep"},
        {"204 with a length", "HTTP/1.1 204 x\r\nContent-Length: 5\r\n\r\nnext",
         "\nstatus 1.1 204 x\nheader Content-Length=5\nframing none\nend 37 keep"},
        {"304 with a length", "HTTP/1.1 304 x\r\nContent-Length: 5\r\n\r\nnext",
         "\nstatus 1.1 304 x\nheader Content-Length=5\nframing none\nend 37 keep"},
        {"304 chunked", "HTTP/1.1 304 x\r\nTransfer-Encoding: chunked\r\n\r\nnext",
         "\nstatus 1.1 304 x\nheader Transfer-Encoding=chunked\nframing none\nend 46 keep"},
        {"205 has one", "HTTP/1.1 205 x\r\nContent-Length: 1\r\n\r\n!",
         "\nstatus 1.1 205 x\nheader Content-Length=1\nframing length\nlength 1\nbody !\nend 38 "
         "keep"},
    };
    static const struct http_case heads[] = {
        {"with a length", OK "Content-Length: 5\r\n\r\nnext",
         STATUS "\nheader Content-Length=5\nframing none\nend 38 keep"},
        {"chunked", CHUNKED "5\r\n",
         STATUS "\nheader Transfer-Encoding=chunked\nframing none\nend 47 keep"},
        {"without framing", OK "\r\nnext", STATUS "\nframing none\nend 19 keep"},
        {"behind an interim head", "HTTP/1.1 100 x\r\n\r\n" OK "\r\nnext",
         "\ninterim 100" STATUS "\nframing none\nend 37 keep"},
        {"bad length all the same", OK "Content-Length: x\r\n\r\n", STATUS "\nerror"},
    };
    size_t i;

    CHECK_CASES(cases);
    for (i = 0; i < sizeof heads / sizeof heads[0]; i++) {
        check_bytes(heads[i].name, heads[i].input, strlen(heads[i].input), 1, 512, heads[i].want);
    }
}

static void until_close(void)
{
    static const struct http_case cases[] = {
        {"some", OK "\r\nuntil\r\n\r\nthe end",
         STATUS "\nframing close\nbody until\r\n\r\nthe end\nend 35 close"},
        {"none", OK "\r\n", STATUS "\nframing close\nend 19 close"},
        {"keep-alive does not help", OK "Connection: keep-alive\r\n\r\nabc",
         STATUS "\nheader Connection=keep-alive\nframing close\nbody abc\nend 46 close"},
    };

    CHECK_CASES(cases);
}

static void chunk_sizes(void)
{
    static const struct http_case cases[] = {
        {"one chunk", CHUNKED "5\r\nhello\r\n0\r\n\r\nnext", CHUNKS "\nbody hello\nend 62 keep"},
        {"two chunks", CHUNKED "5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n",
         CHUNKS "\nbody hello world\nend 73 keep"},
        {"hexadecimal", CHUNKED "A\r\n0123456789\r\nb\r\n0123456789a\r\n0\r\n\r\n",
         CHUNKS "\nbody 01234567890123456789a\nend 83 keep"},
        {"two digits", CHUNKED "1f\r\nabcdefghijklmnopqrstuvwxyz01234\r\n0\r\n\r\n",
         CHUNKS "\nbody abcdefghijklmnopqrstuvwxyz01234\nend 89 keep"},
        {"zeros in front", CHUNKED "0000000000000002\r\nok\r\n000\r\n\r\n",
         CHUNKS "\nbody ok\nend 76 keep"},
        {"17 digits", CHUNKED "00000000000000002\r\nok\r\n0\r\n\r\n", CHUNKS "\nerror"},
        {"2^64 - 1", CHUNKED "ffffffffffffffff\r\nx", CHUNKS "\nbody x\nincomplete"},
        {"2^64", CHUNKED "10000000000000000\r\nx", CHUNKS "\nerror"},
        {"2^64 + 1, and a lot behind", CHUNKED "10000000000000001\r\nx\r\n0\r\n\r\nxxxxxxxxxxxxxxx",
         CHUNKS "\nerror"},
        {"data that looks like an end", CHUNKED "7\r\n\r\n0\r\n\r\n\r\n0\r\n\r\n",
         CHUNKS "\nbody \r\n0\r\n\r\n\nend 64 keep"},
        {"no digits", CHUNKED "\r\n0\r\n\r\n", CHUNKS "\nerror"},
        {"no digit", CHUNKED "g\r\nx\r\n0\r\n\r\n", CHUNKS "\nerror"},
        {"slash", CHUNKED "/\r\nx\r\n0\r\n\r\n", CHUNKS "\nerror"},
        {"colon", CHUNKED ":\r\nx\r\n0\r\n\r\n", CHUNKS "\nerror"},
        {"at", CHUNKED "@\r\nx\r\n0\r\n\r\n", CHUNKS "\nerror"},
        {"grave", CHUNKED "`\r\nx\r\n0\r\n\r\n", CHUNKS "\nerror"},
        {"byte 16, which is 0 without bit 4", CHUNKED "\x10\r\nx\r\n0\r\n\r\n", CHUNKS "\nerror"},
        {"prefix", CHUNKED "0x5\r\nhello\r\n0\r\n\r\n", CHUNKS "\nerror"},
        {"sign", CHUNKED "+5\r\nhello\r\n0\r\n\r\n", CHUNKS "\nerror"},
        {"junk behind", CHUNKED "5 5\r\nhello\r\n0\r\n\r\n", CHUNKS "\nerror"},
        {"space behind", CHUNKED "5 \r\nhello\r\n0\r\n\r\n", CHUNKS "\nerror"},
        {"space in front", CHUNKED " 5\r\nhello\r\n0\r\n\r\n", CHUNKS "\nerror"},
        {"bare LF", CHUNKED "5\nhello\r\n0\r\n\r\n", CHUNKS "\nerror"},
        {"bare CR", CHUNKED "5\rhello\r\n0\r\n\r\n", CHUNKS "\nerror"},
        {"bare CR, and a lot behind", CHUNKED "5\r?hello\r\n0\r\n\r\nxxxxxxxxxxxxxxxx",
         CHUNKS "\nerror"},
        {"bare CR behind the data, and a lot behind",
         CHUNKED "5\r\nhello\r?0\r\n\r\nxxxxxxxxxxxxxxxxxxxxx", CHUNKS "\nbody hello\nerror"},
        {"no CR LF behind the data", CHUNKED "5\r\nhello0\r\n\r\n", CHUNKS "\nbody hello\nerror"},
        {"bare LF behind the data", CHUNKED "5\r\nhello\n0\r\n\r\n", CHUNKS "\nbody hello\nerror"},
        {"CR CR LF behind the data", CHUNKED "5\r\nhello\r\r\n0\r\n\r\n",
         CHUNKS "\nbody hello\nerror"},
        {"longer than its size", CHUNKED "4\r\nhello\r\n0\r\n\r\n", CHUNKS "\nbody hell\nerror"},
        {"empty line behind the data", CHUNKED "5\r\nhello\r\n\r\n0\r\n\r\n",
         CHUNKS "\nbody hello\nerror"},
        {"ends in the data", CHUNKED "5\r\nhel", CHUNKS "\nbody hel\nincomplete"},
        {"ends behind the data", CHUNKED "5\r\nhello", CHUNKS "\nbody hello\nincomplete"},
        {"ends behind a chunk", CHUNKED "5\r\nhello\r\n", CHUNKS "\nbody hello\nincomplete"},
        {"ends before the last empty line", CHUNKED "5\r\nhello\r\n0\r\n",
         CHUNKS "\nbody hello\nincomplete"},
        {"ends without a chunk", CHUNKED, CHUNKS "\nincomplete"},
    };

    CHECK_CASES(cases);
}

static void chunk_extensions(void)
{
    static const struct http_case cases[] = {
        {"name", CHUNKED "2;a\r\nok\r\n0\r\n\r\n", CHUNKS "\nbody ok\nend 61 keep"},
        {"values", CHUNKED "2;a=b;c=\"d \\\"e;\"\r\nok\r\n0;last\r\n\r\n",
         CHUNKS "\nbody ok\nend 79 keep"},
        {"white space", CHUNKED "2 \t; a\t=\tb\r\nok\r\n0 ;x\r\n\r\n",
         CHUNKS "\nbody ok\nend 71 keep"},
        {"longer than the line buffer",
         CHUNKED
         "2;xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
         "\r\nok\r\n0\r\n\r\n",
         CHUNKS "\nbody ok\nend 144 keep"},
        {"alone", CHUNKED ";a=b\r\nok\r\n0\r\n\r\n", CHUNKS "\nerror"},
        {"NUL's neighbour", CHUNKED "2;\x01\r\nok\r\n0\r\n\r\n", CHUNKS "\nerror"},
        {"DEL", CHUNKED "2;\x7f\r\nok\r\n0\r\n\r\n", CHUNKS "\nerror"},
        {"bare LF", CHUNKED "2;a\nok\r\n0\r\n\r\n", CHUNKS "\nerror"},
        {"bare CR", CHUNKED "2;a\rb\r\nok\r\n0\r\n\r\n", CHUNKS "\nerror"},
    };
    size_t i;

    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        check_bytes(cases[i].name, cases[i].input, strlen(cases[i].input), 0, BEDROCK_HTTP_LINE_MIN,
                    cases[i].want);
    }
}

static void trailers(void)
{
    static const struct http_case cases[] = {
        {"two", CHUNKED "2\r\nok\r\n0\r\nA: b\r\nX-Sum:  c \r\n\r\nnext",
         CHUNKS "\nbody ok\ntrailer A=b\ntrailer X-Sum=c\nend 77 keep"},
        {"they do not frame", CHUNKED "0\r\nContent-Length: 5\r\nTransfer-Encoding: x\r\n\r\n",
         CHUNKS "\ntrailer Content-Length=5\ntrailer Transfer-Encoding=x\nend 93 keep"},
        {"nor close", CHUNKED "0\r\nConnection: close\r\n\r\n",
         CHUNKS "\ntrailer Connection=close\nend 71 keep"},
        {"no colon", CHUNKED "0\r\njunk\r\n\r\n", CHUNKS "\nerror"},
        {"folded", CHUNKED "0\r\nA: b\r\n c\r\n\r\n", CHUNKS "\ntrailer A=b\nerror"},
        {"bare LF", CHUNKED "0\r\nA: b\r\n\n", CHUNKS "\ntrailer A=b\nerror"},
        {"cut", CHUNKED "0\r\nA: b\r\n", CHUNKS "\ntrailer A=b\nincomplete"},
    };

    CHECK_CASES(cases);
}

static void limits(void)
{
    struct trace input = {0};

    repeat(&input, OK, 1);
    repeat(&input, "A: b\r\n", BEDROCK_HTTP_HEADERS_MAX - 1);
    repeat(&input, "Transfer-Encoding: chunked\r\n\r\n0\r\n", 1);
    repeat(&input, "A: b\r\n", BEDROCK_HTTP_HEADERS_MAX);
    repeat(&input, "\r\n", 1);
    check_long("trailers have a limit of their own", &input, 64, "\ntrailer A=b\nend 1198 keep");
    repeat(&input, CHUNKED "0\r\n", 1);
    repeat(&input, "A: b\r\n", BEDROCK_HTTP_HEADERS_MAX + 1);
    repeat(&input, "\r\n", 1);
    check_long("one trailer too many", &input, 64, "\ntrailer A=b\nlimit");
    repeat(&input, CHUNKED "1;", 1);
    repeat(&input, "x", BEDROCK_HTTP_HEAD_BYTES_MAX - 4);
    repeat(&input, "\r\n!\r\n0\r\n\r\n", 1);
    check_long("long extension", &input, 64, "\nbody !\nend 65591 keep");
    repeat(&input, CHUNKED "1;", 1);
    repeat(&input, "x", BEDROCK_HTTP_HEAD_BYTES_MAX - 3);
    repeat(&input, "\r\n!\r\n0\r\n\r\n", 1);
    check_long("longer extension", &input, 64, "\nframing chunked\nlimit");
    repeat(&input, CHUNKED, 1);
    repeat(&input, "1;extension\r\n!\r\n", 30000);
    repeat(&input, "0\r\n\r\n", 1);
    check_long("many chunks with extensions", &input, 64, "!!!!!!!!!\nend 480052 keep");
    repeat(&input, CHUNKED "1\r\n!", 1);
    repeat(&input, "x", BEDROCK_HTTP_HEAD_BYTES_MAX + 1);
    check_long("no line end behind a chunk", &input, 64, "\nbody !\nlimit");
}

int main(void)
{
    RUN(content_length);
    RUN(transfer_encoding);
    RUN(no_body);
    RUN(until_close);
    RUN(chunk_sizes);
    RUN(chunk_extensions);
    RUN(trailers);
    RUN(limits);
    return test_finish();
}
