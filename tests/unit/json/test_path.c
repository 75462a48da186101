/* SPDX-License-Identifier: MIT */
/* Where in a tree of names the tokens of a document stand. */
#include "test.h"
#include "trace.h"

static const char nodes[] = "-0\0"
                            "o1output\0"
                            "m2message\0"
                            "r3role\0"
                            "c3content\0"
                            "e4[]\0"
                            "t5text\0"
                            "u5toolUse\0"
                            "n6name\0"
                            "i6input\0"
                            "s1usage\0"
                            "v2{}\0"
                            "k2known\0"
                            "d2deep\0"
                            "p3{}\0"
                            "q4z\0"
                            "g1grid\0"
                            "w2[]\0"
                            "x3[]\0"
                            "l1abcdefghijklmnopqrstuvwxyz012345\0"; /* a name of 32 bytes */

/* The row with that letter. */
static const char *row_of(char letter)
{
    const char *row = nodes;

    while (row[0] != letter) {
        row += strlen(row) + 1;
    }
    return row;
}

/* Writes the letters of all that stands in the tree, and a dot for each token that does not; a
 * value in pieces once. Fails if the pieces of one value do not agree. */
static void walk(char *letters, const char *text, size_t first, size_t step, char root, char raw)
{
    size_t len = strlen(text), off = 0, size = first, count = 0;
    struct bedrock_json_event event;
    struct bedrock_json_path path;
    struct bedrock_json json;
    int open = 0;

    bedrock_json_init(&json);
    bedrock_json_path_init(&path, row_of(root));
    while (off < len) {
        const char *in = text + off;

        size = size < len - off ? size : len - off;
        while (bedrock_json_next(&json, &in, text + off + size, &event) == BEDROCK_EVENT) {
            char tag = bedrock_json_path_next(&path, &event);
            char letter = (char)(tag == BEDROCK_JSON_NO_TAG ? '.' : tag);

            if (event.type == BEDROCK_JSON_KEY) {
                CHECK(event.last || tag == BEDROCK_JSON_NO_TAG);
                if (event.last && tag == raw) {
                    bedrock_json_raw(&json);
                }
                continue;
            }
            if (open) {
                CHECK_INT(letters[count - 1], letter);
            } else {
                letters[count++] = letter;
            }
            open = !event.last;
        }
        off += size;
        size = step;
    }
    letters[count] = '\0';
}

/* raw: the letter of a value that is asked for as it stands; a blank for none. */
static void check_walk(const char *text, char root, char raw, const char *want)
{
    size_t len = strlen(text), cut;
    char letters[512];

    test_context("text: %s", text);
    walk(letters, text, len, len, root, raw);
    CHECK_TEXT(letters, want);
    walk(letters, text, 1, 1, root, raw);
    CHECK_TEXT(letters, want);
    for (cut = 1; cut < len; cut++) {
        test_context("text: %s, cut at %d", text, (int)cut);
        walk(letters, text, cut, len, root, raw);
        CHECK_TEXT(letters, want);
    }
    test_context(NULL);
}

static void finds_members_and_elements(void)
{
    check_walk("{\"output\":{\"message\":{\"role\":\"assistant\",\"content\":[{\"text\":\"hi\"},"
               "{\"toolUse\":{\"name\":\"f\",\"input\":{\"a\":[1]}}}]}}}",
               '-', ' ', "-omrceteeuni...iuecmo-");
    check_walk("{}", '-', ' ', "--");
    check_walk("{\"output\":null}", '-', ' ', "-o-");
}

static void skips_what_it_does_not_know(void)
{
    check_walk("{\"x\":1,\"y\":{\"output\":{\"message\":2}},\"z\":[[{}]],\"output\":3}", '-', ' ',
               "-............o-");
    check_walk("{\"outpu\":1,\"outputs\":2,\"Output\":3,\"\":4,\"message\":5}", '-', ' ',
               "-.....-");
}

