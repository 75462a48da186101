/* SPDX-License-Identifier: MIT */
#define _POSIX_C_SOURCE 200809L

#include "schema.h"

#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Where we are: `messages.1.member.content` for constraints, `messages/0/content` for keys. */
struct place {
    const struct place *parent;
    const char *name; /* NULL: an element */
    size_t index;
};

static int check(const struct sim_member *member, const struct sim_json *value,
                 const struct place *place, struct sim_error *error);

static const char *plain_name(const struct sim_member *member)
{
    return member->name + (member->name[0] == '!');
}

static void add_constraint_place(struct sim_text *out, const struct place *place)
{
    if (place->parent != NULL) {
        add_constraint_place(out, place->parent);
        sim_text_puts(out, out->len > 0 ? "." : "");
    }
    if (place->name != NULL) {
        sim_text_puts(out, place->name);
    } else {
        sim_text_printf(out, "%lu.member", (unsigned long)place->index + 1);
    }
}

static void add_pointer(struct sim_text *out, const struct place *place)
{
    if (place->parent != NULL) {
        add_pointer(out, place->parent);
        sim_text_puts(out, "/");
    }
    if (place->name != NULL) {
        sim_text_puts(out, place->name);
    } else {
        sim_text_printf(out, "%lu", (unsigned long)place->index);
    }
}

static int violates(struct sim_error *error, const struct place *place, const char *constraint)
{
    struct sim_text where = {NULL, 0, 0};

    add_constraint_place(&where, place);
    sim_invalid(error,
                "1 validation error detected: Value at '%s' failed to satisfy constraint: %s",
                sim_text_string(&where), constraint);
    sim_text_free(&where);
    return -1;
}

static int malformed(struct sim_error *error, const struct place *place, const char *format,
                     const char *detail)
{
    struct sim_text where = {NULL, 0, 0};
    char what[256];

    add_pointer(&where, place);
    snprintf(what, sizeof what, format, detail);
    sim_invalid(error,
                "Malformed input request: #%s: %s, please reformat your input and try again.",
                sim_text_string(&where), what);
    sim_text_free(&where);
    return -1;
}

static int expect(const struct sim_json *value, enum sim_json_type type, const struct place *place,
                  struct sim_error *error)
{
    static const char *const names[] = {"Null",   "Boolean",   "Number",
                                        "String", "JSONArray", "JSONObject"};
    char what[64];

    if (value->type == type) {
        return 0;
    }
    if (value->type == SIM_JSON_NULL) {
        return violates(error, place, "Member must not be null");
    }
    snprintf(what, sizeof what, "expected type: %s, found: %s", names[type], names[value->type]);
    return malformed(error, place, "%s", what);
}

/* size is what the limits count; noun reads "length" or "value". */
static int check_limits(const struct sim_member *member, double size, const char *noun,
                        const struct place *place, struct sim_error *error)
{
    char what[96];

    if (size < member->min) {
        snprintf(what, sizeof what, "Member must have %s greater than or equal to %.10g", noun,
                 member->min);
        return violates(error, place, what);
    }
    if (size > member->max) {
        snprintf(what, sizeof what, "Member must have %s less than or equal to %.10g", noun,
                 member->max);
        return violates(error, place, what);
    }
    return 0;
}

static size_t count_characters(const struct sim_json *value)
{
    size_t count = 0, i;

    for (i = 0; i < value->text_len; i++) {
        count += ((unsigned char)value->text[i] & 0xc0) != 0x80;
    }
    return count;
}

static int check_pattern(const struct sim_member *member, const struct sim_json *value,
                         const struct place *place, struct sim_error *error)
{
    struct sim_text what = {NULL, 0, 0};
    regex_t expression;
    int matches;

    if (member->words == NULL) {
        return 0;
    }
    sim_text_printf(&what, "^(%s)$", member->words);
    if (regcomp(&expression, what.data, REG_EXTENDED | REG_NOSUB) != 0) {
        fprintf(stderr, "simulator: bad pattern %s\n", what.data);
        exit(1);
    }
    matches = regexec(&expression, value->text, 0, NULL, 0) == 0;
    regfree(&expression);
    if (!matches) {
        sim_text_clear(&what);
        sim_text_printf(&what, "Member must satisfy regular expression pattern: %s", member->words);
        violates(error, place, what.data);
    }
    sim_text_free(&what);
    return matches ? 0 : -1;
}

