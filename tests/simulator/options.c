/* SPDX-License-Identifier: MIT */
#include "options.h"

#include "clock.h"
#include "fault.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int set_fault(struct sim_options *options, const char *spec)
{
    struct sim_error error;

    memset(&error, 0, sizeof error);
    if (options->fault_count == SIM_FAULT_OPTIONS || sim_fault_check(spec, &error) != 0) {
        fprintf(stderr, "%s\n", sim_text_string(&error.message));
        sim_text_free(&error.message);
        return -1;
    }
    options->faults[options->fault_count++] = spec;
    return 0;
}

static int set_chain(struct sim_options *options, const char *name)
{
    options->chain = sim_chain_find(name);
    return options->chain != NULL ? 0 : -1;
}

static int set_time(struct sim_options *options, const char *text)
{
    options->is_frozen = 1;
    return sim_clock_parse(text, &options->frozen_time);
}

/* 0, or -1 when there is no such option or its value is wrong. */
static int set_option(struct sim_options *options, const char *name, const char *value)
{
    if (strcmp(name, "--port") == 0) {
        options->port = atoi(value);
    } else if (strcmp(name, "--host") == 0) {
        options->host = value;
    } else if (strcmp(name, "--base") == 0) {
        options->base = value;
    } else if (strcmp(name, "--ca") == 0) {
        options->ca_file = value;
    } else if (strcmp(name, "--dump") == 0) {
        options->dump_file = value;
    } else if (strcmp(name, "--pace") == 0) {
        options->pace_ms = atoi(value);
    } else if (strcmp(name, "--idle") == 0) {
        options->idle_s = atoi(value);
    } else if (strcmp(name, "--cert") == 0) {
        return set_chain(options, value);
    } else if (strcmp(name, "--fault") == 0) {
        return set_fault(options, value);
    } else if (strcmp(name, "--time") == 0) {
        return set_time(options, value);
    } else {
        return -1;
    }
    return 0;
}

static int set_switch(struct sim_options *options, const char *name)
{
    if (strcmp(name, "--plain") == 0) {
        options->plain = 1;
    } else if (strcmp(name, "--verbose") == 0) {
        options->verbose = 1;
    } else if (strcmp(name, "--once") == 0) {
        options->once = 1;
    } else {
        return -1;
    }
    return 0;
}

int sim_options_parse(struct sim_options *options, int argc, char **argv)
{
    int i;

    memset(options, 0, sizeof *options);
    options->base = "";
    options->pace_ms = 30;
    options->idle_s = 60;
    options->chain = sim_chain_find("good");
    for (i = 1; i < argc; i++) {
        if (set_switch(options, argv[i]) == 0) {
            continue;
        }
        if (i + 1 == argc || set_option(options, argv[i], argv[i + 1]) != 0) {
            fprintf(stderr,
                    "simulator: what is %s?\nusage: simulator [--port N] [--plain] [--host NAME] "
                    "[--base PATH] [--cert NAME]\n    [--ca FILE] [--fault SPEC]... [--pace MS] "
                    "[--idle SECONDS] [--time UTC]\n    [--dump FILE] [--verbose] [--once]\n",
                    argv[i]);
            return -1;
        }
        i++;
    }
    return 0;
}
