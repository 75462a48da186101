/* SPDX-License-Identifier: MIT */
/* Requests of Converse and its kin: every content block, in every form it has. */
#include "driver.h"

#define MODEL "anthropic.claude-3-haiku-20240307-v1:0"
#define BYTES BEDROCK_BYTES("\x00\x01\xfe\xff\x80photo", 10)
#define LARGE 300001

/* One user's turn of these blocks, with a text behind them, which documents need. */
#define USER_SAYS(...)                                                                             \
    &(struct bedrock_converse)                                                                     \
    {                                                                                              \
        .model_id = MODEL,                                                                         \
        .messages =                                                                                \
            BEDROCK_MESSAGES(BEDROCK_USER_CONTENT(__VA_ARGS__, BEDROCK_TEXT("What is this?"))),    \
    }

static void images(const struct drive *drive)
{
    drive_converse(drive,
                   USER_SAYS(BEDROCK_IMAGE(.format = "png", .source = BYTES),
                             BEDROCK_IMAGE(.format = "jpeg", .source = BEDROCK_BYTES("a", 1)),
                             BEDROCK_IMAGE(.format = "webp", .source = BEDROCK_BYTES("ab", 2)),
                             BEDROCK_IMAGE(.format = "gif", .s3_uri = "s3://bucket/a b.gif"),
                             BEDROCK_IMAGE(.format = "png", .s3_uri = "s3://bucket/c.png",
                                           .s3_bucket_owner = "123456789012")));
}

static void a_large_image(const struct drive *drive)
{
    drive_converse(drive,
                   USER_SAYS(BEDROCK_IMAGE(.format = "jpeg",
                                           .source = {.read_at = pattern_read_at, .len = LARGE})));
}

static void videos(const struct drive *drive)
{
    drive_converse(drive,
                   USER_SAYS(BEDROCK_VIDEO(.format = "mp4", .source = BYTES),
                             BEDROCK_VIDEO(.format = "three_gp",
                                           .source = {.read_at = pattern_read_at, .len = 4097}),
                             BEDROCK_VIDEO(.format = "mkv", .s3_uri = "s3://bucket/v.mkv",
                                           .s3_bucket_owner = "123456789012")));
}

static void sounds(const struct drive *drive)
{
    drive_converse(drive, USER_SAYS(BEDROCK_AUDIO(.format = "wav", .source = BYTES),
                                    BEDROCK_AUDIO(.format = "x-aac",
                                                  .source = {.read_at = pattern_read_at, .len = 3}),
                                    BEDROCK_AUDIO(.format = "mp3", .s3_uri = "s3://bucket/a.mp3",
                                                  .s3_bucket_owner = "123456789012")));
}

static void documents(const struct drive *drive)
{
    drive_converse(
        drive, USER_SAYS(BEDROCK_DOCUMENT(.name = "bytes", .format = "pdf", .source = BYTES),
                         BEDROCK_DOCUMENT(.name = "read", .format = "docx",
                                          .source = {.read_at = pattern_read_at, .len = 1000}),
                         BEDROCK_DOCUMENT(.name = "in S3", .format = "csv", .s3_uri = "s3://b/k",
                                          .s3_bucket_owner = "123456789012", .citations = 1),
                         BEDROCK_DOCUMENT(.name = "text (1)", .format = "txt",
                                          .text = "a\nb\t\"c\"", .context = "Read it \"aloud\"."),
                         BEDROCK_DOCUMENT(.name = "chunks [2]", .citations = 1,
                                          .content = BEDROCK_STRINGS("one", "two"))));
}

static void tools(const struct drive *drive)
{
    drive_converse(
        drive,
        &(struct bedrock_converse){
            .model_id = MODEL,
            .messages = BEDROCK_MESSAGES(
                BEDROCK_USER("Do both."),
                BEDROCK_ASSISTANT_CONTENT(
                    BEDROCK_TOOL_USE(.tool_use_id = "tooluse_1", .name = "look",
                                     .input = "{\"a\":[1,-2.5e-3,{}],\"b\":null}"),
                    BEDROCK_TOOL_USE(.tool_use_id = "tooluse_2", .name = "search",
                                     .server_tool = 1)),
                BEDROCK_USER_CONTENT(
                    BEDROCK_TOOL_RESULT(
                            .tool_use_id = "tooluse_1", .status = "success",
                            .content = BEDROCK_CONTENT(
                                BEDROCK_TEXT("text"), BEDROCK_JSON("{\"deep\":{\"er\":[true]}}"),
                                BEDROCK_JSON_N("17, cut", 2),
                                BEDROCK_IMAGE(.format = "png", .source = BYTES),
                                BEDROCK_VIDEO(.format = "mov", .source = BYTES),
                                BEDROCK_DOCUMENT(.name = "n", .format = "md", .source = BYTES),
                                BEDROCK_SEARCH_RESULT(.source = "s", .title = "t",
                                                      .content = BEDROCK_STRINGS("c")))),
                    BEDROCK_TOOL_RESULT(.tool_use_id = "tooluse_2", .status = "error",
                                        .type = "web_search_result"))),
            .tool_config = BEDROCK_TOOL_CONFIG(.tools = BEDROCK_TOOLS({.name = "look"})),
        });
}

