/* SPDX-License-Identifier: MIT */
/**
 * JSON (RFC 8259) without a document in memory: a writer that renders, a tokenizer that takes any
 * slice, a path matcher that says where in a document a token stands.
 *
 * None of them allocates, recurses or blocks, and nothing is read again when more input comes.
 * Contexts hold no interior pointers: `=` clones a running one. The tokenizer takes 24 bytes, the
 * writer 16, the path matcher 48 on a 32-bit target, and no function over 220 bytes of stack
 * besides what the output's `write` takes.
 *
 * All of a document, in the shape of every reader of it:
 *
 *     bedrock_json_init(&json);
 *     while ((len = read(slice, sizeof slice)) > 0) {
 *         const char *in = slice;
 *         while ((status = bedrock_json_next(&json, &in, slice + len, &event)) > 0)
 *             take(&event);
 *         if (status < 0)
 *             return status;
 *     }
 *     while ((status = bedrock_json_finish(&json, &event)) > 0)
 *         take(&event);
 *     return status;
 *
 * What is refused on purpose: a byte order mark, comments, trailing commas, single quotes, NaN, and
 * text that is not UTF-8. What is not checked: whether a name comes twice in an object.
 */
#ifndef BEDROCK_JSON_H
#define BEDROCK_JSON_H

#include "bedrock/output.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Objects and arrays may be nested so deep, in both directions; one level more is
 * BEDROCK_E_JSON_DEPTH. A fact to know, not a setting to change: a level is a bit of 64. */
#define BEDROCK_JSON_DEPTH 64

/* ------------------------------------------------------------------ writer */

/**
 * Renders one JSON text into an output, without white space. Commas and colons are its business.
 *
 * Every function returns 0 or the output's sticky status, so a renderer may check once, at its end;
 * after a failure all of them do nothing. Misuse (a value without a key inside an object, an end
 * that has no begin) is BEDROCK_E_STATE, which sticks too. A text may be NULL only where its len
 * is 0.
 *
 * The fields are not yours.
 */
struct bedrock_json_writer {
    struct bedrock_output *out;
    uint8_t depth;
    uint8_t expect; /* what may come next */
    uint8_t utf8;   /* a code point that may be cut */
    uint64_t kinds; /* one bit a level, the innermost lowest: 1 is an object */
};

/** Starts a document. out must be initialised, and stay where it is until the document is done. */
void bedrock_json_writer_init(struct bedrock_json_writer *json, struct bedrock_output *out);

int bedrock_json_begin_object(struct bedrock_json_writer *json);
int bedrock_json_end_object(struct bedrock_json_writer *json);
int bedrock_json_begin_array(struct bedrock_json_writer *json);
int bedrock_json_end_array(struct bedrock_json_writer *json);

/** The name of the next member; written escaped, as every string. \return also BEDROCK_E_UTF8. */
int bedrock_json_put_key(struct bedrock_json_writer *json, const char *key);

/**
 * A string value. Only what RFC 8259 demands is escaped: `"`, `\`, and U+0000..U+001F (as \b \t \n
 * \f \r, else \u00xx). \return also BEDROCK_E_UTF8 if the text is not UTF-8 (RFC 3629).
 */
int bedrock_json_put_string(struct bedrock_json_writer *json, const char *text, size_t len);

/** bedrock_json_put_string() of a NUL-terminated text. */
int bedrock_json_put_text(struct bedrock_json_writer *json, const char *text);

/**
 * A string value in pieces: begin, any number of pieces, end. A code point may straddle two pieces.
 * Between begin and end nothing else may be put. \return also BEDROCK_E_UTF8: put_piece as soon as
 * it sees it, end_string if the last code point is cut off.
 */
int bedrock_json_begin_string(struct bedrock_json_writer *json);
int bedrock_json_put_piece(struct bedrock_json_writer *json, const char *text, size_t len);
int bedrock_json_end_string(struct bedrock_json_writer *json);

/**
 * For long strings that are made piece by piece: is the next piece one that nobody wants, because
 * it lies before the window that is being rendered, or because the rendering is over? Then it
 * counts as put, and need not be made. len is its length as it would be written: what needs no
 * escape. \return 1 if it was skipped; 0: put it.
 */
int bedrock_json_skip_piece(struct bedrock_json_writer *json, size_t len);

