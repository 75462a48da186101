/* SPDX-License-Identifier: MIT */
/* A history fed with events as both operations give them, at every size of its memory. */
#include "unit/client/request.h"

#include "bedrock/history.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

/* ------------------------------------------------------------------- events */

#define START                                                                                      \
    {                                                                                              \
        .type = BEDROCK_EVENT_MESSAGE_START                                                        \
    }
#define OPEN(kind)                                                                                 \
    {                                                                                              \
        .type = BEDROCK_EVENT_BLOCK_START, .block = BEDROCK_BLOCK_##kind                           \
    }
#define CLOSE(kind)                                                                                \
    {                                                                                              \
        .type = BEDROCK_EVENT_BLOCK_STOP, .block = BEDROCK_BLOCK_##kind                            \
    }
#define STOP                                                                                       \
    {                                                                                              \
        .type = BEDROCK_EVENT_STOP                                                                 \
    }
#define PIECE(what, of, str)                                                                       \
    {                                                                                              \
        .type = BEDROCK_EVENT_##what, .block = BEDROCK_BLOCK_##of, .text = (str),                  \
        .text_len = sizeof(str) - 1                                                                \
    }
#define SAY(str)    PIECE(TEXT, TEXT, str)
#define THINK(str)  PIECE(REASONING, REASONING, str)
#define SIGN(str)   PIECE(REASONING_SIGNATURE, REASONING, str)
#define REDACT(str) PIECE(REASONING_REDACTED, REASONING, str)
#define INPUT(str)  PIECE(TOOL_INPUT, TOOL_USE, str)
#define TOOL_STOP(id, called)                                                                      \
    {                                                                                              \
        .type = BEDROCK_EVENT_BLOCK_STOP, .block = BEDROCK_BLOCK_TOOL_USE, .tool_use_id = (id),    \
        .name = (called)                                                                           \
    }
#define RAW_PIECE(called, str, end)                                                                \
    {                                                                                              \
        .type = BEDROCK_EVENT_RAW, .block = BEDROCK_BLOCK_UNKNOWN, .name = (called),               \
        .text = (str), .text_len = sizeof(str) - 1, .last = (end)                                  \
    }

struct answer {
    const char *name;
    const char *content; /* what is kept of it; NULL: nothing */
    struct bedrock_event events[20];
    int status; /* of the answer's last event */
};

#define A_TEXT OPEN(TEXT), SAY("x"), CLOSE(TEXT)

