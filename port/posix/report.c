/* SPDX-License-Identifier: MIT */
/* See bedrock/posix.h. */
#include "bedrock/posix.h"

int bedrock_report(const bedrock_client *client, FILE *out)
{
    const struct bedrock_error *error = bedrock_last_error(client);
    char text[BEDROCK_ERROR_TEXT_CAP];

    if (error->code == BEDROCK_OK) {
        return 0;
    }
    bedrock_error_text(error, text, sizeof text);
    fputs(text, out);
    if (error->port_code < -100) {
        fprintf(out, "The system says: %s\n", bedrock_posix_port_text(error->port_code));
    }
    return error->code == BEDROCK_E_CANCELLED ? 130 : 1;
}
