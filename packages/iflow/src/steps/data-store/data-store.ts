import { choice, text } from '../../compile/props.ts'
import type { StepContext } from '../../compile/step.ts'
import type { Evaluate } from '../../expressions/language.ts'
import type { DataStoreReference, HeaderValue, StoredAttachment } from '../../ports.ts'
import type { Exchange } from '../../run/exchange.ts'
import { Failure } from '../../run/failure.ts'
import type { RunScope } from '../../run/scope.ts'
import { asText, convert } from '../../run/value.ts'

/** Limits on data stores: names and IDs in characters, as documented; one message, and what a selection reads, in bytes. */
export const dataStoreLimits = {
  nameMax: 40,
  idMax: 255,
  bodyBytesMax: 40 * 1024 * 1024,
  selectBytesMax: 40 * 1024 * 1024,
} as const

/** The store in which variables are kept. */
export const variablesStore = 'sap_global_store'

export const dayMs = 86_400_000

/** What all data store operations can be told. */
export const storeProps = {
  storageName: text(
    'Data Store Name',
    `Name of the data store, which may be a Simple expression: at most ${dataStoreLimits.nameMax} characters, none of them white space. Others fail the step.`,
    { expression: 'simple' },
  ),
  visibility: choice<'global' | 'local'>(
    'Visibility',
    'Who shares the store.',
    { global: ['Global', 'All flows.'], local: ['Integration Flow', 'Only messages of this flow.'] },
    { default: 'local' },
  ),
}

/** Compiles the name of a store. Undefined when something was reported. */
export async function compileStore(
  { storageName, visibility }: { readonly storageName: string; readonly visibility: string },
  context: StepContext,
): Promise<Evaluate<DataStoreReference> | undefined> {
  const nameOf = await context.value('simple', storageName)
  return (
    nameOf &&
    ((exchange, scope) => {
      const store = asText(nameOf(exchange, scope))
      if (store !== '' && store.length <= dataStoreLimits.nameMax && !/\s/.test(store)) {
        return { flowId: visibility === 'global' ? '' : scope.flowId, store }
      }
      const expected = `the name of a data store to have 1 to ${dataStoreLimits.nameMax} characters and no white space`
      throw new Failure(`Expected ${expected}, found "${store.slice(0, 50)}".`, { code: 'data-store' })
    })
  )
}

/** A property that may be an XPath expression, written `${xpath./a/b}`, or a Simple expression. */
export async function compileText(source: string, context: StepContext): Promise<Evaluate<string> | undefined> {
  const xpath = /^\s*\$\{xpath\.(.+)\}\s*$/s.exec(source)?.[1]
  if (xpath === undefined) {
    const value = await context.value('simple', source)
    return value && ((exchange, scope) => asText(value(exchange, scope)))
  }
  const found = await context.value('xpath', xpath)
  return found && ((exchange, scope) => asText(convert(found(exchange, scope), 'text')))
}

/** The ID of an entry: what the property says, else header `SapDataStoreId`, else the empty string. */
export async function compileEntryId(source: string, context: StepContext): Promise<Evaluate<string> | undefined> {
  const idOf = await compileText(source, context)
  return (
    idOf &&
    ((exchange, scope) => {
      const id = idOf(exchange, scope) || asText(exchange.headers.get('SapDataStoreId'))
      if (id.length <= dataStoreLimits.idMax) return id
      throw new Failure(`Expected an entry ID of at most ${dataStoreLimits.idMax} characters, found a longer one.`, {
        code: 'data-store',
      })
    })
  )
}

/** As `compileEntryId`; nothing fails the step. */
export async function compileKnownId(source: string, context: StepContext): Promise<Evaluate<string> | undefined> {
  const idOf = await compileEntryId(source, context)
  return (
    idOf &&
    ((exchange, scope) => {
      const id = idOf(exchange, scope)
      if (id === '') throw new Failure('Expected an entry ID, found none.', { code: 'data-store' })
      return id
    })
  )
}

/** The headers that are stored with a message: all but those of the engine. */
export function storedHeaders({ headers }: Exchange): Record<string, HeaderValue> {
  const kept = [...headers].filter(([name]) => !/^(?:Camel|SAP_)/i.test(name))
  return Object.fromEntries(
    kept.map(([name, value]) => [
      name,
      typeof value === 'number' || typeof value === 'boolean' ? value : asText(value),
    ]),
  )
}

/** The body as it is stored. Throws a `Failure` when it is too large. */
export function storedBody({ body, charset }: Exchange): Uint8Array {
  const bytes = body.bytes(charset)
  checkSize(bytes.length)
  return bytes
}

/** The attachments as they are stored. Throws a `Failure` when they are too large together. */
export function storedAttachments({ attachments, charset }: Exchange): StoredAttachment[] {
  const stored: StoredAttachment[] = []
  let size = 0
  for (const [name, { body, contentType }] of attachments) {
    const content = body.bytes(charset)
    size += content.length
    checkSize(size)
    stored.push({ name, contentType, content })
  }
  return stored
}

function checkSize(size: number): void {
  if (size <= dataStoreLimits.bodyBytesMax) return
  const found = `Expected a message of at most ${dataStoreLimits.bodyBytesMax} bytes to store, found ${size}.`
  throw new Failure(found, { code: 'size-limit' })
}

/** A random UUID (RFC 9562, version 4). */
export function randomId({ ports }: RunScope): string {
  const bytes = ports.random.bytes(16)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
