// SPDX-License-Identifier: MIT
// main.mjs DRIVER: is what the library sends what AWS's SDK would send, and does it read what the SDK reads?
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';

import { answers, errors, exceptions, parts, statusOf } from './answers.mjs';
import { call } from './reference.mjs';
import * as request from './request.mjs';
import { Service } from './service.mjs';
import { Meets, members, operations } from './shapes.mjs';
import * as story from './story.mjs';

const [, , driver] = process.argv;
const cases = execFileSync(driver, ['list']).toString().trim().split('\n').map((line) => line.split(' '));
const casesOf = (operation) => cases.filter(([of]) => of === operation).map(([, name]) => name);
const total = { passed: 0, failed: 0 };
const asked = new Meets(), told = new Meets();

// Runs the checks of a group, prints those that fail, and a line for all.
async function group(title, checks) {
    let failed = 0;
    for (const [name, check] of checks) {
        try {
            await check();
        } catch (error) {
            failed++;
            console.log(`FAILED ${title}: ${name}\n${error.stack.split('\n').slice(0, 40).join('\n')}`);
        }
    }
    total.passed += checks.length - failed;
    total.failed += failed;
    console.log(`${title}: ${checks.length - failed} of ${checks.length}`);
}

const service = await Service.start(driver);

// One call by both: what was sent is checked, what was read is handed back.
async function both(operation, name, keys, answer) {
    const { requests: [sent, ...more], lines } = await service.exchange(operation, name, keys, answer);
    assert(sent, `no request was sent: ${JSON.stringify(story.ending(lines))}`);
    assert.equal(more.length, 0, 'more than one request was sent');
    const seen = await call(service.url, operation, keys, request.read(operation, sent, asked), answer);
    assert(seen.request, seen.error?.stack);
    request.compare(sent, seen.request);
    await request.verify(sent, keys);
    return { sent, lines, seen };
}

function note(operation, seen) {
    const { output } = operations[operation];
    const stream = Object.entries(members(output)).find(([, schema]) => schema.getMergedTraits().streaming || members(schema)?.messageStart);
    told.note(output, seen.output);
    seen.events.forEach((event) => told.note(stream[1], event));
}

async function answered(operation, name, answer) {
    const { lines, seen } = await both(operation, name, 'access', answer);
    assert.equal(seen.error, undefined);
    assert.equal(story.ending(lines).status, 'BEDROCK_OK');
    assert.equal(story.ending(lines).id, seen.output.$metadata.requestId);
    assert.deepEqual(story.told(lines), story.known(operation, seen));
    note(operation, seen);
}

async function refused(operation, name, exception, answer) {
    const { lines, seen } = await both(operation, name, 'access', answer);
    const { status, http, type, message } = story.ending(lines);
    assert.equal(seen.error.name, exception, 'the SDK did not understand either');
    assert.equal(status, statusOf[exception]);
    assert.equal(type.toLowerCase(), exception.toLowerCase());
    assert.equal(message, seen.error.message);
    assert.equal(http, answer.status);
    if (seen.events.length > 0) {
        assert.deepEqual(story.told(lines), story.known(operation, seen));
    }
}

for (const operation of Object.keys(operations)) {
    const [first, ...rest] = casesOf(operation);
    const list = answers[operation]?.() ?? [];
    if (first === undefined || list.length === 0) {
        continue;
    }
    const [, plain] = list[0];
    await group(`${operation}, requests`, [first, ...rest].flatMap((name) => [
        [name, () => both(operation, name, 'access', plain)],
    ]));
    await group(`${operation}, temporary keys and bearer keys`, ['session', 'bearer'].map((keys) =>
        [keys, () => both(operation, first, keys, plain)]));
    await group(`${operation}, answers`, list.map(([name, answer]) => [name, () => answered(operation, first, answer)]));
    await group(`${operation}, errors`, errors(operation === 'Converse').map(([name, exception, answer]) =>
        [name, () => refused(operation, first, exception, answer)]));
    if (parts[operation]) {
        await group(`${operation}, exceptions in the stream`, exceptions(operation, parts[operation]).map(
            ([name, exception, answer]) => [name, () => refused(operation, first, exception, answer)]));
    }
}
service.close();
console.log(`${total.passed} passed, ${total.failed} failed, 0 skipped`);
process.exitCode = total.failed > 0 ? 1 : 0;