static int check_string(const struct sim_member *member, const struct sim_json *value,
                        const struct place *place, struct sim_error *error)
{
    if (check_limits(member, (double)count_characters(value), "length", place, error) != 0) {
        return -1;
    }
    return check_pattern(member, value, place, error);
}

static int check_enum(const struct sim_member *member, const struct sim_json *value,
                      const struct place *place, struct sim_error *error)
{
    struct sim_text word = {NULL, 0, 0};
    char what[768];
    int found;

    sim_text_printf(&word, "|%s|", value->text);
    found = value->text_len > 0 && strchr(value->text, '|') == NULL &&
            strstr(member->words, word.data) != NULL;
    sim_text_free(&word);
    if (found) {
        return 0;
    }
    snprintf(what, sizeof what, "Member must satisfy enum value set: [%.*s]",
             (int)strlen(member->words) - 2, member->words + 1);
    return violates(error, place, what);
}

static int check_number(const struct sim_member *member, const struct sim_json *value,
                        const struct place *place, struct sim_error *error)
{
    if (member->kind == SIM_KIND_INT && strpbrk(value->text, ".eE") != NULL) {
        return malformed(error, place, "expected type: Integer, found: %s", "Number");
    }
    return check_limits(member, strtod(value->text, NULL), "value", place, error);
}

static int base64_value(char c)
{
    if (c >= 'A' && c <= 'Z') {
        return c - 'A';
    }
    if (c >= 'a' && c <= 'z') {
        return c - 'a' + 26;
    }
    if (c >= '0' && c <= '9') {
        return c - '0' + 52;
    }
    return c == '+' ? 62 : c == '/' ? 63 : -1;
}

int sim_base64_decode(struct sim_text *out, const char *data, size_t len)
{
    size_t padding = len >= 2 && data[len - 1] == '=' ? 1u + (data[len - 2] == '=') : 0;
    unsigned long group = 0;
    size_t i;

    if (len % 4 != 0) {
        return -1;
    }
    for (i = 0; i < len; i++) {
        int value = i < len - padding ? base64_value(data[i]) : 0;

        if (value < 0) {
            return -1;
        }
        group = group << 6 | (unsigned long)value;
        if (i % 4 == 3) {
            char bytes[3] = {(char)(group >> 16 & 255), (char)(group >> 8 & 255),
                             (char)(group & 255)};

            sim_text_add(out, bytes, i + 1 == len ? 3 - padding : 3);
            if (i + 1 == len && padding > 0 && (bytes[3 - padding] != 0)) {
                return -1; /* bits after the end must be zero */
            }
            group = 0;
        }
    }
    return 0;
}

static int check_blob(const struct sim_member *member, const struct sim_json *value,
                      const struct place *place, struct sim_error *error)
{
    struct sim_text bytes = {NULL, 0, 0};
    int result = sim_base64_decode(&bytes, value->text, value->text_len);
    size_t len = bytes.len;

    sim_text_free(&bytes);
    if (result != 0) {
        return malformed(error, place, "%s is not valid base64", "the value");
    }
    return check_limits(member, (double)len, "length", place, error);
}

static const struct sim_member *find_member(const struct sim_member *shape, const char *name)
{
    for (; shape->kind != SIM_KIND_END; shape++) {
        if (strcmp(plain_name(shape), name) == 0) {
            return shape;
        }
    }
    return NULL;
}

