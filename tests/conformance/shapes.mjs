// SPDX-License-Identifier: MIT
// AWS's schemas of every shape, as the SDK carries them: JSON to the SDK's values and back, and a record
// of which members have been met.
import { NormalizedSchema, sdk } from './packages.mjs';

export const members = (schema) => Object.fromEntries(schema.structIterator());

const streamOf = (output) =>
    Object.entries(members(output)).find(([, schema]) => schema.isUnionSchema() && schema.isStreaming());

// By name: its method and path, its input, its output, and the member of that which is a stream.
export const operations = Object.fromEntries(
    [
        'Converse',
        'ConverseStream',
        'CountTokens',
        'InvokeModel',
        'InvokeModelWithResponseStream',
        'ApplyGuardrail',
        'InvokeGuardrailChecks',
        'StartAsyncInvoke',
        'GetAsyncInvoke',
        'ListAsyncInvokes',
    ].map((name) => {
        const [, , , traits, input, output] = sdk[`${name}$`];
        const schema = (lazy) => NormalizedSchema.of(typeof lazy === 'function' ? lazy() : lazy);
        return [
            name,
            { http: traits.http, input: schema(input), output: schema(output), stream: streamOf(schema(output)) },
        ];
    }),
);

export const kindOf = (schema) =>
    schema.isStructSchema() || schema.isUnionSchema()
        ? 'struct'
        : schema.isListSchema()
          ? 'list'
          : schema.isMapSchema()
            ? 'map'
            : schema.isBlobSchema()
              ? 'blob'
              : schema.isTimestampSchema()
                ? 'timestamp'
                : schema.isDocumentSchema()
                  ? 'document'
                  : schema.isStringSchema()
                    ? 'string'
                    : schema.isBooleanSchema()
                      ? 'boolean'
                      : 'number';

// Meets: "Shape.member" of everything that was converted.
export class Meets {
    seen = new Set();

    add(schema, member) {
        this.seen.add(`${schema.getName(true)}.${member}`);
    }

    // Meets what the SDK read.
    note(schema, value) {
        const kind = kindOf(schema);
        if (value === undefined || value === null) {
            return;
        }
        if (kind === 'list' || kind === 'map') {
            Object.values(value).forEach((one) => this.note(schema.getValueSchema(), one));
        } else if (kind === 'struct') {
            const known = members(schema);
            Object.entries(value)
                .filter(([member, one]) => known[member] && one !== undefined)
                .forEach(([member, one]) => {
                    this.add(schema, member);
                    this.note(known[member], one);
                });
        }
    }

    // Which members of a shape, and of all that it holds, have not been met.
    missing(schema, trail = new Set()) {
        const kind = kindOf(schema);
        if (kind === 'list' || kind === 'map') {
            return this.missing(schema.getValueSchema(), trail);
        }
        const name = schema.getName(true);
        if (kind !== 'struct' || trail.has(name)) {
            return [];
        }
        trail.add(name);
        return Object.entries(members(schema)).flatMap(([member, type]) =>
            this.seen.has(`${name}.${member}`) ? this.missing(type, trail) : [`${schema.getName()}.${member}`],
        );
    }
}

function expect(condition, sentence) {
    if (!condition) {
        throw new Error(sentence);
    }
}

function blob(text, where) {
    const bytes = Buffer.from(text, 'base64');
    expect(bytes.toString('base64') === text, `${where} is not base64`);
    return new Uint8Array(bytes);
}

// A value of JSON as the SDK takes it. What the schema does not know is an error.
export function fromJson(schema, value, meets, where = schema.getName()) {
    const kind = kindOf(schema);
    switch (kind) {
        case 'struct': {
            const known = members(schema);
            expect(value !== null && typeof value === 'object' && !Array.isArray(value), `${where} is no object`);
            expect(!schema.isUnionSchema() || Object.keys(value).length === 1, `${where} is a union of several`);
            return Object.fromEntries(
                Object.entries(value).map(([member, one]) => {
                    expect(known[member], `${where}.${member} is not in AWS's model`);
                    meets?.add(schema, member);
                    return [member, fromJson(known[member], one, meets, `${where}.${member}`)];
                }),
            );
        }
        case 'list':
            expect(Array.isArray(value), `${where} is no array`);
            return value.map((one, i) => fromJson(schema.getValueSchema(), one, meets, `${where}[${i}]`));
        case 'map':
            expect(value !== null && typeof value === 'object' && !Array.isArray(value), `${where} is no object`);
            return Object.fromEntries(
                Object.entries(value).map(([key, one]) => [
                    key,
                    fromJson(schema.getValueSchema(), one, meets, `${where}.${key}`),
                ]),
            );
        case 'blob':
            return blob(value, where);
        case 'timestamp':
            expect(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(value), `${where} is no date`);
            return new Date(value);
        case 'document':
            return value;
        default:
            expect(typeof value === kind, `${where} is no ${kind}`);
            return value;
    }
}

// What the SDK gave, as JSON again.
export function toJson(value) {
    if (value instanceof Uint8Array) {
        return Buffer.from(value).toString('base64');
    }
    if (value instanceof Date) {
        return value.toISOString().replace('.000Z', 'Z');
    }
    if (Array.isArray(value)) {
        return value.map(toJson);
    }
    if (value !== null && typeof value === 'object') {
        return Object.fromEntries(
            Object.entries(value)
                .filter(([, one]) => one !== undefined)
                .map(([key, one]) => [key, toJson(one)]),
        );
    }
    return value;
}
