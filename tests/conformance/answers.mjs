// SPDX-License-Identifier: MIT
// Answers of every operation.
import { converse, converseStream, part } from './answers_converse.mjs';
import { event, json, spelled, spelledBody, spellings, stream, unary } from './frames.mjs';
import { newSampler } from './samples.mjs';
import { operations } from './shapes.mjs';

// Token counts and the like come in headers of InvokeModel. The SDK has no words for them: story.mjs does.
const counted = {
    'x-amzn-bedrock-input-token-count': '11',
    'x-amzn-bedrock-output-token-count': '22',
    'x-amzn-bedrock-cache-read-input-token-count': '33',
    'x-amzn-bedrock-cache-write-input-token-count': '44',
    'x-amzn-bedrock-invocation-latency': '55',
};
const tiers = { 'x-amzn-bedrock-performanceconfig-latency': 'optimized', 'x-amzn-bedrock-service-tier': 'priority' };
const binary = Buffer.from(Array.from({ length: 70001 }, (_, i) => (i * 31 + (i >> 8)) & 255));

function invokeModel() {
    const body = (bytes, headers, more) => ({
        status: 200,
        headers: { ...json, ...headers },
        body: Buffer.from(bytes),
        ...more,
    });
    const talk = '{"outputs":[{"text":"Grüße 😀\\n"}],"n":1.50}';
    return [
        ['JSON', body(talk, {})],
        ['every header', body(talk, { ...counted, ...tiers })],
        ['byte by byte', body(talk, { ...counted, ...tiers }, { piece: 1 })],
        ['bytes', body(binary, { 'content-type': 'image/png' }), 'other-types'],
        [
            'bytes of a length',
            body(binary, { 'content-type': 'image/png', 'content-length': String(binary.length) }, { piece: 1000 }),
            'other-types',
        ],
        ['an empty object', body('{}', {})],
    ];
}

const chunk = (bytes) => event('chunk', { bytes: Buffer.from(bytes).toString('base64'), p: 'abcdefghijk' });

function invokeModelWithResponseStream() {
    const headers = { ...tiers, 'x-amzn-bedrock-content-type': 'application/json' };
    const make = () => [...['{"type":"message_start"}', '{"a":"b"}'].map(chunk), chunk('')];
    const frames = [...talking, chunk(''), chunk('{"amazon-bedrock-invocationMetrics":{"inputTokenCount":11}}')];
    const more = Array.from({ length: 50 }, (_, i) => chunk(binary.subarray(0, i * 97)));
    return [
        ['chunks', stream(frames)],
        ['every header', stream(frames, headers)],
        ...[1, 7, 1000].map((piece) => [`chunks by ${piece} bytes`, stream(frames, headers, { piece })]),
        ...Object.entries(spellings).map(([name, spelling]) => [name, stream(spelled(spelling, make), headers)]),
        ['bytes of any length', stream(more, headers, { piece: 4096 })],
        ['a large chunk', stream([chunk(binary)], headers)],
    ];
}

const talking = ['{"type":"message_start"}', '{"delta":{"text":"Grüße 😀\\n"}}', '{"a":"b"}'].map(chunk);

const countTokens = () =>
    [0, 1, 55, 2147483647].map((inputTokens) => [`${inputTokens} tokens`, unary({ inputTokens })]);

const sampled = (operation, sampler) => sampler.make(operations[operation].output);

function applyGuardrail() {
    const sampler = newSampler();
    const none = { usage: {}, action: 'NONE', outputs: [], assessments: [] };
    return [
        ...[1, 2, 3].map((i) => [
            `sample ${i}`,
            unary(sampled('ApplyGuardrail', sampler), i === 2 ? { piece: 5 } : {}),
        ]),
        ...Object.entries(spellings).map(([name, spell]) => [
            name,
            spelledBody(spell, sampled('ApplyGuardrail', sampler)),
        ]),
        ['nothing found', unary(none)],
        ['nothing found, and why', unary({ ...none, outputs: [{ text: 'as it was' }], actionReason: 'No action.' })],
    ];
}

