/* SPDX-License-Identifier: MIT */
/* The certificate chains that the simulator can show, and the roots that a test client trusts. */
#ifndef SIMULATOR_CERTIFICATES_H
#define SIMULATOR_CERTIFICATES_H

#include <stddef.h>

#define SIM_ROOTS 2

struct sim_der {
    const unsigned char *data;
    size_t len;
};

struct sim_chain {
    const char *name;   /* what `--cert` calls it */
    int is_rsa;         /* the kind of the key, and of the key that signed the leaf */
    struct sim_der key; /* SEC 1 or PKCS 1 */
    size_t count;       /* certificates, leaf first; the root is not sent */
    struct sim_der certificates[2];
};

/* One EC root and one RSA root. */
extern const struct sim_der sim_roots[SIM_ROOTS];

/* The chain of that name, or NULL. */
const struct sim_chain *sim_chain_find(const char *name);

#endif
