/* SPDX-License-Identifier: MIT */
/**
 * Tools: a model that acts. The loop around Converse, in constant memory.
 *
 * A tool is a row of a table: its name, what it is for, a JSON Schema of its input, and a function.
 * The loop asks the model, runs the tools that it calls, sends their results back, and goes on
 * until the model has said what it wants to say:
 *
 *     static int read_temperature(void *board, const struct bedrock_tool_call *call,
 *                                 struct bedrock_json_writer *result)
 *     {
 *         bedrock_json_put_key(result, "celsius");
 *         return bedrock_json_put_number(result, board_temperature(board));
 *     }
 *
 *     static const struct bedrock_tool_handler tools[] = {
 *         {{.name = "read_temperature", .description = "Degrees in the greenhouse."},
 * read_temperature},
 *     };
 *
 *     bedrock_history_add(&history, &(struct bedrock_message)BEDROCK_USER("Is it too hot for
 * tomatoes?")); bedrock_tool_loop_start(&loop, client, &(struct bedrock_tool_loop_config){ .request
 * = {.model_id = model, .history = &history, .max_tokens = 300}, .tools = tools, .tool_count = 1,
 * .ctx = &board,
 *     });
 *     while (bedrock_tool_loop_next(&loop, &event) > 0)
 *         if (event.type == BEDROCK_EVENT_TEXT)
 *             fwrite(event.text, 1, event.text_len, stdout);
 *
 * Memory: the history's buffer is all there is. What the model says, its calls and their arguments
 * are appended to it as they stream in; a handler is handed its arguments there, in place and
 * whole, and writes its result there. Nothing is copied, and how many tools a turn calls does not
 * matter. The loop keeps Converse's rules: the tools are named in every request, each call has its
 * result in the very next turn, and reasoning and signatures go back byte for byte. When the loop
 * ends, in any way, the history is one that can be sent: a round that was not completed is taken
 * back.
 */
#ifndef BEDROCK_TOOLS_H
#define BEDROCK_TOOLS_H

#include "bedrock/history.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A call of a tool, as the model wants it. */
struct bedrock_tool_call {
    const char *tool_use_id; /* NUL-terminated, as name */
    const char *name;
    const char *input; /* a complete JSON object, not NUL-terminated: read it with bedrock/json.h,
                          or bedrock_tool_argument() */
    size_t input_len;
};

/**
 * Runs a tool.
 *
 * \param ctx     bedrock_tool_loop_config.ctx.
 * \param result  an object that is open: put its members (keys and values), or none. What is put
 *                is what the model reads.
 * \return 0; or a negative code: what was put is dropped, and the model is told that the tool
 * failed, in the words of bedrock_tool_fail() if that was called. BEDROCK_E_BUFFER of the writer
 * means that the history is full; the model is told that the result was too long.
 */
typedef int (*bedrock_tool_function)(void *ctx, const struct bedrock_tool_call *call,
                                     struct bedrock_json_writer *result);

/** A row of the table. */
struct bedrock_tool_handler {
    struct bedrock_tool tool;
    bedrock_tool_function run;
};

struct bedrock_tool_loop_config {
    /** Every round's request. history is needed, with a buffer for all that will be said, and ends
     * with the user's turn; messages and tool_config are the loop's business: zero. */
    struct bedrock_converse request;
    const struct bedrock_tool_handler *tools;
    size_t tool_count; /* at least 1 */
    void *ctx;         /* given to every handler */
    size_t room; /* bytes kept free in the history for each answer by dropping oldest turns; 0: a
                    quarter of it */
    uint8_t max_rounds; /* answers that call tools; 0: 8. One more is BEDROCK_E_TOOL_ROUNDS */
    uint8_t unary;      /* 1: Converse; else ConverseStream */
};

/** A loop. The fields are not yours. */
struct bedrock_tool_loop {
    struct bedrock_tool_loop_config config;
    bedrock_client *client;
    struct { /* the tool_config of the requests */
        const struct bedrock_section *section;
        const struct bedrock_tool_handler *tools;
        size_t count;
    } part;
    size_t mark; /* of the history, where this loop began */
    int status;
    uint8_t rounds;
    uint8_t state;
    uint8_t stop_reason;
};

/**
 * Starts a loop.
 *
 * \param loop  any content; must stay where it is until the loop has ended, and so must all that
 * config points to. \return BEDROCK_OK; BEDROCK_E_ARGUMENT without a history, a tool, or a tool's
 * function; BEDROCK_E_BUFFER if the history cannot have the room; else as bedrock_converse().
 */
int bedrock_tool_loop_start(struct bedrock_tool_loop *loop, bedrock_client *client,
                            const struct bedrock_tool_loop_config *config);

/**
 * The next event of the loop: all events of all its answers, in order. A STOP with TOOL_USE is
 * followed by the METADATA of that answer, the handlers' work and the next answer's MESSAGE_START.
 *
 * Blocks as bedrock_next(), and for as long as the handlers take.
 *
 * \return BEDROCK_EVENT; 0 when the model has said its last word; BEDROCK_AGAIN;
 * BEDROCK_E_TOOL_ROUNDS; BEDROCK_E_BUFFER when the history cannot hold what was said; else as
 * bedrock_next() and bedrock_history_event(). After an error the history is as it was when the loop
 * began, without the user's turn: as bedrock_history_rollback() leaves it.
 */
int bedrock_tool_loop_next(struct bedrock_tool_loop *loop, struct bedrock_event *event);

/** What bedrock_text() is to bedrock_next(): runs the loop to its end and keeps the text of the
 * last answer alone. */
int bedrock_tool_loop_text(struct bedrock_tool_loop *loop, char *dst, size_t cap, size_t *len);

/**
 * One argument of a call: the member of that name in an input, a string unescaped or any other
 * value as it stands.
 *
 * \return BEDROCK_EVENT (1) with dst filled in, NUL-terminated; 0 if there is no such member, or
 * null; BEDROCK_E_FIELD_SIZE if it is longer than cap - 1; BEDROCK_E_JSON and its kin.
 */
int bedrock_tool_argument(const struct bedrock_tool_call *call, const char *name, char *dst,
                          size_t cap);

/** Says why a tool failed, for the model to read: put what it is into the result and return what
 * this returns, a negative code. */
int bedrock_tool_fail(struct bedrock_json_writer *result, const char *why);

/**
 * Runs the call to its end and keeps the input of the first tool that it calls, whole, for a
 * request that forces one (tool_config.choice): a structured answer.
 *
 * \param dst  receives the JSON object, NUL-terminated. \param len in and out, as bedrock_text().
 * \return BEDROCK_OK when the answer is complete and the input is an object that is;
 * BEDROCK_E_JSON_SHAPE if no tool was called; BEDROCK_E_JSON_INCOMPLETE if it was cut short, by
 * max_tokens for one; BEDROCK_E_BUFFER as bedrock_text(); BEDROCK_AGAIN; else as bedrock_next().
 */
int bedrock_tool_input(bedrock_client *client, char *dst, size_t cap, size_t *len);

#ifdef __cplusplus
}
#endif

#endif
