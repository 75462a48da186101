/* SPDX-License-Identifier: MIT */
/**
 * libbedrock: an Amazon Bedrock Runtime client for small devices. This header brings all of it.
 *
 * Conventions, true everywhere unless a function says otherwise
 *
 * - Results: functions return an int: 0 done, 1 progress, negative a code of bedrock/error.h.
 * - Strings: `const char *` parameters are UTF-8 and NUL-terminated; bytes travel with a length.
 * NULL is allowed only where it is mentioned; NULL and "" both mean "absent" for optional strings.
 * - Ownership: nothing is copied and nothing is allocated. What you hand in must stay until the
 * header says you may take it back. What you are handed is valid until the next call on the same
 * object.
 * - Time: deadlines are in milliseconds of the port's clock, dates are int64 seconds since
 * 1970-01-01 UTC.
 * - Threads: no globals and no locks. One object belongs to one thread at a time; different objects
 * never touch each other. bedrock_cancel() alone may come from anywhere.
 * - Memory: no heap. Each header says what its objects take. No function of the library needs more
 * than 768 bytes of stack for itself on a Cortex-M4; BearSSL's handshake needs 4 KB (platform
 * figures in the README).
 * - Features are chosen by calling them: the linker drops the rest. There are no feature macros.
 * - Names: bedrock_ and BEDROCK_ are the public ones, bdk_ is private to the library.
 */
#ifndef BEDROCK_H
#define BEDROCK_H

#include "bedrock/async_invoke.h"
#include "bedrock/base64.h"
#include "bedrock/client.h"
#include "bedrock/converse.h"
#include "bedrock/credentials.h"
#include "bedrock/endpoint.h"
#include "bedrock/error.h"
#include "bedrock/event_stream.h"
#include "bedrock/events.h"
#include "bedrock/guardrail.h"
#include "bedrock/history.h"
#include "bedrock/http.h"
#include "bedrock/invoke.h"
#include "bedrock/json.h"
#include "bedrock/native.h"
#include "bedrock/output.h"
#include "bedrock/port.h"
#include "bedrock/sha256.h"
#include "bedrock/sigv4.h"
#include "bedrock/tls.h"
#include "bedrock/tools.h"
#include "bedrock/transport.h"
#include "bedrock/version.h"

#endif