static int check_members(const struct sim_member *shape, const struct sim_json *value,
                         const struct place *place, struct sim_error *error)
{
    const struct sim_json *child;

    for (child = value->first; child != NULL; child = child->next) {
        const struct sim_member *member = find_member(shape, child->key);
        struct place here = {place, child->key, 0};

        if (member == NULL) {
            return malformed(error, place, "extraneous key [%.100s] is not permitted", child->key);
        }
        if (check(member, child, &here, error) != 0) {
            return -1;
        }
    }
    for (; shape->kind != SIM_KIND_END; shape++) {
        struct place here = {place, plain_name(shape), 0};

        if (shape->name[0] == '!' && sim_json_find(value, plain_name(shape)) == NULL) {
            return violates(error, &here, "Member must not be null");
        }
    }
    return 0;
}

static int check_union(const struct sim_member *member, const struct sim_json *value,
                       const struct place *place, struct sim_error *error)
{
    if (value->count != 1) {
        return malformed(error, place, "%s",
                         value->count == 0 ? "a union must have exactly one member, found none"
                                           : "a union must have exactly one member, found several");
    }
    return check_members(member->shape, value, place, error);
}

static int check_list(const struct sim_member *member, const struct sim_json *value,
                      const struct place *place, struct sim_error *error)
{
    struct place here = {place, NULL, 0};
    const struct sim_json *child;

    if (check_limits(member, (double)value->count, "length", place, error) != 0) {
        return -1;
    }
    for (child = value->first; child != NULL; child = child->next) {
        if (check(member->shape, child, &here, error) != 0) {
            return -1;
        }
        here.index++;
    }
    return 0;
}

static int check_map(const struct sim_member *member, const struct sim_json *value,
                     const struct place *place, struct sim_error *error)
{
    const struct sim_json *child;

    if (check_limits(member, (double)value->count, "length", place, error) != 0) {
        return -1;
    }
    for (child = value->first; child != NULL; child = child->next) {
        struct place here = {place, child->key, 0};
        struct sim_json key = {SIM_JSON_STRING, NULL, NULL, 0, 0, NULL, NULL};

        key.text = child->key;
        key.text_len = strlen(child->key);
        if (check(member->key, &key, &here, error) != 0 ||
            check(member->shape, child, &here, error) != 0) {
            return -1;
        }
    }
    return 0;
}

static int check_members_of(const struct sim_member *member, const struct sim_json *value,
                            const struct place *place, struct sim_error *error)
{
    return check_members(member->shape, value, place, error);
}

static int check_nothing(const struct sim_member *member, const struct sim_json *value,
                         const struct place *place, struct sim_error *error)
{
    (void)member;
    (void)value;
    (void)place;
    (void)error;
    return 0;
}

static int check(const struct sim_member *member, const struct sim_json *value,
                 const struct place *place, struct sim_error *error)
{
    static const struct {
        enum sim_json_type type;
        int (*check)(const struct sim_member *, const struct sim_json *, const struct place *,
                     struct sim_error *);
    } kinds[] = {
        {SIM_JSON_NULL, check_nothing},      /* END */
        {SIM_JSON_STRING, check_string},     /* STRING */
        {SIM_JSON_STRING, check_enum},       /* ENUM */
        {SIM_JSON_NUMBER, check_number},     /* INT */
        {SIM_JSON_NUMBER, check_number},     /* FLOAT */
        {SIM_JSON_BOOL, check_nothing},      /* BOOL */
        {SIM_JSON_STRING, check_blob},       /* BLOB */
        {SIM_JSON_NULL, check_nothing},      /* ANY */
        {SIM_JSON_OBJECT, check_nothing},    /* OBJECT */
        {SIM_JSON_OBJECT, check_members_of}, /* STRUCT */
        {SIM_JSON_OBJECT, check_union},      /* UNION */
        {SIM_JSON_ARRAY, check_list},        /* LIST */
        {SIM_JSON_OBJECT, check_map},        /* MAP */
    };

    if (member->kind != SIM_KIND_ANY &&
        expect(value, kinds[member->kind].type, place, error) != 0) {
        return -1;
    }
    return kinds[member->kind].check(member, value, place, error);
}

int sim_schema_check(const struct sim_member *shape, const struct sim_json *body,
                     struct sim_error *error)
{
    struct place root = {NULL, "", 0};

    if (expect(body, SIM_JSON_OBJECT, &root, error) != 0) {
        return -1;
    }
    return check_members(shape, body, &root, error);
}