static const struct answer answers[] = {
    {"text",
     "{\"text\":\"Hello, \\\"you\\\"\\n\"}",
     {START, OPEN(TEXT), SAY("Hel"), SAY("lo, \"you\""), SAY("\n"), CLOSE(TEXT), STOP},
     0},
    {"code points in pieces",
     "{\"text\":\"\xc3\xbc\xf0\x9f\x98\x80\"}",
     {START, OPEN(TEXT), SAY("\xc3\xbc"), SAY("\xf0\x9f\x98\x80"), CLOSE(TEXT), STOP},
     0},
    {"two texts",
     "{\"text\":\"x\"},{\"text\":\"y\"}",
     {START, A_TEXT, OPEN(TEXT), SAY("y"), CLOSE(TEXT), STOP},
     0},
    {"what is left out around it",
     "{\"text\":\"x\"}",
     {START, OPEN(TEXT), CLOSE(TEXT), A_TEXT, OPEN(TEXT), SAY(""), CLOSE(TEXT), OPEN(TEXT),
      SAY(" \n"), SAY("\t\r"), CLOSE(TEXT), STOP},
     0},
    {"white space at first",
     "{\"text\":\"\\n x\"}",
     {START, OPEN(TEXT), SAY("\n"), SAY(" x"), CLOSE(TEXT), STOP},
     0},
    {"nothing", NULL, {START, STOP}, 0},
    {"empty text", NULL, {START, OPEN(TEXT), CLOSE(TEXT), STOP}, 0},
    {"blank text", NULL, {START, OPEN(TEXT), SAY("\n\n"), CLOSE(TEXT), STOP}, 0},
    {"cited text",
     "{\"text\":\"cited\"}",
     {START, OPEN(CITATIONS), PIECE(TEXT, CITATIONS, "cited"),
      PIECE(CITATION, CITATIONS, "{\"title\":\"t\"}"), CLOSE(CITATIONS), STOP},
     0},
    {"image and text",
     "{\"text\":\"x\"}",
     {START, OPEN(IMAGE), PIECE(IMAGE, IMAGE, "AAAA"), CLOSE(IMAGE), A_TEXT, STOP},
     0},
    {"image", NULL, {START, OPEN(IMAGE), PIECE(IMAGE, IMAGE, "AAAA"), CLOSE(IMAGE), STOP}, 0},
    {"traces and fields",
     "{\"text\":\"x\"}",
     {START, PIECE(TRACE, UNKNOWN, "{}"), A_TEXT, PIECE(RESPONSE_FIELDS, UNKNOWN, "{}"), STOP},
     0},

    {"reasoning",
     "{\"reasoningContent\":{\"reasoningText\":{\"text\":\"h\\\\m\",\"signature\":\"c2ln+/=\"}}},"
     "{\"text\":\"x\"}",
     {START, OPEN(REASONING), THINK("h"), THINK("\\m"), SIGN("c2l"), SIGN("n+/="), CLOSE(REASONING),
      A_TEXT, STOP},
     0},
    {"signature first",
     "{\"reasoningContent\":{\"reasoningText\":{\"signature\":\"c2ln\",\"text\":\"hm\"}}},"
     "{\"text\":\"x\"}",
     {START, OPEN(REASONING), SIGN("c2ln"), THINK("h"), THINK("m"), CLOSE(REASONING), A_TEXT, STOP},
     0},
    {"signature alone",
     "{\"reasoningContent\":{\"reasoningText\":{\"signature\":\"c2ln\",\"text\":\"\"}}},"
     "{\"text\":\"x\"}",
     {START, OPEN(REASONING), SIGN("c2ln"), CLOSE(REASONING), A_TEXT, STOP},
     0},
    {"unsigned",
     "{\"reasoningContent\":{\"reasoningText\":{\"text\":\"hm\"}}},{\"text\":\"x\"}",
     {START, OPEN(REASONING), THINK("hm"), SIGN(""), CLOSE(REASONING), A_TEXT, STOP},
     0},
    {"redacted",
     "{\"reasoningContent\":{\"redactedContent\":\"AAAABB==\"}},{\"text\":\"x\"}",
     {START, OPEN(REASONING), REDACT("AAAA"), REDACT("BB=="), CLOSE(REASONING), A_TEXT, STOP},
     0},
    {"reasoning and nothing else",
     NULL,
     {START, OPEN(REASONING), THINK("hm"), CLOSE(REASONING), STOP},
     0},
    {"reasoning at the end",
     "{\"text\":\"x\"}",
     {START, A_TEXT, OPEN(REASONING), THINK("hm"), SIGN("c2ln"), CLOSE(REASONING), OPEN(REASONING),
      REDACT("AA=="), CLOSE(REASONING), STOP},
     0},
    {"reasoning between",
     "{\"text\":\"x\"},{\"reasoningContent\":{\"reasoningText\":{\"text\":\"hm\"}}},"
     "{\"text\":\"x\"}",
     {START, A_TEXT, OPEN(REASONING), THINK("hm"), CLOSE(REASONING), A_TEXT, STOP},
     0},
    {"thought, signed, thought again",
     "{\"text\":\"x\"}",
     {START, OPEN(REASONING), THINK("a"), SIGN("b"), THINK("c"), CLOSE(REASONING), A_TEXT, STOP},
     0},
    {"thought and redacted in one",
     "{\"text\":\"x\"}",
     {START, OPEN(REASONING), THINK("a"), REDACT("b"), CLOSE(REASONING), A_TEXT, STOP},
     0},

    {"tool",
     "{\"toolUse\":{\"input\":{\"a\": \"}\"},\"toolUseId\":\"t1\",\"name\":\"f\"}}",
     {START, OPEN(TOOL_USE), INPUT(""), INPUT("{\"a\""), INPUT(": \"}"), INPUT("\"}"),
      TOOL_STOP("t1", "f"), STOP},
     0},
    {"tool without input",
     "{\"toolUse\":{\"input\":{},\"toolUseId\":\"t1\",\"name\":\"f\"}}",
     {START, OPEN(TOOL_USE), TOOL_STOP("t1", "f"), STOP},
     0},
    {"tool with empty input",
     "{\"toolUse\":{\"input\":{},\"toolUseId\":\"t1\",\"name\":\"f\"}}",
     {START, OPEN(TOOL_USE), INPUT(""), INPUT(""), TOOL_STOP("t1", "f"), STOP},
     0},
    {"text and two tools",
     "{\"text\":\"x\"},{\"toolUse\":{\"input\":{},\"toolUseId\":\"t1\",\"name\":\"f\"}},"
     "{\"toolUse\":{\"input\":[1],\"toolUseId\":\"t2\",\"name\":\"g\"}}",
     {START, A_TEXT, OPEN(TOOL_USE), INPUT("{}"), TOOL_STOP("t1", "f"), OPEN(TOOL_USE),
      INPUT("[1]"), TOOL_STOP("t2", "g"), STOP},
     0},
    {"tool with half an input",
     NULL,
     {START, A_TEXT, OPEN(TOOL_USE), INPUT("{\"a\":"), TOOL_STOP("t1", "f"), STOP},
     BEDROCK_E_JSON_INCOMPLETE},
    {"tool with more than its input",
     NULL,
     {START, OPEN(TOOL_USE), INPUT("{},\"name\":{}"), TOOL_STOP("t1", "f"), STOP},
     BEDROCK_E_JSON},
    {"tool whose input is not UTF-8",
     NULL,
     {START, OPEN(TOOL_USE), INPUT("\"\xff\""), TOOL_STOP("t1", "f"), STOP},
     BEDROCK_E_JSON_UTF8},
    {"tool without id",
     NULL,
     {START, OPEN(TOOL_USE), TOOL_STOP(NULL, "f"), STOP},
     BEDROCK_E_JSON_SHAPE},
    {"tool without name",
     NULL,
     {START, OPEN(TOOL_USE), TOOL_STOP("t1", ""), STOP},
     BEDROCK_E_JSON_SHAPE},
    {"server's tool and its result",
     "{\"text\":\"x\"}",
     {START, OPEN(SERVER_TOOL_USE), PIECE(TOOL_INPUT, SERVER_TOOL_USE, "{\"q\":"),
      CLOSE(SERVER_TOOL_USE), OPEN(TOOL_RESULT), PIECE(RAW, TOOL_RESULT, "[1]"), CLOSE(TOOL_RESULT),
      A_TEXT, STOP},
     0},
    {"server's tool, as it turns out",
     "{\"text\":\"x\"}",
     {START, A_TEXT, OPEN(TOOL_USE), INPUT("{}"), CLOSE(SERVER_TOOL_USE), STOP},
     0},

    {"unknown block",
     "{\"newKind\":{\"a\":[1]}},{\"text\":\"x\"}",
     {START, OPEN(UNKNOWN), RAW_PIECE("newKind", "{\"a\":", 0), RAW_PIECE("newKind", "[1]}", 1),
      CLOSE(UNKNOWN), A_TEXT, STOP},
     0},
    {"unknown block that ends in an empty piece",
     "{\"newKind\":1}",
     {START, OPEN(UNKNOWN), RAW_PIECE("newKind", "1", 0), RAW_PIECE("newKind", "", 1),
      CLOSE(UNKNOWN), STOP},
     0},
    {"unknown block of several values",
     "{\"text\":\"x\"}",
     {START, OPEN(UNKNOWN), RAW_PIECE("newKind", "1", 1), RAW_PIECE("newKind", "2", 1),
      CLOSE(UNKNOWN), A_TEXT, STOP},
     0},
    {"unknown block that does not end",
     "{\"text\":\"x\"}",
     {START, OPEN(UNKNOWN), RAW_PIECE("newKind", "1", 0), CLOSE(UNKNOWN), A_TEXT, STOP},
     0},
    {"unknown block without name",
     "{\"text\":\"x\"}",
     {START, OPEN(UNKNOWN), RAW_PIECE(NULL, "1", 1), CLOSE(UNKNOWN), A_TEXT, STOP},
     0},
    {"unknown block that is no JSON",
     "{\"text\":\"x\"}",
     {START, OPEN(UNKNOWN), RAW_PIECE("newKind", "1}", 1), CLOSE(UNKNOWN), A_TEXT, STOP},
     0},
    {"unknown event in a text",
     "{\"text\":\"xy\"}",
     {START, OPEN(TEXT), SAY("x"), RAW_PIECE("newEvent", "{}", 0), RAW_PIECE("newEvent", "", 1),
      SAY("y"), CLOSE(TEXT), STOP},
     0},
    {"unknown event before a tool's input",
     "{\"toolUse\":{\"input\":{},\"toolUseId\":\"t1\",\"name\":\"f\"}}",
     {START, OPEN(TOOL_USE), RAW_PIECE("newEvent", "1", 1), INPUT("{}"), TOOL_STOP("t1", "f"),
      STOP},
     0},
    {"unknown event between blocks",
     "{\"text\":\"x\"}",
     {START, RAW_PIECE("newEvent", "{}", 1), A_TEXT, RAW_PIECE("newEvent", "{}", 1), STOP},
     0},

    {"a block that was not closed",
     "{\"text\":\"x\"}",
     {START, OPEN(TEXT), SAY("y"), A_TEXT, OPEN(TEXT), SAY("z"), STOP},
     0},
    {"text that is not UTF-8",
     NULL,
     {START, OPEN(TEXT), SAY("\xff"), CLOSE(TEXT), STOP},
     BEDROCK_E_UTF8},
    {"text that ends in half a code point",
     NULL,
     {START, OPEN(TEXT), SAY("a\xc3"), CLOSE(TEXT), STOP},
     BEDROCK_E_UTF8},
};

