/* SPDX-License-Identifier: MIT */
/* See native/form.h. */
#include "native/form.h"

#include "client/converse.h"

#include <string.h>

/* ------------------------------------------------------------------ fields */

static const void *field_at(const struct bdk_form *form, uint8_t field)
{
    return (const uint8_t *)form->value + form->shape->fields[field].offset;
}

static const char *text_at(const struct bdk_form *form, uint8_t field)
{
    return *(const char *const *)field_at(form, field);
}

static int is_filled(const struct bdk_form *form, uint8_t field)
{
    const void *at = field_at(form, field);
    const struct bedrock_source *source = at;

    switch (form->shape->fields[field].type) {
    case BDK_FIELD_PROSE:
        return text_at(form, field) != NULL; /* an empty prompt was meant to be one */
    case BDK_FIELD_INTEGER:
        return *(const int32_t *)at != 0;
    case BDK_FIELD_FLAG:
        return *(const uint8_t *)at != 0;
    case BDK_FIELD_STRINGS:
        return ((const struct bedrock_string_list *)at)->count != 0;
    case BDK_FIELD_SOURCE:
        return source->len > 0 || source->data != NULL || source->read_at != NULL;
    default:
        return !bdk_absent(text_at(form, field));
    }
}

static void take(struct bdk_form *form, uint8_t field)
{
    form->taken |= (uint32_t)1 << field;
}

/* The service refuses what is blank; said here, it is said before anything is sent. */
static int is_blank(const char *text)
{
    while (*text != '\0' && (uint8_t)*text <= ' ') {
        text++;
    }
    return *text == '\0';
}

static void check_prose(struct bdk_form *form, const char *text)
{
    if (text == NULL) {
        bdk_refuse(form->json);
    } else if (is_blank(text)) {
        bedrock_output_fail(form->json->out, BEDROCK_E_EMPTY_TEXT);
    }
}

static void put_source(struct bdk_form *form, const struct bedrock_source *source)
{
    if (source->len == 0 || (source->data == NULL && source->read_at == NULL)) {
        bdk_refuse(form->json);
    }
    bedrock_json_put_base64(form->json, source);
}

static void put_integer(struct bdk_form *form, int32_t value)
{
    if (value < 0) {
        bdk_refuse(form->json);
    }
    bedrock_json_put_integer(form->json, value);
}

/* A field's value. */
static void put_value(struct bdk_form *form, uint8_t field)
{
    const void *at = field_at(form, field);

    switch (form->shape->fields[field].type) {
    case BDK_FIELD_INTEGER:
        put_integer(form, *(const int32_t *)at);
        return;
    case BDK_FIELD_STRINGS:
        bdk_render_strings(form->json, at);
        return;
    case BDK_FIELD_SOURCE:
        put_source(form, at);
        return;
    case BDK_FIELD_NUMBER:
        bedrock_json_put_number(form->json, text_at(form, field));
        return;
    case BDK_FIELD_JSON:
        bedrock_json_put_raw(form->json, text_at(form, field), strlen(text_at(form, field)));
        return;
    default:
        check_prose(form, text_at(form, field));
        bedrock_json_put_text(form->json, text_at(form, field));
        return;
    }
}

/* ----------------------------------------------------------------- members */

static void put_key(struct bdk_form *form, const char *key)
{
    if (key != NULL) {
        bedrock_json_put_key(form->json, key);
    }
}

/* What stands there instead. */
static void put_default(struct bdk_form *form, const struct bdk_member *member)
{
    put_key(form, member->key);
    if (form->shape->fields[member->field].type == BDK_FIELD_INTEGER) {
        bedrock_json_put_number(form->json, member->text);
    } else {
        bedrock_json_put_text(form->json, member->text);
    }
}

static void put_field(struct bdk_form *form, const struct bdk_member *member)
{
    take(form, member->field);
    if (is_filled(form, member->field)) {
        put_key(form, member->key);
        put_value(form, member->field);
    } else if (member->op == BDK_FORM_NEED) {
        bdk_refuse(form->json);
    } else if (member->text != NULL) {
        put_default(form, member);
    }
}

/* A piece of a string; moves *text, if there is one, behind its NUL. */
static void put_piece(struct bdk_form *form, const char **text)
{
    size_t len = strlen(*text);

    bedrock_json_put_piece(form->json, *text, len);
    *text += len + 1;
}

