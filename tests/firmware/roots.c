/* SPDX-License-Identifier: MIT */
/* roots FILE.pem: trust anchors as C, for a board that has them in flash. */
#include "bedrock/error.h"
#include "bedrock/tls.h"

#include <bearssl.h>
#include <stdio.h>

static char pem[16384];
static unsigned char memory[BEDROCK_ANCHORS_SCRATCH + sizeof pem];

static void print_bytes(const char *name, size_t i, const unsigned char *bytes, size_t len)
{
    size_t at;

    printf("static const unsigned char %s_%u[] = {", name, (unsigned)i);
    for (at = 0; at < len; at++) {
        printf("%s%u,", at % 20 == 0 ? "\n    " : " ", bytes[at]);
    }
    printf("\n};\n");
}

static void print_arrays(const br_x509_trust_anchor *root, size_t i)
{
    print_bytes("name", i, root->dn.data, root->dn.len);
    if (root->pkey.key_type == BR_KEYTYPE_RSA) {
        print_bytes("modulus", i, root->pkey.key.rsa.n, root->pkey.key.rsa.nlen);
        print_bytes("exponent", i, root->pkey.key.rsa.e, root->pkey.key.rsa.elen);
    } else {
        print_bytes("point", i, root->pkey.key.ec.q, root->pkey.key.ec.qlen);
    }
}

/* BearSSL's structs have no const where they point to, but nothing is written there. */
static void print_entry(const br_x509_trust_anchor *root, size_t i)
{
    unsigned n = (unsigned)i;

    printf("    {{(unsigned char *)name_%u, sizeof name_%u}, %u,\n", n, n, root->flags);
    if (root->pkey.key_type == BR_KEYTYPE_RSA) {
        printf(
            "     {BR_KEYTYPE_RSA, {.rsa = {(unsigned char *)modulus_%u, sizeof modulus_%u,\n"
            "                              (unsigned char *)exponent_%u, sizeof exponent_%u}}}},\n",
            n, n, n, n);
    } else {
        printf("     {BR_KEYTYPE_EC, {.ec = {%d, (unsigned char *)point_%u, sizeof point_%u}}}},\n",
               root->pkey.key.ec.curve, n, n);
    }
}

int main(int argc, char **argv)
{
    FILE *file = argc == 2 ? fopen(argv[1], "rb") : NULL;
    size_t i, len = file != NULL ? fread(pem, 1, sizeof pem, file) : 0;
    struct bedrock_anchors anchors;
    const br_x509_trust_anchor *roots;

    if (len == 0 || bedrock_anchors_from_pem(&anchors, memory, sizeof memory, pem, len) != 0) {
        fprintf(stderr, "usage: roots FILE.pem\n");
        return 2;
    }
    fclose(file);
    roots = anchors.table;
    printf("#include \"bedrock/tls.h\"\n\n#include <bearssl.h>\n\n");
    for (i = 0; i < anchors.count; i++) {
        print_arrays(&roots[i], i);
    }
    printf("static const br_x509_trust_anchor roots[] = {\n");
    for (i = 0; i < anchors.count; i++) {
        print_entry(&roots[i], i);
    }
    printf("};\nconst struct bedrock_anchors board_roots = {roots, sizeof roots / sizeof "
           "roots[0]};\n");
    return 0;
}
