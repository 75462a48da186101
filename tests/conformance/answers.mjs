// SPDX-License-Identifier: MIT
// Answers of the service: bodies made from AWS's schemas, streams framed by AWS's codec.
import { EventStreamCodec, NormalizedSchema, sdk } from './packages.mjs';
import { Sampler, members, operations } from './shapes.mjs';

// Members whose value is a word that the service chooses from a list, or that limits bound.
const given = {
    'Message.role': 'assistant',
    'MessageStartEvent.role': 'assistant',
    'ToolUseBlock.type': ['server_tool_use', undefined],
    'ToolUseBlock.toolUseId': 'tooluse_kZJMlvQmRJ6eAyJE5GIl7Q',
    'ToolUseBlock.name': 'top_song',
    'ToolUseBlock.input': { sign: 'WZPZ', 'n"': [1, -2.5, null, { é: '😀' }], 'empty {}': {} },
    'ImageBlock.format': 'png',
    'ConverseResponse.stopReason': 'end_turn',
    'MessageStopEvent.stopReason': 'tool_use',
    'PerformanceConfiguration.latency': 'optimized',
    'ServiceTier.type': 'priority',
    'ApplyGuardrailResponse.action': 'GUARDRAIL_INTERVENED',
    'GetAsyncInvokeResponse.status': 'Completed',
    'AsyncInvokeSummary.status': 'InProgress',
    'GetAsyncInvokeResponse.clientRequestToken': '1f4ad4a2-8f5c-4d3b-9a6e-0f3c2b1a0d9e',
    'AsyncInvokeSummary.clientRequestToken': '1f4ad4a2-8f5c-4d3b-9a6e-0f3c2b1a0d9e',
    'InvokeModelResponse.contentType': 'application/json',
    'InvokeModelResponse.performanceConfigLatency': 'optimized',
    'InvokeModelResponse.serviceTier': 'priority',
    'InvokeModelWithResponseStreamResponse.performanceConfigLatency': 'standard',
    'InvokeModelWithResponseStreamResponse.serviceTier': 'flex',
};

// The same JSON in other words: members the other way round, white space everywhere, every character escaped.
const reversed = (value) => Array.isArray(value) ? value.map(reversed)
    : value !== null && typeof value === 'object' ? Object.fromEntries(Object.entries(value).reverse().map(([k, v]) => [k, reversed(v)]))
        : value;
const escaped = (text) => text.replace(/[^\x20-\x7e]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replace(/(?<=[a-z])[xyz]/g, (c) => `\\u00${c.charCodeAt(0).toString(16).toUpperCase()}`);
const spellings = {
    reversed: (value) => JSON.stringify(reversed(value)),
    spaced: (value) => `\r\n${JSON.stringify(value, null, '\t')}\n `,
    escaped: (value) => escaped(JSON.stringify(value)),
};

const json = { 'content-type': 'application/json' };
export const unary = (value, more = {}) =>
    ({ status: 200, headers: json, body: Buffer.from(JSON.stringify(value)), ...more });

const spelledBody = (spell, value) => ({ status: 200, headers: json, body: Buffer.from(spell(value)) });

const codec = new EventStreamCodec((bytes) => Buffer.from(bytes).toString(), (text) => new Uint8Array(Buffer.from(text)));
const string = (value) => ({ type: 'string', value });

export function frame(headers, value) {
    return Buffer.from(codec.encode({
        headers: Object.fromEntries(Object.entries(headers).map(([name, one]) => [name, string(one)])),
        body: new Uint8Array(Buffer.from(value === undefined ? '' : spell(value))),
    }));
}

// Frames made meanwhile have their JSON in another spelling.
let spell = JSON.stringify;
function spelled(spelling, make) {
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
    status: 200, headers: { 'content-type': 'application/vnd.amazon.eventstream', ...headers },
    body: Buffer.concat(frames), ...more,
});

const reasons = ['end_turn', 'tool_use', 'max_tokens', 'stop_sequence', 'guardrail_intervened', 'content_filtered',
    'malformed_model_output', 'malformed_tool_use', 'model_context_window_exceeded', 'something_new'];

// An operation's answers are [name, answer], or [name, answer, case] for one that only that request can have.