/* ------------------------------------------------------------------ helpers */

#define GUARD 16

static char memory[2048 + GUARD];
static struct bedrock_history history;

/* A history in `cap` bytes, with a fence behind them. */
static void begin(size_t cap)
{
    memset(memory, '#', sizeof memory);
    bedrock_history_init(&history, memory, cap);
}

static int fence_stands(void)
{
    size_t i;

    for (i = history.cap; i < history.cap + GUARD; i++) {
        if (memory[i] != '#') {
            return 0;
        }
    }
    return history.len <= history.cap;
}

static int add_user(const char *text)
{
    return bedrock_history_add(&history, &(struct bedrock_message)BEDROCK_USER(text));
}

static int add_result(const char *id)
{
    return bedrock_history_add(
        &history,
        &(struct bedrock_message)BEDROCK_USER_CONTENT(
            BEDROCK_TOOL_RESULT(.tool_use_id = id, .content = BEDROCK_CONTENT(BEDROCK_TEXT("r")))));
}

/* What an unused event of an answer's array looks like, too: so it ends at the first after STOP. */
static int tell(const struct answer *answer)
{
    const struct bedrock_event *event = answer->events;
    int status = 0;

    for (;; event++) {
        int now = bedrock_history_event(&history, event);

        CHECK(status == 0 || now == status); /* the first error stays */
        status = now;
        CHECK(fence_stands());
        if (event->type == BEDROCK_EVENT_STOP) {
            return status;
        }
    }
}

