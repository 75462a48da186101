// SPDX-License-Identifier: MIT
// Requests that the library sent: what they say, whether they are signed as AWS signs, and whether AWS's
// SDK would have sent the same.
import assert from 'node:assert/strict';
import crypto from 'node:crypto';

import { HttpRequest, Sha256, SignatureV4 } from './packages.mjs';
import { fromJson, members, operations } from './shapes.mjs';

export const region = 'us-west-2';
export const keys = {
    access: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG' },
    session: {
        accessKeyId: 'ASIDEXAMPLE',
        secretAccessKey: 'wJalrXUtnFEMI/K7MDENG',
        sessionToken: 'FwoGZXIvYXdzEJr//+=/token',
    },
    bearer: { token: 'bedrock-api-key-b25l' },
};

// Headers that say nothing of the operation: connection, clock, signature, advertisement.
const aside = new Set([
    'host',
    'connection',
    'user-agent',
    'x-amz-user-agent',
    'amz-sdk-invocation-id',
    'amz-sdk-request',
    'x-amz-date',
    'x-amz-content-sha256',
    'authorization',
]);

const ofOperation = (headers) =>
    Object.fromEntries(
        Object.entries(headers)
            .map(([name, value]) => [name.toLowerCase(), value])
            .filter(([name]) => !aside.has(name)),
    );

function split(target) {
    const [path, query] = target.split('?');
    const pairs = (query ?? '')
        .split('&')
        .filter((pair) => pair !== '')
        .map((pair) => pair.split('=').map(decodeURIComponent));
    assert(!target.includes('+'), 'a plus in the target');
    return { path, query: Object.fromEntries(pairs) };
}

function labels(template, path) {
    const values = path.split('/');
    return template.split('/').flatMap((part, i) => {
        const name = /^\{(.*)\}$/.exec(part)?.[1];
        assert(name || part === values[i], `the path is ${path}`);
        return name ? [[name, decodeURIComponent(values[i])]] : [];
    });
}

const fromText = (schema, text) =>
    schema.isTimestampSchema() ? new Date(text) : schema.isNumericSchema() ? Number(text) : text;

// What a request says, as the input of the SDK's command.
export function read(operation, request, meets) {
    const {
        http: [, template],
        input,
    } = operations[operation];
    const { path, query } = split(request.target);
    const said = Object.fromEntries(labels(template, path));
    let body = request.body.length > 0 ? request.body : undefined;

    for (const [member, schema] of Object.entries(members(input))) {
        const traits = schema.getMergedTraits();
        if (traits.httpHeader && request.headers[traits.httpHeader.toLowerCase()] !== undefined) {
            said[member] = request.headers[traits.httpHeader.toLowerCase()];
        } else if (traits.httpQuery && query[traits.httpQuery] !== undefined) {
            said[member] = fromText(schema, query[traits.httpQuery]);
        } else if (traits.httpPayload && body !== undefined) {
            said[member] = body;
            body = undefined;
        }
    }
    Object.keys(said).forEach((member) => meets?.add(input, member));
    return { ...said, ...(body ? fromJson(input, JSON.parse(body), meets) : {}) };
}

const text = (body) =>
    typeof body === 'string' ? body : Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString();

// Is the request what the SDK sends for the same input?
export function compare(ours, theirs) {
    const { path, query } = split(ours.target);
    assert.equal(ours.method, theirs.method);
    assert.equal(path, theirs.path);
    assert.deepEqual(query, theirs.query ?? {});
    const [mine, yours] = [ours.headers, theirs.headers].map(ofOperation);
    const body = text(theirs.body ?? '');
    assert.equal(mine['content-length'] ?? '0', String(ours.body.length));
    delete mine['content-length'];
    delete yours['content-length'];
    assert.deepEqual(mine, yours);
    if (/^[{[]/.test(body)) {
        assert.deepEqual(JSON.parse(ours.body), JSON.parse(body));
    } else {
        assert.equal(ours.body.toString(), body);
    }
}

const hash = (body) => crypto.createHash('sha256').update(body).digest('hex');

// A signature is right if AWS's package makes the same from what was received.
export async function verify(request, name) {
    const { authorization, ...headers } = request.headers;
    if (name === 'bearer') {
        assert.equal(authorization, `Bearer ${keys.bearer.token}`);
        assert.equal(headers['x-amz-security-token'], undefined);
        return;
    }
    const signed = new Set(/SignedHeaders=([^,]*)/.exec(authorization)[1].split(';'));
    Object.keys(headers)
        .filter((header) => /^(host|content-type|x-amz.*)$/.test(header))
        .forEach((header) => assert(signed.has(header), `${header} is not signed`));
    const [, y, mo, d, h, mi, s] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(headers['x-amz-date']);
    const date = new Date(`${y}-${mo}-${d}T${h}:${mi}:${s}Z`);
    assert(Math.abs(Date.now() - date) < 300e3, 'the date is not now');
    assert.equal(headers['x-amz-security-token'], keys[name].sessionToken);
    if (headers['x-amz-content-sha256'] !== undefined) {
        assert.equal(headers['x-amz-content-sha256'], hash(request.body));
    }
    const signer = new SignatureV4({
        service: 'bedrock',
        region,
        credentials: keys[name],
        sha256: Sha256,
        applyChecksum: headers['x-amz-content-sha256'] !== undefined,
    });
    const { path, query } = split(request.target);
    const again = await signer.sign(
        new HttpRequest({
            method: request.method,
            protocol: 'http:',
            hostname: '127.0.0.1',
            path,
            query,
            headers: Object.fromEntries(Object.entries(headers).filter(([header]) => signed.has(header))),
            body: request.body,
        }),
        { signingDate: date, signableHeaders: signed },
    );
    assert.equal(authorization, again.headers.authorization);
}