static void reasoning(const struct drive *drive)
{
    drive_converse(drive, &(struct bedrock_converse){
                              .model_id = MODEL,
                              .messages = BEDROCK_MESSAGES(
                                  BEDROCK_USER("Think."),
                                  BEDROCK_ASSISTANT_CONTENT(
                                      BEDROCK_REASONING(.text = "Hm.", .signature = "c2lnbmVk+/=="),
                                      BEDROCK_REASONING(.text = "Unsigned."),
                                      BEDROCK_REASONING(.redacted_content = "/v8BAg=="),
                                      BEDROCK_TEXT("Done.")),
                                  BEDROCK_USER("Again.")),
                          });
}

static void guarded(const struct drive *drive)
{
    drive_converse(
        drive,
        USER_SAYS(BEDROCK_GUARD_CONTENT(.text = "plain"),
                  BEDROCK_GUARD_CONTENT(.text = "qualified",
                                        .qualifiers = BEDROCK_STRINGS("query", "guard_content")),
                  BEDROCK_GUARD_CONTENT(.image = &(const struct bedrock_media){.format = "png",
                                                                               .source = BYTES})));
}

static void cached(const struct drive *drive)
{
    drive_converse(drive, USER_SAYS(BEDROCK_TEXT("Long ago."), BEDROCK_CACHE_POINT(),
                                    BEDROCK_TEXT("And then."), BEDROCK_CACHE_POINT(.ttl = "1h")));
}

static void search_results(const struct drive *drive)
{
    drive_converse(drive, USER_SAYS(BEDROCK_SEARCH_RESULT(.source = "https://example.com/?a=b&c",
                                                          .title = "A \"title\"",
                                                          .content = BEDROCK_STRINGS("one", "two"),
                                                          .citations = 1),
                                    BEDROCK_SEARCH_RESULT(.source = "s", .title = "t",
                                                          .content = BEDROCK_STRINGS("only"))));
}

#define ALL_CITATIONS                                                                              \
    "[{\"title\":\"T\",\"source\":\"S\",\"sourceContent\":[{\"text\":\"quoted\"}],"                \
    "\"location\":{\"web\":{\"url\":\"https://example.com\",\"domain\":\"example.com\"}}},"        \
    "{\"location\":{\"documentChar\":{\"documentIndex\":0,\"start\":1,\"end\":2}}},"               \
    "{\"location\":{\"documentPage\":{\"documentIndex\":1,\"start\":3,\"end\":4}}},"               \
    "{\"location\":{\"documentChunk\":{\"documentIndex\":2,\"start\":5,\"end\":6}}},"              \
    "{\"location\":{\"searchResultLocation\":{\"searchResultIndex\":3,\"start\":7,\"end\":8}}}]"

static void citations(const struct drive *drive)
{
    drive_converse(drive,
                   &(struct bedrock_converse){
                       .model_id = MODEL,
                       .messages = BEDROCK_MESSAGES(
                           BEDROCK_USER("Cite."),
                           BEDROCK_ASSISTANT_CONTENT(
                               BEDROCK_CITATIONS(.content = BEDROCK_STRINGS("It says", " so."),
                                                 .citations = ALL_CITATIONS),
                               BEDROCK_CITATIONS(.content = BEDROCK_STRINGS("Nobody says so."))),
                           BEDROCK_USER("Really?")),
                   });
}

static void tool_references(const struct drive *drive)
{
    drive_converse(drive,
                   USER_SAYS(BEDROCK_TOOL_ADDITION(.type = "tool_reference", .name = "look",
                                                   .server_name = "sea"),
                             BEDROCK_TOOL_REMOVAL(.type = "tool_reference", .name = "look")));
}

static void raw(const struct drive *drive)
{
    drive_converse(drive,
                   USER_SAYS(BEDROCK_RAW("{\"image\":{\"format\":\"png\",\"source\":"
                                         "{\"bytes\":\"AAEC\"},\"error\":{\"message\":\"m\"}}}"),
                             BEDROCK_RAW("{\"audio\":{\"format\":\"pcm\",\"source\":"
                                         "{\"bytes\":\"AAEC\"},\"error\":{\"message\":\"m\"}}}")));
}

static const struct named_case cases[] = {
    {"images", NULL, images},
    {"a-large-image", NULL, a_large_image},
    {"videos", NULL, videos},
    {"sounds", NULL, sounds},
    {"documents", NULL, documents},
    {"tools", NULL, tools},
    {"reasoning", NULL, reasoning},
    {"guarded", NULL, guarded},
    {"cached", NULL, cached},
    {"search-results", NULL, search_results},
    {"citations", NULL, citations},
    {"tool-references", NULL, tool_references},
    {"raw", NULL, raw},
};
const struct case_list content_cases = {cases, sizeof cases / sizeof cases[0]};
