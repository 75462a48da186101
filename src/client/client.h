/* SPDX-License-Identifier: MIT */
/*
 * The inside of a client. One struct, shared by the files of this layer, each of which owns a part
 * of it:
 *
 *     client.c     making, closing, asking
 *     endpoint*.c  region or URL -> host
 *     exchange.c   the states of a call, deadlines
 *     recover.c    what a failure leads to; service_error.c and retry.c: what that depends on
 *     prepare.c    time, keys, measuring, signing
 *     request.c    rendering the request
 *     receive.c    the states in which an answer is read
 *     answer.c     the answer's head, and errors in its body
 *     reader.c, reader_value.c     answer -> events
 *     document.c   answers that are one JSON document
 *     frames.c     answers that are a stream of frames
 *     members.c    members of a request that travel in its head
 *     record.c     what answers other than Converse's are made of
 *     collect.c    records of an answer -> the caller's structs
 *     body.c, reply.c, label.c     what the operations share
 *     converse*.c, invoke*.c, ...  the operations; content*.c, section*.c: parts of their requests
 *     history*.c                   a conversation, from and to JSON
 *     text.c, read.c               the answer for those who want one thing of it
 */
#ifndef BDK_CLIENT_CLIENT_H
#define BDK_CLIENT_CLIENT_H

#include "bedrock/base64.h"
#include "bedrock/client.h"
#include "bedrock/event_stream.h"
#include "bedrock/http.h"
#include "bedrock/sha256.h"
#include "bedrock/sigv4.h"
#include "client/endpoint.h"
#include "client/reader.h"
#include "client/retry.h"

/* Longest header line that is looked at; longer ones are skipped. Error types with their URL tail
 * are about 100 bytes. */
#define BDK_HEADER_LINE 192

/* Texts of an error. Longer ones are cut. */
#define BDK_TYPE_CAP       48
#define BDK_MESSAGE_CAP    256
#define BDK_REQUEST_ID_CAP 48

/* What an operation may add to the head of its request. Headers sort behind those of the signature:
 * they are written in canonical order, for the canonical request ("\nname:value"), for the list of
 * what is signed (";name") and for the wire ("\r\nname: value"). */
enum bdk_head_part {
    BDK_HEAD_CONTENT_TYPE,
    BDK_HEAD_QUERY,      /* canonical: names in order, all percent-encoded */
    BDK_HEAD_QUERY_WIRE, /* the same behind a question mark, if there is any */
    BDK_HEAD_CANONICAL,
    BDK_HEAD_NAMES,
    BDK_HEAD_WIRE
};

/* An operation: constant, in ROM. What all of them share is in exchange.c. */
struct bdk_operation {
    /* The path behind the endpoint's own. A star is a label: the first one stands for the text that
     * the request's first member points to, the second for that of the second member. An ampersand
     * stands for the request itself, as a text. Nothing else in a path is below a star. */
    const char *path;
    /* The body, which is posted; NULL: there is none to a GET. */
    int (*render)(struct bedrock_json_writer *json, const void *request);
    const char *answer_type;       /* Content-Type of a good answer */
    const struct bdk_nodes *nodes; /* and its shape */
    /* The answer begins, and the reader has forgotten the last one. */
    void (*begin)(struct bedrock_client *client);
    /* Reads client->body on. 1: an event; 0: give more; negative: failed. */
    int (*read)(struct bedrock_client *client, struct bedrock_event *event);
    /* The body is complete. 1: an event, ask again; 0: the answer is complete; negative: it is not.
     */
    int (*end)(struct bedrock_client *client, struct bedrock_event *event);
    /* Writes a part of the request's head; returns 0 if it has none of its own. NULL: nothing to
     * add. */
    int (*put_head)(struct bedrock_output *out, const void *request, enum bdk_head_part part);
    /* Sees all headers of an answer. May be NULL. */
    void (*take_header)(struct bedrock_client *client, const struct bedrock_http_event *header);
};

enum bdk_state {
    BDK_IDLE,
    BDK_DONE,
    BDK_FAILED,
    BDK_BROKEN,  /* init failed: every call says so */
    BDK_PREPARE, /* from here on a call is in progress */
    BDK_BACKOFF, /* up to here nothing is to be waited for in the transport */
    BDK_OPEN,
    BDK_SEND,
    BDK_FLUSH,
    BDK_STATUS, /* nothing of the answer has come */
    BDK_HEAD,
    BDK_ANSWER,
    BDK_ANSWER_END,
    BDK_ERROR_BODY
};

/* What an error's body is. */
enum bdk_body_kind { BDK_BODY_NOT_SEEN, BDK_BODY_JSON, BDK_BODY_TEXT };

