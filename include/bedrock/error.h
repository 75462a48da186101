/* SPDX-License-Identifier: MIT */
/**
 * Status codes and the error record.
 *
 * Every function that can fail returns an `int`: 0 when done, 1 when it made progress (an event was
 * filled in), negative when it failed. Codes are grouped in decades by layer, so that the number
 * alone names the floor of the house: -3..-9 the caller's arguments, -10 the network and the
 * platform, -20 TLS, -30 HTTP, -40 JSON and text, -50 event stream, -60 configuration and
 * credentials, -70 what the service answered.
 *
 * A client keeps the first error of a call in a `struct bedrock_error`, together with everything
 * that was learned about it: the service's own code, message and request id, the HTTP status, the
 * TLS alert or the port's code. It stays there until the next call is started.
 */
#ifndef BEDROCK_ERROR_H
#define BEDROCK_ERROR_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

enum bedrock_status {
    BEDROCK_OK = 0,     /* done */
    BEDROCK_EVENT = 1,  /* progress: the event, or the slice, was filled in */
    BEDROCK_AGAIN = -2, /* nothing to be done at the moment and nothing wrong: call again later */

    /* The caller. What is wrong with a request is found before a byte of it is sent; the client can
       be used further. */
    BEDROCK_E_ARGUMENT = -3,   /* a parameter is missing or out of its range */
    BEDROCK_E_BUFFER = -4,     /* the memory is too small; for a client, see bedrock_error.needed */
    BEDROCK_E_STATE = -5,      /* not now: a call is in progress, or none is */
    BEDROCK_E_CANCELLED = -6,  /* bedrock_cancel() was called */
    BEDROCK_E_EMPTY_TEXT = -7, /* a text block is empty, which the service refuses */
    BEDROCK_E_UTF8 = -8,       /* a string that should be sent is not UTF-8 */
    BEDROCK_E_BODY_CHANGED = -9, /* the content changed between signing and sending */

    /* The network and the platform. port_code holds what the port said. */
    BEDROCK_E_RESOLVE = -10,            /* the host name is not known */
    BEDROCK_E_CONNECT = -11,            /* the host cannot be reached, or refuses */
    BEDROCK_E_READ = -12,               /* the connection broke while reading */
    BEDROCK_E_WRITE = -13,              /* the connection broke while writing */
    BEDROCK_E_CLOCK = -14,              /* the port's clock is not set */
    BEDROCK_E_ENTROPY = -15,            /* the port has no randomness */
    BEDROCK_E_TIMEOUT_CONNECT = -16,    /* no connection, TLS included, within connect_ms */
    BEDROCK_E_TIMEOUT_FIRST_BYTE = -17, /* no byte of an answer within first_byte_ms */
    BEDROCK_E_TIMEOUT_IDLE = -18,       /* no byte has moved, in or out, for idle_ms */
    BEDROCK_E_TIMEOUT_TOTAL = -19,      /* the call took longer than total_ms */

    /* TLS. tls_code holds BearSSL's number (see bearssl_ssl.h and bearssl_x509.h). */
    BEDROCK_E_TLS = -20,             /* any other failure of the TLS engine */
    BEDROCK_E_CERT_UNTRUSTED = -21,  /* the chain ends in no trust anchor of ours */
    BEDROCK_E_CERT_NAME = -22,       /* the certificate is for another host */
    BEDROCK_E_CERT_DATE = -23,       /* expired, not valid yet, or our clock is wrong */
    BEDROCK_E_CERT_INVALID = -24,    /* malformed, wrongly signed, or what we refuse */
    BEDROCK_E_TLS_REFUSED = -25,     /* no version or cipher suite in common: an alert came */
    BEDROCK_E_TLS_RECORD_SIZE = -26, /* the server sent a record larger than our buffer */
    BEDROCK_E_TLS_TRUNCATED = -27,   /* no close_notify: the end cannot be trusted */

