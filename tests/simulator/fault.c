/* SPDX-License-Identifier: MIT */
#include "fault.h"

#include "shared.h"

#include <stdlib.h>
#include <string.h>

#define COUNTERS 256

enum argument { NONE, OPTIONAL, NEEDED };

static const struct {
    const char *name;
    enum sim_fault_kind kind;
    enum argument argument;
    long fallback; /* the number when there is no argument */
} names[] = {
    {"status", SIM_FAULT_STATUS, NEEDED, 0},
    {"html", SIM_FAULT_HTML, NEEDED, 0},
    {"retry-after", SIM_FAULT_RETRY_AFTER, NEEDED, 0},
    {"x-retry-after", SIM_FAULT_X_RETRY_AFTER, NEEDED, 0},
    {"close-before", SIM_FAULT_CLOSE_BEFORE, NONE, 0},
    {"reset", SIM_FAULT_RESET, NEEDED, 0},
    {"cut", SIM_FAULT_CUT, NEEDED, 0},
    {"truncate", SIM_FAULT_TRUNCATE, NEEDED, 0},
    {"stall", SIM_FAULT_STALL, NEEDED, 0},
    {"stall-head", SIM_FAULT_STALL_HEAD, NONE, 0},
    {"bytes", SIM_FAULT_BYTES, NEEDED, 0},
    {"chunk", SIM_FAULT_CHUNK, NEEDED, 0},
    {"corrupt", SIM_FAULT_CORRUPT, NEEDED, 0},
    {"exception", SIM_FAULT_EXCEPTION, NEEDED, 0},
    {"error-frame", SIM_FAULT_ERROR_FRAME, OPTIONAL, 1},
    {"no-stop", SIM_FAULT_NO_STOP, NONE, 0},
    {"no-metadata", SIM_FAULT_NO_METADATA, NONE, 0},
    {"stale", SIM_FAULT_STALE, NONE, 0},
    {"early-error", SIM_FAULT_EARLY_ERROR, OPTIONAL, 413},
    {"content-length-lie", SIM_FAULT_LENGTH_LIE, OPTIONAL, 10},
    {"interim", SIM_FAULT_INTERIM, NONE, 0},
    {"big-header", SIM_FAULT_BIG_HEADER, OPTIONAL, 20000},
    {"clock", SIM_FAULT_CLOCK, NEEDED, 0},
    {"junk", SIM_FAULT_JUNK, NONE, 0},
};

struct counters {
    struct sim_lock lock;
    struct {
        char spec[SIM_FAULT_SPEC];
        long used;
    } list[COUNTERS];
};

static struct counters *counters;

void sim_fault_share_counters(void)
{
    counters = sim_shared_memory(sizeof *counters);
}

/* Counts one more request that asks for spec; how many there were before. */
static long count_request(const char *spec)
{
    long before = 0;
    size_t i;

    sim_lock_take(&counters->lock);
    for (i = 0; i < COUNTERS; i++) {
        if (counters->list[i].spec[0] == '\0') {
            strcpy(counters->list[i].spec, spec);
        }
        if (strcmp(counters->list[i].spec, spec) == 0) {
            before = counters->list[i].used++;
            break;
        }
    }
    sim_lock_give(&counters->lock);
    return before;
}

/* Cuts a `*N` off text and returns N; -1 if there is none. */
static long take_limit(char *text)
{
    char *star = strrchr(text, '*');

    if (star == NULL || star[1] == '\0' || strspn(star + 1, "0123456789") != strlen(star + 1)) {
        return -1;
    }
    *star = '\0';
    return atol(star + 1);
}

static void split(struct sim_fault *fault)
{
    char *at = strchr(fault->text, ':');
    size_t i;

    for (i = 0; i < 3; i++) {
        fault->argument[i] = "";
        if (at != NULL) {
            *at++ = '\0';
            fault->argument[i] = at;
            at = i < 2 ? strchr(at, ':') : NULL;
        }
    }
}

/* Fills *fault and its limit; -1 and *error if spec makes no sense. */
static int parse(struct sim_fault *fault, long *limit, const char *spec, struct sim_error *error)
{
    size_t i;

    if (strlen(spec) >= sizeof fault->text) {
        return sim_invalid(error, "Simulator: the fault is too long: %s", spec);
    }
    strcpy(fault->text, spec);
    *limit = take_limit(fault->text);
    split(fault);
    for (i = 0; i < sizeof names / sizeof names[0]; i++) {
        int has_argument = fault->argument[0][0] != '\0';

        if (strcmp(fault->text, names[i].name) == 0 &&
            names[i].argument != (has_argument ? NONE : NEEDED)) {
            fault->kind = names[i].kind;
            fault->number = has_argument ? atol(fault->argument[0]) : names[i].fallback;
            return 0;
        }
    }
    return sim_invalid(error, "Simulator: no such fault: %s", spec);
}

int sim_fault_check(const char *spec, struct sim_error *error)
{
    struct sim_fault fault;
    long limit;

    return parse(&fault, &limit, spec, error);
}

int sim_fault_add(struct sim_faults *faults, const char *spec, struct sim_error *error)
{
    long limit;

    if (faults->count == SIM_FAULTS) {
        return sim_invalid(error, "Simulator: too many faults at once: %s", spec);
    }
    if (parse(&faults->list[faults->count], &limit, spec, error) != 0) {
        return -1;
    }
    if (limit < 0 || count_request(spec) < limit) {
        faults->count++;
    }
    return 0;
}

const struct sim_fault *sim_fault_find(const struct sim_faults *faults, enum sim_fault_kind kind)
{
    size_t i;

    for (i = 0; i < faults->count; i++) {
        if (faults->list[i].kind == kind) {
            return &faults->list[i];
        }
    }
    return NULL;
}
