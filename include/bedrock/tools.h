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
 *         {.tool = {.name = "read_temperature", .description = "Degrees in the greenhouse."},
 *          .run = read_temperature},
 *     };
 *
 *     bedrock_history_add(&history,
 *                         &(struct bedrock_message)BEDROCK_USER("Too hot for tomatoes?"));
 *     bedrock_tool_loop_start(&loop, client, &(struct bedrock_tool_loop_config){
 *         .request = {.model_id = model, .max_tokens = 300},
 *         .history = &history,
 *         .tools = tools,
 *         .tool_count = 1,
 *         .ctx = &board,
 *     });
 *     while (bedrock_tool_loop_next(&loop, &event) > 0)
 *         if (event.type == BEDROCK_EVENT_TEXT)
 *             fwrite(event.text, 1, event.text_len, stdout);
 *
 * Memory: the history's buffer is all there is. What the model says, its calls and their arguments
 * are appended to it as they stream in; a handler is handed its arguments there, in place and
 * whole, and writes its result there. Nothing is copied, and how many tools a turn calls does not
 * matter.
 *
 * The loop keeps Converse's rules: the tools are named in every request, each call has its result
 * in the very next turn, and reasoning and signatures go back byte for byte. Tools that the service
 * runs itself are not its business. An answer that stops for any other reason than TOOL_USE ends
 * it. When the loop ends, in any way, the history is one that can be sent: a round that was not
 * completed is taken back. A tool cannot be forced here (a loop that must call a tool never ends):
 * bedrock_tool_input() is for that.
 *
 * What a model asks for is a wish, not an order. A handler checks its arguments as it would check
 * what comes from the network, and refuses in words, by bedrock_tool_fail().
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
    struct bedrock_tool_loop *loop; /* not yours; NULL in a call that you made yourself */
};

/**
 * Runs a tool. It may take its time, but must not use the loop's client or history.
 *
 * \param ctx     bedrock_tool_loop_config.ctx.
 * \param call    valid until the function returns.
 * \param result  an object that is open: put its members (keys and values), or none. What is put
 *                is what the model reads.
 * \return 0; or a negative code: what was put is dropped, and the model is told that the tool
 * failed, in the words of bedrock_tool_fail() if that was called. The same becomes of a result that
 * is not complete, or nested too deeply. BEDROCK_E_BUFFER of the writer means that the history is
 * full: the model is told that the result was too long.
 */
typedef int (*bedrock_tool_function)(void *ctx, const struct bedrock_tool_call *call,
                                     struct bedrock_json_writer *result);

/** A row of the table. */
struct bedrock_tool_handler {
    struct bedrock_tool tool;
    bedrock_tool_function run; /* may be NULL for the service's own tools and for marks */
};

struct bedrock_tool_loop_config {
    /** Every round's request. Its history, messages and tool_config are the loop's business: zero.
     */
    struct bedrock_converse request;
    /** Ends with the user's turn; has a buffer for all that will be said: a round of two small
     * tools takes some 600 bytes, calls and results together, and the answer's room comes on top.
     */
    struct bedrock_history *history;
    const struct bedrock_tool_handler *tools;
    size_t tool_count; /* at least 1 */
    void *ctx;         /* given to every handler */
    /** Bytes that are kept free in the history for each answer, and if possible as many for each
     * turn of results, by dropping oldest turns; 0: a quarter of it. A result that would leave less
     * is too long. */
    size_t room;
    uint8_t max_rounds; /* answers that call tools; 0: 8. One more is BEDROCK_E_TOOL_ROUNDS */
    uint8_t unary;      /* 1: Converse; else ConverseStream */
};

/** The tool_config of a loop's requests. */
struct bedrock_tool_part {
    const struct bedrock_section *section;
    const struct bedrock_tool_loop_config *config;
};

/** A loop: 336 bytes on a 32-bit machine. The fields are not yours. */
struct bedrock_tool_loop {
    struct bedrock_tool_loop_config config;
    struct bedrock_tool_part part;
    bedrock_client *client;
    size_t mark;   /* of the history, where this loop began */
    size_t answer; /* where the answer lies that comes in */
    int status;
    int16_t kept; /* what the history says of it */
    uint8_t running;
    uint8_t rounds;
    uint8_t stop_reason;
    uint8_t told; /* the handler has said why it failed */
    uint8_t cut;  /* the text did not fit */
    struct bedrock_json_writer result;
    struct bedrock_event event;
    char tool_use_id[BEDROCK_ID_SIZE]; /* of the call that is answered */
    char name[BEDROCK_ID_SIZE];
};