/**
 * A string value that is the base64 of a source: the source is read in pieces of at most 36 bytes,
 * and not at all where the output wants none of it. The source's negative code becomes the status.
 * The characters must not be 4 GiB or more: BEDROCK_E_ARGUMENT.
 */
int bedrock_json_put_base64(struct bedrock_json_writer *json, const struct bedrock_source *source);

int bedrock_json_put_integer(struct bedrock_json_writer *json, int64_t value);
int bedrock_json_put_bool(struct bedrock_json_writer *json, int value);
int bedrock_json_put_null(struct bedrock_json_writer *json);

/** A number in its own spelling ("0.7"). \return also BEDROCK_E_JSON if it is no JSON number. */
int bedrock_json_put_number(struct bedrock_json_writer *json, const char *text);

/**
 * Splices a whole JSON value of any kind in, byte for byte, white space around it left out.
 * It is checked (grammar, UTF-8, depth where it stands) where the output wants its first byte, so
 * that a bad value fails the first rendering, before anything is sent, and a long one is not read
 * once a window. \return also what the tokenizer says of a bad text: BEDROCK_E_JSON, _DEPTH, _UTF8,
 * or _INCOMPLETE, which an empty text is.
 */
int bedrock_json_put_raw(struct bedrock_json_writer *json, const char *text, size_t len);

/**
 * Splices a comma-separated run of array elements in ("{..},{..}"), as bedrock_json_put_raw() does
 * with one value. Inside an array only. Nothing is written if the text is empty or white space.
 */
int bedrock_json_put_raw_elements(struct bedrock_json_writer *json, const char *text, size_t len);

/**
 * Splices the bytes of a source in where a value stands, as they are and unchecked: whether they
 * are one JSON value is the caller's business. Read in pieces of at most 64 bytes, and not at all
 * where the output wants none of it. The source's negative code becomes the status.
 */
int bedrock_json_put_source(struct bedrock_json_writer *json, const struct bedrock_source *source);

/** Is the value complete? \return 0, the output's status, or BEDROCK_E_STATE if something is open.
 */
int bedrock_json_writer_finish(struct bedrock_json_writer *json);

/* --------------------------------------------------------------- tokenizer */

enum bedrock_json_type {
    BEDROCK_JSON_OBJECT_BEGIN,
    BEDROCK_JSON_OBJECT_END,
    BEDROCK_JSON_ARRAY_BEGIN,
    BEDROCK_JSON_ARRAY_END,
    BEDROCK_JSON_KEY,    /* text: a piece of the name, unescaped */
    BEDROCK_JSON_STRING, /* text: a piece of the value, unescaped */
    BEDROCK_JSON_NUMBER, /* text: a piece of its spelling */
    BEDROCK_JSON_TRUE,
    BEDROCK_JSON_FALSE,
    BEDROCK_JSON_NULL,
    BEDROCK_JSON_RAW /* text: a piece of a value as it stands in the input; see bedrock_json_raw()
                      */
};

/**
 * One token, or one piece of one. Strings, keys, numbers and raw values come in one or more pieces,
 * `last` set on the final one (which may be empty); on all other tokens it is set, too. Pieces of
 * keys and strings hold whole code points only, and may hold U+0000. A string without escapes that
 * lies in one input is one piece.
 *
 * text points into the input, or into the tokenizer when the piece was an escape or straddled two
 * inputs; it is never NULL, has no NUL behind it, and is valid until the next call.
 */
struct bedrock_json_event {
    enum bedrock_json_type type;
    uint8_t last;
    const char *text;
    size_t len;
};

/** A tokenizer. The fields are not yours, but for the first two. */
struct bedrock_json {
    uint8_t depth; /* levels that are open now; read it as you like */
    /**
     * Set after init to accept half a surrogate pair (\ud83d alone): it is then delivered as the
     * three bytes that UTF-8 would give it (ED A0..BF xx), a piece of its own, for the caller to
     * join with its other half or to replace.
     */
    uint8_t allow_lone_surrogates;
    uint8_t state;
    uint8_t cursor;
    uint8_t type;
    uint8_t raw;
    int8_t error;
    uint8_t utf8; /* a code point that may be cut */
    char held[4];
    uint32_t units;
    uint64_t kinds; /* one bit a level, the innermost lowest: 1 is an object */
};

