import type { FromSchema } from 'json-schema-to-ts'

const anything = {} as const
const text = { type: 'string' } as const
const moment = { type: 'string', description: 'ISO 8601, such as 2026-01-31T09:00:00Z.' } as const

/** Content that a case gives. */
const content = {
  type: ['string', 'number', 'boolean', 'null', 'object'],
  description: 'Content: a text as it stands, or one of the keys.',
  properties: {
    text: { type: 'string', description: 'UTF-8 text.' },
    json: { ...anything, description: 'Any value, written as JSON.' },
    base64: { type: 'string', description: 'Bytes.' },
    file: { type: 'string', description: 'A file, relative to this one.' },
  },
  additionalProperties: false,
} as const

/** What content or a value is expected to be. All keys that are given must hold. */
const matcher = {
  type: ['string', 'number', 'boolean', 'null', 'object'],
  description:
    'What is expected. A text is compared as XML or JSON when both sides are, else as text; null: nothing is there. Or any of the keys, which all must hold.',
  properties: {
    xml: {
      type: 'string',
      description:
        'XML of the same meaning: prefixes, order of attributes, blanks between elements and comments do not count.',
    },
    json: { ...anything, description: 'JSON of the same value: order of keys and layout do not count.' },
    text: { type: 'string', description: 'The same text, but for line ends and line breaks at the end.' },
    exact: { type: 'string', description: 'The same text, character for character.' },
    base64: { type: 'string', description: 'The same bytes.' },
    file: { type: 'string', description: 'As the file, relative to this one: compared as its ending says.' },
    matches: { type: 'string', description: 'A regular expression (JavaScript, with flags s and u) for some part.' },
    contains: {
      type: ['string', 'array'],
      items: text,
      description: 'A text, or several, somewhere in it.',
    },
  },
  additionalProperties: false,
} as const

const matchers = {
  type: 'object',
  description: 'By name; others are not looked at.',
  additionalProperties: matcher,
} as const
const values = { type: 'object', additionalProperties: { type: ['string', 'number', 'boolean'] } } as const

const attachment = {
  type: ['string', 'object'],
  properties: { ...content.properties, contentType: { type: 'string', description: 'Default: text/plain.' } },
  additionalProperties: false,
} as const

const message = {
  body: content,
  headers: { ...values, description: 'Headers; over HTTPS only those that the flow allows get in.' },
  properties: { ...values, description: 'Exchange properties.' },
  attachments: { type: 'object', description: 'By name.', additionalProperties: attachment },
} as const

const send = {
  type: 'object',
  description: 'The message, and where it enters.',
  properties: {
    to: {
      type: 'string',
      description:
        'Sender channel by name, ID or address; timer or process by name or ID, "timer" being the first timer. Default: the first sender of the flow.',
    },
    ...message,
    method: { type: 'string', description: 'HTTPS senders. Default: POST.' },
    path: { type: 'string', description: 'HTTPS senders: path below /http. Default: the address of the channel.' },
    query: { type: 'string', description: 'HTTPS senders: query without the question mark.' },
    user: { type: 'string', description: 'HTTPS senders: who calls. Default: tester.' },
  },
  additionalProperties: false,
} as const

const expectedCall = {
  type: 'object',
  properties: {
    body: matcher,
    headers: { ...matchers, description: 'Headers of the message; over HTTP those of the request.' },
    properties: matchers,
    method: { type: 'string', description: 'HTTP only.' },
    url: { ...matcher, description: 'HTTP only.' },
  },
  additionalProperties: false,
} as const

const answer = {
  type: 'object',
  description: 'What a receiver answers.',
  properties: {
    when: { ...expectedCall, description: 'Only calls like this.' },
    status: { type: 'integer', minimum: 100, maximum: 599, description: 'Default: 200.' },
    headers: values,
    body: content,
    failure: { type: 'string', description: 'A failure instead of an answer; over HTTP: no connection.' },
  },
  additionalProperties: false,
} as const

const scoped = <const Item>(item: Item, what: string) =>
  ({
    type: 'object',
    description: what,
    properties: {
      global: { type: 'object', additionalProperties: item },
      local: { type: 'object', description: 'Of the flow.', additionalProperties: item },
    },
    additionalProperties: false,
  }) as const

