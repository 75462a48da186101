/* SPDX-License-Identifier: MIT */
/*
 * Certificates and keys for the tests of TLS, valid from 2020 to 2125. They were made for this and
 * secure nothing: the private keys are public.
 *
 * test_ca (P-256) signed test_ec (P-256) and test_rsa (RSA, 2048 bits), both with SHA-256;
 * test_p384 signed itself, with SHA-384. All three servers are called server.test and localhost,
 * and test_ec
 * *.wild.test too.
 */
#ifndef TESTS_TLS_TEST_CERTS_H
#define TESTS_TLS_TEST_CERTS_H

static const char test_ca[] = "-----BEGIN CERTIFICATE-----\n"
                              "MIIBjTCCATOgAwIBAgIBEDAKBggqhkjOPQQDAjAtMRkwFwYDVQQKDBBsaWJiZWRy\n"
                              "b2NrIHRlc3RzMRAwDgYDVQQDDAdUZXN0IENBMCAXDTIwMDEwMTAwMDAwMFoYDzIx\n"
                              "MjUxMjMxMjM1OTU5WjAtMRkwFwYDVQQKDBBsaWJiZWRyb2NrIHRlc3RzMRAwDgYD\n"
                              "VQQDDAdUZXN0IENBMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAELbJ2Dn81juIn\n"
                              "K8tgRDN8rftFc51L1TPFQZ7HrRCF8L0WF/e5AOVc/EZWjSqpCoIS192Sy4FZGMyX\n"
                              "j8hU0H+UL6NCMEAwDwYDVR0TAQH/BAUwAwEB/zAOBgNVHQ8BAf8EBAMCAQYwHQYD\n"
                              "VR0OBBYEFGzqaelgy5XoTZEStLGMe79dCH4yMAoGCCqGSM49BAMCA0gAMEUCIQDd\n"
                              "rmtVgEl1Gl2/3Hmr1Zr1pwX9fQF2+X8TB1i+neFPJAIgG4k6ejA6JqCvah0eIxmx\n"
                              "qg+ZqzBXDiag6rHGKyG9LlM=\n"
                              "-----END CERTIFICATE-----\n";

static const char test_ec[] = "-----BEGIN CERTIFICATE-----\n"
                              "MIIB8jCCAZigAwIBAgIBETAKBggqhkjOPQQDAjAtMRkwFwYDVQQKDBBsaWJiZWRy\n"
                              "b2NrIHRlc3RzMRAwDgYDVQQDDAdUZXN0IENBMCAXDTIwMDEwMTAwMDAwMFoYDzIx\n"
                              "MjUxMjMxMjM1OTU5WjAtMRkwFwYDVQQKDBBsaWJiZWRyb2NrIHRlc3RzMRAwDgYD\n"
                              "VQQDDAdFQyBsZWFmMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE/v/0+kpDRLrt\n"
                              "CM09/xFHwMNQUYQfcf3nMZwtOIcvAYBk4OPHqI59EJRKaAzsn9zQoDGCt76ni34T\n"
                              "3sNNNhjZa6OBpjCBozAMBgNVHRMBAf8EAjAAMA4GA1UdDwEB/wQEAwIHgDATBgNV\n"
                              "HSUEDDAKBggrBgEFBQcDATAuBgNVHREEJzAlggtzZXJ2ZXIudGVzdIILKi53aWxk\n"
                              "LnRlc3SCCWxvY2FsaG9zdDAdBgNVHQ4EFgQUS8hrmdz/bPzQyEVKmeasb2gGRxww\n"
                              "HwYDVR0jBBgwFoAUbOpp6WDLlehNkRK0sYx7v10IfjIwCgYIKoZIzj0EAwIDSAAw\n"
                              "RQIgYemO8jR2buY6txPhEWBnJDQSItavDYmiDzm5K6erhKkCIQDW6waGsFW9+7RJ\n"
                              "8J8MzFRW+FOOnBjgB3TIAdrSxKFIzg==\n"
                              "-----END CERTIFICATE-----\n";

static const char test_ec_key[] =
    "-----BEGIN EC PRIVATE KEY-----\n"
    "MHcCAQEEIPgguGS5BHv7h+WDlq4wPYAJJqyc80CGR/4oUDjzzM/coAoGCCqGSM49\n"
    "AwEHoUQDQgAE/v/0+kpDRLrtCM09/xFHwMNQUYQfcf3nMZwtOIcvAYBk4OPHqI59\n"
    "EJRKaAzsn9zQoDGCt76ni34T3sNNNhjZaw==\n"
    "-----END EC PRIVATE KEY-----\n";

