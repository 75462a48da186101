/* SPDX-License-Identifier: MIT */
/* Every kind of content block, and what a half-filled one does. */
#include "unit/client/request.h"

static const uint8_t png[] = {0x89, 'P', 'N', 'G'};

#define BYTES   .source = BEDROCK_BYTES(png, sizeof png)
#define PNG64   "iVBORw=="
#define S3      .s3_uri = "s3://bucket/key"
#define S3_JSON "{\"s3Location\":{\"uri\":\"s3://bucket/key\"}}"
#define RESULT(...)                                                                                \
    BEDROCK_TOOL_RESULT(.tool_use_id = "t1", .content = BEDROCK_CONTENT(__VA_ARGS__))
#define RESULT_JSON(json) "{\"toolResult\":{\"toolUseId\":\"t1\",\"content\":[" json "]}}"

struct block_case {
    const char *name;
    struct bedrock_content content;
    const char *json;
};

static const struct block_case blocks[] = {
    {"text", BEDROCK_TEXT("hi"), "{\"text\":\"hi\"}"},
    {"escapes", BEDROCK_TEXT("\"\\/\b\f\n\r\t\x01\x7f"),
     "{\"text\":\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\x7f\"}"},
    {"UTF-8", BEDROCK_TEXT("\xc3\xbc\xe2\x82\xac\xf0\x9f\x98\x80"),
     "{\"text\":\"\xc3\xbc\xe2\x82\xac\xf0\x9f\x98\x80\"}"},
    {"white space around", BEDROCK_TEXT(" \n x "), "{\"text\":\" \\n x \"}"},
    {"text with a length", BEDROCK_TEXT_N("hi there", 2), "{\"text\":\"hi\"}"},
    {"text with NULs", BEDROCK_TEXT_N("\0a\0", 3), "{\"text\":\"\\u0000a\\u0000\"}"},
    {"no ASCII at all", BEDROCK_TEXT("\xc3\xbc"), "{\"text\":\"\xc3\xbc\"}"},

    {"json", RESULT(BEDROCK_JSON("{\"a\": [1, 2.0]}")),
     RESULT_JSON("{\"json\":{\"a\": [1, 2.0]}}")},
    {"json scalar", RESULT(BEDROCK_JSON(" 1 ")), RESULT_JSON("{\"json\":1}")},
    {"json with a length", RESULT(BEDROCK_JSON_N("true!", 4)), RESULT_JSON("{\"json\":true}")},
    {"raw", BEDROCK_RAW("{\"newKind\":{}}"), "{\"newKind\":{}}"},

    {"image", BEDROCK_IMAGE(.format = "png", BYTES),
     "{\"image\":{\"format\":\"png\",\"source\":{\"bytes\":\"" PNG64 "\"}}}"},
    {"image in S3", BEDROCK_IMAGE(.format = "png", S3),
     "{\"image\":{\"format\":\"png\",\"source\":" S3_JSON "}}"},
    {"image in another's S3", BEDROCK_IMAGE(.format = "png", S3, .s3_bucket_owner = "123456789012"),
     "{\"image\":{\"format\":\"png\",\"source\":{\"s3Location\":{\"uri\":\"s3://bucket/key\","
     "\"bucketOwner\":\"123456789012\"}}}}"},
    {"video", BEDROCK_VIDEO(.format = "mp4", S3),
     "{\"video\":{\"format\":\"mp4\",\"source\":" S3_JSON "}}"},
    {"audio", BEDROCK_AUDIO(.format = "wav", BYTES),
     "{\"audio\":{\"format\":\"wav\",\"source\":{\"bytes\":\"" PNG64 "\"}}}"},

    {"document", BEDROCK_DOCUMENT(.name = "a b", .format = "pdf", BYTES),
     "{\"document\":{\"format\":\"pdf\",\"name\":\"a b\",\"source\":{\"bytes\":\"" PNG64 "\"}}}"},
    {"document in S3", BEDROCK_DOCUMENT(.name = "a", .format = "pdf", S3),
     "{\"document\":{\"format\":\"pdf\",\"name\":\"a\",\"source\":" S3_JSON "}}"},
    {"document of text", BEDROCK_DOCUMENT(.name = "a", .text = "t"),
     "{\"document\":{\"name\":\"a\",\"source\":{\"text\":\"t\"}}}"},
    {"all of a document",
     BEDROCK_DOCUMENT(.name = "a", .format = "txt", .content = BEDROCK_STRINGS("x", "y"),
                      .context = "c", .citations = 1),
     "{\"document\":{\"format\":\"txt\",\"name\":\"a\",\"source\":{\"content\":[{\"text\":\"x\"},"
     "{\"text\":\"y\"}]},\"context\":\"c\",\"citations\":{\"enabled\":true}}}"},

    {"tool use", BEDROCK_TOOL_USE(.tool_use_id = "t1", .name = "n", .input = "{\"a\":\"}\"}"),
     "{\"toolUse\":{\"toolUseId\":\"t1\",\"name\":\"n\",\"input\":{\"a\":\"}\"}}}"},
    {"tool use without input", BEDROCK_TOOL_USE(.tool_use_id = "t1", .name = "n", .input = ""),
     "{\"toolUse\":{\"toolUseId\":\"t1\",\"name\":\"n\",\"input\":{}}}"},
    {"server tool use", BEDROCK_TOOL_USE(.tool_use_id = "t1", .name = "n", .server_tool = 1),
     "{\"toolUse\":{\"toolUseId\":\"t1\",\"name\":\"n\",\"input\":{},"
     "\"type\":\"server_tool_use\"}}"},

    {"tool result", RESULT(BEDROCK_TEXT("x")), RESULT_JSON("{\"text\":\"x\"}")},
    {"tool result of nothing", BEDROCK_TOOL_RESULT(.tool_use_id = "t1", .status = "success"),
     "{\"toolResult\":{\"toolUseId\":\"t1\",\"content\":[],\"status\":\"success\"}}"},
    {"server tool result",
     BEDROCK_TOOL_RESULT(.tool_use_id = "t1", .content = BEDROCK_CONTENT(BEDROCK_TEXT("x")),
                         .status = "error", .type = "web"),
     "{\"toolResult\":{\"toolUseId\":\"t1\",\"content\":[{\"text\":\"x\"}],\"status\":\"error\","
     "\"type\":\"web\"}}"},
    {"everything a tool can say",
     RESULT(BEDROCK_TEXT("x"), BEDROCK_JSON("[]"), BEDROCK_IMAGE(.format = "png", BYTES),
            BEDROCK_DOCUMENT(.name = "d", .text = "t"), BEDROCK_VIDEO(.format = "mp4", S3),
            BEDROCK_SEARCH_RESULT(.source = "s", .title = "t", .content = BEDROCK_STRINGS("c"))),
     RESULT_JSON("{\"text\":\"x\"},{\"json\":[]},"
                 "{\"image\":{\"format\":\"png\",\"source\":{\"bytes\":\"" PNG64 "\"}}},"
                 "{\"document\":{\"name\":\"d\",\"source\":{\"text\":\"t\"}}},"
                 "{\"video\":{\"format\":\"mp4\",\"source\":" S3_JSON "}},"
                 "{\"searchResult\":{\"source\":\"s\",\"title\":\"t\",\"content\":"
                 "[{\"text\":\"c\"}]}}")},

    {"reasoning", BEDROCK_REASONING(.text = "hm", .signature = "c2ln"),
     "{\"reasoningContent\":{\"reasoningText\":{\"text\":\"hm\",\"signature\":\"c2ln\"}}}"},
    {"reasoning unsigned", BEDROCK_REASONING(.text = "hm", .signature = ""),
     "{\"reasoningContent\":{\"reasoningText\":{\"text\":\"hm\"}}}"},
    {"reasoning withheld", BEDROCK_REASONING(.signature = "c2ln"),
     "{\"reasoningContent\":{\"reasoningText\":{\"text\":\"\",\"signature\":\"c2ln\"}}}"},
    {"reasoning redacted", BEDROCK_REASONING(.redacted_content = "AAA="),
     "{\"reasoningContent\":{\"redactedContent\":\"AAA=\"}}"},

    {"guarded text", BEDROCK_GUARD_CONTENT(.text = "g"),
     "{\"guardContent\":{\"text\":{\"text\":\"g\"}}}"},
    {"guarded text, qualified",
     BEDROCK_GUARD_CONTENT(.text = "g", .qualifiers = BEDROCK_STRINGS("grounding_source", "query")),
     "{\"guardContent\":{\"text\":{\"text\":\"g\",\"qualifiers\":[\"grounding_source\","
     "\"query\"]}}}"},
    {"guarded image",
     BEDROCK_GUARD_CONTENT(.image = &(const struct bedrock_media){.format = "jpeg", BYTES}),
     "{\"guardContent\":{\"image\":{\"format\":\"jpeg\",\"source\":{\"bytes\":\"" PNG64 "\"}}}}"},

    {"cache point", BEDROCK_CACHE_POINT(), "{\"cachePoint\":{\"type\":\"default\"}}"},
    {"cache point for an hour", BEDROCK_CACHE_POINT(.ttl = "1h"),
     "{\"cachePoint\":{\"type\":\"default\",\"ttl\":\"1h\"}}"},

    {"search result",
     BEDROCK_SEARCH_RESULT(.source = "https://a", .title = "t",
                           .content = BEDROCK_STRINGS("x", "y"), .citations = 1),
     "{\"searchResult\":{\"source\":\"https://a\",\"title\":\"t\",\"content\":[{\"text\":\"x\"},"
     "{\"text\":\"y\"}],\"citations\":{\"enabled\":true}}}"},
    {"citations",
     BEDROCK_CITATIONS(.content = BEDROCK_STRINGS("x"), .citations = "[{\"title\":\"t\"}]"),
     "{\"citationsContent\":{\"content\":[{\"text\":\"x\"}],\"citations\":[{\"title\":\"t\"}]}}"},
    {"citations of nothing", BEDROCK_CITATIONS(.citations = "[]"),
     "{\"citationsContent\":{\"citations\":[]}}"},
    {"tool addition", BEDROCK_TOOL_ADDITION(.type = "mcp", .name = "n", .server_name = "s"),
     "{\"toolAddition\":{\"tool\":{\"type\":\"mcp\",\"name\":\"n\",\"serverName\":\"s\"}}}"},
    {"tool removal", BEDROCK_TOOL_REMOVAL(.name = "n"),
     "{\"toolRemoval\":{\"tool\":{\"name\":\"n\"}}}"},
};

