/* SPDX-License-Identifier: MIT */
/* The vectors of topic json. Every text is read whole, byte by byte and cut at every place (large
 * ones: at a set of places). */
#include "vec.h"

#include "bedrock/sha256.h"
#include "unit/json/trace.h"

/* Texts up to this length are cut everywhere. */
enum { SMALL = 4096, MANY_CUTS = 16 };

static size_t cut_step(size_t len)
{
    return len <= SMALL ? 1 : len / MANY_CUTS + 1;
}

/* The outcome of a case: why it failed, NULL if it did not. */
static void count(const char *file, const char *id, const char *why)
{
    if (why == NULL) {
        vec_pass();
    } else {
        vec_fail(file, id, "%s", why);
    }
}

static int is_hash_of(const char *hex, const char *text, size_t len)
{
    uint8_t digest[BEDROCK_SHA256_SIZE];
    char got[2 * BEDROCK_SHA256_SIZE + 1];
    size_t i;

    bedrock_sha256_digest(digest, text, len);
    for (i = 0; i < sizeof digest; i++) {
        snprintf(got + 2 * i, 3, "%02x", digest[i]);
    }
    return strcmp(got, hex) == 0;
}

/* ------------------------------------------------------- parse.vec, speed.vec */

/* Compares with the fields that the case has. */
static const char *check_trace(const struct vec_case *c, const struct trace *trace)
{
    const char *text = trace->len > 0 ? trace->text + 1 : ""; /* without the first space */
    const struct vec_field *field;

    field = vec_get(c, "trace");
    if (field != NULL && strcmp(text, (const char *)field->data) != 0) {
        return "other tokens";
    }
    field = vec_get(c, "trace_sha256");
    if (field != NULL && !is_hash_of((const char *)field->data, text, strlen(text))) {
        return "other tokens, by their hash";
    }
    if (vec_number(c, "depth", trace->depth) != trace->depth) {
        return "another depth";
    }
    return NULL;
}

static const char *check_parse(const struct vec_case *c, struct trace *trace)
{
    const struct vec_field *input = vec_get(c, "input");
    size_t different;

    if (input == NULL) {
        return "no input";
    }
    trace_all_ways(trace, (const char *)input->data, input->len, cut_step(input->len), &different);
    if (different > 0) {
        return "cut input gives other events than the whole";
    }
    if (trace->status == BEDROCK_E_JSON_DEPTH &&
        vec_number(c, "depth", BEDROCK_JSON_DEPTH + 1) > BEDROCK_JSON_DEPTH) {
        return NULL; /* refused as too deep, and it is */
    }
    if (vec_is(c, "expect", "reject")) {
        return trace->status == BEDROCK_OK ? "accepted" : NULL;
    }
    if (trace->status != BEDROCK_OK) {
        return vec_is(c, "expect", "either") ? NULL : "refused";
    }
    return check_trace(c, trace);
}

static void run_parse(const struct vec_case *c, void *ctx)
{
    count("parse.vec", c->id, check_parse(c, ctx));
}

static const char *check_counts(const struct vec_case *c, const struct trace *trace)
{
    static const char *const names[] = {"objects", "",        "arrays", "",       "keys",
                                        "strings", "numbers", "trues",  "falses", "nulls"};
    size_t i;

    for (i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (names[i][0] != '\0' && vec_number(c, names[i], trace->counts[i]) != trace->counts[i]) {
            return "another number of tokens";
        }
    }
    return NULL;
}

static const char *check_speed(const struct vec_case *c, struct trace *trace)
{
    static const size_t steps[] = {64, 1024, 16384};
    const struct vec_field *input = vec_get(c, "input");
    struct trace other = {TRACE_TOKENS, 0, NULL, 0, 0, 0, {0}, 0, 0, 0};
    const char *why = check_parse(c, trace);
    size_t i;

    if (why == NULL) {
        why = check_counts(c, trace);
    }
    for (i = 0; why == NULL && i < sizeof steps / sizeof steps[0]; i++) {
        trace_run(&other, (const char *)input->data, input->len, steps[i], steps[i]);
        why = trace_same(trace, &other) ? NULL : "pieces give other events than the whole";
    }
    free(other.text);
    return why;
}

static void run_speed(const struct vec_case *c, void *ctx)
{
    count("speed.vec", c->id, check_speed(c, ctx));
}

/* --------------------------------------------------- the writer, fed with tokens */

struct bytes {
    char *text;
    size_t len;
};

static int take_bytes(void *ctx, const void *data, size_t len)
{
    struct bytes *bytes = ctx;

    bytes->text = realloc(bytes->text, bytes->len + len + 1);
    if (bytes->text == NULL) {
        abort();
    }
    memcpy(bytes->text + bytes->len, data, len);
    bytes->len += len;
    bytes->text[bytes->len] = '\0';
    return 0;
}