// Answers of Converse: samples, whose blocks are all that there are.
function converse() {
    const sampler = new Sampler(given);
    const answers = Array.from({ length: 6 }, (_, i) =>
        [`sample ${i + 1}`, unary(sampler.make(operations.Converse.output), i % 2 ? { piece: 7 } : {})]);
    const reply = (stopReason) => ({
        metrics: { latencyMs: 377 }, output: { message: { content: [{ text: 'Hi.\n"é😀' }], role: 'assistant' } },
        stopReason, usage: { inputTokens: 7, outputTokens: 48, totalTokens: 55 },
    });
    const spelled = Object.entries(spellings).map(([name, spell]) =>
        [name, spelledBody(spell, sampler.make(operations.Converse.output))]);
    return [...answers, ...spelled, ...reasons.map((reason) => [reason, unary(reply(reason))])];
}

const words = (text) => text.match(/\s*\S+/g);

// Frames of one block: its start, if it has one, its pieces, its end.
function block(contentBlockIndex, start, ...deltas) {
    return [
        ...(start ? [event('contentBlockStart', { contentBlockIndex, start })] : []),
        ...deltas.map((delta) => event('contentBlockDelta', { contentBlockIndex, delta, p: 'abcd' })),
        event('contentBlockStop', { contentBlockIndex, p: 'abcdefgh' }),
    ];
}

const opening = event('messageStart', { role: 'assistant', p: 'abc' });
const closing = (stopReason) => [
    event('messageStop', { stopReason }),
    event('metadata', { usage: { inputTokens: 1, outputTokens: 2, totalTokens: 3 }, metrics: { latencyMs: 4 } }),
];
const talk = (text) => [opening, ...block(0, undefined, ...words(text).map((word) => ({ text: word })))];

// Every start and every piece that there is, many times over, as blocks of their kinds.
function blocksOfAll(sampler) {
    const sample = (name) => sampler.make(NormalizedSchema.of(sdk[`${name}$`]), name);
    const tool = { toolUseId: 'tooluse_1', name: 'top_song' };
    const reason = (piece) => ({ reasoningContent: piece });
    return [
        block(0, undefined, { text: '' }, { text: 'Grüße' }, { text: ' "\\ 😀\n' }),
        block(3, undefined, reason({ text: 'I ' }), reason({ text: 'think.' }), reason({ signature: 'c2lnbmVk+/==' })),
        block(4, undefined, reason({ redactedContent: '/v8BAg==' })),
        block(5, { toolUse: tool }, { toolUse: { input: '' } }, { toolUse: { input: '{"a":' } }, { toolUse: { input: '[1,"é"]}' } }),
        block(6, { toolUse: { ...tool, toolUseId: 'tooluse_2' } }, { toolUse: { input: '' } }),
        block(7, { toolUse: { ...tool, type: 'server_tool_use' } }, { toolUse: { input: '{}' } }),
        block(8, { toolResult: { toolUseId: 'tooluse_3', type: 'web_search_result', status: 'success' } },
            { toolResult: sampler.make(members(NormalizedSchema.of(sdk.ContentBlockDelta$)).toolResult, 'toolResult') }),
        ...[0, 1, 2, 3, 4].map((i) => block(10 + i, undefined, { text: 'It says so.' }, { citation: sample('CitationsDelta') })),
        block(20, undefined, { citation: sample('CitationsDelta') }, { text: 'It says so.' }),
        block(24, { image: { format: 'png' } }, { image: { source: { bytes: 'AP8B' } } }, { image: { source: { bytes: 'AgME' } } }),
        block(25, { image: { format: 'webp' } }, { image: { source: { s3Location: { uri: 's3://b/k', bucketOwner: '123456789012' } } } }),
        block(37, { image: { format: 'gif' } }, { image: { error: { message: 'too dark' } } }),
    ].flat();
}

