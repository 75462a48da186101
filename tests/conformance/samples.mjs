// SPDX-License-Identifier: MIT
// Samples of AWS's shapes, made from their schemas.
import { kindOf, members } from './shapes.mjs';

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
};

// Samples of a shape, with every member in each: where a union has room for one only, the next sample has
// its next member. `given` names values that cannot be just anything, by "Shape.member".
class Sampler {
    turns = new Map();
    count = 0;

    constructor(given) {
        this.given = given;
    }

    union(schema, where) {
        const name = schema.getName(true);
        const known = Object.keys(members(schema));
        const turn = this.turns.get(name) ?? 0;
        this.turns.set(name, turn + 1);
        return this.struct(schema, where, [known[turn % known.length]]);
    }

    struct(schema, where, names = Object.keys(members(schema))) {
        const known = members(schema);
        return Object.fromEntries(
            names.map((member) => {
                const given = this.take(`${schema.getName()}.${member}`);
                return [member, given ? given[0] : this.make(known[member], member)];
            }),
        );
    }

    // A given value, in a list: one for always, or the next of several.
    take(key) {
        const given = this.given[key];
        if (!Array.isArray(given)) {
            return given === undefined ? undefined : [given];
        }
        const turn = this.turns.get(key) ?? 0;
        this.turns.set(key, turn + 1);
        return [given[turn % given.length]];
    }

    list(schema, where) {
        const of = schema.getValueSchema();
        const length = of.isUnionSchema() ? Object.keys(members(of)).length : 2;
        return Array.from({ length }, () => this.make(of, where));
    }

    make(schema, where = '') {
        this.count++;
        switch (kindOf(schema)) {
            case 'struct':
                return schema.isUnionSchema() ? this.union(schema, where) : this.struct(schema, where);
            case 'list':
                return this.list(schema, where);
            case 'map':
                return {
                    'a key': this.make(schema.getValueSchema(), where),
                    'é "2"': this.make(schema.getValueSchema(), where),
                };
            case 'blob':
                return Buffer.from(`\0\xff${where}${this.count}`, 'latin1').toString('base64');
            case 'timestamp':
                return new Date((1.7e9 + this.count) * 1000).toISOString().replace('.000Z', 'Z');
            case 'document':
                return { any: [this.count, null, true, { thing: `${where}\n` }], 'a"b': -1.5e-7 };
            case 'boolean':
                return this.count % 2 === 0;
            case 'number':
                return /confidence|score|threshold/i.test(where) ? (this.count % 100) / 128 : this.count;
            default:
                return `${where} ${this.count} "é😀\n`;
        }
    }
}

export const newSampler = () => new Sampler(given);