void bedrock_json_init(struct bedrock_json *json);

/**
 * Advances to the next token or piece. After the top-level value only white space is accepted.
 *
 * What comes before an error does not depend on how the input was cut. A program that must act on
 * whole documents only waits for bedrock_json_finish().
 *
 * \param in     points to where to read; moved behind what was used.
 * \param end    one behind the last byte of this input. Slices may be of any length, 0 included.
 * \param event  filled in when 1 is returned, of no meaning otherwise.
 * \return BEDROCK_EVENT (1); 0 when the input is used up (give the next slice); BEDROCK_E_JSON,
 *         BEDROCK_E_JSON_DEPTH or BEDROCK_E_JSON_UTF8, sticky until init.
 */
int bedrock_json_next(struct bedrock_json *json, const char **in, const char *end,
                      struct bedrock_json_event *event);

/**
 * Asks for the next value untouched: instead of its tokens, its bytes come as BEDROCK_JSON_RAW
 * pieces, verbatim from the first byte of the value to its last one, checked all the same. Call it
 * when a value comes next: after the last piece of a key, after an array's begin or between two
 * elements (if the array ends instead, the request is forgotten), or at the very start.
 */
void bedrock_json_raw(struct bedrock_json *json);

/** May the input end here? A number at top level ends only now: *event is filled in and 1 returned,
 * once, to close it. \return BEDROCK_EVENT; BEDROCK_OK after a complete value;
 * BEDROCK_E_JSON_INCOMPLETE; or the sticky error. */
int bedrock_json_finish(struct bedrock_json *json, struct bedrock_json_event *event);

/**
 * Reads a number's spelling as an integer. Tolerates what services write: "28.0" and "2.8e1"
 * are 28. \return BEDROCK_OK; BEDROCK_E_JSON_SHAPE if it is no number, has a fraction that is not
 * zero, or needs over 64 bits.
 */
int bedrock_json_integer(int64_t *value, const char *text, size_t len);

/* ------------------------------------------------------------ path matcher */

/** Longest key that a path may name, in bytes. A longer one in the input is no other than "{}". */
#define BEDROCK_JSON_KEY_MAX 32

/**
 * A tree of names is a text of rows. A row is a letter of yours that says what the value means, a
 * digit that says how deep it lies, its name, and a NUL; what a value holds follows it, one deeper.
 * The first row is the document itself, the shallowest of all. Name "[]" stands for every element
 * of an array, "{}" for every member of an object that has no row of its own; no other name may
 * begin with a bracket or a brace. The letter may be any character but NUL; a blank by convention
 * for a mere branch.
 *
 *     static const char nodes[] = " 0\0"
 *                                 " 1usage\0"
 *                                 "i2inputTokens\0"
 *                                 "o2outputTokens\0"
 *                                 " 1content\0"
 *                                 " 2[]\0"
 *                                 "t3text\0";
 */
#define BEDROCK_JSON_NO_TAG '\0' /* the value stands at no path of the tree */

/** Follows a tokenizer through one document: constant state whatever the depth. The fields are not
 * yours. */
struct bedrock_json_path {
    const char *nodes;
    const char *node;  /* row of the deepest open container that is in the tree */
    const char *value; /* row of the value that the last key announced; empty: it has none */
    uint8_t outside;   /* levels below node that are not in the tree */
    uint8_t key_len;   /* bytes of the key so far; over BEDROCK_JSON_KEY_MAX: too long to match */
    char key[BEDROCK_JSON_KEY_MAX + 1];
};

/** Starts with the first row of the tree, or with any other one: then the document is what stands
 * there in the tree. The rows must stay where they are. */
void bedrock_json_path_init(struct bedrock_json_path *path, const char *nodes);

/**
 * Takes every event of the tokenizer in turn and tells where it stands. A tree says what a value
 * should be; whether it is that (an object, a string) is for you to see from the event.
 *
 * \return the letter of the row whose value (or container begin or end) the event is; for a key's
 * last piece that of the value that follows, so that bedrock_json_raw() can be asked for in time;
 * BEDROCK_JSON_NO_TAG for all else. An element of an array is announced by no key: look at the
 * container's letter to ask for raw elements.
 */
char bedrock_json_path_next(struct bedrock_json_path *path, const struct bedrock_json_event *event);

#ifdef __cplusplus
}
#endif

#endif
