/* SPDX-License-Identifier: MIT */
/* Turns that are written block by block, at every size of memory. */
#include "unit/client/request.h"

#include "bedrock/history.h"

#include <stdio.h>

#define GUARD 16

static char memory[2048 + GUARD];
static struct bedrock_history history;

#define USER(text)  "{\"role\":\"user\",\"content\":[{\"text\":\"" text "\"}]}"
#define MODEL(text) "{\"role\":\"assistant\",\"content\":[{\"text\":\"" text "\"}]}"

static void begin(size_t cap)
{
    memset(memory, '#', sizeof memory);
    bedrock_history_init(&history, memory, cap);
}

static int add(const char *role, const char *text)
{
    const struct bedrock_content content[] = {BEDROCK_TEXT(text)};

    return bedrock_history_add(&history, &(struct bedrock_message){role, {content, 1}});
}

/* A whole block; what went wrong first, and then it is dropped. */
static int put_block(const char *text)
{
    struct bedrock_json_writer *json;
    int status = bedrock_history_begin_block(&history, &json);

    if (status == 0) {
        bedrock_json_begin_object(json);
        bedrock_json_put_key(json, "text");
        bedrock_json_put_text(json, text);
        bedrock_json_end_object(json);
        status = bedrock_history_end_block(&history);
    }
    if (status != 0) {
        bedrock_history_drop_block(&history);
    }
    return status;
}

static void check(const char *want)
{
    size_t i;

    CHECK_BYTES(memory, history.len, want, strlen(want));
    for (i = history.cap; i < history.cap + GUARD; i++) {
        CHECK(memory[i] == '#');
    }
}

static void check_rendered(const char *turns)
{
    char want[1024];

    snprintf(want, sizeof want, "{\"messages\":[%s]}", turns);
    check_request(&(struct bedrock_converse){.history = &history}, want);
}

#define TWO "{\"role\":\"user\",\"content\":[{\"text\":\"a\"},{\"text\":\"\\\"b\\\"\"}]}"

static void block_by_block(void)
{
    begin(2048);
    CHECK_INT(bedrock_history_begin_turn(&history, 0), 0);
    check("");
    CHECK_INT(put_block("a"), 0);
    CHECK_INT(put_block("\"b\""), 0);
    check("");
    CHECK_INT(bedrock_history_end_turn(&history), 0);
    check(TWO);
    check_rendered(TWO);
    CHECK_INT(add("assistant", "x"), 0);
    CHECK_INT(bedrock_history_begin_turn(&history, 0), 0);
    CHECK_INT(put_block("a"), 0);
    check_rendered(TWO "," MODEL("x")); /* what is open is not sent */
    CHECK_INT(bedrock_history_end_turn(&history), 0);
    check(TWO "," MODEL("x") "," USER("a"));
}

static void a_block_is_taken_back(void)
{
    struct bedrock_json_writer *json;

    begin(2048);
    CHECK_INT(bedrock_history_begin_turn(&history, 0), 0);
    CHECK_INT(bedrock_history_begin_block(&history, &json), 0);
    bedrock_json_begin_array(json);
    bedrock_history_drop_block(&history);
    CHECK_INT(bedrock_history_end_turn(&history), BEDROCK_E_ARGUMENT); /* still empty */
    CHECK_INT(put_block("a"), 0);
    CHECK_INT(put_block("\xff"), BEDROCK_E_UTF8);
    CHECK_INT(bedrock_history_begin_block(&history, &json), 0);
    CHECK_INT(bedrock_json_put_key(json, "x"), BEDROCK_E_STATE);
    CHECK_INT(bedrock_history_end_block(&history), BEDROCK_E_STATE);
    CHECK_INT(bedrock_history_end_turn(&history), BEDROCK_E_STATE); /* the block is open */
    bedrock_history_drop_block(&history);
    bedrock_history_drop_block(&history); /* there is none */
    CHECK_INT(put_block("\"b\""), 0);
    CHECK_INT(bedrock_history_end_turn(&history), 0);
    check(TWO);
}

static void what_is_no_block(void)
{
    static const char *const values[] = {"", "{", "{}{}", "{\"a\":}", "nul"};
    struct bedrock_json_writer *json;
    size_t i, depth;

    begin(2048);
    CHECK_INT(bedrock_history_begin_turn(&history, 0), 0);
    for (i = 0; i < sizeof values / sizeof values[0]; i++) {
        test_context("%s", values[i]);
        CHECK_INT(bedrock_history_begin_block(&history, &json), 0);
        bedrock_output_text(json->out, values[i]); /* behind the writer's back */
        CHECK(bedrock_history_end_block(&history) < 0);
        bedrock_history_drop_block(&history);
    }
    for (depth = BEDROCK_JSON_DEPTH - 5; depth <= BEDROCK_JSON_DEPTH; depth++) {
        test_context("depth %d", (int)depth);
        CHECK_INT(bedrock_history_begin_block(&history, &json), 0);
        for (i = 0; i < depth; i++) {
            bedrock_json_begin_array(json);
        }
        for (i = 0; i < depth; i++) {
            bedrock_json_end_array(json);
        }
        CHECK_INT(bedrock_history_end_block(&history),
                  depth <= BEDROCK_JSON_DEPTH - 4 ? 0 : BEDROCK_E_JSON_DEPTH);
        bedrock_history_drop_block(&history);
    }
    test_context(NULL);
    CHECK_INT(bedrock_history_end_turn(&history), 0);
    CHECK_INT(render_request(rendering_whole(&(struct rendering){0}),
                             &(struct bedrock_converse){.history = &history}),
              0);
}

