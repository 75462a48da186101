// SPDX-License-Identifier: MIT
// How answers are written: JSON in several spellings, and streams framed by AWS's codec.
import { EventStreamCodec } from './packages.mjs';

// The same JSON in other words: members the other way round, white space everywhere, every character escaped.
const reversed = (value) =>
    Array.isArray(value)
        ? value.map(reversed)
        : value !== null && typeof value === 'object'
          ? Object.fromEntries(
                Object.entries(value)
                    .reverse()
                    .map(([k, v]) => [k, reversed(v)]),
            )
          : value;
const escaped = (text) =>
    text
        .replace(/[^\x20-\x7e]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)
        .replace(/(?<=[a-z])[xyz]/g, (c) => `\\u00${c.charCodeAt(0).toString(16).toUpperCase()}`);
export const spellings = {
    reversed: (value) => JSON.stringify(reversed(value)),
    spaced: (value) => `\r\n${JSON.stringify(value, null, '\t')}\n `,
    escaped: (value) => escaped(JSON.stringify(value)),
};

export const json = { 'content-type': 'application/json' };
export const unary = (value, more = {}) => ({
    status: 200,
    headers: json,
    body: Buffer.from(JSON.stringify(value)),
    ...more,
});

export const spelledBody = (spell, value) => ({ status: 200, headers: json, body: Buffer.from(spell(value)) });

const codec = new EventStreamCodec(
    (bytes) => Buffer.from(bytes).toString(),
    (text) => new Uint8Array(Buffer.from(text)),
);
const string = (value) => ({ type: 'string', value });

export function frame(headers, value) {
    return Buffer.from(
        codec.encode({
            headers: Object.fromEntries(Object.entries(headers).map(([name, one]) => [name, string(one)])),
            body: new Uint8Array(Buffer.from(value === undefined ? '' : spell(value))),
        }),
    );
}

// Frames made meanwhile have their JSON in another spelling.
let spell = JSON.stringify;
export function spelled(spelling, make) {
    spell = spelling;
    const frames = make();
    spell = JSON.stringify;
    return frames;
}

export const event = (type, value) =>
    frame({ ':message-type': 'event', ':event-type': type, ':content-type': 'application/json' }, value);
export const exception = (type, value) =>
    frame({ ':message-type': 'exception', ':exception-type': type, ':content-type': 'application/json' }, value);

export const stream = (frames, headers = {}, more = {}) => ({
    status: 200,
    headers: { 'content-type': 'application/vnd.amazon.eventstream', ...headers },
    body: Buffer.concat(frames),
    ...more,
});