// Answers that are read in two ways: by rows, and by events.
const twice = (rows, events, list) =>
    list.flatMap(([name, answer]) => [
        [`${name}, by rows`, answer, rows],
        [`${name}, by events`, answer, events],
    ]);

function invokeGuardrailChecks() {
    const sampler = newSampler();
    const sample = () => sampled('InvokeGuardrailChecks', sampler);
    const scores = ['0', '1', '0.0', '1.0', '0.123456789012', '5e-1', '1E-7'];
    const numbers = `{"results":{"promptAttack":{"results":[${scores.map((one) => `{"category":"JAILBREAK","severityScore":${one}}`)}]}},
        "usage":{"promptAttack":{"textUnits":1}}}`;
    return twice('minimal', 'events', [
        ['a sample', unary(sample())],
        ['byte by byte', unary(sample(), { piece: 1 })],
        ...Object.entries(spellings).map(([name, spell]) => [name, spelledBody(spell, sample())]),
        ['nothing', unary({ results: {}, usage: {} })],
        [
            'empty lists',
            unary({
                results: { contentFilter: { results: [] }, sensitiveInformation: { results: [], truncated: false } },
                usage: {},
            }),
        ],
    ]).concat([['scores', { status: 200, headers: json, body: Buffer.from(numbers) }, 'minimal']]);
}

const startAsyncInvoke = () =>
    twice('minimal', 'everything', [
        ['an ARN', unary({ invocationArn: 'arn:aws:bedrock:us-west-2:123456789012:async-invoke/a1b2c3d4e5f6' })],
        [
            'byte by byte',
            unary({ invocationArn: 'arn:aws:bedrock:us-west-2:123456789012:async-invoke/x' }, { piece: 1 }),
        ],
    ]);

function getAsyncInvoke() {
    const sampler = newSampler();
    const sample = () => sampled('GetAsyncInvoke', sampler);
    const few = ({ invocationArn, modelArn, status, submitTime, outputDataConfig }) => ({
        invocationArn,
        modelArn,
        status,
        submitTime,
        outputDataConfig,
    });
    return twice('minimal', 'events', [
        ['a sample', unary(sample())],
        ['what it must have', unary(few(sample()), { piece: 3 })],
        ...Object.entries(spellings).map(([name, spell]) => [name, spelledBody(spell, sample())]),
        ...['InProgress', 'Completed', 'Failed', 'SomethingNew'].map((status) => [
            status,
            unary({ ...sample(), status }),
        ]),
    ]).concat([
        ['a fraction of a second', unary({ ...sample(), endTime: '2025-02-28T23:59:59.987Z' }), 'minimal'],
        [
            'far ahead',
            unary({ ...sample(), submitTime: '1970-01-01T00:00:00Z', endTime: '2400-02-29T00:00:00Z' }),
            'minimal',
        ],
    ]);
}

function listAsyncInvokes() {
    const sampler = newSampler();
    const sample = () => sampled('ListAsyncInvokes', sampler);
    return twice('minimal', 'everything', [
        ['a sample', unary(sample())],
        ['by 11 bytes', unary(sample(), { piece: 11 })],
        ...Object.entries(spellings).map(([name, spell]) => [name, spelledBody(spell, sample())]),
        ['no jobs', unary({ asyncInvokeSummaries: [] })],
        ['nothing', unary({})],
    ]);
}

const jobs = newSampler();
export const pages = ['a+b/c=d&e f', 'é"%20', undefined].map((nextToken) =>
    unary({ ...sampled('ListAsyncInvokes', jobs), nextToken }),
);

// An operation's answers are [name, answer], or [name, answer, case] for one that only that request can have.
export const answers = {
    Converse: converse,
    ConverseStream: converseStream,
    InvokeModel: invokeModel,
    InvokeModelWithResponseStream: invokeModelWithResponseStream,
    CountTokens: countTokens,
    ApplyGuardrail: applyGuardrail,
    InvokeGuardrailChecks: invokeGuardrailChecks,
    StartAsyncInvoke: startAsyncInvoke,
    GetAsyncInvoke: getAsyncInvoke,
    ListAsyncInvokes: listAsyncInvokes,
};

// The beginnings of streams that break off.
export const parts = { ConverseStream: part, InvokeModelWithResponseStream: talking };
