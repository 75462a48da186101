/* SPDX-License-Identifier: MIT */
/* Images, video and audio. See bedrock/converse.h. */
#include "client/converse.h"

void bdk_render_source(struct bedrock_json_writer *json, const struct bedrock_source *source,
                       const char *s3_uri, const char *s3_bucket_owner)
{
    int has_bytes = source->len > 0 && (source->data != NULL || source->read_at != NULL);

    if (has_bytes == bdk_is_given(s3_uri)) {
        bdk_refuse(json);
        return;
    }
    bdk_begin_member(json, "source");
    if (!has_bytes) {
        bdk_begin_member(json, "s3Location");
        bdk_put_member(json, "uri", s3_uri);
        bdk_put_member(json, "bucketOwner", s3_bucket_owner);
        bdk_end(json, 1);
    } else {
        bedrock_json_put_key(json, "bytes");
        bedrock_json_put_base64(json, source);
    }
    bdk_end(json, 1);
}

static int render_media(struct bedrock_json_writer *json, const char *kind,
                        const struct bedrock_content *content)
{
    const struct bedrock_media *media = content->value;

    if (bdk_begin_block(json, content, kind) != 0) {
        return json->out->status;
    }
    bdk_put_required(json, "format", media->format);
    bdk_render_source(json, &media->source, media->s3_uri, media->s3_bucket_owner);
    return bdk_end(json, 2);
}

static int render_image(struct bedrock_json_writer *json, const struct bedrock_content *content)
{
    return render_media(json, "image", content);
}

static int render_video(struct bedrock_json_writer *json, const struct bedrock_content *content)
{
    return render_media(json, "video", content);
}

static int render_audio(struct bedrock_json_writer *json, const struct bedrock_content *content)
{
    return render_media(json, "audio", content);
}

const struct bedrock_content_kind bedrock_content_image = {render_image};
const struct bedrock_content_kind bedrock_content_video = {render_video};
const struct bedrock_content_kind bedrock_content_audio = {render_audio};