function converseStream() {
    const sampler = new Sampler(given);
    const sample = (name) => event(name[0].toLowerCase() + name.slice(1), sampler.make(NormalizedSchema.of(
        sdk[{ Metadata: 'ConverseStreamMetadataEvent$', MessageStop: 'MessageStopEvent$' }[name]]), name));
    const make = () => [opening, ...blocksOfAll(sampler), sample('MessageStop'), sample('Metadata')];
    const all = make();
    return [
        ['every block', stream(all)],
        ...[1, 7, 1000].map((piece) => [`every block, by ${piece} bytes`, stream(all, {}, { piece })]),
        ...Object.entries(spellings).map(([name, spelling]) => [name, stream(spelled(spelling, make))]),
        ['metadata before messageStop', stream([...talk('Why not?'), ...closing('end_turn').reverse()])],
        ...reasons.map((reason) => [reason, stream([...talk('Hi.'), ...closing(reason)])]),
    ];
}

// Token counts and the like come in headers of InvokeModel. The SDK has no words for them: story.mjs does.
const counted = {
    'x-amzn-bedrock-input-token-count': '11', 'x-amzn-bedrock-output-token-count': '22',
    'x-amzn-bedrock-cache-read-input-token-count': '33', 'x-amzn-bedrock-cache-write-input-token-count': '44',
    'x-amzn-bedrock-invocation-latency': '55',
};
const tiers = { 'x-amzn-bedrock-performanceconfig-latency': 'optimized', 'x-amzn-bedrock-service-tier': 'priority' };
const binary = Buffer.from(Array.from({ length: 70001 }, (_, i) => (i * 31 + (i >> 8)) & 255));

