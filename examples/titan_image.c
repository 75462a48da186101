/* SPDX-License-Identifier: MIT */
/* A picture by Titan Image Generator, written to a file as it comes: it is never in memory. */
#include <bedrock.h>
#include <bedrock/posix.h>

#include "common.h"
#include "picture.h"

static unsigned char memory[BEDROCK_MEMORY];

int main(int argc, char **argv)
{
    struct arguments arguments =
        command_read(argc, argv,
                     &(struct command){
                         .about = "Draws a picture and saves it as output/<MODEL>_<n>.png.",
                         .model = "amazon.titan-image-generator-v1",
                         .prompt = "stylized picture of a cute old steampunk robot",
                     });
    struct bedrock_config config = bedrock_posix_config("us-east-1");
    bedrock_client *client;
    int failed;

    bedrock_client_init(&client, memory, sizeof memory, &config);
    bedrock_invoke_model(
        client,
        &(struct bedrock_invoke_model){
            .model_id = arguments.model,
            .body = BEDROCK_IMAGE_PROMPT(.text = arguments.prompt, .width = 512, .height = 512,
                                         .quality = "standard", .cfg_scale = "8.0",
                                         .seed = picture_seed(config.port)),
        });
    failed = pictures_save(client, arguments.model);
    return output_complete() ? failed : 1;
}
