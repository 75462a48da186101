/* SPDX-License-Identifier: MIT */
/* A whole image that streams a text Converse: BearSSL, one RSA and one EC root. */
#include "device.h"

#include "bedrock/tls.h"

int main(void)
{
    return talk(&bedrock_tls_lean);
}
