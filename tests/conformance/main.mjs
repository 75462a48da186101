// SPDX-License-Identifier: MIT
// main.mjs DRIVER: is what the library sends what AWS's SDK would send, and does it read what the SDK reads?
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';

import { answers, pages, parts } from './answers.mjs';
import { memorable } from './answers_converse.mjs';
import { errors, exceptions, statusOf } from './errors.mjs';
import { known } from './known.mjs';
import { sdk } from './packages.mjs';
import { call } from './reference.mjs';
import * as request from './request.mjs';
import { Service } from './service.mjs';
import { Meets, operations } from './shapes.mjs';
import * as story from './story.mjs';

const [, , driver] = process.argv;
const cases = execFileSync(driver, ['list'])
    .toString()
    .trim()
    .split('\n')
    .map((line) => line.split(' '));
// Cases that make several calls; the others make one.
const several = ['conversation', 'walk'];
const casesOf = (operation) =>
    cases.filter(([of, name]) => of === operation && !several.includes(name)).map(([, name]) => name);
const total = { passed: 0, failed: 0 };
const asked = new Meets();
const told = new Meets();

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
    const {
        requests: [sent, ...more],
        lines,
    } = await service.exchange(operation, name, keys, answer);
    assert(sent, `no request was sent: ${JSON.stringify(story.ending(lines))}`);
    assert.equal(more.length, 0, 'more than one request was sent');
    return { sent, lines, seen: await beside(operation, sent, keys, answer) };
}

// Checks one request, and resolves to what the SDK made of the same input and this answer.
async function beside(operation, sent, keys, answer) {
    const seen = await call(service.url, operation, keys, request.read(operation, sent, asked), answer);
    assert(seen.request, seen.error?.stack);
    request.compare(sent, seen.request);
    await request.verify(sent, keys);
    return seen;
}

function note(operation, seen) {
    const { output, stream } = operations[operation];
    told.note(output, seen.output);
    if (stream) {
        told.note(output, { [stream[0]]: {} });
        seen.events.forEach((event) => told.note(stream[1], event));
    }
}

async function answered(operation, name, answer) {
    const { lines, seen } = await both(operation, name, 'access', answer);
    assert.equal(seen.error, undefined);
    assert.equal(story.ending(lines).status, 'BEDROCK_OK');
    assert.equal(story.ending(lines).id, seen.output.$metadata.requestId);
    assert.deepEqual(story.told(lines), known(operation, seen, answer, name));
    note(operation, seen);
}

async function refused(operation, name, exception, answer) {
    const { lines, seen } = await both(operation, name, 'access', answer);
    const { status, http, type, message } = story.ending(lines);
    assert.equal(seen.error.name, exception, 'the SDK did not understand either');
    assert.equal(status, statusOf(exception));
    assert.equal(type.toLowerCase(), exception.toLowerCase());
    assert.equal(message, seen.error.message);
    assert.equal(http, answer.status);
    if (answer.status === 200) {
        told.add(operations[operation].stream[1], exception[0].toLowerCase() + exception.slice(1));
    }
    if (seen.events.length > 0) {
        assert.deepEqual(story.told(lines), known(operation, seen, answer));
    }
}

for (const operation of Object.keys(operations)) {
    const [first, ...rest] = casesOf(operation);
    const list = answers[operation]();
    const [, plain] = list[0];
    await group(
        `${operation}, requests`,
        [first, ...rest].map((name) => [name, () => both(operation, name, 'access', plain)]),
    );
    await group(
        `${operation}, temporary keys and bearer keys`,
        ['session', 'bearer'].map((keys) => [keys, () => both(operation, first, keys, plain)]),
    );
    await group(
        `${operation}, answers`,
        list.map(([name, answer, other]) => [name, () => answered(operation, other ?? first, answer)]),
    );
    await group(
        `${operation}, errors`,
        errors(operation === 'Converse').map(([name, exception, answer]) => [
            name,
            () => refused(operation, first, exception, answer),
        ]),
    );
    if (parts[operation]) {
        await group(
            `${operation}, exceptions in the stream`,
            exceptions(operation, parts[operation]).map(([name, exception, answer]) => [
                name,
                () => refused(operation, first, exception, answer),
            ]),
        );
    }
}
// A check that cannot fail is none: each of these is a mistake that has to be found.
async function mistakes() {
    const operation = 'Converse',
        answer = answers.Converse()[0][1];
    const { sent, lines, seen } = await both(operation, 'everything', 'access', answer);
    const edit = (change) => ({ ...sent, ...change });
    const headers = (change) => edit({ headers: { ...sent.headers, ...change } });
    const body = (from, to) => edit({ body: Buffer.from(sent.body.toString().replace(from, to)) });
    const { authorization } = sent.headers;
    const unsigned = {
        'a body that was changed': body('Turn', 'Burn'),
        'a path that was changed': edit({ target: sent.target.replace('haiku', 'opus') }),
        'a method that was changed': edit({ method: 'PUT' }),
        'a type that was changed': headers({ 'content-type': 'text/plain' }),
        'a signature that was changed': headers({
            authorization: authorization.replace(/.$/, (c) => (c === '0' ? '1' : '0')),
        }),
        'a scope of another region': headers({ authorization: authorization.replace('us-west-2', 'us-east-1') }),
        'a header of AWS that is not signed': headers({ 'x-amzn-bedrock-trace': 'ENABLED' }),
        'a token that is not ours': headers({ 'x-amz-security-token': 'token' }),
    };
    const different = {
        'a member more': body('{"messages"', '{"more":1,"messages"'),
        'a member less': body(',"serviceTier":{"type":"priority"}', ''),
        'a number that is another': body('0.25', '0.26'),
        'a path that is not encoded': edit({ target: sent.target.replace('%3A', ':') }),
        'a query': edit({ target: `${sent.target}?a=b` }),
        'a header more': headers({ accept: 'application/json' }),
        'a type of another kind': headers({ 'content-type': 'application/octet-stream' }),
    };
    const unknown = {
        'a member that AWS does not know': body('"maxTokens"', '"maxToken"'),
        'a number that is a text': body('"maxTokens":2147483647', '"maxTokens":"2147483647"'),
        'two members of a union': body('{"text":"Turn', '{"image":{},"text":"Turn'),
        'another operation': edit({ target: sent.target.replace('/converse', '/invoke') }),
    };
    await group('Mistakes that must be found', [
        ...Object.entries(unsigned).map(([name, one]) => [name, () => assert.rejects(request.verify(one, 'access'))]),
        ...Object.entries(different).map(([name, one]) => [
            name,
            () => assert.throws(() => request.compare(one, seen.request)),
        ]),
        ...Object.entries(unknown).map(([name, one]) => [
            name,
            () => assert.throws(() => request.read(operation, one)),
        ]),
        [
            'an event that is missing',
            () =>
                lines
                    .slice(0, -1)
                    .forEach((line, i) =>
                        assert.throws(
                            () =>
                                assert.deepEqual(
                                    story.told(lines.filter((_, j) => j !== i)),
                                    known(operation, seen, answer),
                                ),
                            undefined,
                            line,
                        ),
                    ),
        ],
    ]);
}

