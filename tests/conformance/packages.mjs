// SPDX-License-Identifier: MIT
// AWS's own packages, from the folder that run.sh installed them in.
import { createRequire } from 'node:module';
import path from 'node:path';

const require = createRequire(path.resolve(process.env.PACKAGES, 'package.json'));

export const sdk = require('@aws-sdk/client-bedrock-runtime');
export const { NormalizedSchema } = require('@smithy/core/schema');
export const { HttpRequest, HttpResponse } = require('@smithy/core/protocols');
export const { SignatureV4 } = require('@smithy/signature-v4');
export const { EventStreamCodec } = require('@smithy/eventstream-codec');
export const { Sha256 } = require('@aws-crypto/sha256-js');
