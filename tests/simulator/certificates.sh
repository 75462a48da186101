#!/bin/sh
# SPDX-License-Identifier: MIT
#
# Writes certificates.c: the test keys and certificates of the simulator, as C tables. Run it only to
# replace them all:  tests/simulator/certificates.sh > tests/simulator/certificates.c
#
# The chains have the shape of AWS's own: root, intermediate, leaf; one all EC P-256, one all RSA.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
names='DNS:localhost,DNS:bedrock-runtime.us-east-1.amazonaws.com'

cat > "$dir/ca.cnf" <<CONF
[ca]
default_ca = test
[test]
database = $dir/index
new_certs_dir = $dir
rand_serial = yes
default_md = sha256
policy = any
unique_subject = no
copy_extensions = none
[any]
commonName = supplied
[req]
distinguished_name = name
[name]
[root]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign
[middle]
basicConstraints = critical, CA:TRUE, pathlen:0
keyUsage = critical, keyCertSign
[leaf]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = serverAuth
subjectAltName = $names
[wrong]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = serverAuth
subjectAltName = DNS:wrong-name.example.com
CONF
: > "$dir/index"

key() { # name kind
    if [ "$2" = rsa ]; then
        openssl genrsa -traditional -out "$dir/$1.key" 2048 2>/dev/null
    else
        openssl ecparam -name prime256v1 -genkey -noout -out "$dir/$1.key"
    fi
}

issue() { # name issuer extensions subject from to
    openssl req -new -config "$dir/ca.cnf" -key "$dir/$1.key" -subj "/CN=$4" -out "$dir/$1.csr"
    if [ "$2" = self ]; then
        signer="-selfsign -keyfile $dir/$1.key"
    else
        signer="-keyfile $dir/$2.key -cert $dir/$2.pem"
    fi
    # shellcheck disable=SC2086
    openssl ca -batch -notext -config "$dir/ca.cnf" $signer -extensions "$3" -startdate "$5" \
        -enddate "$6" -in "$dir/$1.csr" -out "$dir/$1.pem" 2>/dev/null
}

table() { # C name, DER file
    printf 'static const unsigned char %s[] = {\n' "$1"
    od -An -v -tx1 "$2" | sed 's/ \([0-9a-f][0-9a-f]\)/0x\1, /g; s/^/    /; s/ $//'
    printf '};\n\n'
}

certificate_table() { openssl x509 -in "$dir/$2.pem" -outform DER -out "$dir/der" && table "$1" "$dir/der"; }

key_table() { # SEC 1 or PKCS 1, as BearSSL's decoder takes both
    if [ "$3" = rsa ]; then
        openssl rsa -in "$dir/$2.key" -outform DER -traditional -out "$dir/der" 2>/dev/null
    else
        openssl ec -in "$dir/$2.key" -outform DER -out "$dir/der" 2>/dev/null
    fi
    table "$1" "$dir/der"
}

from=20200101000000Z
to=21250101000000Z
for kind in ec rsa; do
    key root_$kind $kind && issue root_$kind self root "Simulator test root $kind" $from $to
    key middle_$kind $kind && issue middle_$kind root_$kind middle "Simulator test CA $kind" $from $to
    key leaf_$kind $kind && issue leaf_$kind middle_$kind leaf localhost $from $to
done
key other ec && issue other self root 'Simulator untrusted root' $from $to
for name in expired not_yet wrong untrusted self_signed; do
    cp "$dir/leaf_ec.key" "$dir/$name.key"
done
issue expired middle_ec leaf localhost $from 20210101000000Z
issue not_yet middle_ec leaf localhost 21200101000000Z $to
issue wrong middle_ec wrong wrong-name.example.com $from $to
issue untrusted other leaf localhost $from $to
issue self_signed self leaf localhost $from $to

cat <<'HEAD'
/* SPDX-License-Identifier: MIT */
/*
 * TEST KEYS. They are public, protect nothing, and must never be trusted outside of a test. Written by
 * certificates.sh with openssl; valid from 2020 to 2125 unless the name of a chain says otherwise.
 */
#include "certificates.h"

#include <string.h>

/* clang-format off */
HEAD
key_table key_ec leaf_ec ec
key_table key_rsa leaf_rsa rsa
for name in root_ec middle_ec leaf_ec root_rsa middle_rsa leaf_rsa expired not_yet wrong untrusted \
    self_signed; do
    certificate_table cert_$name $name
done
cat <<'TAIL'
#define DER(table) { table, sizeof table }
#define EC_KEY     DER(key_ec)
#define RSA_KEY    DER(key_rsa)

static const struct sim_chain chains[] = {
    { "good",        0, EC_KEY,  2, { DER(cert_leaf_ec),     DER(cert_middle_ec) } },
    { "rsa",         1, RSA_KEY, 2, { DER(cert_leaf_rsa),    DER(cert_middle_rsa) } },
    { "expired",     0, EC_KEY,  2, { DER(cert_expired),     DER(cert_middle_ec) } },
    { "not-yet",     0, EC_KEY,  2, { DER(cert_not_yet),     DER(cert_middle_ec) } },
    { "wrong-name",  0, EC_KEY,  2, { DER(cert_wrong),       DER(cert_middle_ec) } },
    { "untrusted",   0, EC_KEY,  1, { DER(cert_untrusted),   { NULL, 0 } } },
    { "self-signed", 0, EC_KEY,  1, { DER(cert_self_signed), { NULL, 0 } } },
};

const struct sim_der sim_roots[SIM_ROOTS] = { DER(cert_root_ec), DER(cert_root_rsa) };
/* clang-format on */

const struct sim_chain *sim_chain_find(const char *name)
{
    size_t i;

    for (i = 0; i < sizeof chains / sizeof chains[0]; i++) {
        if (strcmp(chains[i].name, name) == 0) {
            return &chains[i];
        }
    }
    return NULL;
}
TAIL