/* An attempt, which begins with all of it 0. */
struct bdk_attempt {
    uint8_t reused;         /* it runs on a connection that an earlier call left open */
    uint8_t got_bytes;      /* a byte of an answer has come */
    uint8_t close_after;    /* the connection cannot be used once more */
    uint8_t response_ended; /* the answer was read to its end, and the connection dealt with */
    uint8_t request_failed; /* it was the request that could not be rendered to its end */
    /* What the head of the answer said. */
    uint8_t good_type;   /* Content-Type is the operation's */
    uint8_t json_type;   /* Content-Type is JSON of any kind */
    uint8_t retry_exact; /* retry_ms is x-amz-retry-after's, which has a bound of its own */
    uint32_t retry_ms;   /* Retry-After in either form; 0: none */
    uint32_t sent;       /* bytes of head and body that the transport has taken */
    uint32_t sent_crc;   /* of the body's part of them */
    uint32_t got_len;    /* bytes of the answer's body so far */
    int64_t date_s;      /* Date; 0 or below: none */
};

/* A stream of frames, and what is known of the one that is being read. */
struct bdk_frames {
    struct bedrock_event_stream decoder;
    char type[10];            /* :message-type; the longest is "exception" */
    char name[BDK_NAME_CAP];  /* :event-type, :exception-type or :error-code */
    uint8_t header_names[80]; /* the service needs 44 today */
};

/* StartAsyncInvoke: the caller's request, and what makes it idempotent if the caller does not. */
struct bdk_start {
    const void *request;
    char token[37]; /* a UUID as text */
};

/* A chunk of InvokeModelWithResponseStream: JSON around base64 around what the model says. */
struct bdk_chunk {
    char no_message; /* where bedrock_client.message begins: "" */
    struct bedrock_base64 base64;
    struct bedrock_json json;
    struct bedrock_json_path path;
    const char *in; /* JSON that is left to read */
    const char *end;
    const char *piece; /* base64 that is left to decode */
    const char *piece_end;
    char text[152]; /* what was decoded last */
};

/*
 * Small members come first and arrays last: what is used most then lies within reach of the
 * processor's short instructions, which is worth a kilobyte of code on a Cortex-M.
 */
struct bedrock_client {
    /* The call. */
    uint8_t state;
    uint8_t events_given;
    uint8_t skew_retried;
    uint8_t stale_retried;
    uint8_t event_given; /* the caller had its time with an event since bytes last moved */
    volatile uint8_t cancelled;

    /* The connection. */
    uint8_t connected;
    uint8_t looked; /* for an answer, the last time nothing could be sent */

    /* The answer. */
    uint8_t body_kind;    /* enum bdk_body_kind, of an error */
    uint8_t message_tag;  /* what error.message is, so far */
    uint8_t type_tag;     /* what error.type is, so far */
    uint8_t frame;        /* what own.frames has begun to read; the operation's own */
    uint8_t frame_ending; /* it is complete, and what it means is being told */
    struct bdk_retry retry;
    struct bdk_attempt attempt;

    const struct bedrock_port *port; /* config's, within reach */
    struct bedrock_transport *transport;
    const struct bdk_operation *operation;
    const void *request;
    uint32_t call_start_ms;
    uint32_t phase_start_ms; /* of the state, or when the last bytes came */
    uint32_t backoff_ms;
    uint32_t idle_since_ms;

    /* The answer: slices within slices, each consumed before the one around it. */
    const char *in;
    const char *in_end;
    size_t in_len;
    const char *body;
    const char *body_end;

    struct bedrock_error error;

    /* The attempt. */
    uint32_t body_len;
    uint32_t body_crc;
    int64_t now_s;
    int64_t skew_s;
    struct bedrock_keys keys;
    struct bedrock_sigv4_scope scope; /* what the signature is for */
    struct bedrock_config config;
    struct bedrock_http_response http;
    struct bedrock_usage usage;
    struct bdk_reader reader;
    union { /* what no operation needs together */
        struct bdk_frames frames;
        struct bdk_start start;
    } own;
    struct bedrock_sigv4_key key;
    struct bdk_endpoint endpoint;

    char date[BEDROCK_SIGV4_DATE_SIZE];
    char signature[BEDROCK_SIGV4_SIGNATURE_SIZE];
    char error_type[BDK_TYPE_CAP];
    char request_id[BDK_REQUEST_ID_CAP];
    union {
        char message[BDK_MESSAGE_CAP];
        struct bdk_chunk chunk;
    } text;
    union { /* what is not needed at the same time */
        struct {
            struct bedrock_sha256 sha; /* of the request's body, while it is measured */
            uint8_t hash[BEDROCK_SHA256_SIZE];
        } signing;
        char line[BDK_HEADER_LINE]; /* of the answer's head, while it is read */
    } scratch;
};

