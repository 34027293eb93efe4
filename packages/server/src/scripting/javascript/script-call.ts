/** A value on its way into the sandbox or out of it, as JSON can say it. */
export type ScriptValue =
  | null
  | string
  | number
  | boolean
  | { readonly kind: 'bytes'; readonly latin1: string }
  | { readonly kind: 'list' | 'set'; readonly items: readonly ScriptValue[] }
  | { readonly kind: 'map'; readonly entries: readonly (readonly [ScriptValue, ScriptValue])[] }
  /** What cannot be copied, such as an XML node or a failure: scripts see its text and hand the thing itself on. */
  | { readonly kind: 'kept'; readonly index: number; readonly text: string; readonly className: string }

type Entry = readonly [name: string, value: ScriptValue]

/** A program, as every request brings it: processes know none. */
interface Program {
  /** What errors name. */
  readonly file: string
  readonly source: string
}

/** What is asked of a process. */
export type ScriptRequest = ({ readonly task: 'check' } & Program) | ({ readonly task: 'call' } & ScriptCall)

/** A request with what it may use up; the limits of a process's first request count. */
export interface LimitedRequest {
  readonly limits: SandboxLimits
  readonly request: ScriptRequest
}

/** What a call may use up. */
export interface SandboxLimits {
  readonly memoryMb: number
  readonly timeoutMs: number
}

/** A call of a function with a message. */
export interface ScriptCall extends Program {
  readonly functionName: string
  readonly headers: readonly Entry[]
  readonly properties: readonly Entry[]
  readonly content: Content
  readonly attachments: readonly { readonly name: string; readonly contentType: string; readonly content: Content }[]
  /** Milliseconds since 1970: the time that the script finds when it begins. */
  readonly now: number
}

/** A body as it is, with the charset to convert it by. */
export interface Content {
  readonly raw: string | Uint8Array | null
  readonly charset: string
}

/** What became of a call: the log is written either way. */
export interface ScriptOutcome {
  readonly log: readonly (readonly string[])[]
  /** Undefined when the script failed. */
  readonly changes: ScriptChanges | undefined
  readonly problem: ScriptProblem | undefined
}

/** Why a call came to nothing. `limit`: it took too much time or memory. */
export interface ScriptProblem {
  readonly code: 'script' | 'script-limit'
  readonly message: string
}

/** The message as the script left it. */
export interface ScriptChanges {
  readonly headers: readonly Entry[]
  readonly properties: readonly Entry[]
  /** Undefined: as it was. */
  readonly body: ScriptValue | undefined
  readonly attachments: readonly (
    | { readonly name: string; readonly original: number }
    | { readonly name: string; readonly contentType: string; readonly content: ScriptValue }
  )[]
}

/** Reads the changes that came out of the sandbox. Throws when a script has tampered with how they are written. */
export function readChanges(json: string): ScriptChanges {
  const { headers, properties, attachments, body } = JSON.parse(json)
  return {
    headers: readEntries(headers),
    properties: readEntries(properties),
    body: body === undefined ? undefined : readValue(body),
    attachments: arrayOf(attachments, ({ name, original, contentType, content }) =>
      typeof original === 'number'
        ? { name: `${name}`, original }
        : { name: `${name}`, contentType: `${contentType}`, content: readValue(content) },
    ),
  }
}

/** Reads the log that came out of the sandbox. */
export function readLog(json: string): ScriptOutcome['log'] {
  return arrayOf(JSON.parse(json), line => arrayOf(line, text => `${text}`))
}

function readEntries(found: unknown): readonly Entry[] {
  return arrayOf(found, entry => [`${entry[0]}`, readValue(entry[1])])
}

// biome-ignore lint/suspicious/noExplicitAny: what comes out of the sandbox can be anything; readers throw
function arrayOf<Item>(found: unknown, read: (item: any) => Item): Item[] {
  if (!Array.isArray(found)) throw new TypeError('Expected an array from the sandbox, found none')
  return found.map(read)
}

function readValue(found: unknown): ScriptValue {
  if (found === null || typeof found === 'string' || typeof found === 'number' || typeof found === 'boolean')
    return found
  const { kind, latin1, items, entries, index, text, className } = found as Record<string, unknown>
  if (kind === 'bytes' && typeof latin1 === 'string') return { kind, latin1 }
  if ((kind === 'list' || kind === 'set') && Array.isArray(items)) return { kind, items: items.map(readValue) }
  if (kind === 'map' && Array.isArray(entries)) {
    return { kind, entries: entries.map(entry => [readValue(entry[0]), readValue(entry[1])] as const) }
  }
  if (kind === 'kept' && typeof index === 'number' && typeof text === 'string' && typeof className === 'string') {
    return { kind, index, text, className }
  }
  throw new Error('Expected a value, found what none is')
}
