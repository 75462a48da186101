/* SPDX-License-Identifier: MIT */
/* A history's turns that are written block by block, in place. See bedrock/history.h. */
#include "client/converse.h"
#include "client/history.h"

/* How deep a block stands in a request: in its array, its turn, the array of turns and the request.
 */
#define BLOCK_DEPTH 4

static const char opening[] = "{\"role\":\"user\",\"content\":[";
static const char closing[] = "]}";

size_t bdk_history_left(const struct bedrock_history *history)
{
    return history->cap - history->len - history->out.count;
}

int bedrock_history_begin_turn(struct bedrock_history *history, size_t room)
{
    size_t least = sizeof opening + sizeof closing - 2;
    int status;

    if (history->open != BDK_HISTORY_CLOSED) {
        return BEDROCK_E_STATE;
    }
    status = bdk_history_make_room(history, room > least ? room : least,
                                   bdk_history_last_beginning(history));
    if (status != BEDROCK_OK) {
        return status;
    }
    bdk_history_begin_output(history);
    history->has_blocks = 0;
    history->open = BDK_HISTORY_TURN;
    return bedrock_output_text(&history->out, opening);
}

int bedrock_history_begin_block(struct bedrock_history *history, struct bedrock_json_writer **json)
{
    *json = NULL;
    if (history->open != BDK_HISTORY_TURN) {
        return BEDROCK_E_STATE;
    }
    *json = &history->json;
    history->block = history->out.count;
    history->open = BDK_HISTORY_TURN_BLOCK;
    bedrock_output_text(&history->out, history->has_blocks ? "," : "");
    history->value = history->out.count;
    bedrock_json_writer_init(&history->json, &history->out);
    return history->out.status;
}

/* The block is looked at as a whole: what a request could not hold must not come in. */
static int check_block(const struct bedrock_history *history)
{
    return bdk_check_json(history->text + history->len + history->value,
                          history->out.count - history->value, BLOCK_DEPTH);
}

int bedrock_history_end_block(struct bedrock_history *history)
{
    int status;

    if (history->open != BDK_HISTORY_TURN_BLOCK) {
        return BEDROCK_E_STATE;
    }
    status = bedrock_json_writer_finish(&history->json);
    if (status == BEDROCK_OK) {
        status = check_block(history);
    }
    if (status != BEDROCK_OK) {
        return bedrock_output_fail(&history->out, status);
    }
    history->has_blocks = 1;
    history->open = BDK_HISTORY_TURN;
    return BEDROCK_OK;
}

void bedrock_history_drop_block(struct bedrock_history *history)
{
    if (history->open == BDK_HISTORY_TURN_BLOCK) {
        history->out.count = history->block;
        history->out.status = BEDROCK_OK;
        history->open = BDK_HISTORY_TURN;
    }
}

int bedrock_history_end_turn(struct bedrock_history *history)
{
    if (history->open != BDK_HISTORY_TURN) {
        return BEDROCK_E_STATE;
    }
    if (!history->has_blocks) {
        return BEDROCK_E_ARGUMENT;
    }
    if (bedrock_output_text(&history->out, closing) == BEDROCK_OK) {
        history->len += history->out.count;
        history->open = BDK_HISTORY_CLOSED;
    }
    return history->out.status;
}
