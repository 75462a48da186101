/* SPDX-License-Identifier: MIT */
/** The library's version, for the User-Agent header and for `#if`. Semantic versioning
 * (https://semver.org): until 1.0.0, a minor version may change the interface. */
#ifndef BEDROCK_VERSION_H
#define BEDROCK_VERSION_H

#define BEDROCK_VERSION_MAJOR 0
#define BEDROCK_VERSION_MINOR 1
#define BEDROCK_VERSION_PATCH 0
#define BEDROCK_VERSION       "0.1.0"

#endif
