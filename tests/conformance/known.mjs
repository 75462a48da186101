// SPDX-License-Identifier: MIT
// What an answer said, in the form of story.mjs: as AWS's SDK read it.
import { toJson } from './shapes.mjs';
import { whole } from './story.mjs';

const numbers = ['inputTokens', 'outputTokens', 'totalTokens', 'cacheReadInputTokens', 'cacheWriteInputTokens'];

const usageOf = ({ usage, metrics, serviceTier, performanceConfig }) => ({
    ...Object.fromEntries(numbers.map((name) => [name, String(usage?.[name] ?? 0)])),
    latencyMs: String(metrics?.latencyMs ?? 0),
    serviceTier: serviceTier?.type ?? '',
    latency: performanceConfig?.latency ?? '',
});

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
];
const stop = ({ stopReason }) => [reasons.includes(stopReason) ? stopReason : 'unknown', stopReason];

const base64 = (data) => Buffer.from(data).toString('base64');
const raw = (...values) => ({ RAW: values.map(toJson) });

function image({ format, source, error }) {
    const rest = [...(source?.s3Location ? [{ s3Location: source.s3Location }] : []), ...(error ? [{ error }] : [])];
    return {
        ...(format ? { name: format } : {}),
        ...(source?.bytes ? { IMAGE: base64(source.bytes) } : {}),
        ...(rest.length ? raw(...rest) : {}),
    };
}

const reasoning = ({ text, signature, redactedContent }) => ({
    ...(text !== undefined ? { REASONING: text } : {}),
    ...(signature !== undefined ? { REASONING_SIGNATURE: signature } : {}),
    ...(redactedContent !== undefined ? { REASONING_REDACTED: base64(redactedContent) } : {}),
});

// A block of a reply: its kind and what it says.
function block(content) {
    const [[kind, value]] = Object.entries(content);
    switch (kind) {
        case 'text':
            return { kind: 'TEXT', TEXT: value };
        case 'image':
            return { kind: 'IMAGE', ...image(value) };
        case 'toolUse':
            return {
                kind: value.type === 'server_tool_use' ? 'SERVER_TOOL_USE' : 'TOOL_USE',
                id: value.toolUseId,
                name: value.name,
                TOOL_INPUT: JSON.stringify(value.input),
            };
        case 'toolResult':
            return { kind: 'TOOL_RESULT', ...raw(content) };
        case 'reasoningContent':
            return { kind: 'REASONING', ...reasoning(value.reasoningText ?? value) };
        case 'citationsContent':
            return {
                kind: 'CITATIONS',
                TEXT: value.content.map(({ text }) => text).join(''),
                CITATION: toJson(value.citations),
            };
        default:
            return { kind: 'UNKNOWN', ...raw(content) };
    }
}

function converse(output) {
    const { message } = output.output;
    return {
        role: message.role,
        blocks: message.content.map((one, index) => whole({ index, ...block(one) })),
        stop: stop(output),
        usage: usageOf(output),
        TRACE: output.trace && [output.trace],
        RESPONSE_FIELDS: output.additionalModelResponseFields && [output.additionalModelResponseFields],
    };
}

// A piece of a block in a stream.
function delta(content) {
    const [[kind, value]] = Object.entries(content);
    switch (kind) {
        case 'text':
            return { kind: 'TEXT', TEXT: value };
        case 'toolUse':
            return { kind: 'TOOL_USE', TOOL_INPUT: value.input };
        case 'toolResult':
            return { kind: 'TOOL_RESULT', ...raw(content) };
        case 'reasoningContent':
            return { kind: 'REASONING', ...reasoning(value) };
        case 'citation':
            return { kind: 'CITATIONS', CITATION: [toJson(value)] };
        case 'image':
            return { kind: 'IMAGE', ...image(value) };
        default:
            return { kind: 'UNKNOWN', ...raw(content) };
    }
}

function start({ toolUse, toolResult, image: picture }) {
    return toolUse
        ? {
              kind: toolUse.type === 'server_tool_use' ? 'SERVER_TOOL_USE' : 'TOOL_USE',
              id: toolUse.toolUseId,
              name: toolUse.name,
          }
        : toolResult
          ? { kind: 'TOOL_RESULT', id: toolResult.toolUseId }
          : { kind: 'IMAGE', name: picture.format };
}

function join(one, piece) {
    for (const [key, value] of Object.entries(piece)) {
        if (key === 'kind') {
            one.kind ??= value;
        } else {
            one[key] = Array.isArray(value) ? [...(one[key] ?? []), ...value] : (one[key] ?? '') + value;
        }
    }
}

function converseStream(events) {
    const story = { blocks: [] };
    let open;

    for (const event of events) {
        const [[kind, value]] = Object.entries(event);
        switch (kind) {
            case 'messageStart':
                story.role = value.role;
                break;
            case 'contentBlockStart':
                open = { index: value.contentBlockIndex, ...start(value.start) };
                break;
            case 'contentBlockDelta':
                join((open ??= { index: value.contentBlockIndex }), delta(value.delta));
                break;
            case 'contentBlockStop':
                story.blocks.push(whole(open));
                open = undefined;
                break;
            case 'messageStop':
                story.stop = stop(value);
                story.RESPONSE_FIELDS = value.additionalModelResponseFields && [value.additionalModelResponseFields];
                break;
            case 'metadata':
                story.usage = usageOf(value);
                story.TRACE = value.trace && [value.trace];
                break;
            default:
                throw new Error(`the SDK gave ${kind}`);
        }
    }
    if (open) {
        const { kind, index, id, name, ...pieces } = open;
        story.open = pieces;
    }
    return story;
}

