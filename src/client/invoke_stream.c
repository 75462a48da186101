/* SPDX-License-Identifier: MIT */
/* InvokeModelWithResponseStream: a frame's payload is JSON, a member of which is base64, which is
 * JSON again, of the model's own. All three are read as they come. See bedrock/invoke.h. */
#include "client/invoke.h"

#include "client/label.h"
#include "util/bytes.h"

#include <string.h>

static const char event_words[] = "chunk\0";

/* The same, in the same order. */
enum frame_kind { CHUNK, OTHER_EVENT };

/* The member that holds the bytes. */
enum { BYTES = 'B' };

static const char chunk_nodes[] = " 0\0"
                                  "B1bytes\0";

static void begin_chunk(struct bdk_chunk *chunk)
{
    memset(chunk, 0, sizeof *chunk);
    bedrock_json_init(&chunk->json);
    bedrock_json_path_init(&chunk->path, chunk_nodes);
}

static void begin(struct bedrock_client *client)
{
    bdk_reply_begin(client);
    bdk_frames_begin(client);
    client->frame = OTHER_EVENT;
}

/* -------------------------------------------------------------------- chunks */

/* Reads the JSON around the bytes on, up to their next piece, or to the end of the input. */
static int next_piece(struct bdk_chunk *chunk)
{
    struct bedrock_json_event token;
    int status;

    while ((status = bedrock_json_next(&chunk->json, &chunk->in, chunk->end, &token)) > 0) {
        if (bedrock_json_path_next(&chunk->path, &token) == BYTES &&
            token.type == BEDROCK_JSON_STRING) {
            chunk->piece = token.text;
            chunk->piece_end = token.text + token.len;
            break;
        }
    }
    return status < 0 ? status : 0;
}

/* Decodes as much as there is room for. */
static int decode(struct bedrock_client *client, struct bedrock_event *event)
{
    struct bdk_chunk *chunk = &client->text.chunk;
    size_t take = (size_t)(chunk->piece_end - chunk->piece), len;
    int status;

    take = take < sizeof chunk->text ? take : sizeof chunk->text;
    status = bedrock_base64_decode(&chunk->base64, chunk->text, &len, chunk->piece, take);
    chunk->piece += take;
    if (status != BEDROCK_OK || len == 0) {
        return status;
    }
    if (!bdk_reply_is_read(client)) {
        return bdk_reader_text(&client->reader, BEDROCK_EVENT_CHUNK, chunk->text, len, event);
    }
    client->reader.in = chunk->text;
    client->reader.end = chunk->text + len;
    return 0;
}

/* A chunk is whole when its frame, its JSON, its base64 and the model's JSON are. */
static int check_chunk(struct bedrock_client *client)
{
    struct bdk_chunk *chunk = &client->text.chunk;
    struct bedrock_json_event token;
    int status = bedrock_json_finish(&chunk->json, &token);

    if (status == 0) {
        status = bedrock_base64_finish(&chunk->base64);
    }
    if (status == 0 && bdk_reply_is_read(client)) {
        return bdk_document_check(client);
    }
    return status > 0 ? BEDROCK_E_JSON_SHAPE : status;
}

/* -------------------------------------------------------------------- frames */

/* Its memory is a chunk's from here on, and has been that of an error's words. */
static int begin_frame(struct bedrock_client *client, struct bedrock_event *event)
{
    begin_chunk(&client->text.chunk);
    return bdk_reply_is_read(client) ? bdk_reply_start(client, event) : 0;
}

static int next_frame(struct bedrock_client *client, struct bedrock_event *event)
{
    struct bdk_reader *reader = &client->reader;
    struct bdk_chunk *chunk = &client->text.chunk;
    uint8_t kind = client->frame;
    int status = 0, step = bdk_frames_next(client, event_words);
    const char *payload = reader->in;

    reader->in = reader->end; /* its input is what is decoded from that */
    if (step <= BDK_FRAME_MORE || client->frame != CHUNK) {
        return step < 0 ? step : 0; /* events that this version does not know are passed over */
    }
    if (kind != CHUNK) {
        status = begin_frame(client, event);
    }
    chunk->in = payload;
    chunk->end = reader->end;
    if (step == BDK_FRAME_END) {
        client->frame_ending = 1;
        status = check_chunk(client);
    }
    return status;
}

/* The chunk is complete, and its checksum right. Returns as the reader's block functions do. */
static int end_frame(struct bedrock_client *client, struct bedrock_event *event)
{
    struct bdk_reader *reader = &client->reader;
    uint8_t start_kind = reader->start_kind;

    if (!bdk_reply_is_read(client)) {
        bdk_reader_text(reader, BEDROCK_EVENT_CHUNK, "", 0, event);
        event->last = 1;
        return 1;
    }
    return start_kind != 0 ? bdk_reader_open_block(reader, (uint8_t)(start_kind - 1), event) : 0;
}

/* Goes on with the innermost input that is left. What is read of a chunk is in memory that is one
 * only while a chunk is read. */
static int read_stream(struct bedrock_client *client, struct bedrock_event *event)
{
    struct bdk_chunk *chunk = &client->text.chunk;
    int status;

    do {
        status = bdk_reader_next(&client->reader, event);
        if (status != 0) {
            break;
        }
        if (client->frame_ending) {
            status = end_frame(client, event);
            client->frame_ending = status == 2;
        } else if (client->frame == CHUNK && chunk->piece != chunk->piece_end) {
            status = decode(client, event);
        } else if (client->frame == CHUNK && chunk->in != chunk->end) {
            status = next_piece(chunk);
        } else if (client->body != client->body_end) {
            status = next_frame(client, event);
        } else {
            return 0;
        }
    } while (status == 0);
    return status < 0 ? status : BEDROCK_EVENT;
}

static int end(struct bedrock_client *client, struct bedrock_event *event)
{
    int status = bedrock_event_stream_finish(&client->own.frames.decoder);

    if (status == BEDROCK_OK && bdk_reply_is_read(client) && !client->reader.stopped) {
        status = BEDROCK_E_ANSWER_INCOMPLETE;
    }
    return status != BEDROCK_OK ? status : bdk_reply_end(&client->reader, event);
}

static int put_head(struct bedrock_output *out, const void *request, enum bdk_head_part part)
{
    return bdk_invoke_put_head(out, request, part, 1);
}

static const struct bdk_operation operation = {
    .path = "/model/*/invoke-with-response-stream",
    .render = bdk_invoke_render,
    .answer_type = "application/vnd.amazon.eventstream",
    .nodes = &bdk_no_nodes,
    .begin = begin,
    .read = read_stream,
    .end = end,
    .put_head = put_head,
    .take_header = bdk_invoke_take_header,
};

int bedrock_invoke_model_with_response_stream(bedrock_client *client,
                                              const struct bedrock_invoke_model *request)
{
    return bdk_invoke_start(client, &operation, request);
}