static void tell_text(const char *text)
{
    const struct bedrock_event events[] = {
        START,
        OPEN(TEXT),
        {.type = BEDROCK_EVENT_TEXT, .text = text, .text_len = strlen(text)},
        CLOSE(TEXT),
        STOP,
    };
    size_t i;

    for (i = 0; i < COUNT(events); i++) {
        CHECK_INT(bedrock_history_event(&history, &events[i]), 0);
    }
}

static void tell_tool(const char *id)
{
    const struct bedrock_event events[] = {START, OPEN(TOOL_USE), TOOL_STOP(id, "f"), STOP};
    size_t i;

    for (i = 0; i < COUNT(events); i++) {
        CHECK_INT(bedrock_history_event(&history, &events[i]), 0);
    }
}

/* The history as a request shows it; the same text in brackets is JSON. */
static void check_turns(const char *want)
{
    static char request[4096];
    size_t len = 0;

    CHECK_BYTES(memory, history.len, want, strlen(want));
    request[len++] = '[';
    memcpy(request + len, memory, history.len);
    len += history.len;
    request[len++] = ']';
    CHECK(is_json(request, len));
    strcpy(request, "{}");
    if (want[0] != '\0') {
        strcpy(request, "{\"messages\":[");
        strcat(request, want);
        strcat(request, "]}");
    }
    check_request(&(struct bedrock_converse){.history = &history}, request);
}

#define USER(text)  "{\"role\":\"user\",\"content\":[{\"text\":\"" text "\"}]}"
#define MODEL(text) "{\"role\":\"assistant\",\"content\":[{\"text\":\"" text "\"}]}"
#define CALL(id)                                                                                   \
    "{\"role\":\"assistant\",\"content\":[{\"toolUse\":{\"input\":{},\"toolUseId\":\"" id          \
    "\",\"name\":\"f\"}}]}"
