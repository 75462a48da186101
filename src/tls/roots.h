/* SPDX-License-Identifier: MIT */
/*
 * The roots that AWS's endpoints chain to: the subject of each (DER) and its public key, taken from
 * the certificates that Amazon Trust Services publishes (https://www.amazontrust.com/repository/).
 * Each lies in a file of its own, once, so that a table takes only those that it names.
 */
#ifndef BDK_TLS_ROOTS_H
#define BDK_TLS_ROOTS_H

#include <bearssl.h>
#include <stdint.h>

extern const uint8_t bdk_root_exponent[3]; /* 65537, of all the RSA keys */
extern const uint8_t bdk_root_1_dn[59];
extern const uint8_t bdk_root_1_n[256];
extern const uint8_t bdk_root_2_dn[59];
extern const uint8_t bdk_root_2_n[512];
extern const uint8_t bdk_root_3_dn[59];
extern const uint8_t bdk_root_3_q[65];
extern const uint8_t bdk_root_4_dn[59];
extern const uint8_t bdk_root_4_q[97];
extern const uint8_t bdk_root_starfield_dn[155];
extern const uint8_t bdk_root_starfield_n[256];

/* One element of a table of anchors. BearSSL's pointers are not to const, but it only reads. */
#define BDK_ROOT_RSA(root)                                                                         \
    {                                                                                              \
        {(unsigned char *)root##_dn, sizeof root##_dn}, BR_X509_TA_CA,                             \
        {                                                                                          \
            BR_KEYTYPE_RSA,                                                                        \
            {                                                                                      \
                .rsa = {                                                                           \
                    (unsigned char *)root##_n,                                                     \
                    sizeof root##_n,                                                               \
                    (unsigned char *)bdk_root_exponent,                                            \
                    sizeof bdk_root_exponent                                                       \
                }                                                                                  \
            }                                                                                      \
        }                                                                                          \
    }
#define BDK_ROOT_EC(root, curve_id)                                                                \
    {                                                                                              \
        {(unsigned char *)root##_dn, sizeof root##_dn}, BR_X509_TA_CA,                             \
        {                                                                                          \
            BR_KEYTYPE_EC,                                                                         \
            {                                                                                      \
                .ec = { curve_id, (unsigned char *)root##_q, sizeof root##_q }                     \
            }                                                                                      \
        }                                                                                          \
    }

#endif
