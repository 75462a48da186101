/* SPDX-License-Identifier: MIT */
/* AWS's error codes as data: what each is called here, and whether trying again can help. */
#ifndef BDK_CLIENT_SERVICE_ERROR_H
#define BDK_CLIENT_SERVICE_ERROR_H

#include "client/retry.h"

/* The status for an error's code and HTTP status; "" and 0 stand for "not known". Codes match in
 * any letter case: the service writes ThrottlingException over HTTP and throttlingException in a
 * stream. */
int bdk_service_status(const char *type, int http_status);

/* Can it help to send the request again? For a status of any layer. */
enum bdk_retry_kind bdk_service_retry_kind(int status, int http_status);

#endif