#define RESULT(id)                                                                                 \
    "{\"role\":\"user\",\"content\":[{\"toolResult\":{\"toolUseId\":\"" id                         \
    "\",\"content\":[{\"text\":\"r\"}]}}]}"

static const char *expected(const struct answer *answer)
{
    static char want[1024];

    strcpy(want, USER("q"));
    if (answer->content != NULL) {
        strcat(want, ",{\"role\":\"assistant\",\"content\":[");
        strcat(want, answer->content);
        strcat(want, "]}");
    }
    return want;
}

/* -------------------------------------------------------------------- tests */

static void test_answers(void)
{
    size_t i;

    for (i = 0; i < COUNT(answers); i++) {
        test_context("%s", answers[i].name);
        begin(2048);
        CHECK_INT(add_user("q"), 0);
        CHECK_INT(tell(&answers[i]), answers[i].status);
        check_turns(expected(&answers[i]));
        bedrock_history_rollback(&history);
        check_turns(answers[i].content != NULL ? expected(&answers[i]) : "");
        CHECK_INT(add_user("more"), 0); /* whatever happened, it goes on */
    }
    test_context(NULL);
}

/* Each answer in every size of memory: all of it or nothing, and never a byte outside. */
static void test_sizes(void)
{
    size_t i, cap, len;

    for (i = 0; i < COUNT(answers); i++) {
        len = strlen(expected(&answers[i]));
        for (cap = strlen(USER("q")); cap <= len + 1 && answers[i].content != NULL; cap++) {
            int status;

            test_context("%s in %u bytes", answers[i].name, (unsigned)cap);
            begin(cap);
            REQUIRE(add_user("q") == 0);
            status = tell(&answers[i]);
            CHECK(status == 0 || status == BEDROCK_E_BUFFER);
            CHECK(status == 0 || cap < len + 200);
            if (status == 0) {
                CHECK_BYTES(memory, history.len, expected(&answers[i]), len);
            } else {
                CHECK_BYTES(memory, history.len, USER("q"), strlen(USER("q")));
                bedrock_history_rollback(&history);
                CHECK_INT(history.len, 0);
                CHECK_INT(bedrock_history_event(&history, &answers[i].events[2]), 0);
            }
            CHECK(fence_stands());
        }
    }
    test_context(NULL);
}

static void test_text_fits_exactly(void)
{
    size_t len = strlen(USER("q") "," MODEL("x")), cap;

    for (cap = 0; cap <= len + 1; cap++) {
        const struct bedrock_event events[] = {START, A_TEXT, STOP};
        int status = 0;
        size_t i;

        test_context("%u bytes", (unsigned)cap);
        begin(cap);
        CHECK_INT(add_user("q"), cap < strlen(USER("q")) ? BEDROCK_E_BUFFER : 0);
        if (history.len == 0) {
            continue;
        }
        for (i = 0; i < COUNT(events); i++) {
            status = bedrock_history_event(&history, &events[i]);
            CHECK(fence_stands());
        }
        CHECK_INT(status, cap < len ? BEDROCK_E_BUFFER : 0);
        CHECK_INT(history.len, cap < len ? strlen(USER("q")) : len);
    }
    test_context(NULL);
}

static void test_add_forgets_oldest(void)
{
    size_t cap = strlen(USER("q") "," MODEL("x") "," USER("q"));

    begin(cap);
    CHECK_INT(add_user("1"), 0);
    tell_text("a");
    CHECK_INT(add_user("2"), 0);
    check_turns(USER("1") "," MODEL("a") "," USER("2"));
    bedrock_history_rollback(&history);
    check_turns(USER("1") "," MODEL("a"));
    CHECK_INT(add_user("22"), 0); /* a byte more: the first exchange goes, all of it */
    check_turns(USER("22"));
    tell_text("b");
    CHECK_INT(add_user("3"), 0);
    check_turns(USER("3"));
    bedrock_history_rollback(&history); /* what was forgotten does not come back */
    check_turns("");
}

