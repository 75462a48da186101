/* SPDX-License-Identifier: MIT */
/*
 * An assistant that looks after a greenhouse: it reads sensors and switches pins. What it may
 * switch is a list in this file, and the handler keeps to it, whatever the model wants. On a
 * computer this is a dry run: the board is simulated, and what happens to it goes to standard
 * error.
 */
#include <bedrock.h>
#include <bedrock/posix.h>
#include <stdio.h>
#include <string.h>

#include "common.h"

struct pin {
    int number;
    const char *what;
    int is_on;
};

struct board {
    struct pin pins[3];
};

static struct pin *find_pin(struct board *board, int64_t number)
{
    size_t i;

    for (i = 0; i < sizeof board->pins / sizeof board->pins[0]; i++) {
        if (board->pins[i].number == number) {
            return &board->pins[i];
        }
    }
    return NULL;
}

/* On a device: gpio_put(), adc_read() and their kin. */
static void board_switch(struct pin *pin, int on)
{
    pin->is_on = on;
    fprintf(stderr, "board: pin %d (%s) is %s\n", pin->number, pin->what, on ? "on" : "off");
}

static const char *board_read(struct board *board, const char *sensor)
{
    const char *value = strcmp(sensor, "temperature") == 0
                            ? (find_pin(board, 4)->is_on ? "27.5" : "31.5")
                        : strcmp(sensor, "moisture") == 0 ? "18"
                        : strcmp(sensor, "light") == 0    ? "740"
                                                          : NULL;

    if (value != NULL) {
        fprintf(stderr, "board: %s is %s\n", sensor, value);
    }
    return value;
}

static int read_sensor(void *ctx, const struct bedrock_tool_call *call,
                       struct bedrock_json_writer *result)
{
    char sensor[16];
    const char *value;

    if (bedrock_tool_argument(call, "sensor", sensor, sizeof sensor) != 1 ||
        (value = board_read(ctx, sensor)) == NULL) {
        return bedrock_tool_fail(call, "sensor must be temperature, moisture or light.");
    }
    bedrock_json_put_key(result, sensor);
    return bedrock_json_put_number(result, value);
}

static int switch_pin(void *ctx, const struct bedrock_tool_call *call,
                      struct bedrock_json_writer *result)
{
    char number[24], on[8];
    int64_t value;
    struct pin *pin;

    if (bedrock_tool_argument(call, "pin", number, sizeof number) != 1 ||
        bedrock_json_integer(&value, number, strlen(number)) != 0) {
        return bedrock_tool_fail(call, "pin must be a number.");
    }
    if (bedrock_tool_argument(call, "on", on, sizeof on) != 1 ||
        (strcmp(on, "true") != 0 && strcmp(on, "false") != 0)) {
        return bedrock_tool_fail(call, "on must be true or false.");
    }
    pin = find_pin(ctx, value);
    if (pin == NULL) {
        fprintf(stderr, "board: pin %s is not on the list: refused\n", number);
        return bedrock_tool_fail(call, "This pin must not be touched. The pins are 4, 17 and 27.");
    }
    board_switch(pin, strcmp(on, "true") == 0);
    bedrock_json_put_key(result, pin->what);
    return bedrock_json_put_text(result, pin->is_on ? "on" : "off");
}

static const struct bedrock_tool_handler tools[] = {
    {{.name = "read_sensor",
      .description = "Reads a sensor: temperature in degrees Celsius, moisture of the soil in "
                     "percent, light in lux.",
      .input_schema = "{\"type\":\"object\",\"properties\":{\"sensor\":{\"type\":\"string\","
                      "\"enum\":[\"temperature\",\"moisture\",\"light\"]}},"
                      "\"required\":[\"sensor\"]}"},
     read_sensor},
    {{.name = "switch_pin",
      .description = "Switches a pin on or off. Pin 4 is the fan, 17 the lamp, 27 the water pump.",
      .input_schema = "{\"type\":\"object\",\"properties\":{\"pin\":{\"type\":\"integer\"},"
                      "\"on\":{\"type\":\"boolean\"}},\"required\":[\"pin\",\"on\"]}"},
     switch_pin},
};

static unsigned char memory[BEDROCK_MEMORY];
static char turns[16384]; /* the conversation, tools' inputs and results included */

int main(int argc, char **argv)
{
    struct arguments arguments =
        arguments_read(argc, argv, "Looks after a (simulated) greenhouse.", 1);
    struct bedrock_config config = bedrock_posix_config("us-east-1");
    struct board board = {{{4, "fan", 0}, {17, "lamp", 0}, {27, "pump", 0}}};
    struct bedrock_history history;
    struct bedrock_tool_loop loop;
    struct bedrock_event event;
    bedrock_client *client;
    int failed;

    bedrock_client_init(&client, memory, sizeof memory, &config);
    bedrock_history_init(&history, turns, sizeof turns);
    failed = bedrock_history_add(&history, &(struct bedrock_message)BEDROCK_USER(arguments.prompt));
    if (failed) {
        fprintf(stderr, "%s\n", bedrock_status_text(failed));
        return 1;
    }
    bedrock_tool_loop_start(
        &loop, client,
        &(struct bedrock_tool_loop_config){
            .request =
                {
                    .model_id = arguments.model,
                    .system = BEDROCK_CONTENT(BEDROCK_TEXT(
                        "You look after a greenhouse. Read before you switch. Say in one or two "
                        "plain sentences what you found and what you did.")),
                    .max_tokens = 500,
                },
            .history = &history,
            .tools = tools,
            .tool_count = sizeof tools / sizeof tools[0],
            .ctx = &board,
        });
    while (bedrock_tool_loop_next(&loop, &event) > 0) {
        if (event.type == BEDROCK_EVENT_TEXT) {
            answer_piece(event.text, event.text_len);
        } else if (event.type == BEDROCK_EVENT_BLOCK_STOP && event.block == BEDROCK_BLOCK_TEXT) {
            answer_end();
        }
    }
    return exit_status(client);
}
