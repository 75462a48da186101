// SPDX-License-Identifier: MIT
// Answers of Converse and ConverseStream.
import { event, spelled, spelledBody, spellings, stream, unary } from './frames.mjs';
import { NormalizedSchema, sdk } from './packages.mjs';
import { newSampler } from './samples.mjs';
import { members, operations } from './shapes.mjs';

const reasons = [
    'end_turn',
    'tool_use',
    'max_tokens',
    'stop_sequence',
    'guardrail_intervened',
    'content_filtered',
    'malformed_model_output',
    'malformed_tool_use',
    'model_context_window_exceeded',
    'something_new',
];

// Answers of Converse: samples, whose blocks are all that there are.
export function converse() {
    const sampler = newSampler();
    const answers = Array.from({ length: 6 }, (_, i) => [
        `sample ${i + 1}`,
        unary(sampler.make(operations.Converse.output), i % 2 ? { piece: 7 } : {}),
    ]);
    const reply = (stopReason) => ({
        metrics: { latencyMs: 377 },
        output: { message: { content: [{ text: 'Hi.\n"é😀' }], role: 'assistant' } },
        stopReason,
        usage: { inputTokens: 7, outputTokens: 48, totalTokens: 55 },
    });
    const spelled = Object.entries(spellings).map(([name, spell]) => [
        name,
        spelledBody(spell, sampler.make(operations.Converse.output)),
    ]);
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
        block(
            5,
            { toolUse: tool },
            { toolUse: { input: '' } },
            { toolUse: { input: '{"a":' } },
            { toolUse: { input: '[1,"é"]}' } },
        ),
        block(6, { toolUse: { ...tool, toolUseId: 'tooluse_2' } }, { toolUse: { input: '' } }),
        block(7, { toolUse: { ...tool, type: 'server_tool_use' } }, { toolUse: { input: '{}' } }),
        block(
            8,
            { toolResult: { toolUseId: 'tooluse_3', type: 'web_search_result', status: 'success' } },
            { toolResult: sampler.make(members(NormalizedSchema.of(sdk.ContentBlockDelta$)).toolResult, 'toolResult') },
        ),
        ...[0, 1, 2, 3, 4].map((i) =>
            block(10 + i, undefined, { text: 'It says so.' }, { citation: sample('CitationsDelta') }),
        ),
        block(20, undefined, { citation: sample('CitationsDelta') }, { text: 'It says so.' }),
        block(
            24,
            { image: { format: 'png' } },
            { image: { source: { bytes: 'AP8B' } } },
            { image: { source: { bytes: 'AgME' } } },
        ),
        block(
            25,
            { image: { format: 'webp' } },
            { image: { source: { s3Location: { uri: 's3://b/k', bucketOwner: '123456789012' } } } },
        ),
        block(37, { image: { format: 'gif' } }, { image: { error: { message: 'too dark' } } }),
    ].flat();
}

export function converseStream() {
    const sampler = newSampler();
    const sample = (name) =>
        event(
            name[0].toLowerCase() + name.slice(1),
            sampler.make(
                NormalizedSchema.of(
                    sdk[{ Metadata: 'ConverseStreamMetadataEvent$', MessageStop: 'MessageStopEvent$' }[name]],
                ),
                name,
            ),
        );
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

// The beginning of an answer, for what breaks off.
export const part = talk('So far, so good.');

// Answers whose every block goes back in the next turn.
const memories = [
    { reasoningContent: { reasoningText: { text: 'I "think":\né 😀', signature: 'c2lnbmVk+/==' } } },
    { reasoningContent: { redactedContent: '/v8BAg==' } },
    { reasoningContent: { reasoningText: { text: 'unsigned' } } },
    { text: 'Let me see.\n\u2028"\\ 😀' },
    { toolUse: { toolUseId: 'tooluse_1', name: 'look', input: { at: ['é', 1.5, null] } } },
    { toolUse: { toolUseId: 'tooluse_2', name: 'listen', input: {} } },
];
const tool = ({ toolUse: { input, ...start } }, ...pieces) => [
    { toolUse: start },
    ...pieces.map((piece) => ({ toolUse: { input: piece } })),
];

export const memorable = {
    Converse: unary({
        metrics: { latencyMs: 377 },
        output: { message: { content: memories, role: 'assistant' } },
        stopReason: 'tool_use',
        usage: { inputTokens: 7, outputTokens: 48, totalTokens: 55 },
    }),
    ConverseStream: stream(
        [
            opening,
            ...[
                [
                    undefined,
                    { reasoningContent: { text: 'I "think"' } },
                    { reasoningContent: { text: ':\né 😀' } },
                    { reasoningContent: { signature: 'c2lnbmVk+/==' } },
                ],
                [undefined, { reasoningContent: { redactedContent: '/v8BAg==' } }],
                [undefined, { reasoningContent: { text: 'unsigned' } }],
                [undefined, { text: 'Let me' }, { text: ' see.\n\u2028"\\ 😀' }],
                tool(memories[4], '', '{"at":["é",', '1.5,null]}'),
                tool(memories[5], ''),
            ].flatMap((pieces, i) => block(i, ...pieces)),
            ...closing('tool_use'),
        ],
        {},
        { piece: 3 },
    ),
};