static void test_add_too_large(void)
{
    static char large[2048];

    begin(strlen(USER("1") "," MODEL("a")));
    CHECK_INT(add_user("1"), 0);
    tell_text("a");
    memset(large, 'x', sizeof large - 1);
    CHECK_INT(add_user(large), BEDROCK_E_BUFFER);
    check_turns(USER("1") "," MODEL("a"));
    large[history.cap - strlen(USER("")) + 1] = '\0';
    CHECK_INT(add_user(large), BEDROCK_E_BUFFER);
    check_turns(USER("1") "," MODEL("a"));
    large[history.cap - strlen(USER(""))] = '\0'; /* fits when it is alone, to the byte */
    CHECK_INT(add_user(large), 0);
    CHECK_INT(history.len, history.cap);
    CHECK(fence_stands());
}

static void test_add_refused(void)
{
    begin(2048);
    CHECK_INT(add_user("1"), 0);
    tell_text("a");
    CHECK_INT(add_user(""), BEDROCK_E_EMPTY_TEXT);
    CHECK_INT(add_user(" "), BEDROCK_E_EMPTY_TEXT);
    CHECK_INT(add_user("\xff"), BEDROCK_E_UTF8);
    CHECK_INT(bedrock_history_add(&history, &(struct bedrock_message){.role = "user"}),
              BEDROCK_E_ARGUMENT);
    check_turns(USER("1") "," MODEL("a"));
    bedrock_history_rollback(&history);
    check_turns(USER("1") "," MODEL("a"));
}

/* What a request could not hold, because it would stand too deep there, does not come in. */
static void test_depth(void)
{
    char json[200];
    int depth, deepest = 0;

    for (depth = 1; depth <= BEDROCK_JSON_DEPTH; depth++) {
        struct bedrock_event events[] = {START,
                                         OPEN(TOOL_USE),
                                         {.type = BEDROCK_EVENT_TOOL_INPUT,
                                          .block = BEDROCK_BLOCK_TOOL_USE,
                                          .text = json,
                                          .text_len = (size_t)depth * 2},
                                         TOOL_STOP("t", "f"),
                                         STOP};
        int status = 0;
        size_t i;

        memset(json, '[', (size_t)depth);
        memset(json + depth, ']', (size_t)depth);
        begin(2048);
        CHECK_INT(add_user("q"), 0);
        for (i = 0; i < COUNT(events); i++) {
            status = bedrock_history_event(&history, &events[i]);
        }
        if (status == 0) {
            static struct rendering whole;

            deepest = depth;
            CHECK_INT(render_request(rendering_whole(&whole),
                                     &(struct bedrock_converse){.history = &history}),
                      0);
        } else {
            CHECK_INT(status, BEDROCK_E_JSON_DEPTH);
        }
    }
    CHECK_INT(deepest, BEDROCK_JSON_DEPTH - 6);
}

static void test_depth_of_added(void)
{
    char json[200];
    int depth, status, deepest = 0;

    for (depth = 1; depth <= BEDROCK_JSON_DEPTH; depth++) {
        static struct rendering whole;

        memset(json, '[', (size_t)depth);
        memset(json + depth, ']', (size_t)depth);
        begin(2048);
        status = bedrock_history_add(
            &history,
            &(struct bedrock_message)BEDROCK_USER_CONTENT(
                BEDROCK_TOOL_RESULT(.tool_use_id = "t", .content = BEDROCK_CONTENT(BEDROCK_JSON_N(
                                                            json, (size_t)depth * 2)))));
        if (status == 0) {
            deepest = depth;
            CHECK_INT(render_request(rendering_whole(&whole),
                                     &(struct bedrock_converse){.history = &history}),
                      0);
        } else {
            CHECK_INT(status, BEDROCK_E_JSON_DEPTH);
            CHECK_INT(history.len, 0);
        }
    }
    CHECK_INT(deepest, BEDROCK_JSON_DEPTH - 8);
}

static void test_tool_round_trip(void)
{
    begin(2048);
    CHECK_INT(add_user("q"), 0);
    tell_tool("t1");
    CHECK_INT(add_result("t1"), 0);
    tell_text("done");
    check_turns(USER("q") "," CALL("t1") "," RESULT("t1") "," MODEL("done"));
}