const header = (answer, name) => answer.headers[`x-amzn-bedrock-${name}`] ?? '0';

// Of InvokeModel: what its headers say.
const usageOfHeaders = (output, answer) => ({
    inputTokens: header(answer, 'input-token-count'),
    outputTokens: header(answer, 'output-token-count'),
    totalTokens: '0',
    cacheReadInputTokens: header(answer, 'cache-read-input-token-count'),
    cacheWriteInputTokens: header(answer, 'cache-write-input-token-count'),
    latencyMs: header(answer, 'invocation-latency'),
    serviceTier: output.serviceTier ?? '',
    latency: output.performanceConfigLatency ?? '',
});

// Members told by name: words and numbers as texts, the rest as JSON.
const fields = (values) =>
    Object.fromEntries(
        Object.entries(values)
            .filter(([, value]) => value !== undefined)
            .map(([name, value]) => [name, toJson(value)])
            .map(([name, value]) => [name, typeof value === 'object' ? value : String(value)]),
    );

function applyGuardrail({ $metadata: _, outputs, action, ...known }) {
    return {
        blocks: outputs.map(({ text }, index) => ({ kind: 'TEXT', index, TEXT: text })),
        FIELD: fields({ action, ...known }),
        stop: [action === 'GUARDRAIL_INTERVENED' ? 'guardrail_intervened' : 'end_turn', action],
    };
}

// All results of all checks, as [check, result], in the order that they came in.
const results = (output, answer) =>
    Object.keys(JSON.parse(answer.body).results).flatMap((check) =>
        output.results[check].results.map((result) => [check, result]),
    );

const findings = (output, answer) =>
    results(output, answer).map(([check, result]) => ({
        check,
        category: result.category ?? result.type,
        score: result.severityScore ?? result.confidenceScore,
        beginOffset: result.beginOffset ?? -1,
        endOffset: result.endOffset ?? -1,
        messageIndex: result.messageIndex ?? -1,
        contentIndex: result.contentIndex ?? -1,
    }));

const record = (index, name, values) => ({ kind: 'RECORD', index, name, FIELD: fields(values) });

const checks = (output, answer) => ({
    blocks: results(output, answer).map(([check, result], index) => record(index, check, result)),
    FIELD: fields({ usage: output.usage, truncated: output.results.sensitiveInformation?.truncated }),
});

// The job's members, those of its output among them.
const jobRecord = (index, { $metadata: _, outputDataConfig, ...rest }) =>
    record(index, undefined, { ...rest, ...outputDataConfig?.s3OutputDataConfig });

const seconds = (date) => (date ? Math.floor(date / 1000) : 0);
const statuses = ['InProgress', 'Completed', 'Failed'];
const job = (one) => ({
    status: statuses.includes(one.status) ? one.status : 'unknown',
    submitTime: seconds(one.submitTime),
    lastModifiedTime: seconds(one.lastModifiedTime),
    endTime: seconds(one.endTime),
    invocationArn: one.invocationArn ?? '',
    modelArn: one.modelArn ?? '',
    clientRequestToken: one.clientRequestToken ?? '',
    failureMessage: one.failureMessage ?? '',
    s3Uri: one.outputDataConfig?.s3OutputDataConfig?.s3Uri ?? '',
});

const jobsOf = ({ asyncInvokeSummaries }) => asyncInvokeSummaries ?? [];

// Rows, if the case reads them, else blocks.
const rows = (word, all) => ({ blocks: [], [word]: all.length > 0 ? all : undefined });
const asEvents = (request) => /^(events|everything)$/.test(request);

const stories = {
    Converse: ({ output }) => converse(output),
    ConverseStream: ({ events }) => converseStream(events),
    InvokeModel: ({ output }, answer) => ({
        blocks: [],
        BODY: base64(output.body),
        usage: usageOfHeaders(output, answer),
    }),
    InvokeModelWithResponseStream: ({ output, events, error }, answer) => ({
        blocks: [],
        CHUNK: events.map(({ chunk }) => base64(chunk.bytes)),
        usage: error ? undefined : usageOfHeaders(output, answer),
    }),
    ApplyGuardrail: ({ output }) => applyGuardrail(output),
    InvokeGuardrailChecks: ({ output }, answer, request) =>
        asEvents(request) ? checks(output, answer) : rows('finding', findings(output, answer)),
    StartAsyncInvoke: ({ output }, _, request) =>
        asEvents(request) ? { blocks: [jobRecord(0, output)] } : rows('job', [job(output)]),
    GetAsyncInvoke: ({ output }, _, request) =>
        asEvents(request) ? { blocks: [jobRecord(0, output)] } : rows('job', [job(output)]),
    ListAsyncInvokes: ({ output }, _, request) =>
        asEvents(request)
            ? {
                  blocks: jobsOf(output).map((one, index) => jobRecord(index, one)),
                  FIELD: output.nextToken && { nextToken: output.nextToken },
              }
            : rows('job', jobsOf(output).map(job)),
    CountTokens: ({ output }) => ({ blocks: [], usage: usageOf({ usage: output }) }),
};

// What the SDK read, as a story. `answer` is for what the SDK does not read; `request` is the case, for answers that
// are read in more ways than one.
export const known = (operation, seen, answer, request) => toJson(stories[operation](seen, answer, request));