static const char test_rsa[] = "-----BEGIN CERTIFICATE-----\n"
                               "MIICsTCCAlegAwIBAgIBEjAKBggqhkjOPQQDAjAtMRkwFwYDVQQKDBBsaWJiZWRy\n"
                               "b2NrIHRlc3RzMRAwDgYDVQQDDAdUZXN0IENBMCAXDTIwMDEwMTAwMDAwMFoYDzIx\n"
                               "MjUxMjMxMjM1OTU5WjAuMRkwFwYDVQQKDBBsaWJiZWRyb2NrIHRlc3RzMREwDwYD\n"
                               "VQQDDAhSU0EgbGVhZjCCASIwDQYJKoZIhvcNAQEBBQADggEPADCCAQoCggEBAIU9\n"
                               "7wDGWylPr4jGRYWYdP5FlKyMxHEK/WXchOBzC0+13fX8/o7NLaUDhUzXSWZ0dPgo\n"
                               "BKSsmNhOsl528XplawvnEmcRwYQm17exehm7x/whZM2lRpVHvIX52rWRdfRYCCKa\n"
                               "IE8YLPx0KgHOe0zHhl63a1pvWQ8GfHR2H6xwDHXaiDVA/+dzHyKj7OX03TrJOvzk\n"
                               "TPmSYGzydohZA3iC9k8et2P/cygpB3LGlUnjWUw/13ekcBJLhd6MmsgBascXI6Pa\n"
                               "GFHuDmogZVGUVOAP1HgqE2krRXnMjweulgpuqduvtvHhrOHDnC8EIv33s17hrFAV\n"
                               "sJrm8xM5W9z1mXosH5cCAwEAAaOBmTCBljAMBgNVHRMBAf8EAjAAMA4GA1UdDwEB\n"
                               "/wQEAwIHgDATBgNVHSUEDDAKBggrBgEFBQcDATAhBgNVHREEGjAYggtzZXJ2ZXIu\n"
                               "dGVzdIIJbG9jYWxob3N0MB0GA1UdDgQWBBSytA2DiE5HsUdE5662/lJ7C75eEjAf\n"
                               "BgNVHSMEGDAWgBRs6mnpYMuV6E2RErSxjHu/XQh+MjAKBggqhkjOPQQDAgNIADBF\n"
                               "AiBotmWy4FRNLGF9T4ILQG+fnuO0O9SLttqpXX8/eAfldQIhANZJrCcD9pDsjSa/\n"
                               "cbZ2vhOoLr110sp44LodWKaX8Qb+\n"
                               "-----END CERTIFICATE-----\n";

static const char test_rsa_key[] =
    "-----BEGIN PRIVATE KEY-----\n"
    "MIIEvgIBADANBgkqhkiG9w0BAQEFAASCBKgwggSkAgEAAoIBAQCFPe8AxlspT6+I\n"
    "xkWFmHT+RZSsjMRxCv1l3ITgcwtPtd31/P6OzS2lA4VM10lmdHT4KASkrJjYTrJe\n"
    "dvF6ZWsL5xJnEcGEJte3sXoZu8f8IWTNpUaVR7yF+dq1kXX0WAgimiBPGCz8dCoB\n"
    "zntMx4Zet2tab1kPBnx0dh+scAx12og1QP/ncx8io+zl9N06yTr85Ez5kmBs8naI\n"
    "WQN4gvZPHrdj/3MoKQdyxpVJ41lMP9d3pHASS4XejJrIAWrHFyOj2hhR7g5qIGVR\n"
    "lFTgD9R4KhNpK0V5zI8HrpYKbqnbr7bx4azhw5wvBCL997Ne4axQFbCa5vMTOVvc\n"
    "9Zl6LB+XAgMBAAECggEAM7ZfWdoiTGzIcFmfZuPOWFdyBewWW9dLlKqbCa+szrGD\n"
    "pXKc65h3ZClzJWkS7Eg7k4qYjr8MDTux35bjTsEo5DQ5ALaz+BHJPFqNzIoEancd\n"
    "c/D27X4rjYX02+5KLNyzv5Y4/umfoBWHri7QzPJNVNp0OGOp2XqHd/3Weir8swpf\n"
    "3AbfSy/nrKnnX3PEP/khnwPtDIPA4jguZvzodrTxr/7XsWkPoDOB2faG+SgQOWON\n"
    "t763XO/YdT+GhdZAFKZRkdNNKfMkyYmIDQQtTP03DIKPnF9mxAhCyB8BHhyUNlvk\n"
    "vQ7GrRjmpZNRwY5ExZX5m8PVnB9hDzza5bc2BJGMJQKBgQC76IqCnIEcEHDGS9Re\n"
    "1Cx7S5mZ1NxJ2lvpge5aG7BuL29QNj5zPXCSL3byufv82L/cVUv9M7F96pcSUE4/\n"
    "fjl+15b2PD6z2ZRewHhYnYXB5YTMTYzNlxlDKIHYMiHGmz8NHgRga8pM/Y+toiEX\n"
    "LTJVgM73KV9OMN5y2EmkrVjK4wKBgQC1hjhV6LossV8wOvlezi8bu4Wl3mLo4mFS\n"
    "l8happEyripYnh0FR1lzuSy2E1+I14Ze+QP9axURVltHd11wY8J2PgeSDTpBAjRB\n"
    "etvrqV61YbruQfNAcJ8/2chCLdpmFot5hc7HLPbFRazY8y+DXGgvV/ry33ivpvgo\n"
    "yYz8ImoyvQKBgG7ThyXjom5n7+u0e6v2XcnWW+CT390bEYyWWnsAy70g8vkPFSQo\n"
    "v4Uow3IDaXDGcdpE4I2U+IE4ZCOkA5KFIuoBw4K1I5I1qMF9qT0yotoqQXmx33K+\n"
    "RGMMuBBH+Q3HMJfO9WvdBzMDdcNF1VhzCrXNQ8QYvaJDRl/b2wtqRe1bAoGBAJhc\n"
    "cCyripi4yAzTczwAE8pTO3pdjueqG8YXYDO2W2kOhrya+gDUQmC/rKem2ykgvcg5\n"
    "ev/aQXSr5zG1HtiW40IcDn6oW5z1HKdZV/4Vy0izHxOch3AvF3ugcFYb5pSJl8gI\n"
    "Z+cF9preQJZYiCjaBxi14Ay7RbEplGGnyo5W1IyBAoGBAIN4QL92RgREOoa9JAGs\n"
    "har22s4pbz0k88YZDzkJs3EYaojU8WuqOrrgmDwgtlOJGVxKpJsLMv/G5oVBPuIx\n"
    "Jh5UA7iQc8T4+6TLN+ntAXzfctglBPSzuIc8uvD7S4RKDRQ0cKqE0zl4SgS9mbhv\n"
    "pWIQ3b1bPxeduHIo7XqDQeOT\n"
    "-----END PRIVATE KEY-----\n";