static void not_their_turn(void)
{
    const struct bedrock_event start = {.type = BEDROCK_EVENT_MESSAGE_START};
    struct bedrock_json_writer *json = &history.json;
    int block;

    begin(2048);
    CHECK_INT(bedrock_history_begin_block(&history, &json), BEDROCK_E_STATE);
    CHECK(json == NULL);
    CHECK_INT(bedrock_history_end_block(&history), BEDROCK_E_STATE);
    CHECK_INT(bedrock_history_end_turn(&history), BEDROCK_E_STATE);
    bedrock_history_drop_block(&history);
    check("");
    for (block = 0; block < 2; block++) {
        CHECK_INT(bedrock_history_begin_turn(&history, 0), 0);
        CHECK_INT(block ? bedrock_history_begin_block(&history, &json) : 0, 0);
        CHECK_INT(bedrock_history_begin_turn(&history, 0), BEDROCK_E_STATE);
        CHECK_INT(bedrock_history_event(&history, &start), BEDROCK_E_STATE);
        CHECK_INT(bedrock_history_trim(&history, 0), BEDROCK_E_STATE);
        CHECK_INT(add("user", "x"), BEDROCK_E_STATE);
        CHECK_INT(block ? bedrock_history_begin_block(&history, &json) : BEDROCK_E_STATE,
                  BEDROCK_E_STATE);
        bedrock_history_rollback(&history);
        check("");
    }
    CHECK_INT(bedrock_history_event(&history, &start), 0);
    CHECK_INT(bedrock_history_begin_turn(&history, 0), BEDROCK_E_STATE);
    bedrock_history_drop_block(&history); /* of an answer nothing can be dropped */
    CHECK_INT(history.open, 1);
    bedrock_history_rollback(&history);
    CHECK_INT(add("user", "x"), 0);
}

static void every_size(void)
{
    size_t len = strlen(USER("q") "," TWO), cap;

    for (cap = strlen(USER("q")); cap <= len + 1; cap++) {
        int status, first;

        test_context("%d bytes", (int)cap);
        begin(cap);
        CHECK_INT(add("user", "q"), 0);
        status = bedrock_history_begin_turn(&history, 0);
        CHECK(status == 0 || status == BEDROCK_E_BUFFER);
        first = put_block("a");
        put_block("\"b\"");
        status = bedrock_history_end_turn(&history);
        CHECK(status == 0 || first != 0 || status == BEDROCK_E_BUFFER);
        if (status != 0) {
            bedrock_history_rollback(&history);
            CHECK_INT(history.len, 0);
        } else if (cap < len) {
            CHECK(strstr(memory, USER("q") ",{\"role\":\"user\",\"content\":[{\"text\":\"") ==
                  memory);
        } else {
            check(USER("q") "," TWO);
        }
        check_request(&(struct bedrock_converse){.model_id = "m"}, "{}");
        CHECK(memory[cap] == '#');
    }
    test_context(NULL);
}

/* Room is made before: oldest exchanges go, but not the question that the turn belongs to. */
static void room_is_made_before(void)
{
    size_t cap = strlen(USER("1") "," MODEL("a") "," USER("2") "," MODEL("b")) + 60;

    begin(cap);
    CHECK_INT(add("user", "1"), 0);
    CHECK_INT(add("assistant", "a"), 0);
    CHECK_INT(add("user", "2"), 0);
    CHECK_INT(add("assistant", "b"), 0);
    CHECK_INT(bedrock_history_begin_turn(&history, 59), 0); /* and a comma */
    bedrock_history_rollback(&history);
    history.last_add = 0;
    begin(cap);
    CHECK_INT(add("user", "1"), 0);
    CHECK_INT(add("assistant", "a"), 0);
    CHECK_INT(add("user", "2"), 0);
    CHECK_INT(add("assistant", "b"), 0);
    CHECK_INT(bedrock_history_begin_turn(&history, cap - strlen(USER("2") "," MODEL("b"))),
              BEDROCK_E_BUFFER);
    check(USER("1") "," MODEL("a") "," USER("2") "," MODEL("b"));
    CHECK_INT(bedrock_history_begin_turn(&history, 60), 0);
    check(USER("2") "," MODEL("b"));
    CHECK_INT(put_block("r"), 0);
    CHECK_INT(bedrock_history_end_turn(&history), 0);
    check(USER("2") "," MODEL("b") "," USER("r"));
}

int main(void)
{
    RUN(block_by_block);
    RUN(a_block_is_taken_back);
    RUN(what_is_no_block);
    RUN(not_their_turn);
    RUN(every_size);
    RUN(room_is_made_before);
    return test_finish();
}