const storesOf = <const Item>(item: Item, what: string) => {
  const stores = { type: 'object', additionalProperties: { type: 'object', additionalProperties: item } } as const
  return {
    type: 'object',
    description: what,
    properties: { global: stores, local: { ...stores, description: 'Of the flow.' } },
    additionalProperties: false,
  } as const
}

const messageIds = {
  type: 'object',
  description: 'Message IDs that Idempotent Process Call steps of the flow know, by name or ID of the step.',
  additionalProperties: { type: 'array', items: text },
} as const

const given = {
  type: 'object',
  description: 'What is in the tenant when the message comes.',
  properties: {
    variables: scoped(content, 'By name.'),
    dataStores: storesOf(content, 'Bodies by data store and entry ID.'),
    numberRanges: {
      type: 'object',
      description: 'The next number by name; or the range.',
      additionalProperties: {
        type: ['integer', 'object'],
        properties: {
          next: { type: 'integer' },
          min: { type: 'integer' },
          max: { type: 'integer' },
          length: { type: 'integer' },
          rotate: { type: 'boolean' },
        },
        additionalProperties: false,
      },
    },
    credentials: {
      type: 'object',
      description:
        'By name: user and password, clientId and clientSecret (every access token is "token of NAME"), or value of a secure parameter. Invent secrets.',
      additionalProperties: {
        type: 'object',
        properties: {
          user: text,
          password: text,
          clientId: text,
          clientSecret: text,
          tokenServiceUrl: text,
          value: text,
        },
        additionalProperties: false,
      },
    },
    keystore: {
      type: 'object',
      description:
        'By alias, whose it is, such as "CN=flows,O=Example": a key pair with a certificate of its own is generated. Or the certificate alone, of another system.',
      additionalProperties: {
        type: ['string', 'object'],
        properties: { certificate: { type: 'string', description: 'Whose it is.' } },
        required: ['certificate'],
        additionalProperties: false,
      },
    },
    processedMessages: messageIds,
    valueMappings: {
      type: 'array',
      description: 'Rows: source agency, identifier, value, target agency, identifier, value.',
      items: { type: 'array', items: text, minItems: 6, maxItems: 6 },
    },
    partners: {
      type: 'object',
      description: 'Partner directory, by partner ID.',
      additionalProperties: {
        type: 'object',
        properties: {
          parameters: { type: 'object', additionalProperties: text },
          binaryParameters: {
            type: 'object',
            additionalProperties: {
              type: ['string', 'object'],
              properties: { ...content.properties, contentType: text },
              additionalProperties: false,
            },
          },
          alternatives: {
            type: 'array',
            description: 'Rows: agency, scheme, ID.',
            items: { type: 'array', items: text, minItems: 3, maxItems: 3 },
          },
          users: { type: 'array', items: text },
        },
        additionalProperties: false,
      },
    },
  },
  additionalProperties: false,
} as const

const expectedMessage = {
  type: 'object',
  properties: { body: matcher, headers: matchers, properties: matchers },
  additionalProperties: false,
} as const

const expectedMail = {
  type: 'object',
  properties: {
    from: matcher,
    to: { ...matcher, description: 'Addresses, joined with ", ".' },
    cc: matcher,
    bcc: matcher,
    subject: matcher,
    body: matcher,
    attachments: matchers,
  },
  additionalProperties: false,
} as const

const inOrder = 'each in order, or how many there are; below "anyOrder" each, in any order.'

const occurrences = <const Item>(item: Item) =>
  ({
    type: ['array', 'integer', 'object'],
    items: item,
    properties: { anyOrder: { type: 'array', items: item } },
    additionalProperties: false,
  }) as const