static const struct bedrock_converse *say(const struct bedrock_content *content)
{
    static struct bedrock_message message;
    static struct bedrock_converse request;

    message = (struct bedrock_message){.role = "user", .content = {content, 1}};
    request = (struct bedrock_converse){.messages = {&message, 1}};
    return &request;
}

static void test_blocks(void)
{
    static char want[RENDERING_CAP];
    size_t i;

    for (i = 0; i < sizeof blocks / sizeof blocks[0]; i++) {
        test_context("%s", blocks[i].name);
        strcpy(want, "{\"messages\":[{\"role\":\"user\",\"content\":[");
        strcat(want, blocks[i].json);
        strcat(want, "]}]}");
        check_request(say(&blocks[i].content), want);
    }
    test_context(NULL);
}

static const struct bedrock_media in_s3 = {.format = "png", S3};

struct refused_case {
    const char *name;
    int status;
    struct bedrock_content content;
};

static const struct refused_case refused[] = {
    {"no text", BEDROCK_E_EMPTY_TEXT, BEDROCK_TEXT(NULL)},
    {"empty text", BEDROCK_E_EMPTY_TEXT, BEDROCK_TEXT("")},
    {"blank text", BEDROCK_E_EMPTY_TEXT, BEDROCK_TEXT(" \t\r\n")},
    {"text of length 0", BEDROCK_E_EMPTY_TEXT, BEDROCK_TEXT_N("junk", 0)},
    {"no bytes but a length", BEDROCK_E_EMPTY_TEXT, BEDROCK_TEXT_N(NULL, 5)},
    {"blank as long as it is", BEDROCK_E_EMPTY_TEXT, BEDROCK_TEXT_N("  x", 2)},
    {"empty result", BEDROCK_E_EMPTY_TEXT, RESULT(BEDROCK_TEXT(""))},
    {"not UTF-8", BEDROCK_E_UTF8, BEDROCK_TEXT("a\xff")},
    {"half a code point", BEDROCK_E_UTF8, BEDROCK_TEXT_N("\xc3\xbc", 1)},
    {"a surrogate", BEDROCK_E_UTF8, BEDROCK_TEXT("\xed\xa0\x80")},
    {"no JSON", BEDROCK_E_ARGUMENT, RESULT(BEDROCK_JSON(NULL))},
    {"empty JSON", BEDROCK_E_ARGUMENT, RESULT(BEDROCK_JSON(""))},
    {"not JSON", BEDROCK_E_JSON, RESULT(BEDROCK_JSON("{a}"))},
    {"JSON too short", BEDROCK_E_JSON_INCOMPLETE, RESULT(BEDROCK_JSON_N("[]", 1))},
    {"result in a result", BEDROCK_E_ARGUMENT, RESULT(RESULT(BEDROCK_TEXT("x")))},
    {"raw of nothing", BEDROCK_E_ARGUMENT, BEDROCK_RAW("")},
    {"raw of two", BEDROCK_E_JSON, BEDROCK_RAW("{},{}")},

    {"image without format", BEDROCK_E_ARGUMENT, BEDROCK_IMAGE(BYTES)},
    {"image without source", BEDROCK_E_ARGUMENT, BEDROCK_IMAGE(.format = "png")},
    {"image without bytes", BEDROCK_E_ARGUMENT,
     BEDROCK_IMAGE(.format = "png", .source = BEDROCK_BYTES(png, 0))},
    {"image of length only", BEDROCK_E_ARGUMENT,
     BEDROCK_IMAGE(.format = "png", .source = {.len = 5})},
    {"image with two sources", BEDROCK_E_ARGUMENT, BEDROCK_IMAGE(.format = "png", BYTES, S3)},
    {"document without name", BEDROCK_E_ARGUMENT, BEDROCK_DOCUMENT(.format = "pdf", BYTES)},
    {"document without source", BEDROCK_E_ARGUMENT, BEDROCK_DOCUMENT(.name = "a")},
    {"document of text and bytes", BEDROCK_E_ARGUMENT,
     BEDROCK_DOCUMENT(.name = "a", .text = "t", BYTES)},
    {"document of text and S3", BEDROCK_E_ARGUMENT, BEDROCK_DOCUMENT(.name = "a", .text = "t", S3)},
    {"document of text and chunks", BEDROCK_E_ARGUMENT,
     BEDROCK_DOCUMENT(.name = "a", .text = "t", .content = BEDROCK_STRINGS("c"))},
    {"empty chunk", BEDROCK_E_ARGUMENT,
     BEDROCK_DOCUMENT(.name = "a", .content = BEDROCK_STRINGS("c", ""))},
    {"chunks without items", BEDROCK_E_ARGUMENT,
     BEDROCK_DOCUMENT(.name = "a", .content = {NULL, 2})},

    {"tool use without id", BEDROCK_E_ARGUMENT, BEDROCK_TOOL_USE(.name = "n")},
    {"tool use without name", BEDROCK_E_ARGUMENT, BEDROCK_TOOL_USE(.tool_use_id = "t1")},
    {"tool use of no JSON", BEDROCK_E_JSON,
     BEDROCK_TOOL_USE(.tool_use_id = "t1", .name = "n", .input = "{},\"x\":1")},
    {"tool result without id", BEDROCK_E_ARGUMENT,
     BEDROCK_TOOL_RESULT(.content = BEDROCK_CONTENT(BEDROCK_TEXT("x")))},
    {"tool result without items", BEDROCK_E_ARGUMENT,
     BEDROCK_TOOL_RESULT(.tool_use_id = "t1", .content = {NULL, 1})},

    {"reasoning of nothing", BEDROCK_E_ARGUMENT, BEDROCK_REASONING(.signature = NULL)},
    {"reasoning of both", BEDROCK_E_ARGUMENT,
     BEDROCK_REASONING(.text = "hm", .redacted_content = "AAA=")},
    {"guard of nothing", BEDROCK_E_ARGUMENT, BEDROCK_GUARD_CONTENT(.text = NULL)},
    {"guard of both", BEDROCK_E_ARGUMENT, BEDROCK_GUARD_CONTENT(.text = "g", .image = &in_s3)},
    {"guarded image in S3", BEDROCK_E_ARGUMENT, BEDROCK_GUARD_CONTENT(.image = &in_s3)},
    {"search result without source", BEDROCK_E_ARGUMENT,
     BEDROCK_SEARCH_RESULT(.title = "t", .content = BEDROCK_STRINGS("c"))},
    {"search result without title", BEDROCK_E_ARGUMENT,
     BEDROCK_SEARCH_RESULT(.source = "s", .content = BEDROCK_STRINGS("c"))},
    {"search result without content", BEDROCK_E_ARGUMENT,
     BEDROCK_SEARCH_RESULT(.source = "s", .title = "t")},
    {"citations are no JSON", BEDROCK_E_JSON,
     BEDROCK_CITATIONS(.content = BEDROCK_STRINGS("x"), .citations = "[}")},
};