static const char test_p384[] = "-----BEGIN CERTIFICATE-----\n"
                                "MIICBTCCAYugAwIBAgIBEzAKBggqhkjOPQQDAzAwMRkwFwYDVQQKDBBsaWJiZWRy\n"
                                "b2NrIHRlc3RzMRMwEQYDVQQDDApQLTM4NCBsZWFmMCAXDTIwMDEwMTAwMDAwMFoY\n"
                                "DzIxMjUxMjMxMjM1OTU5WjAwMRkwFwYDVQQKDBBsaWJiZWRyb2NrIHRlc3RzMRMw\n"
                                "EQYDVQQDDApQLTM4NCBsZWFmMHYwEAYHKoZIzj0CAQYFK4EEACIDYgAEpmCHHx9v\n"
                                "81WYe2HpRifoserPQg4rpYvEobo3x/fYuC/GRzLwMQHrxUREhL/9H0l4SN/RB9yb\n"
                                "QIPtXOtxnlxtI+pGOq9QcEAy0zQ3ua+GuvnywEyGExkzIJ6eAQWego6ho3cwdTAM\n"
                                "BgNVHRMBAf8EAjAAMA4GA1UdDwEB/wQEAwIHgDATBgNVHSUEDDAKBggrBgEFBQcD\n"
                                "ATAhBgNVHREEGjAYggtzZXJ2ZXIudGVzdIIJbG9jYWxob3N0MB0GA1UdDgQWBBT5\n"
                                "ZgIMPMaAm5+nLG3JfFsdtf728zAKBggqhkjOPQQDAwNoADBlAjAHf1BCNPbEtMnA\n"
                                "B5nPy9cLEngJMI1XX9sIOshiLAbQXGmhfcg2TI6QOEpup9ecKEwCMQCbNPSegmsz\n"
                                "7s/d12kLcjKgpuRfpglt5ssR+QRMskBsu/akkzwzWLVPqrsTSdC6qwc=\n"
                                "-----END CERTIFICATE-----\n";

static const char test_p384_key[] =
    "-----BEGIN EC PRIVATE KEY-----\n"
    "MIGkAgEBBDBFORajaaC1Dutv+6oqX5CIYZjPvEJQ13VQjP4pNO2TP6zt6jtjFZdP\n"
    "K96mHtH97degBwYFK4EEACKhZANiAASmYIcfH2/zVZh7YelGJ+ix6s9CDiuli8Sh\n"
    "ujfH99i4L8ZHMvAxAevFRESEv/0fSXhI39EH3JtAg+1c63GeXG0j6kY6r1BwQDLT\n"
    "NDe5r4a6+fLATIYTGTMgnp4BBZ6CjqE=\n"
    "-----END EC PRIVATE KEY-----\n";

/* Unix seconds: within the validity, the second before it begins, the second after it has ended. */
#define TEST_NOW       INT64_C(1767225600)
#define TEST_TOO_EARLY INT64_C(1577836799)
#define TEST_TOO_LATE  INT64_C(4922899200)

#endif