/**
 * Starts a loop.
 *
 * \param loop    any content; must stay where it is until the loop has ended, and so must all that
 *                config points to. config itself is copied.
 * \return BEDROCK_OK; BEDROCK_E_ARGUMENT if the history is missing or does not end with a user's
 * turn, there is no tool, or one without a function, or the request has messages or a tool_config
 * of its own; BEDROCK_E_BUFFER if the history cannot have the room; BEDROCK_E_STATE if another call
 * has not ended; else as bedrock_converse(). bedrock_tool_loop_next() returns it again, and unless
 * it is BEDROCK_E_STATE the history is rolled back.
 */
int bedrock_tool_loop_start(struct bedrock_tool_loop *loop, bedrock_client *client,
                            const struct bedrock_tool_loop_config *config);

/**
 * The next event of the loop: all events of all its answers, in order. A STOP with TOOL_USE is
 * followed by the METADATA of that answer, the handlers' work and the next answer's MESSAGE_START.
 *
 * Blocks as bedrock_next(), and for as long as the handlers take, which counts for no deadline.
 * After bedrock_cancel() no further handler is run. Call it until the loop has ended, also then:
 * before that the history is not one that can be sent.
 *
 * \return BEDROCK_EVENT; 0 when the model has said its last word: the history ends with it, or, if
 * there was nothing to keep, is as after an error; BEDROCK_AGAIN; BEDROCK_E_TOOL_ROUNDS;
 * BEDROCK_E_BUFFER when the history cannot hold what was said (that is returned when the answer has
 * been told to its end); BEDROCK_E_JSON_INCOMPLETE or BEDROCK_E_ANSWER_INCOMPLETE when an answer
 * stopped, by max_tokens for one, in or behind a call that will not be run; BEDROCK_E_JSON_SHAPE
 * when it stopped for a call that is not there; else as bedrock_next() and bedrock_history_event().
 * bedrock_last_error() has it, too. After an error the history is as it was when the loop began,
 * without the user's turn: as bedrock_history_rollback() leaves it.
 */
int bedrock_tool_loop_next(struct bedrock_tool_loop *loop, struct bedrock_event *event);

/**
 * What bedrock_text() is to bedrock_next(): runs the loop to its end and keeps the text of the last
 * answer alone, NUL-terminated.
 *
 * \param len  0 at first; receives the bytes of text.
 * \return as bedrock_tool_loop_next(), but no events; BEDROCK_E_BUFFER also if dst is too small: it
 * holds the beginning, on a whole code point. The loop has gone well all the same: what it did is
 * done, and in the history.
 */
int bedrock_tool_loop_text(struct bedrock_tool_loop *loop, char *dst, size_t cap, size_t *len);

/**
 * One argument of a call: the member of that name in an input, a string unescaped or any other
 * value as it stands ("21", "true", "[1,2]"; bedrock_json_integer() reads numbers).
 *
 * \return BEDROCK_EVENT (1) with dst filled in, NUL-terminated; 0 if there is no such member, or
 * null; BEDROCK_E_FIELD_SIZE if it is longer than cap - 1; BEDROCK_E_JSON_SHAPE for a string that
 * holds U+0000; BEDROCK_E_JSON and its kin. Unless it is 1 dst is "".
 */
int bedrock_tool_argument(const struct bedrock_tool_call *call, const char *name, char *dst,
                          size_t cap);

/**
 * Says why a tool failed, for the model to read; for handlers: `return bedrock_tool_fail(call,
 * "There is no such pin.");`. What was put into the result is dropped, and nothing more can be put.
 *
 * \param why  a text that is not blank; written into the history at once. The last one counts.
 * \return BEDROCK_E_ARGUMENT, always.
 */
int bedrock_tool_fail(const struct bedrock_tool_call *call, const char *why);

/**
 * Runs the call to its end and keeps the input of the first tool that it calls, whole, for a
 * request that forces one (tool_config.choice): a structured answer.
 *
 * \param dst  receives the JSON object, NUL-terminated. Make a call of it to read its members:
 *             `&(struct bedrock_tool_call){.input = dst, .input_len = len}`.
 * \param cap  size of dst; it holds cap - 2 bytes: the last is the function's own.
 * \param len  0 at first; receives the bytes of the object.
 * \return BEDROCK_OK when the answer is complete and the input is an object that is;
 * BEDROCK_E_JSON_SHAPE if no tool was called, or its input is no object; BEDROCK_E_JSON_INCOMPLETE
 * if it was cut short, by max_tokens for one; BEDROCK_E_JSON and its kin; BEDROCK_E_BUFFER as
 * bedrock_text(); BEDROCK_AGAIN: call again with the same arguments; else as bedrock_next().
 * bedrock_last_error() has it, too.
 */
int bedrock_tool_input(bedrock_client *client, char *dst, size_t cap, size_t *len);

#ifdef __cplusplus
}
#endif

#endif