/* client.c: starts a call. The operation's own checks come before; NULL is no request, and neither
 * is one whose labels cannot be: BEDROCK_E_ARGUMENT. */
int bdk_client_start(struct bedrock_client *client, const struct bdk_operation *operation,
                     const void *request);
/* client.c: ends a call before it began, because its request cannot be meant. */
int bdk_client_refuse(struct bedrock_client *client, int status);
/* client.c: ends a call in progress, for a reason that only its caller knows. Returns it. */
int bdk_client_give_up(struct bedrock_client *client, int status);

/* prepare.c: what an attempt needs before it goes on the air. */
int bdk_prepare(struct bedrock_client *client);

/* request.c: renders head and body as one run of bytes. bdk_request_measure finds the body's length
 * and, if the request is signed, feeds scratch.signing.sha. bdk_request_send renders the next
 * window into the transport; when that was the last one it returns BDK_REQUEST_COMPLETE. */
enum { BDK_REQUEST_COMPLETE = 1 };
int bdk_request_measure(struct bedrock_client *client);
int bdk_request_send(struct bedrock_client *client, uint32_t wait_ms);

/* The signature over what was measured. */
int bdk_request_sign(struct bedrock_client *client);

/* answer.c */
void bdk_answer_begin(struct bedrock_client *client);
void bdk_answer_header(struct bedrock_client *client, const struct bedrock_http_event *header);
/* The head is complete: sets the state that follows. */
void bdk_answer_head_end(struct bedrock_client *client);
/* Pieces of an error's body, of HTTP or of an exception in a stream. */
void bdk_answer_error_begin(struct bedrock_client *client);
void bdk_answer_error_body(struct bedrock_client *client, const char *text, size_t len);
/* A media type's own length, without its parameters. */
size_t bdk_answer_type_len(const char *text, size_t len);
/* Reads digits; -1 if it is anything else. Beyond some hundred millions the number is no longer
 * exact, but large. */
int32_t bdk_answer_number(const char *text, size_t len);
/* Keeps AWS's code without its decoration: "x#Name:http://..." is Name. */
void bdk_answer_error_type(struct bedrock_client *client, const char *text, size_t len);

/* document.c: what the operations share whose answer is one JSON document. bdk_document_check()
 * tells at its end whether it is complete. */
void bdk_document_begin(struct bedrock_client *client);
int bdk_document_read(struct bedrock_client *client, struct bedrock_event *event);
int bdk_document_check(struct bedrock_client *client);
/* The same of one without whose reader.stopped it is no answer. */
int bdk_document_check_stopped(struct bedrock_client *client);
/* bdk_operation.end of an answer that needs no more than that. */
int bdk_document_end_stopped(struct bedrock_client *client, struct bedrock_event *event);

/*
 * frames.c: what the two streams share. bdk_frames_next() reads client->body on. Event names are
 * words as of bdk_find_word(); client->frame is the place of the event's, or how many there are
 * for one that is unknown. The reader begins a document with every event, and gets each piece of
 * its payload as its input. Exceptions and errors are dealt with here: they end in their code.
 */
enum bdk_frame_step { BDK_FRAME_MORE, BDK_FRAME_PAYLOAD, BDK_FRAME_END };
void bdk_frames_begin(struct bedrock_client *client);
int bdk_frames_next(struct bedrock_client *client, const char *event_words);

/* exchange.c: ends the connection, if there is one. */
void bdk_disconnect(struct bedrock_client *client);

/* exchange.c: the port's clock. */
uint32_t bdk_now_ms(const struct bedrock_client *client);

/* exchange.c: how much is left of limit_ms that began at since_ms. */
uint32_t bdk_left_ms(const struct bedrock_client *client, uint32_t since_ms, uint32_t limit_ms);

/* recover.c: records a failure with its detail; returns the code. */
int bdk_fail(struct bedrock_client *client, int code);

/* recover.c: records the failure of a step. Returns 1 if there is to be another attempt, after
 * backoff_ms. */
int bdk_recover(struct bedrock_client *client, int code);

/* receive.c: the steps that read. As all steps they return 1 with an event, 0 when something was
 * done, AGAIN, or an error. */
int bdk_step_read(struct bedrock_client *client, struct bedrock_event *event, uint32_t wait_ms);
int bdk_step_answer_end(struct bedrock_client *client, struct bedrock_event *event);

/* Lends the bytes that have come, once those before are used up. As the transport's receive(). */
int bdk_receive(struct bedrock_client *client, uint32_t wait_ms);

/* client.c: forgets the last failure. */
void bdk_error_clear(struct bedrock_client *client);

#endif