    /* HTTP. */
    BEDROCK_E_HTTP = -30,             /* the answer is not well-formed HTTP/1.1 */
    BEDROCK_E_HTTP_LIMIT = -31,       /* too many or too long header lines */
    BEDROCK_E_HTTP_INCOMPLETE = -32,  /* the connection ended in the middle of an answer */
    BEDROCK_E_HTTP_NOT_BEDROCK = -33, /* well-formed, but a proxy, a portal or a wrong host spoke */

    /* JSON, text, base64, time. */
    BEDROCK_E_JSON = -40,            /* not JSON (RFC 8259) */
    BEDROCK_E_JSON_DEPTH = -41,      /* nested deeper than BEDROCK_JSON_DEPTH */
    BEDROCK_E_JSON_UTF8 = -42,       /* a string is not UTF-8, or holds half a surrogate pair */
    BEDROCK_E_JSON_INCOMPLETE = -43, /* the document ended early */
    BEDROCK_E_JSON_SHAPE = -44,      /* JSON, but a member has a type or value it must not have */
    BEDROCK_E_FIELD_SIZE = -45,      /* a value to be held whole (an id, a name) is too long */
    BEDROCK_E_BASE64 = -46,          /* not base64 (RFC 4648) */
    BEDROCK_E_TIME = -47,            /* not a date of the expected form, or one that is none */

    /* Event stream. */
    BEDROCK_E_EVENT_STREAM_CRC = -50,        /* a checksum is wrong: bytes were damaged */
    BEDROCK_E_EVENT_STREAM_FORMAT = -51,     /* lengths or headers contradict each other */
    BEDROCK_E_EVENT_STREAM_LIMIT = -52,      /* a message or a header name exceeds our limit */
    BEDROCK_E_EVENT_STREAM_INCOMPLETE = -53, /* the stream ended inside a message */
    BEDROCK_E_ANSWER_INCOMPLETE = -54,       /* what only a whole answer has is missing, messageStop
                                                for one: what was given is a part */
    BEDROCK_E_NO_ANSWER = -55,               /* all of it came, and it says nothing that its reader
                                                knows, nor why: another family's, or a fault */

    /* Configuration and credentials. */
    BEDROCK_E_NO_CREDENTIALS = -60,      /* no keys and no bearer key were found */
    BEDROCK_E_CREDENTIALS = -61,         /* the provider failed, or its keys are malformed */
    BEDROCK_E_CREDENTIALS_EXPIRED = -62, /* the keys are past their expiry */
    BEDROCK_E_REGION = -63,              /* none, or one that cannot be a part of a host name */
    BEDROCK_E_ENDPOINT = -64,            /* the endpoint is not a URL that we can use */
    BEDROCK_E_ANCHORS = -65,             /* the trust anchors are unreadable, or there are none */

    /* What the service answered, over HTTP or inside a stream. type, message and request_id hold
       its own words. */
    BEDROCK_E_SERVICE = -70,         /* an error without a code of its own here: see type */
    BEDROCK_E_ACCESS_DENIED = -71,   /* AccessDeniedException */
    BEDROCK_E_THROTTLED = -72,       /* ThrottlingException and its kin */
    BEDROCK_E_VALIDATION = -73,      /* ValidationException */
    BEDROCK_E_NOT_FOUND = -74,       /* ResourceNotFoundException */
    BEDROCK_E_MODEL_TIMEOUT = -75,   /* ModelTimeoutException */
    BEDROCK_E_MODEL_ERROR = -76,     /* ModelErrorException, or what a picture's model says */
    BEDROCK_E_MODEL_NOT_READY = -77, /* ModelNotReadyException */
    BEDROCK_E_MODEL_STREAM = -78,    /* ModelStreamErrorException */
    BEDROCK_E_QUOTA = -79,           /* ServiceQuotaExceededException */
    BEDROCK_E_CONFLICT = -80,        /* ConflictException */
    BEDROCK_E_UNAVAILABLE = -81,     /* ServiceUnavailableException */
    BEDROCK_E_INTERNAL = -82,        /* InternalServerException */
    BEDROCK_E_EXPIRED_TOKEN = -83,   /* ExpiredTokenException: the session token's time is over */
    BEDROCK_E_SIGNATURE = -84,       /* InvalidSignatureException, SignatureDoesNotMatch */
    BEDROCK_E_BAD_KEY = -85,         /* UnrecognizedClientException: no such key */
    BEDROCK_E_TOO_LARGE = -86,  /* more than the service takes: HTTP 413, or found before sending */
    BEDROCK_E_TOOL_ROUNDS = -87 /* the model calls tools again and again (bedrock/tools.h) */
};

