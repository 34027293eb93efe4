import { asText, Body, type Exchange, Failure, type RunScope } from '@sluice/iflow'
import { type JavaException, JavaObject, KeptObject, RemoteContent } from '../jvm/values.ts'

/** Content up to this size crosses with the message; more is fetched when a script reads it. */
const inlineBytesMax = 65_536

/** What bodies were made of that scripts left as objects: the next script gets the object, all others its text. */
const objects = new WeakMap<Body, JavaObject | KeptObject | readonly unknown[] | ReadonlyMap<unknown, unknown>>()

/**
 * Properties that only scripts have: they ask for the log level, to write more at DEBUG and TRACE (Setting Log Levels). There is
 * no external log.
 */
function levelProperties(level: string): readonly unknown[] {
  return [
    'SAP_MessageProcessingLogConfiguration',
    new Map([['logLevel', level]]),
    'SAP_MPL_LogLevel_Overall',
    level,
    'SAP_MPL_LogLevel_Internal',
    level,
    'SAP_MPL_LogLevel_External',
    'NONE',
  ]
}

/** A message as it crosses to a JVM, and the content that stays here until it is asked for. */
export interface CrossingMessage {
  /** See `ScriptMessage.groovy`. */
  readonly parts: readonly unknown[]
  /** Answers the upcall `content`: a piece of what stays here. */
  readonly content: (index: number, start: number, length: number) => Uint8Array
}

/** Makes a message ready to cross. Reads nothing that a script may never look at. */
export function crossingMessage(exchange: Exchange, { messageGuid, flowId, logLevel }: RunScope): CrossingMessage {
  const contents: Uint8Array[] = []
  const charset = exchange.charset
  const attachments = [...exchange.attachments].map(([name, { body, contentType }]) => [
    name,
    contentType,
    contentOf(body.bytes(charset), false, contents),
  ])
  return {
    parts: [
      bodyOf(exchange.body, contents),
      charset,
      flat(exchange.headers),
      [...levelProperties(logLevel), ...flat(exchange.properties)],
      attachments,
      { messageGuid, flowId },
    ],
    content: (index, start, length) => (contents[index] ?? new Uint8Array()).subarray(start, start + length),
  }
}

/** The process that keeps objects of this message, if any does. */
export function keeperOf({ headers, properties, body }: Exchange): object | undefined {
  for (const value of properties.values()) if (value instanceof KeptObject) return value.keeper
  for (const [, value] of headers) if (value instanceof KeptObject) return value.keeper
  const object = objects.get(body)
  return object instanceof KeptObject ? object.keeper : undefined
}

/** Names and values, one after the other. */
export function flat(values: Iterable<readonly [name: string, value: unknown]>): readonly unknown[] {
  const all: unknown[] = []
  for (const [name, value] of values) all.push(name, value)
  return all
}

function bodyOf(body: Body, contents: Uint8Array[]): unknown {
  const object = objects.get(body)
  if (object !== undefined) return object
  const { raw } = body
  if (raw === null) return null
  if (typeof raw !== 'string') return contentOf(raw, false, contents)
  return raw.length <= inlineBytesMax ? raw : contentOf(body.bytes(), true, contents)
}

function contentOf(bytes: Uint8Array, isText: boolean, contents: Uint8Array[]): Uint8Array | RemoteContent {
  if (bytes.length <= inlineBytesMax && !isText) return bytes
  return new RemoteContent(contents.push(bytes) - 1, isText, bytes.length)
}

/** What became of headers or properties: names and values to set, and names to remove. */
export type ValueChanges = readonly [set: readonly unknown[], removed: readonly string[]]

/** What became of a message: see `ScriptMessage.changes`. */
export type MessageChanges = readonly [
  isBodyChanged: boolean,
  body: unknown,
  headers: ValueChanges,
  properties: ValueChanges,
  attachments: readonly (readonly [name: string, contentType: string, content: Uint8Array | null])[] | null,
  log: readonly (readonly [kind: 'attachment' | 'property' | 'header', name: string, value: string, type: string])[],
]

/** Does to the exchange and the log what the script did. `failures` are those that crossed with the message. */
export function applyChanges(
  [isBodyChanged, body, headers, properties, attachments, log]: MessageChanges,
  exchange: Exchange,
  scope: RunScope,
  failures: readonly Failure[],
): void {
  if (isBodyChanged) exchange.body = bodyFrom(body)
  applyValues(headers, exchange.headers, failures)
  applyValues(properties, exchange.properties, failures)
  if (attachments !== null) applyAttachments(attachments, exchange)
  for (const [kind, name, value, type] of log) {
    if (kind === 'attachment') scope.log.attach({ name, contentType: type ?? 'text/plain', body: Body.of(value ?? '') })
    else if (kind === 'header') scope.log.addCustomHeader(name, value ?? '')
    else scope.log.setStringProperty(name, value ?? '')
  }
}

/** Sets and removes headers or properties as a program did. */
export function applyValues(
  [set, removed]: ValueChanges,
  target: { set(name: string, value: unknown): unknown; delete(name: string): unknown },
  failures: readonly Failure[],
): void {
  for (let i = 0; i < set.length; i += 2) target.set(set[i] as string, valueFrom(set[i + 1], failures))
  for (const name of removed) target.delete(name)
}

/** A value that came from a JVM as flows see it: exceptions are failures. */
function valueFrom(value: unknown, failures: readonly Failure[]): unknown {
  return isException(value) ? failureOf(value, failures) : value
}

/** The failure that an exception stands for: the one that crossed before, or a new one. */
export function failureOf({ index, className, message, cause }: JavaException, failures: readonly Failure[]): Failure {
  return (
    failures[index] ??
    new Failure(message === '' ? className : message, {
      code: 'script',
      cause: cause && failureOf(cause, failures),
      exception: { className, properties: {} },
    })
  )
}

function isException(value: unknown): value is JavaException {
  return typeof value === 'object' && value !== null && 'className' in value
}

function bodyFrom(value: unknown): Body {
  if (value === null || typeof value === 'string' || value instanceof Uint8Array) return Body.of(value)
  const body = Body.of(asText(value))
  if (value instanceof JavaObject || value instanceof KeptObject || Array.isArray(value) || value instanceof Map) {
    objects.set(body, value)
  }
  return body
}

function applyAttachments(attachments: NonNullable<MessageChanges[4]>, exchange: Exchange): void {
  const before = new Map(exchange.attachments)
  exchange.attachments.clear()
  for (const [name, contentType, content] of attachments) {
    const body = content === null ? before.get(name)?.body : Body.of(content)
    exchange.attachments.set(name, { contentType, body: body ?? Body.empty })
  }
}
