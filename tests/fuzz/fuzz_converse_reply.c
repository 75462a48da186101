/* SPDX-License-Identifier: MIT */
/* A Converse reply of any bytes: what is told of it must not depend on how it is cut. The first
 * byte says where. */
#include "unit/client/answers.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bytes http = {0};
    struct told whole, pieces;
    size_t cut;

    if (size == 0) {
        return 0;
    }
    put_answer(&http, "200 OK", "Content-Type: application/json\r\n", data + 1, size - 1,
               FRAMED_LENGTH, 0);
    cut = http.len - data[0] % size;
    play(&whole, 0, http.data, http.len, http.len, 0);
    play(&pieces, 0, http.data, http.len, data[0] % 4u, cut);
    if (strcmp(whole.text.data, pieces.text.data) != 0 || whole.broken != NULL ||
        pieces.broken != NULL) {
        printf("%s\nagainst\n%s\n", whole.text.data, pieces.text.data);
        abort();
    }
    told_free(&whole);
    told_free(&pieces);
    bytes_free(&http);
    return 0;
}