static void test_refused(void)
{
    size_t i;

    for (i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        test_context("%s", refused[i].name);
        check_refused(say(&refused[i].content), refused[i].status);
    }
    test_context(NULL);
}

/* A block that names its kind and nothing else. */
static void test_without_value(void)
{
    static const struct bedrock_content_kind *const kinds[] = {
        &bedrock_content_json,      &bedrock_content_raw,           &bedrock_content_image,
        &bedrock_content_video,     &bedrock_content_audio,         &bedrock_content_document,
        &bedrock_content_tool_use,  &bedrock_content_tool_result,   &bedrock_content_reasoning,
        &bedrock_content_guard,     &bedrock_content_cache_point,   &bedrock_content_search_result,
        &bedrock_content_citations, &bedrock_content_tool_addition, &bedrock_content_tool_removal,
    };
    size_t i;

    for (i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        struct bedrock_content content = {.kind = kinds[i]};

        test_context("kind %u", (unsigned)i);
        check_refused(say(&content), BEDROCK_E_ARGUMENT);
    }
    test_context(NULL);
}

/* ------------------------------------------------------------------ sources */

/* 300 bytes that are made on demand; fails from offset `fail_at` on. */
struct counted {
    unsigned reads;
    unsigned bytes;
    uint32_t lowest;
    uint32_t fail_at;
};