/**
 * All that is known about a failure. The texts are NUL-terminated, never NULL, and end on a whole
 * code point when they had to be cut; those of a client are good until its next call.
 */
struct bedrock_error {
    int code;               /* enum bedrock_status; BEDROCK_OK when nothing failed */
    int http_status;        /* 100..999; 0 when there was no answer */
    int tls_code;           /* BearSSL's error number; 0 when TLS did not fail */
    int port_code;          /* the port's own negative code; 0 when the port did not fail */
    int attempts;           /* how often the request was sent, or tried to be sent */
    size_t needed;          /* bytes a client must be given, when its init says E_BUFFER; else 0 */
    const char *type;       /* AWS's code, such as ThrottlingException; "" when there was none */
    const char *message;    /* the service's words, or the start of a body that is not JSON */
    const char *request_id; /* x-amzn-RequestId, kept on success too */
};

/**
 * One sentence, in plain English, that says what a code means and what to do about it.
 *
 * Static text in read-only memory, no line break, never NULL. The sentences are one table: a
 * program that does not call this function (or bedrock_error_advice(), bedrock_error_text() or
 * bedrock_report(), which do) has none of them in its image.
 */
const char *bedrock_status_text(int code);

/**
 * The same of a failure in particular: what AWS's code and the words of its message, as far as they
 * are known, say about the cause, and what to do about it. A ValidationException, for one, can mean
 * that the model wants an inference profile, that the prompt is too long, or that max_tokens is too
 * large. For what says nothing special it is bedrock_status_text(error->code).
 *
 * Meant for people: a program decides by the code, since AWS may change its words at any time.
 *
 * \param error  its code, type and message are looked at.
 * \return static text as that of bedrock_status_text(), from a table of its own.
 */
const char *bedrock_error_advice(const struct bedrock_error *error);

/** The code's own name, such as "BEDROCK_E_THROTTLED"; "unknown" for a number that is no code.
 * Static text; the names are another table. */
const char *bedrock_status_name(int code);

/** A buffer of this size holds every report of bedrock_error_text(). */
#define BEDROCK_ERROR_TEXT_CAP 768

/**
 * Writes a whole report of an error as text: bedrock_error_advice(), a line with the service's own
 * words, if it said any, and a line with the code and the numbers that a support request needs.
 * What is not known is left out:
 *
 *     The model is retired: call its successor; the Bedrock console lists the ids.
 *     ResourceNotFoundException: This model version has reached the end of its life.
 *     BEDROCK_E_NOT_FOUND (-74), HTTP 404, request id 6e2a5b1c-..., 1 attempt
 *
 * Each line ends in LF. Control characters in what came from the network are shown as spaces, so a
 * report can go to a terminal or a log as it is.
 *
 * \param dst  receives the text, NUL-terminated when cap > 0, cut before a code point if it has to
 *             be; may be NULL if cap is 0.
 * \param cap  size of dst in bytes; BEDROCK_ERROR_TEXT_CAP is always enough.
 * \return the length of the whole text without its NUL, also when it did not fit (as snprintf()
 *         says it).
 */
size_t bedrock_error_text(const struct bedrock_error *error, char *dst, size_t cap);

#ifdef __cplusplus
}
#endif

#endif