function invokeModel() {
    const body = (bytes, headers, more) => ({ status: 200, headers: { ...json, ...headers }, body: Buffer.from(bytes), ...more });
    const talk = '{"outputs":[{"text":"Grüße 😀\\n"}],"n":1.50}';
    return [
        ['JSON', body(talk, {})],
        ['every header', body(talk, { ...counted, ...tiers })],
        ['byte by byte', body(talk, { ...counted, ...tiers }, { piece: 1 })],
        ['bytes', body(binary, { 'content-type': 'image/png' }), 'other-types'],
        ['bytes of a length', body(binary, { 'content-type': 'image/png', 'content-length': String(binary.length) }, { piece: 1000 }), 'other-types'],
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

const countTokens = () => [0, 1, 55, 2147483647].map((inputTokens) => [`${inputTokens} tokens`, unary({ inputTokens })]);

const sampled = (operation, sampler) => sampler.make(operations[operation].output);

function applyGuardrail() {
    const sampler = new Sampler(given);
    const none = { usage: {}, action: 'NONE', outputs: [], assessments: [] };
    return [
        ...[1, 2, 3].map((i) => [`sample ${i}`, unary(sampled('ApplyGuardrail', sampler), i === 2 ? { piece: 5 } : {})]),
        ...Object.entries(spellings).map(([name, spell]) => [name, spelledBody(spell, sampled('ApplyGuardrail', sampler))]),
        ['nothing found', unary(none)],
        ['nothing found, and why', unary({ ...none, outputs: [{ text: 'as it was' }], actionReason: 'No action.' })],
    ];
}

// Answers that are read in two ways: by rows, and by events.
const twice = (rows, events, list) =>
    list.flatMap(([name, answer]) => [[`${name}, by rows`, answer, rows], [`${name}, by events`, answer, events]]);

function invokeGuardrailChecks() {
    const sampler = new Sampler(given);
    const sample = () => sampled('InvokeGuardrailChecks', sampler);
    const scores = ['0', '1', '0.0', '1.0', '0.123456789012', '5e-1', '1E-7'];
    const numbers = `{"results":{"promptAttack":{"results":[${scores.map((one) => `{"category":"JAILBREAK","severityScore":${one}}`)}]}},
        "usage":{"promptAttack":{"textUnits":1}}}`;
    return twice('minimal', 'events', [
        ['a sample', unary(sample())], ['byte by byte', unary(sample(), { piece: 1 })],
        ...Object.entries(spellings).map(([name, spell]) => [name, spelledBody(spell, sample())]),
        ['nothing', unary({ results: {}, usage: {} })],
        ['empty lists', unary({ results: { contentFilter: { results: [] }, sensitiveInformation: { results: [], truncated: false } }, usage: {} })],
    ]).concat([['scores', { status: 200, headers: json, body: Buffer.from(numbers) }, 'minimal']]);
}

const startAsyncInvoke = () => twice('minimal', 'everything', [
    ['an ARN', unary({ invocationArn: 'arn:aws:bedrock:us-west-2:123456789012:async-invoke/a1b2c3d4e5f6' })],
    ['byte by byte', unary({ invocationArn: 'arn:aws:bedrock:us-west-2:123456789012:async-invoke/x' }, { piece: 1 })],
]);

function getAsyncInvoke() {
    const sampler = new Sampler(given);
    const sample = () => sampled('GetAsyncInvoke', sampler);
    const few = ({ invocationArn, modelArn, status, submitTime, outputDataConfig }) =>
        ({ invocationArn, modelArn, status, submitTime, outputDataConfig });
    return twice('minimal', 'events', [
        ['a sample', unary(sample())], ['what it must have', unary(few(sample()), { piece: 3 })],
        ...Object.entries(spellings).map(([name, spell]) => [name, spelledBody(spell, sample())]),
        ...['InProgress', 'Completed', 'Failed', 'SomethingNew'].map((status) => [status, unary({ ...sample(), status })]),
    ]).concat([['a fraction of a second', unary({ ...sample(), endTime: '2025-02-28T23:59:59.987Z' }), 'minimal'],
        ['far ahead', unary({ ...sample(), submitTime: '1970-01-01T00:00:00Z', endTime: '2400-02-29T00:00:00Z' }), 'minimal']]);
}

function listAsyncInvokes() {
    const sampler = new Sampler(given);
    const sample = () => sampled('ListAsyncInvokes', sampler);
    return twice('minimal', 'everything', [
        ['a sample', unary(sample())], ['by 11 bytes', unary(sample(), { piece: 11 })],
        ...Object.entries(spellings).map(([name, spell]) => [name, spelledBody(spell, sample())]),
        ['no jobs', unary({ asyncInvokeSummaries: [] })], ['nothing', unary({})],
    ]);
}

const jobs = new Sampler(given);
export const pages = ['a+b/c=d&e f', 'é"%20', undefined].map((nextToken) => unary({ ...sampled('ListAsyncInvokes', jobs), nextToken }));

export const answers = {
    Converse: converse, ConverseStream: converseStream, InvokeModel: invokeModel,
    InvokeModelWithResponseStream: invokeModelWithResponseStream, CountTokens: countTokens, ApplyGuardrail: applyGuardrail,
    InvokeGuardrailChecks: invokeGuardrailChecks, StartAsyncInvoke: startAsyncInvoke, GetAsyncInvoke: getAsyncInvoke,
    ListAsyncInvokes: listAsyncInvokes,
};

// Answers whose every block goes back in the next turn.
const memories = [
    { reasoningContent: { reasoningText: { text: 'I "think":\né 😀', signature: 'c2lnbmVk+/==' } } },
    { reasoningContent: { redactedContent: '/v8BAg==' } }, { reasoningContent: { reasoningText: { text: 'unsigned' } } },
    { text: 'Let me see.\n\u2028"\\ 😀' }, { toolUse: { toolUseId: 'tooluse_1', name: 'look', input: { at: ['é', 1.5, null] } } },
    { toolUse: { toolUseId: 'tooluse_2', name: 'listen', input: {} } },
];
const tool = ({ toolUse: { input, ...start } }, ...pieces) => [{ toolUse: start }, ...pieces.map((piece) => ({ toolUse: { input: piece } }))];

export const memorable = {
    Converse: unary({
        metrics: { latencyMs: 377 }, output: { message: { content: memories, role: 'assistant' } }, stopReason: 'tool_use',
        usage: { inputTokens: 7, outputTokens: 48, totalTokens: 55 },
    }),
    ConverseStream: stream([
        opening, ...[
            [undefined, { reasoningContent: { text: 'I "think"' } }, { reasoningContent: { text: ':\né 😀' } }, { reasoningContent: { signature: 'c2lnbmVk+/==' } }],
            [undefined, { reasoningContent: { redactedContent: '/v8BAg==' } }],
            [undefined, { reasoningContent: { text: 'unsigned' } }],
            [undefined, { text: 'Let me' }, { text: ' see.\n\u2028"\\ 😀' }],
            tool(memories[4], '', '{"at":["é",', '1.5,null]}'),
            tool(memories[5], ''),
        ].flatMap((pieces, i) => block(i, ...pieces)), ...closing('tool_use'),
    ], {}, { piece: 3 }),
};

// ---------------------------------------------------------------------- errors

// Exceptions: their HTTP status, and what each is here, by bedrock/error.h.
const table = {
    AccessDeniedException: [403, 'ACCESS_DENIED'], ConflictException: [400, 'CONFLICT'],
    InternalServerException: [500, 'INTERNAL'], ModelErrorException: [424, 'MODEL_ERROR'],
    ModelNotReadyException: [429, 'MODEL_NOT_READY'], ModelStreamErrorException: [424, 'MODEL_STREAM'],
    ModelTimeoutException: [408, 'MODEL_TIMEOUT'], ResourceNotFoundException: [404, 'NOT_FOUND'],
    ServiceQuotaExceededException: [400, 'QUOTA'], ServiceUnavailableException: [503, 'UNAVAILABLE'],
    ThrottlingException: [429, 'THROTTLED'], ValidationException: [400, 'VALIDATION'],
    // What AWS's services answer though no model has them.
    ExpiredTokenException: [403, 'EXPIRED_TOKEN'], InvalidSignatureException: [403, 'SIGNATURE'],
    SignatureDoesNotMatch: [403, 'SIGNATURE'], UnrecognizedClientException: [403, 'BAD_KEY'],
    InvalidClientTokenId: [403, 'BAD_KEY'], TooManyRequestsException: [429, 'THROTTLED'],
    SomethingNewException: [400, 'SERVICE'],
};
export const statusOf = (exception) => `BEDROCK_E_${table[exception][1]}`;

const message = 'Not "today": é 😀.';
const headed = (name, value, body) =>
    ({ status: table[name][0], headers: { ...json, 'x-amzn-errortype': value }, body: Buffer.from(JSON.stringify(body)) });
const bodied = (name, body) => ({ status: table[name][0], headers: json, body: Buffer.from(JSON.stringify(body, null, 2)) });

const forms = {
    'by header': (name) => headed(name, name, { message }),
    'by header with a URL': (name) => headed(name, `${name}:http://internal.amazon.com/coral/com.amazon.bedrock/`, { message }),
    'by header with a namespace': (name) => headed(name, `com.amazonaws.bedrockruntime#${name}`, { message }),
    'by __type': (name) => bodied(name, { __type: name, message }),
    'by __type with a namespace': (name) => bodied(name, { message, __type: `com.amazon.coral.service#${name}` }),
    'by code': (name) => bodied(name, { code: name, message }),
    'in another spelling': (name) => ({
        ...headed(name, name, {}), body: Buffer.from(spellings.spaced({ code: 1, message }).replace('oday', '\\u006fday')),
    }),
    'with other members': (name) => headed(name, name,
        { originalStatusCode: 500, resourceName: 'r', originalMessage: { a: ['b'] }, message, more: [{ message: 'no' }] }),
};

// Exceptions over HTTP: [name, exception, answer]. Each of them in each form, or in the first alone.
export const errors = (every) => Object.keys(table).flatMap((name) =>
    Object.entries(forms).slice(0, every ? undefined : 1).map(([form, make]) => [`${name} ${form}`, name, make(name)]));

// Exceptions in a stream, at its beginning and after a part of an answer: [name, exception, answer].
export function exceptions(operation, part) {
    return Object.keys(members(operations[operation].stream[1])).filter((name) => /Exception$/.test(name)).flatMap((name) => {
        const type = name[0].toUpperCase() + name.slice(1);
        const last = exception(name, { message, originalStatusCode: 500, originalMessage: 'deep' });
        return [[`${name} at once`, type, stream([last])], [`${name} after a part`, type, stream([...part, last])]];
    }).concat([['an error that no model has', 'SomethingNewException', stream([...part, frame(
        { ':message-type': 'error', ':error-code': 'SomethingNewException', ':error-message': message })])]]);
}

export const parts = { ConverseStream: talk('So far, so good.'), InvokeModelWithResponseStream: talking };