static int read_counted(void *ctx, uint32_t off, void *dst, size_t len)
{
    struct counted *counted = ctx;
    uint8_t *bytes = dst;
    size_t i;

    counted->reads++;
    counted->bytes += (unsigned)len;
    counted->lowest = off < counted->lowest ? off : counted->lowest;
    if (off + len > counted->fail_at) {
        return -1234;
    }
    for (i = 0; i < len; i++) {
        bytes[i] = (uint8_t)(off + i);
    }
    return 0;
}

#define COUNTED                                                                                    \
    {                                                                                              \
        0, 0, UINT32_MAX, UINT32_MAX                                                               \
    }

static const struct bedrock_content *frame(struct counted *counted)
{
    static struct bedrock_media media;
    static struct bedrock_content content;

    media = (struct bedrock_media){.format = "png",
                                   .source = {.read_at = read_counted, .ctx = counted, .len = 300}};
    content = (struct bedrock_content){.kind = &bedrock_content_image, .value = &media};
    return &content;
}

static void test_source_windows(void)
{
    static struct rendering whole, window;
    struct counted counted = COUNTED;
    const struct bedrock_converse *request = say(frame(&counted));
    const char *text;
    size_t start;

    CHECK_INT(render_request(rendering_whole(&whole), request), 0);
    CHECK_INT(counted.bytes, 300);
    check_windows(request, &whole);

    text = strstr(whole.text, "\"bytes\":\"");
    REQUIRE(text != NULL);
    start = (size_t)(text - whole.text) + strlen("\"bytes\":\"");

    counted = (struct counted)COUNTED; /* the head alone */
    render_request(rendering_start(&window, 0, start), request);
    CHECK(counted.reads <= 1);

    counted = (struct counted)COUNTED; /* what stands behind it */
    CHECK_INT(render_request(rendering_start(&window, (uint32_t)start + 400, 100), request), 0);
    CHECK_INT(counted.reads, 0);

    counted = (struct counted)COUNTED; /* the end of it */
    CHECK_INT(render_request(rendering_start(&window, (uint32_t)start + 396, 100), request), 0);
    CHECK_INT(counted.reads, 1);
    CHECK_INT(counted.lowest, 297);

    counted = (struct counted)COUNTED; /* a piece in the middle: no more than it needs */
    render_request(rendering_start(&window, (uint32_t)start + 200, 8), request);
    CHECK_INT(counted.lowest, 150);
    CHECK(counted.bytes <= 48);
}

static void test_source_fails(void)
{
    static struct rendering whole;
    struct counted counted = COUNTED;
    unsigned reads;

    counted.fail_at = 100;
    CHECK_INT(render_request(rendering_whole(&whole), say(frame(&counted))), -1234);
    CHECK(whole.len < 300);
    reads = counted.reads;
    CHECK(reads >= 1 && reads <= 4); /* and no more once it has failed */
}

int main(void)
{
    RUN(test_blocks);
    RUN(test_refused);
    RUN(test_without_value);
    RUN(test_source_windows);
    RUN(test_source_fails);
    return test_finish();
}
