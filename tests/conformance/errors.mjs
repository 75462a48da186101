// SPDX-License-Identifier: MIT
// Exceptions, over HTTP in every form they have, and in streams.
import { exception, frame, json, spellings, stream } from './frames.mjs';
import { members, operations } from './shapes.mjs';

// Exceptions: their HTTP status, and what each is here, by bedrock/error.h.
const table = {
    AccessDeniedException: [403, 'ACCESS_DENIED'],
    ConflictException: [400, 'CONFLICT'],
    InternalServerException: [500, 'INTERNAL'],
    ModelErrorException: [424, 'MODEL_ERROR'],
    ModelNotReadyException: [429, 'MODEL_NOT_READY'],
    ModelStreamErrorException: [424, 'MODEL_STREAM'],
    ModelTimeoutException: [408, 'MODEL_TIMEOUT'],
    ResourceNotFoundException: [404, 'NOT_FOUND'],
    ServiceQuotaExceededException: [400, 'QUOTA'],
    ServiceUnavailableException: [503, 'UNAVAILABLE'],
    ThrottlingException: [429, 'THROTTLED'],
    ValidationException: [400, 'VALIDATION'],
    // What AWS's services answer though no model has them.
    ExpiredTokenException: [403, 'EXPIRED_TOKEN'],
    InvalidSignatureException: [403, 'SIGNATURE'],
    SignatureDoesNotMatch: [403, 'SIGNATURE'],
    UnrecognizedClientException: [403, 'BAD_KEY'],
    InvalidClientTokenId: [403, 'BAD_KEY'],
    TooManyRequestsException: [429, 'THROTTLED'],
    SomethingNewException: [400, 'SERVICE'],
};
export const statusOf = (exception) => `BEDROCK_E_${table[exception][1]}`;

const message = 'Not "today": é 😀.';
const headed = (name, value, body) => ({
    status: table[name][0],
    headers: { ...json, 'x-amzn-errortype': value },
    body: Buffer.from(JSON.stringify(body)),
});
const bodied = (name, body) => ({
    status: table[name][0],
    headers: json,
    body: Buffer.from(JSON.stringify(body, null, 2)),
});

const forms = {
    'by header': (name) => headed(name, name, { message }),
    'by header with a URL': (name) =>
        headed(name, `${name}:http://internal.amazon.com/coral/com.amazon.bedrock/`, { message }),
    'by header with a namespace': (name) => headed(name, `com.amazonaws.bedrockruntime#${name}`, { message }),
    'by __type': (name) => bodied(name, { __type: name, message }),
    'by __type with a namespace': (name) => bodied(name, { message, __type: `com.amazon.coral.service#${name}` }),
    'by code': (name) => bodied(name, { code: name, message }),
    'in another spelling': (name) => ({
        ...headed(name, name, {}),
        body: Buffer.from(spellings.spaced({ code: 1, message }).replace('oday', '\\u006fday')),
    }),
    'with other members': (name) =>
        headed(name, name, {
            originalStatusCode: 500,
            resourceName: 'r',
            originalMessage: { a: ['b'] },
            message,
            more: [{ message: 'no' }],
        }),
};

// Exceptions over HTTP: [name, exception, answer]. Each of them in each form, or in the first alone.
export const errors = (every) =>
    Object.keys(table).flatMap((name) =>
        Object.entries(forms)
            .slice(0, every ? undefined : 1)
            .map(([form, make]) => [`${name} ${form}`, name, make(name)]),
    );

// Exceptions in a stream, at its beginning and after a part of an answer: [name, exception, answer].
export function exceptions(operation, part) {
    return Object.keys(members(operations[operation].stream[1]))
        .filter((name) => /Exception$/.test(name))
        .flatMap((name) => {
            const type = name[0].toUpperCase() + name.slice(1);
            const last = exception(name, { message, originalStatusCode: 500, originalMessage: 'deep' });
            return [
                [`${name} at once`, type, stream([last])],
                [`${name} after a part`, type, stream([...part, last])],
            ];
        })
        .concat([
            [
                'an error that no model has',
                'SomethingNewException',
                stream([
                    ...part,
                    frame({
                        ':message-type': 'error',
                        ':error-code': 'SomethingNewException',
                        ':error-message': message,
                    }),
                ]),
            ],
        ]);
}