struct copier {
    struct bedrock_output out;
    struct bedrock_json_writer json;
    struct bytes written;
    struct bytes held; /* of a key or number: these are put whole */
    int open;          /* inside the pieces of a string */
};

static void copy_start(struct copier *copier)
{
    memset(copier, 0, sizeof *copier);
    bedrock_output_init(&copier->out, take_bytes, &copier->written, 0);
    bedrock_json_writer_init(&copier->json, &copier->out);
}

static void copy_string(struct copier *copier, const struct bedrock_json_event *event)
{
    if (!copier->open) {
        bedrock_json_begin_string(&copier->json);
    }
    bedrock_json_put_piece(&copier->json, event->text, event->len);
    if (event->last) {
        bedrock_json_end_string(&copier->json);
    }
    copier->open = !event->last;
}

static void copy_held(struct copier *copier, const struct bedrock_json_event *event)
{
    take_bytes(&copier->held, event->text, event->len);
    if (!event->last) {
        return;
    }
    if (strlen(copier->held.text) != copier->held.len) {
        bedrock_output_fail(&copier->out, BEDROCK_E_ARGUMENT); /* a key with a NUL in it */
    } else if (event->type == BEDROCK_JSON_KEY) {
        bedrock_json_put_key(&copier->json, copier->held.text);
    } else {
        bedrock_json_put_number(&copier->json, copier->held.text);
    }
    copier->held.len = 0;
}

static void copy_event(struct copier *copier, const struct bedrock_json_event *event)
{
    switch (event->type) {
    case BEDROCK_JSON_OBJECT_BEGIN:
        bedrock_json_begin_object(&copier->json);
        break;
    case BEDROCK_JSON_OBJECT_END:
        bedrock_json_end_object(&copier->json);
        break;
    case BEDROCK_JSON_ARRAY_BEGIN:
        bedrock_json_begin_array(&copier->json);
        break;
    case BEDROCK_JSON_ARRAY_END:
        bedrock_json_end_array(&copier->json);
        break;
    case BEDROCK_JSON_STRING:
        copy_string(copier, event);
        break;
    case BEDROCK_JSON_TRUE:
    case BEDROCK_JSON_FALSE:
        bedrock_json_put_bool(&copier->json, event->type == BEDROCK_JSON_TRUE);
        break;
    case BEDROCK_JSON_NULL:
        bedrock_json_put_null(&copier->json);
        break;
    default:
        copy_held(copier, event);
        break;
    }
}

/* Reads a text, cut behind `cut` bytes, and writes its tokens. Returns the first failure. */
static int copy_text(struct copier *copier, const char *text, size_t len, size_t cut)
{
    const char *in = text;
    struct bedrock_json_event event;
    struct bedrock_json json;
    int status;

    bedrock_json_init(&json);
    while ((status = bedrock_json_next(&json, &in, text + cut, &event)) > 0) {
        copy_event(copier, &event);
    }
    while (status == 0 && (status = bedrock_json_next(&json, &in, text + len, &event)) > 0) {
        copy_event(copier, &event);
        status = 0;
    }
    while (status == 0 && (status = bedrock_json_finish(&json, &event)) > 0) {
        copy_event(copier, &event);
        status = 0;
    }
    return status < 0 ? status : bedrock_json_writer_finish(&copier->json);
}

static void copy_free(struct copier *copier)
{
    free(copier->written.text);
    free(copier->held.text);
}

/* Does the writer give the same text again, wherever its reading was cut? */
static const char *check_same(const char *text, size_t len)
{
    const char *why = NULL;
    size_t cut;

    for (cut = 0; cut <= len && why == NULL; cut += cut_step(len)) {
        struct copier copier;

        copy_start(&copier);
        if (copy_text(&copier, text, len, cut) != BEDROCK_OK) {
            why = "refused";
        } else if (copier.written.len != len || memcmp(copier.written.text, text, len) != 0) {
            why = "written otherwise";
        }
        copy_free(&copier);
    }
    return why;
}

static void run_roundtrip(const struct vec_case *c, void *ctx)
{
    const struct vec_field *text = vec_get(c, "text");

    (void)ctx;
    count("roundtrip.vec", c->id,
          text == NULL ? "no text" : check_same((const char *)text->data, text->len));
}

/* ----------------------------------------------------------- write_string.vec */

/* Writes the value in two pieces, cut behind `cut` bytes. */
static const char *check_spelling(const struct vec_field *value, const struct vec_field *minimal,
                                  size_t cut)
{
    const char *text = (const char *)value->data, *why = NULL;
    struct copier copier;

    copy_start(&copier);
    bedrock_json_begin_string(&copier.json);
    bedrock_json_put_piece(&copier.json, text, cut);
    bedrock_json_put_piece(&copier.json, text + cut, value->len - cut);
    bedrock_json_end_string(&copier.json);
    if (bedrock_json_writer_finish(&copier.json) != BEDROCK_OK) {
        why = "refused";
    } else if (copier.written.len != minimal->len ||
               memcmp(copier.written.text, minimal->data, minimal->len) != 0) {
        why = "not the minimal spelling";
    }
    copy_free(&copier);
    return why;
}