static void knows_any_member(void)
{
    check_walk("{\"usage\":{\"a\":1,\"known\":2,\"b\":{\"c\":3},\"{}\":4,\"[]\":5,"
               "\"deep\":{\"any\":{\"z\":6,\"y\":7},\"z\":8}}}",
               '-', ' ', "-svkv.vvvdpq.ppds-");
}

static void knows_arrays_of_arrays(void)
{
    check_walk("{\"grid\":[[1,2],[],3,{\"a\":1},[[4]]],\"output\":0}", '-', ' ',
               "-gwxxwwwww.wwx.xwgo-");
}

/* A tree says what a value should be. One of another kind has no known parts, but it is found. */
static void finds_values_of_another_kind(void)
{
    check_walk("{\"output\":{\"message\":{\"content\":{\"[]\":1,\"a\":2}}}}", '-', ' ',
               "-omc..cmo-");
    check_walk("{\"usage\":[1,{\"known\":2}],\"output\":1}", '-', ' ', "-s....so-");
    check_walk("{\"output\":[[1],2],\"usage\":3}", '-', ' ', "-o....os-");
}

static void compares_keys_as_they_read(void)
{
    check_walk("{\"out\\u0070ut\":1,\"\\u006futput\":{\"mess\\u0061ge\":2}}", '-', ' ', "-oomo-");
    check_walk("{\"output\":1,\"output\":{\"message\":2}}", '-', ' ', "-oomo-");
}

static void knows_keys_up_to_its_limit(void)
{
    check_walk("{\"abcdefghijklmnopqrstuvwxyz012345\":1,\"abcdefghijklmnopqrstuvwxyz0123456\":2,"
               "\"abcdefghijklmnopqrstuvwxyz01234\":3,\"output\":4}",
               '-', ' ', "-l..o-");
    check_walk("{\"usage\":{\"a key that is much longer than the longest one in any tree\":1}}",
               '-', ' ', "-svs-");
}

static void starts_anywhere_in_the_tree(void)
{
    check_walk("{\"text\":\"a\",\"toolUse\":{\"name\":1},\"output\":2}", 'e', ' ', "etunu.e");
    check_walk("[{\"text\":1},2]", 'c', ' ', "ceteec");
    check_walk("\"abc\"", 't', ' ', "t");
    check_walk("true", '-', ' ', "-");
    check_walk("[{\"output\":1}]", '-', ' ', "-...-");
}

static void takes_a_raw_value_for_one(void)
{
    check_walk("{\"output\":{\"message\":{\"content\":[{\"toolUse\":{\"input\":{\"a\":[1]},"
               "\"name\":2}},{\"text\":3}]}}}",
               '-', 'i', "-omceuinueetecmo-");
    check_walk("{\"output\":[1,2],\"usage\":{\"known\":1}}", '-', 'o', "-osks-");
}

static void finds_its_way_back_from_the_deepest_level(void)
{
    enum { LEVELS = BEDROCK_JSON_DEPTH - 1 };
    char text[2 * LEVELS + 64] = "{\"x\":", want[2 * LEVELS + 16] = "-";

    memset(text + 5, '[', LEVELS);
    memset(text + 5 + LEVELS, ']', LEVELS);
    strcat(text, ",\"output\":{\"message\":1}}");
    memset(want + 1, '.', 2 * LEVELS);
    strcat(want, "omo-");
    check_walk(text, '-', ' ', want);
}

int main(void)
{
    RUN(finds_members_and_elements);
    RUN(skips_what_it_does_not_know);
    RUN(knows_any_member);
    RUN(knows_arrays_of_arrays);
    RUN(finds_values_of_another_kind);
    RUN(compares_keys_as_they_read);
    RUN(knows_keys_up_to_its_limit);
    RUN(starts_anywhere_in_the_tree);
    RUN(takes_a_raw_value_for_one);
    RUN(finds_its_way_back_from_the_deepest_level);
    return test_finish();
}