/* The prompt and the system's text in the family's words. */
static void put_around(struct bdk_form *form, const struct bdk_member *member)
{
    const char *around = member->text, *text;

    put_piece(form, &around);
    if (member->other != BDK_NO_FIELD && is_filled(form, member->other)) {
        put_piece(form, &around);
        text = text_at(form, member->other);
        put_piece(form, &text);
        put_piece(form, &around);
    } else {
        around += strlen(around) + 1;
        around += strlen(around) + 1;
    }
    put_piece(form, &around);
    text = text_at(form, member->field);
    put_piece(form, &text);
    put_piece(form, &around);
}

/* A prompt that is raw has no place for what the system should be: it is in there already. */
static void put_ask(struct bdk_form *form, const struct bdk_member *member)
{
    const char *prompt = text_at(form, member->field);
    int is_raw = is_filled(form, BDK_PROMPT_RAW) || member->text == NULL;

    take(form, member->field);
    take(form, BDK_PROMPT_RAW);
    check_prose(form, prompt);
    if (form->json->out->status != 0) {
        return;
    }
    put_key(form, member->key);
    bedrock_json_begin_string(form->json);
    if (is_raw) {
        put_piece(form, &prompt);
    } else {
        if (member->other != BDK_NO_FIELD) {
            take(form, member->other);
        }
        put_around(form, member);
    }
    bedrock_json_end_string(form->json);
}

static void check_rule(struct bdk_form *form, const struct bdk_member *member)
{
    int filled = is_filled(form, member->field) + is_filled(form, member->other);

    if (filled == (member->op == BDK_FORM_ANY_OF ? 0 : 2)) {
        bdk_refuse(form->json);
    }
}

static int is_begin(const struct bdk_member *member)
{
    return member->op == BDK_FORM_OBJECT || member->op == BDK_FORM_ARRAY;
}

/* The last member of a group that has none of its fields filled; NULL if one is. */
static const struct bdk_member *empty_group(const struct bdk_form *form,
                                            const struct bdk_member *member)
{
    int depth = 1;

    while (depth > 0) {
        member++;
        if (member->field != BDK_NO_FIELD &&
            (is_filled(form, member->field) || member->text != NULL)) {
            return NULL;
        }
        depth += is_begin(member);
        depth -= member->op == BDK_FORM_END_OBJECT || member->op == BDK_FORM_END_ARRAY;
    }
    return member;
}

static void put_member(struct bdk_form *form, const struct bdk_member *member)
{
    switch (member->op) {
    case BDK_FORM_OBJECT:
        put_key(form, member->key);
        bedrock_json_begin_object(form->json);
        return;
    case BDK_FORM_ARRAY:
        put_key(form, member->key);
        bedrock_json_begin_array(form->json);
        return;
    case BDK_FORM_END_OBJECT:
        bedrock_json_end_object(form->json);
        return;
    case BDK_FORM_END_ARRAY:
        bedrock_json_end_array(form->json);
        return;
    case BDK_FORM_FIXED:
        put_key(form, member->key);
        bedrock_json_put_text(form->json, member->text);
        return;
    case BDK_FORM_ASK:
        put_ask(form, member);
        return;
    case BDK_FORM_ANY_OF:
    case BDK_FORM_NOT_BOTH:
        check_rule(form, member);
        return;
    default:
        put_field(form, member);
        return;
    }
}

void bdk_form_put(struct bdk_form *form, const struct bdk_member *members)
{
    const struct bdk_member *member, *end;

    for (member = members; member->op != BDK_FORM_END && form->json->out->status == 0; member++) {
        end = is_begin(member) ? empty_group(form, member) : NULL;
        if (end != NULL) {
            member = end;
        } else {
            put_member(form, member);
        }
    }
}

int bdk_form_check(const struct bdk_form *form)
{
    uint8_t i;

    for (i = 0; i < form->shape->count; i++) {
        if ((form->taken >> i & 1) == 0 && is_filled(form, i)) {
            return bdk_refuse(form->json);
        }
    }
    return form->json->out->status;
}

int bdk_form_render(struct bdk_form *form, const struct bdk_member *members)
{
    if (form->value == NULL) {
        return bdk_refuse(form->json);
    }
    bedrock_json_begin_object(form->json);
    bdk_form_put(form, members);
    bedrock_json_end_object(form->json);
    return bdk_form_check(form);
}
