// SPDX-License-Identifier: MIT
// AWS's SDK, between two mirrors: it gets a request's input and an answer's bytes, and shows what it would
// have sent and what it read.
import { Readable } from 'node:stream';

import { HttpResponse, sdk } from './packages.mjs';
import { keys, region } from './request.mjs';
import { operations } from './shapes.mjs';

const pieces = (answer) =>
    Readable.from(
        (function* () {
            for (let at = 0, size = answer.piece ?? Infinity; at < answer.body.length; at += size) {
                yield answer.body.subarray(at, at + size);
            }
        })(),
        { objectMode: false },
    );

function client(url, name, answer, seen) {
    return new sdk.BedrockRuntimeClient({
        endpoint: url,
        region,
        maxAttempts: 1,
        ...(name === 'bearer'
            ? { token: keys.bearer, authSchemePreference: ['httpBearerAuth'] }
            : { credentials: keys[name] }),
        requestHandler: {
            metadata: { handlerProtocol: 'http/1.1' },
            async handle(request) {
                seen.request = request;
                const headers = { 'x-amzn-requestid': 'id-1', ...answer.headers };
                return { response: new HttpResponse({ statusCode: answer.status, headers, body: pieces(answer) }) };
            },
        },
    });
}

// Resolves to { request, output, events, error }: events are a stream's.
export async function call(url, operation, name, input, answer) {
    const seen = { events: [] };
    const bedrock = client(url, name, answer, seen);
    try {
        seen.output = await bedrock.send(new sdk[`${operation}Command`](input));
        for await (const event of seen.output[operations[operation].stream?.[0]] ?? []) {
            seen.events.push(event);
        }
    } catch (error) {
        seen.error = error;
    }
    bedrock.destroy();
    return seen;
}