/* A failed call in a tool loop takes back the result alone: it can be sent once more. */
static void test_rollback_in_a_loop(void)
{
    const struct bedrock_event half[] = {START, OPEN(TEXT), SAY("hal")};
    size_t i;

    begin(2048);
    CHECK_INT(add_user("q"), 0);
    tell_tool("t1");
    CHECK_INT(add_result("t1"), 0);
    for (i = 0; i < COUNT(half); i++) {
        CHECK_INT(bedrock_history_event(&history, &half[i]), 0);
    }
    CHECK_INT(add_user("no"), BEDROCK_E_STATE);
    CHECK_INT(bedrock_history_trim(&history, 1), BEDROCK_E_STATE);
    bedrock_history_rollback(&history);
    check_turns(USER("q") "," CALL("t1"));
    CHECK_INT(bedrock_history_event(&history, &half[2]), 0); /* too late: nobody is speaking */
    check_turns(USER("q") "," CALL("t1"));
    CHECK_INT(add_result("t1"), 0);
    tell_text("done");
    check_turns(USER("q") "," CALL("t1") "," RESULT("t1") "," MODEL("done"));
}

/* A new answer begins although the last one did not end: a call that was started again. */
static void test_begins_anew(void)
{
    const struct bedrock_event half[] = {START, OPEN(TEXT), SAY("hal")};
    size_t i;

    begin(2048);
    CHECK_INT(add_user("q"), 0);
    for (i = 0; i < COUNT(half); i++) {
        CHECK_INT(bedrock_history_event(&history, &half[i]), 0);
    }
    tell_text("whole");
    check_turns(USER("q") "," MODEL("whole"));
}

/* Trimming at every size: what is left begins with a question and has its answer. */
static void test_trim_in_a_loop(void)
{
    static const char all[] = USER("1") "," CALL("a") "," RESULT("a") "," MODEL("x") "," USER(
        "2") "," CALL("b") "," RESULT("b") "," CALL("c") "," RESULT("c") "," MODEL("y");
    static const char second[] =
        USER("2") "," CALL("b") "," RESULT("b") "," CALL("c") "," RESULT("c") "," MODEL("y");
    size_t room;

    for (room = 0; room <= sizeof memory; room++) {
        size_t cap = sizeof all + 20;

        test_context("room for %u", (unsigned)room);
        begin(cap);
        CHECK_INT(add_user("1"), 0);
        tell_tool("a");
        CHECK_INT(add_result("a"), 0);
        tell_text("x");
        CHECK_INT(add_user("2"), 0);
        tell_tool("b");
        CHECK_INT(add_result("b"), 0);
        tell_tool("c");
        CHECK_INT(add_result("c"), 0);
        tell_text("y");
        CHECK_BYTES(memory, history.len, all, strlen(all));
        CHECK_INT(bedrock_history_trim(&history, room), room > cap ? BEDROCK_E_BUFFER : 0);
        if (room > cap || room + 1 + strlen(all) <= cap) {
            CHECK_BYTES(memory, history.len, all, strlen(all));
        } else if (room + 1 + strlen(second) <= cap) {
            CHECK_BYTES(memory, history.len, second, strlen(second));
        } else {
            CHECK_INT(history.len, 0);
        }
        bedrock_history_rollback(&history); /* takes nothing away: all was answered */
        CHECK(room > cap || room + 1 + strlen(second) > cap || history.len >= strlen(second));
    }
    test_context(NULL);
}

/* Room for an answer is made before the call, and the question that it answers stays. */
static void test_trim_keeps_what_waits(void)
{
    size_t cap = 400;

    begin(cap);
    CHECK_INT(add_user("1"), 0);
    tell_text("x");
    CHECK_INT(add_user("2"), 0);
    CHECK_INT(bedrock_history_trim(&history, cap), BEDROCK_E_BUFFER);
    check_turns(USER("1") "," MODEL("x") "," USER("2"));
    CHECK_INT(bedrock_history_trim(&history, cap - strlen(USER("2")) - 1), 0);
    check_turns(USER("2"));
    tell_tool("t");
    CHECK_INT(add_result("t"), 0);
    CHECK_INT(bedrock_history_trim(&history, cap - 200), BEDROCK_E_BUFFER);
    check_turns(USER("2") "," CALL("t") "," RESULT("t"));
    bedrock_history_rollback(&history);
    check_turns(USER("2") "," CALL("t"));
}

