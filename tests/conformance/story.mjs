// SPDX-License-Identifier: MIT
// What an answer said, in one form for both sides. Here: as the library's events told it.
import { toJson } from './shapes.mjs';

const bytes = (hex) => Buffer.from(hex, 'hex');

// The driver's lines as objects: the word, and what goes with it.
export function parse(line) {
    const [word, ...pairs] = line.split('\t');
    return Object.fromEntries([
        ['word', word],
        ...pairs.map((pair) => {
            const at = pair.indexOf('=');
            return [pair.slice(0, at), pair.slice(at + 1)];
        }),
    ]);
}

export function ending(lines) {
    const { status, http, type, message, id } = parse(lines.at(-1));
    const [kind, words, request] = [type, message, id].map((hex) => bytes(hex).toString());
    return { status, http: Number(http), type: kind, message: words, id: request };
}

// Values that come in pieces, each ended by a piece that is the last.
class Pieces {
    values = {};
    open = Buffer.alloc(0);

    add({ word, name, last, text }) {
        const piece = bytes(text);
        if (word === 'FIELD' && last === '1') {
            this.values.FIELD = { ...this.values.FIELD, ...this.field(name, Buffer.concat([this.open, piece])) };
            this.open = Buffer.alloc(0);
        } else if (['CITATION', 'RAW', 'TRACE', 'RESPONSE_FIELDS', 'CHUNK', 'FIELD'].includes(word)) {
            this.open = Buffer.concat([this.open, piece]);
            if (last === '1') {
                (this.values[word] ??= []).push(this.whole(word, name, this.open));
                this.open = Buffer.alloc(0);
            }
        } else {
            this.values[word] = Buffer.concat([this.values[word] ?? Buffer.alloc(0), piece]);
        }
    }

    whole(word, name, text) {
        switch (word) {
            case 'RAW':
                return { [name]: JSON.parse(text) };
            case 'CHUNK':
                return text.toString('base64');
            default:
                return JSON.parse(text);
        }
    }

    field(name, text) {
        return { [name]: /^[{[]/.test(text) ? JSON.parse(text) : text.toString() };
    }

    all() {
        const texts = Object.entries(this.values).map(([word, value]) => [
            word,
            value instanceof Buffer ? value.toString(word === 'BODY' ? 'base64' : 'utf8') : value,
        ]);
        return Object.fromEntries(texts);
    }
}

// A block that has ended: the input of a tool is JSON then, and none at all is {}.
export const whole = (block) =>
    /^(SERVER_)?TOOL_USE$/.test(block.kind) ? { ...block, TOOL_INPUT: JSON.parse(block.TOOL_INPUT || '{}') } : block;

// A row that the library filled in: its texts are in hexadecimal, the rest are words and numbers.
const texts = ['category', 'invocationArn', 'modelArn', 'clientRequestToken', 'failureMessage', 's3Uri'];
const row = ({ word, ...pairs }) =>
    Object.fromEntries(
        Object.entries(pairs).map(([name, value]) => [
            name,
            texts.includes(name) ? bytes(value).toString() : /^-?[0-9.e+-]+$/i.test(value) ? Number(value) : value,
        ]),
    );

export function told(lines) {
    const story = { blocks: [] };
    const outside = new Pieces();
    let block;

    for (const event of lines.map(parse)) {
        switch (event.word) {
            case 'end':
                break;
            case 'finding':
            case 'job':
                (story[event.word] ??= []).push(row(event));
                break;
            case 'MESSAGE_START':
                story.role = event.role;
                break;
            case 'STOP':
                story.stop = [event.code, event.reason];
                break;
            case 'METADATA':
                story.usage = { ...event, word: undefined };
                break;
            case 'BLOCK_START':
                block = new Pieces();
                break;
            case 'BLOCK_STOP':
                story.blocks.push(
                    whole({
                        kind: event.block,
                        index: Number(event.index),
                        id: event.id,
                        name: event.name,
                        ...block.all(),
                    }),
                );
                block = undefined;
                break;
            default:
                (block ?? outside).add(event);
                break;
        }
    }
    // A stream that breaks off leaves its last block open.
    if (block) {
        story.open = block.all();
    }
    return toJson({ ...story, ...outside.all() });
}

// The blocks of a story, as they go back in the next turn.
export const content = ({ blocks }) =>
    blocks.map((one) => {
        switch (one.kind) {
            case 'TEXT':
                return { text: one.TEXT };
            case 'TOOL_USE':
                return { toolUse: { toolUseId: one.id, name: one.name, input: one.TOOL_INPUT } };
            case 'REASONING':
                return {
                    reasoningContent: one.REASONING_REDACTED
                        ? { redactedContent: one.REASONING_REDACTED }
                        : { reasoningText: toJson({ text: one.REASONING, signature: one.REASONING_SIGNATURE }) },
                };
            default:
                throw new Error(`${one.kind} does not go back`);
        }
    });
