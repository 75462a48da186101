/* SPDX-License-Identifier: MIT */
/*
 * The README's program on a board without an operating system: a conversation streams in over TLS
 * while the main loop goes on. All memory is one block for the client, and lwIP's pools.
 */
#include <bedrock.h>
#include <bedrock/lwip.h>

#include "board.h"

/* 0: TLS records of any size are accepted; 512 to 4096: smaller ones are asked for, which saves the
 * difference. */
#ifndef RECORD_SIZE
#define RECORD_SIZE 0
#endif
#define RECORD_MAX 16384

/* At file scope, because the client keeps the pointer. */
static const struct bedrock_credentials *const credentials =
    BEDROCK_STATIC_CREDENTIALS("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", NULL);

static unsigned char memory[BEDROCK_MEMORY - (RECORD_SIZE ? RECORD_MAX - RECORD_SIZE : 0)];
static struct bedrock_lwip network;
static bedrock_client *client;

static void make_client(void)
{
    bedrock_client_init_with(&client, memory, sizeof memory,
                             &(struct bedrock_config){
                                 .region = "us-east-1",
                                 .port = bedrock_lwip_port(&network, &board_port),
                                 .credentials = credentials,
                                 /* The simulator's; left out, it is Amazon's roots. */
                                 .anchors = &board_roots,
                                 .record_size = RECORD_SIZE,
                             },
                             &bedrock_tls_lean);
}

static int talk(void)
{
    struct bedrock_event event;
    int status;

    make_client();
    bedrock_converse_stream(client,
                            &(struct bedrock_converse){
                                .model_id = "us.anthropic.claude-haiku-4-5-20251001-v1:0",
                                .messages = BEDROCK_MESSAGES(BEDROCK_USER("Why is the sky blue?")),
                            });
    while ((status = bedrock_next(client, &event)) == BEDROCK_EVENT || status == BEDROCK_AGAIN) {
        if (status == BEDROCK_AGAIN) {
            board_poll(); /* and whatever else the board has to do */
        } else if (event.type == BEDROCK_EVENT_TEXT) {
            board_print(event.text, event.text_len);
        }
    }
    return status;
}

/* The sentences of bedrock_error_text() would take 14 KB of flash: the numbers are in error.h. */
static void report(const struct bedrock_error *error)
{
    board_print_number("failed: -", (uint32_t)-error->code, "");
    board_print_number(", HTTP ", (uint32_t)error->http_status, "");
    board_print_number(", TLS ", (uint32_t)error->tls_code, "");
    board_print_number(", port -", (uint32_t)-error->port_code, " ");
    board_print_text(error->type);
    board_print_text(" ");
    board_print_text(error->message);
    board_print_text("\r\n");
}

int main(void)
{
    int status;

    board_init();
    status = talk();
    board_print_text("\r\n");
    if (status != BEDROCK_OK) {
        report(bedrock_last_error(client));
    }
    board_print_number("\r\nstack ", board_stack_used(), " bytes, ");
    board_print_number("client ", sizeof memory, " bytes, ");
    board_print_number("sent ", network.bytes_sent, " bytes, ");
    board_print_number("received ", network.bytes_received, " bytes\r\n");
    return status == BEDROCK_OK ? 0 : 1;
}