/* A result does not push its own question out; nor does one that has words before it. */
static void test_result_keeps_its_question(void)
{
    const struct bedrock_message late = BEDROCK_USER_CONTENT(
        BEDROCK_TEXT("{\"toolResult\""), BEDROCK_TOOL_RESULT(.tool_use_id = "t"));
    const struct bedrock_message spaced = BEDROCK_USER_CONTENT(
        BEDROCK_RAW("{ \"toolResult\" : {\"toolUseId\":\"t\",\"content\":[]} }"));
    const struct bedrock_message quoted = BEDROCK_USER_CONTENT(BEDROCK_TEXT("{\"toolResult\":1}"));
    const struct bedrock_message *const results[] = {&late, &spaced};
    size_t i;

    for (i = 0; i < COUNT(results); i++) {
        test_context("result %u", (unsigned)i);
        begin(strlen(USER("1") "," MODEL("x") "," USER("2") "," CALL("t")) + 60);
        CHECK_INT(add_user("1"), 0);
        tell_text("x");
        CHECK_INT(add_user("2"), 0);
        tell_tool("t");
        CHECK_INT(bedrock_history_add(&history, results[i]), 0);
        CHECK(strncmp(memory, USER("2") "," CALL("t"), strlen(USER("2") "," CALL("t"))) == 0);
        tell_text("y");
        CHECK_INT(bedrock_history_trim(&history, 150), 0);
        CHECK_INT(history.len, 0); /* it does not begin with the result */
    }
    test_context(NULL);
    begin(strlen(USER("1") "," MODEL("x")) + 10);
    CHECK_INT(add_user("1"), 0);
    tell_text("x");
    CHECK_INT(bedrock_history_add(&history, &quoted), 0); /* only speaks of a result */
    check_turns("{\"role\":\"user\",\"content\":[{\"text\":\"{\\\"toolResult\\\":1}\"}]}");
}

/* An answer that the caller wrote, and a system's turn, are no beginning either. */
static void test_other_beginnings(void)
{
    begin(400);
    CHECK_INT(bedrock_history_add(&history, &(struct bedrock_message)BEDROCK_ASSISTANT("a")), 0);
    CHECK_INT(add_user("1"), 0);
    tell_text("x");
    CHECK_INT(bedrock_history_trim(&history, 400 - history.len), 0);
    check_turns(USER("1") "," MODEL("x"));
    CHECK_INT(bedrock_history_add(&history, &(struct bedrock_message){.role = "system",
                                                                      .content = BEDROCK_CONTENT(
                                                                          BEDROCK_TEXT("s"))}),
              0);
    CHECK_INT(bedrock_history_trim(&history, 400 - history.len), BEDROCK_E_BUFFER);
    bedrock_history_rollback(&history);
    check_turns(USER("1") "," MODEL("x"));
}

/* Two hundred exchanges in little memory: it is always what was said last, and always whole. */
static void test_long_conversation(void)
{
    char text[16], want[128];
    int i, n = 0;

    begin(300);
    for (i = 0; i < 200; i++) {
        text[0] = (char)('a' + i % 26);
        memset(text + 1, '"', (size_t)(i % 7));
        text[1 + i % 7] = '\0';
        CHECK_INT(add_user(text), 0);
        CHECK_INT(bedrock_history_trim(&history, 100), 0);
        tell_text(i % 5 == 0 ? "yes" : "no \\ \" no");
        n += memcmp(memory, "{\"role\":\"user\"", 14) == 0;
        strcpy(want, i % 5 == 0 ? "yes\"}]}" : "no \\\\ \\\" no\"}]}");
        CHECK(history.len >= strlen(want) &&
              memcmp(memory + history.len - strlen(want), want, strlen(want)) == 0);
        CHECK(fence_stands());
    }
    CHECK_INT(n, 200);
    check_request(&(struct bedrock_converse){.model_id = "m"}, "{}");
}

int main(void)
{
    RUN(test_answers);
    RUN(test_sizes);
    RUN(test_text_fits_exactly);
    RUN(test_add_forgets_oldest);
    RUN(test_add_too_large);
    RUN(test_add_refused);
    RUN(test_depth);
    RUN(test_depth_of_added);
    RUN(test_tool_round_trip);
    RUN(test_rollback_in_a_loop);
    RUN(test_begins_anew);
    RUN(test_trim_in_a_loop);
    RUN(test_trim_keeps_what_waits);
    RUN(test_result_keeps_its_question);
    RUN(test_other_beginnings);
    RUN(test_long_conversation);
    return test_finish();
}
