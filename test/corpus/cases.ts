import { stringify } from 'yaml'
import { type ListedMails, mailExpectationOf } from './mail-expectations.ts'

/** A case about a published flow, as lists of them have it. */
export interface CorpusCase {
  readonly id: string
  /** `folder/archive.zip`, or `folder/package.zip ! ID_content` for an artifact of a package. */
  readonly zip: string
  readonly trigger?: 'timer' | readonly { readonly adapter: string; readonly address?: string }[]
  readonly input?: string | CorpusInput
  readonly expect: CorpusExpectation | ListedMails
  readonly compare?: string
}

interface CorpusInput {
  readonly body?: unknown
  readonly bodyBase64?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly properties?: Readonly<Record<string, string>>
  readonly parameters?: Readonly<Record<string, string>>
  readonly valueMapping?: readonly (readonly string[])[]
  readonly globalVariables?: Readonly<Record<string, string>>
}

interface CorpusExpectation {
  readonly body?: unknown
  readonly bodyBase64?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly properties?: Readonly<Record<string, string>>
  readonly mplAttachment?: Readonly<Record<string, string>>
  readonly globalVariables?: Readonly<Record<string, string>>
  readonly customStatus?: string
  /** Of the HTTP answer. */
  readonly status?: number
  readonly error?: boolean
}

const known = new Set<string>([
  'body',
  'bodyBase64',
  'headers',
  'properties',
  'mplAttachment',
  'globalVariables',
  'customStatus',
  'status',
  'error',
])

/** The case as a file for `sluice test`; `folder` holds the archives. Throws for an expectation that nobody would check. */
export function testFileOf({ id, zip, trigger, input = {}, expect, compare = '' }: CorpusCase, folder: string): string {
  const mails = mailExpectationOf(id, expect as ListedMails)
  const [archive = '', artifact] = zip.split(' ! ')
  const path = `${folder}/${archive}`
  const given = typeof input === 'string' ? { body: input } : input
  const [sender] = trigger === undefined || trigger === 'timer' ? [] : trigger
  return stringify({
    name: `flow ${id}`,
    flow: artifact === undefined ? path : `${path}#${artifact.trim().replace(/_content$/, '')}`,
    ...(artifact !== undefined && { with: [path] }),
    ...((given.parameters || mails?.parameters) && { parameters: { ...mails?.parameters, ...given.parameters } }),
    given: {
      ...(given.valueMapping && { valueMappings: given.valueMapping }),
      ...(given.globalVariables && { variables: { global: given.globalVariables } }),
    },
    send: {
      ...(trigger === 'timer' ? { to: 'timer' } : sender?.address !== undefined && { to: sender.address }),
      ...contentOf(given),
      ...(given.headers && { headers: given.headers }),
      ...(given.properties && { properties: given.properties }),
    },
    expect: mails?.expect ?? expectationOf(id, expect as CorpusExpectation, compare),
  })
}

function contentOf({ body, bodyBase64 }: CorpusInput): object {
  if (bodyBase64 !== undefined) return { body: { base64: bodyBase64 } }
  if (body === undefined) return {}
  return { body: typeof body === 'string' ? { text: body } : { json: body } }
}

function expectationOf(id: string, expect: CorpusExpectation, compare: string): object {
  if (typeof expect === 'string') throw new Error(`Expected case ${id} among the mail expectations, found only prose.`)
  const unknown = Object.keys(expect).filter(key => !known.has(key))
  if (unknown.length > 0) throw new Error(`Expected known expectations in case ${id}, found ${unknown.join(', ')}.`)
  const { body, bodyBase64, headers, properties, mplAttachment, globalVariables, customStatus, status, error } = expect
  return {
    status: error ? 'FAILED' : 'COMPLETED',
    ...(bodyBase64 !== undefined && { body: { base64: bodyBase64 } }),
    ...(body !== undefined && { body: bodyMatcher(body, compare) }),
    ...(headers && { headers }),
    ...(properties && { properties }),
    ...(status !== undefined && { reply: { status } }),
    ...(globalVariables && { variables: { global: globalVariables } }),
    ...((mplAttachment || customStatus !== undefined) && {
      log: {
        ...(mplAttachment && { attachments: mplAttachment }),
        ...(customStatus !== undefined && { customStatus }),
      },
    }),
  }
}

function bodyMatcher(body: unknown, compare: string): object {
  if (typeof body !== 'string') return { json: body }
  if (/^xml/.test(compare)) return { xml: body }
  if (/^json/.test(compare)) return { json: JSON.parse(body) as unknown }
  return /^exact/.test(compare) ? { exact: body } : { text: body }
}