/* Does a spelling read as the value? */
static int reads_as(struct trace *trace, const struct vec_field *spelling,
                    const struct vec_field *value)
{
    struct trace want = {TRACE_TOKENS, 0, NULL, 0, 0, 0, {0}, 0, 0, 0};
    size_t different;
    int same;

    trace_put(&want, " s", 2);
    trace_put_hex(&want, (const char *)value->data, value->len);
    trace_all_ways(trace, (const char *)spelling->data, spelling->len, cut_step(spelling->len),
                   &different);
    same = different == 0 && trace->status == BEDROCK_OK && strcmp(trace->text, want.text) == 0;
    free(want.text);
    return same;
}

static const char *check_string(const struct vec_case *c, struct trace *trace)
{
    const struct vec_field *value = vec_get(c, "value");
    const struct vec_field *minimal = vec_get(c, "minimal");
    const struct vec_field *ascii = vec_get(c, "ascii");
    const char *why = NULL;
    size_t cut;

    if (value == NULL || minimal == NULL) {
        return "no value, or no spelling";
    }
    for (cut = 0; cut <= value->len && why == NULL; cut++) {
        why = check_spelling(value, minimal, cut);
    }
    if (why == NULL && !reads_as(trace, minimal, value)) {
        why = "the minimal spelling reads otherwise";
    }
    if (why == NULL && ascii != NULL && !reads_as(trace, ascii, value)) {
        why = "the spelling in ASCII reads otherwise";
    }
    return why;
}

static void run_string(const struct vec_case *c, void *ctx)
{
    count("write_string.vec", c->id, check_string(c, ctx));
}

/* -------------------------------------------------------------------- jcs.vec */

/* The spellings of all keys and strings of a text, one a line, sorted. */
struct spellings {
    char *lines[256];
    size_t count;
};