// Every member that AWS's model has must have been asked with, and answered.
async function everyMember() {
    const exception = /Exception\./;
    await group(
        "Members of AWS's model",
        Object.entries(operations).flatMap(([name, { input, output }]) => [
            [`requests of ${name}`, () => assert.deepEqual(asked.missing(input), [])],
            [
                `answers of ${name}`,
                () =>
                    assert.deepEqual(
                        told.missing(output).filter((member) => !exception.test(member)),
                        [],
                    ),
            ],
        ]),
    );
}

// What a history sends back is what the SDK read.
async function conversed(operation, answer) {
    const { requests, lines } = await service.exchange(operation, 'conversation', 'access', answer);
    const [first, second] = requests;
    const seen = await beside(operation, first, 'access', answer);
    await beside(operation, second, 'access', answer);
    assert.equal(requests.length, 2);
    assert.equal(story.ending(lines).status, 'BEDROCK_OK');
    const said = (text) => ({ role: 'user', content: [{ text }] });
    assert.deepEqual(JSON.parse(second.body).messages, [
        said('Tell me "all".'),
        { role: 'assistant', content: story.content(known(operation, seen, answer)) },
        said('Go on.'),
    ]);
}

// A walk through all pages tells the jobs of each, and asks for the next by the token of the one before.
async function walked() {
    const { requests, lines } = await service.exchange('ListAsyncInvokes', 'walk', 'access', ...pages);
    const jobs = [],
        tokens = [];
    for (const [i, sent] of requests.entries()) {
        const seen = await beside('ListAsyncInvokes', sent, 'access', pages[i]);
        jobs.push(...(known('ListAsyncInvokes', seen, pages[i], 'minimal').job ?? []));
        tokens.push(request.read('ListAsyncInvokes', sent).nextToken);
    }
    assert.equal(story.ending(lines).status, 'BEDROCK_OK');
    assert.deepEqual(tokens, [undefined, ...pages.slice(0, -1).map(({ body }) => JSON.parse(body).nextToken)]);
    assert.deepEqual(story.told(lines).job, jobs);
}

// Without a token of the caller's the library makes one: another one each time.
async function tokens() {
    const made = async () => {
        const {
            requests: [sent],
        } = await service.exchange('StartAsyncInvoke', 'minimal', 'access', answers.StartAsyncInvoke()[0][1]);
        return JSON.parse(sent.body).clientRequestToken;
    };
    const one = await made(),
        two = await made();
    assert.match(one, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    assert.notEqual(one, two);
}

// The host of every region, and of what may be one some day, by the SDK's rules.
async function endpoints() {
    const regions = `af-south-1 ap-east-1 ap-northeast-3 ap-southeast-7 ca-west-1 eu-central-2 eu-west-3 il-central-1 me-south-1
        mx-central-1 sa-east-1 us-east-1 us-west-2 cn-north-1 cn-northwest-1 eusc-de-east-1 us-iso-east-1 us-isob-west-1
        eu-isoe-west-1 us-isof-south-1 us-gov-east-1 us-gov-west-1 aws-global us-east-99 cn-south-9 us-gov-north-2 mars-1 local`;
    const bedrock = new sdk.BedrockRuntimeClient({ region: request.region });
    await group(
        'Endpoints',
        regions.split(/\s+/).flatMap((Region) =>
            [0, 1, 2, 3].map((i) => {
                const [UseFIPS, UseDualStack] = [i & 1, i >> 1];
                return [
                    `${Region} ${UseFIPS} ${UseDualStack}`,
                    () =>
                        assert.equal(
                            execFileSync(driver, ['host', Region, `${UseFIPS}`, `${UseDualStack}`])
                                .toString()
                                .trim(),
                            `${bedrock.config.endpointProvider({ Region, UseFIPS: !!UseFIPS, UseDualStack: !!UseDualStack }).url.host}:443`,
                        ),
                ];
            }),
        ),
    );
}

await group(
    'Histories',
    Object.entries(memorable).map(([operation, answer]) => [operation, () => conversed(operation, answer)]),
);
await group('Pages and tokens', [
    ['a walk', walked],
    ['a token', tokens],
]);
await endpoints();
await mistakes();
await everyMember();
service.close();
console.log(`${total.passed} passed, ${total.failed} failed, 0 skipped`);
process.exitCode = total.failed > 0 ? 1 : 0;
