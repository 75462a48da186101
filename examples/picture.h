/* SPDX-License-Identifier: MIT */
/* Pictures that a model draws, on their way into files. */
#ifndef EXAMPLES_PICTURE_H
#define EXAMPLES_PICTURE_H

#include <bedrock.h>

/* A seed at random, for Titan and Nova: 1..BEDROCK_IMAGE_SEED_MAX. 0, the model's default, if the
 * port has no randomness. */
int32_t picture_seed(const struct bedrock_port *port);

/*
 * Runs the call to its end and saves each picture of its answer as output/<model>_<n>.png, n being
 * the first that is free. The folder is made if it is missing; what a FAT file system cannot have
 * in a name becomes `_`. Prints the file's name when it is complete. Until then it is called
 * <name>.part, and it is removed if anything fails, or at Ctrl-C.
 *
 * Returns a value for main(): 0 if there was a picture and all are complete; else, after having
 * said what is wrong, 1, or 130 after Ctrl-C.
 */
int pictures_save(bedrock_client *client, const char *model);

#endif