const expectation = {
  type: 'object',
  description: 'What is expected; what is not said is not looked at, except that the message completes.',
  properties: {
    status: { type: 'string', enum: ['COMPLETED', 'FAILED', 'ESCALATED'], description: 'Default: COMPLETED.' },
    body: matcher,
    headers: { ...matchers, description: 'Headers of the message in the end, by name.' },
    properties: { ...matchers, description: 'Exchange properties in the end, by name.' },
    attachments: { ...matchers, description: 'Attachments of the message in the end, by name.' },
    reply: {
      type: 'object',
      description: 'HTTPS senders: what the caller gets.',
      properties: { status: { type: 'integer' }, headers: matchers, body: matcher },
      additionalProperties: false,
    },
    failure: {
      type: 'object',
      description: 'Why the message failed; its status is FAILED then.',
      properties: {
        code: { type: 'string', description: 'As in docs/reference/errors.md.' },
        message: matcher,
        step: { type: 'string', description: 'Name or ID of the step.' },
      },
      additionalProperties: false,
    },
    calls: {
      type: 'object',
      description: `Calls by receiver channel: ${inOrder}`,
      additionalProperties: occurrences(expectedCall),
    },
    order: { type: 'array', items: text, description: 'Receiver channels in the order of all calls.' },
    path: {
      type: 'array',
      items: text,
      description:
        'Steps of the flow by name or ID, in the order in which they start; "..." stands for any number of steps.',
    },
    log: {
      type: 'object',
      description: 'What the message processing log has.',
      properties: {
        customStatus: matcher,
        sender: matcher,
        receiver: matcher,
        applicationMessageId: matcher,
        applicationMessageType: matcher,
        attachments: matchers,
        customHeaders: { ...matchers, description: 'Several values of a name are joined with ", ".' },
        properties: matchers,
      },
      additionalProperties: false,
    },
    queues: {
      type: 'object',
      description: `Messages put into queues, by queue: ${inOrder}`,
      additionalProperties: occurrences(expectedMessage),
    },
    mails: { ...occurrences(expectedMail), description: `Mails that were sent: ${inOrder}` },
    variables: scoped(matcher, 'Variables in the end, by name.'),
    dataStores: storesOf(matcher, 'Bodies of data store entries in the end, by data store and entry ID.'),
    processedMessages: messageIds,
  },
  additionalProperties: false,
} as const

const caseKeys = {
  parameters: { ...values, description: 'Values of externalised parameters, for all artifacts.' },
  clock: { ...moment, description: `Where the clock stands; whoever waits moves it. ${moment.description}` },
  seed: { type: 'integer', description: 'Of message IDs and random numbers. Default: 1.' },
  timeoutSeconds: { type: 'integer', minimum: 1, maximum: 3600, description: 'Default: 60.' },
  given,
  send,
  receivers: {
    type: 'object',
    description:
      'Answers by receiver channel (name or ID): the one for all calls, or a list, of which each call takes the first that matches and was not given yet, and the last one that matches is given again. A channel that is named here is not called really, whatever its adapter.',
    additionalProperties: {
      type: ['array', 'object'],
      items: answer,
      properties: answer.properties,
      additionalProperties: false,
    },
  },
  expect: expectation,
} as const

const testCase = {
  type: 'object',
  properties: { name: { type: 'string', description: 'What the case shows, in a sentence.' }, ...caseKeys },
  additionalProperties: false,
} as const

/** The format of test files: one case, or several that share what is said outside of them. */
export const caseFileSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Test of an integration flow',
  type: 'object',
  properties: {
    $schema: text,
    flow: {
      type: 'string',
      description:
        'The flow: folder, zip, or package.zip#name, relative to this file. Default: the artifact that this file is in.',
    },
    with: {
      type: 'array',
      items: text,
      description:
        'Other artifacts and packages that the flow needs: flows that it calls by ProcessDirect, script collections, message mappings, value mappings.',
    },
    ...testCase.properties,
    cases: { type: 'array', minItems: 1, items: { ...testCase, required: ['name'] } },
  },
  additionalProperties: false,
} as const

/** A test file as it is written. */
export type RawCaseFile = FromSchema<typeof caseFileSchema>
/** A case as it is written. */
export type RawCase = FromSchema<typeof testCase>
/** See `content`. */
export type RawContent = FromSchema<typeof content>
/** See `matcher`. */
export type RawMatcher = FromSchema<typeof matcher>
/** Where a message enters, and the message. */
export type RawSend = FromSchema<typeof send>
/** The tenant before the message. */
export type RawGiven = FromSchema<typeof given>
/** The expectations of a case. */
export type RawExpectation = FromSchema<typeof expectation>
/** What one call of a receiver should be like. */
export type RawCall = FromSchema<typeof expectedCall>
/** An answer of a receiver. */
export type RawAnswer = FromSchema<typeof answer>