static int by_text(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Ends the current spelling and starts the next one. */
static void take_spelling(struct spellings *all, struct copier *copier,
                          const struct bedrock_json_event *event)
{
    if (event->type != BEDROCK_JSON_KEY && event->type != BEDROCK_JSON_STRING) {
        return;
    }
    copy_string(copier, event);
    if (event->last && all->count < sizeof all->lines / sizeof all->lines[0]) {
        all->lines[all->count++] = copier->written.text;
        copy_start(copier);
    }
}

static int read_spellings(struct spellings *all, const struct vec_field *field)
{
    const char *in = (const char *)field->data, *end = in + field->len;
    struct bedrock_json_event event;
    struct bedrock_json json;
    struct copier copier;
    int status;

    all->count = 0;
    copy_start(&copier);
    bedrock_json_init(&json);
    while ((status = bedrock_json_next(&json, &in, end, &event)) > 0) {
        take_spelling(all, &copier, &event);
    }
    copy_free(&copier);
    qsort(all->lines, all->count, sizeof all->lines[0], by_text);
    return status < 0 ? status : bedrock_json_finish(&json, &event);
}

/* A streaming writer sorts no keys and spells numbers as they came; what RFC 8785 says of strings
 * it does keep. So the canonical text must come back as it is, and the strings of the input must
 * get the same spellings as those of the canonical text. */
static const char *check_jcs(const struct vec_case *c)
{
    const struct vec_field *input = vec_get(c, "input"), *canonical = vec_get(c, "canonical");
    struct spellings a, b;
    const char *why;
    size_t i;

    if (input == NULL || canonical == NULL) {
        return "no input, or no canonical form";
    }
    why = check_same((const char *)canonical->data, canonical->len);
    if (read_spellings(&a, input) != BEDROCK_OK || read_spellings(&b, canonical) != BEDROCK_OK ||
        a.count != b.count) {
        why = "refused";
    }
    for (i = 0; why == NULL && i < a.count; i++) {
        why = strcmp(a.lines[i], b.lines[i]) == 0 ? NULL : "another spelling of a string";
    }
    for (i = 0; i < a.count; i++) {
        free(a.lines[i]);
    }
    for (i = 0; i < b.count; i++) {
        free(b.lines[i]);
    }
    return why;
}

static void run_jcs(const struct vec_case *c, void *ctx)
{
    (void)ctx;
    count("jcs.vec", c->id, check_jcs(c));
}

/* ------------------------------------------------------------- files of lines */

/* Calls run for every line: its first word and the rest. */
static void each_line(const char *folder, const char *file,
                      void (*run)(const char *file, const char *word, const char *text))
{
    static char line[65536];
    char path[1024];
    FILE *in;

    snprintf(path, sizeof path, "%s/%s", folder, file);
    in = fopen(path, "r");
    if (in == NULL) {
        return;
    }
    while (fgets(line, sizeof line, in) != NULL) {
        char *text = strchr(line, ' ');

        line[strcspn(line, "\r\n")] = '\0';
        if (line[0] == '#' || text == NULL) {
            continue;
        }
        *text++ = '\0';
        run(file, line, text);
    }
    fclose(in);
}

/* Does the text, as strtod() reads it, have these bits? */
static int has_bits(const char *text, const char *bits)
{
    double value = strtod(text, NULL);
    uint64_t got;

    memcpy(&got, &value, sizeof got);
    return got == strtoull(bits, NULL, 16) || (value == 0 && strtoull(bits, NULL, 16) << 1 == 0);
}

/* The library has no floating point: a number is its spelling. What it owes to who wants the value
 * is to hand the spelling out as it came, and to write it as it was given. */
static void run_number(const char *file, const char *bits, const char *text)
{
    struct trace trace = {TRACE_TOKENS, 0, NULL, 0, 0, 0, {0}, 0, 0, 0};
    const char *why = NULL;
    size_t different;

    trace_all_ways(&trace, text, strlen(text), 1, &different);
    if (different > 0 || trace.status != BEDROCK_OK) {
        why = different > 0 ? "cut input gives other events than the whole" : "refused";
    } else if (strncmp(trace.text, " n", 2) != 0 || strcmp(trace.text + 2, text) != 0) {
        why = "not handed out as it is spelt";
    } else if (!has_bits(trace.text + 2, bits)) {
        why = "what was handed out has another value";
    } else {
        why = check_same(text, strlen(text));
    }
    count(file, text, why);
    free(trace.text);
}

/* The digits of an integer that a number's text stands for; 0 if it has a fraction. Works on the
 * text alone. */
static int exact_digits(char *digits, size_t cap, const char *text)
{
    size_t len = 0;
    long exponent = 0;
    int behind_point = 0;

    for (; *text != '\0' && *text != 'e' && *text != 'E'; text++) {
        if (*text == '.') {
            behind_point = 1;
        } else if (*text != '-' && len + 1 < cap) {
            digits[len++] = *text;
            exponent -= behind_point;
        }
    }
    exponent += *text != '\0' ? strtol(text + 1, NULL, 10) : 0;
    for (; exponent < 0 && len > 0 && digits[len - 1] == '0'; exponent++) {
        len--;
    }
    for (; exponent > 0 && len + 1 < cap; exponent--) {
        digits[len++] = '0';
    }
    digits[len] = '\0';
    return exponent == 0 || strspn(digits, "0") == len;
}

static int fits_64_bits(const char *digits, int negative)
{
    const char *limit = negative ? "9223372036854775808" : "9223372036854775807";
    size_t len = strlen(digits);

    return len < 19 || (len == 19 && strcmp(digits, limit) <= 0);
}

static const char *check_integer(const char *word, const char *text)
{
    char digits[128], got[128];
    const char *significant = digits;
    int64_t value = 0;
    int status = bedrock_json_integer(&value, text, strlen(text));
    int is_integer = exact_digits(digits, sizeof digits, text);

    while (*significant == '0') {
        significant++;
    }
    if (!is_integer || !fits_64_bits(significant, *text == '-') || strcmp(word, "range") == 0) {
        return status == BEDROCK_E_JSON_SHAPE ? NULL : "accepted";
    }
    if (status != BEDROCK_OK) {
        return "refused";
    }
    snprintf(got, sizeof got, "%lld", (long long)value);
    return strcmp(value == 0 ? "" : got + (value < 0), significant) == 0 &&
                   (value < 0) == (*text == '-' && *significant != '\0')
               ? NULL
               : "another value";
}

static void run_integer(const char *file, const char *word, const char *text)
{
    count(file, text, check_integer(word, text));
}

static void run(const char *folder)
{
    struct trace trace = {TRACE_TOKENS, 0, NULL, 0, 0, 0, {0}, 0, 0, 0};

    vec_each(folder, "parse.vec", run_parse, &trace);
    vec_each(folder, "roundtrip.vec", run_roundtrip, NULL);
    vec_each(folder, "write_string.vec", run_string, &trace);
    vec_each(folder, "jcs.vec", run_jcs, NULL);
    vec_each(folder, "speed.vec", run_speed, &trace);
    each_line(folder, "numbers.txt", run_number);
    each_line(folder, "write_double.txt", run_number);
    each_line(folder, "ints.txt", run_integer);
    free(trace.text);
}

const struct vec_topic vectors_json = {"json", run};
