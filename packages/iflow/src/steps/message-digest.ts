import { choice, tab, text } from '../compile/props.ts'
import { defineStep } from '../compile/step.ts'
import { encodeBase64 } from '../formats/base64.ts'
import type { DigestAlgorithm, Ports } from '../ports.ts'
import type { Exchange } from '../run/exchange.ts'
import { isHeavy } from '../run/heavy-work.ts'
import { decodeXml } from '../run/xml.ts'
import { type CanonicalForm, canonicalize, canonicalizeTask, filterProblem } from './message-digest/canonicalize.ts'

export const messageDigest = defineStep({
  type: 'MessageDigest',
  label: 'Message Digest',
  doc: [
    'Writes a digest (hash value) of the body, or of parts of it, to a header, in Base64. The body stays. With',
    'canonicalization it has to be XML, and two bodies that only differ in how they are written have one digest.',
  ].join(' '),
  versions: { from: '1.0', to: '1.1' },
  group: 'Transformation',
  element: { version: '1.1.1', properties: { activityType: 'MessageDigest' } },
  leaves: 'one',
  props: tab('Processing', {
    filter: text(
      'Filter (XPath)',
      'With canonicalization: XPath 1.0 of the parts that count, with the prefixes of the flow. Empty: the whole body. Nothing found fails the step.',
      { default: '', expression: 'xpath' },
    ),
    canonicalizationMethod: text(
      'Canonicalization Method',
      '`xml-c14n`: Canonical XML 1.0. `xml-exc-c14n`: Exclusive XML Canonicalization 1.0. `xml-c14n11`: Canonical XML 1.1. Each also with `#WithComments`. `none`: the body as it is. The names and URIs of the W3C are understood, too.',
      { default: 'xml-c14n', usual: ['xml-c14n', 'xml-exc-c14n', 'xml-c14n11', 'none'] },
    ),
    digestAlgorithm: choice<DigestAlgorithm>(
      'Digest Algorithm',
      'The hash function.',
      {
        MD5: '16 bytes; collisions are easy to make.',
        'SHA-1': ['SHA1', '20 bytes; collisions can be made.'],
        'SHA-256': ['SHA256', '32 bytes.'],
        'SHA-384': ['SHA384', '48 bytes.'],
        'SHA-512': ['SHA512', '64 bytes.'],
      },
      { default: 'SHA-512' },
    ),
    targetHeader: text('Target Header Name', 'The header.', { default: 'SAPMessageDigest' }),
  }),
  examples: [
    {
      title: 'The body stays',
      properties: { filter: '/order/item', digestAlgorithm: 'SHA-256' },
      input: { body: "<order><item b='2' a='1'/></order>" },
      output: { body: "<order><item b='2' a='1'/></order>" },
    },
    {
      title: 'On something other than XML',
      input: { body: 'a,b' },
      status: 'FAILED',
      failure: 'not-well-formed',
    },
  ],
  compile: async (props, context) => {
    const method = methodOf(props.canonicalizationMethod)
    if (method === undefined) {
      const expected = 'xml-c14n, xml-exc-c14n, xml-c14n11 or none'
      const found = `Expected property "canonicalizationMethod" to be ${expected}, found "${props.canonicalizationMethod}".`
      context.report('unsupported-value', found)
      return undefined
    }
    const form = { ...method, filter: props.filter.trim(), namespaces: Object.fromEntries(context.settings.namespaces) }
    const problem = isCanonical(form) && form.filter !== '' ? await filterProblem(form) : undefined
    if (problem !== undefined) {
      context.report('unsupported-expression', problem)
      return undefined
    }
    const header = props.targetHeader.trim() || 'SAPMessageDigest'
    return async (exchange, { ports }) => {
      const bytes = isCanonical(form)
        ? new TextEncoder().encode(await canonicalText(form, exchange, ports))
        : exchange.body.bytes(exchange.charset)
      exchange.headers.set(header, encodeBase64(await ports.digests.digest(props.digestAlgorithm, bytes)))
      return undefined
    }
  },
})

type Form = Omit<CanonicalForm, 'method'> & { readonly method: CanonicalForm['method'] | 'none' }

function isCanonical(form: Form): form is CanonicalForm {
  return form.method !== 'none'
}

function canonicalText(form: CanonicalForm, { body, charset }: Exchange, { heavyWork }: Ports): Promise<string> {
  const { raw } = body
  const work = { ...form, text: raw instanceof Uint8Array ? decodeXml(raw, charset) : (raw ?? '') }
  return isHeavy(body) ? heavyWork.run(canonicalizeTask, work) : canonicalize(work)
}

/** `xml-c14n` is what published files have; the spelling of the others is inferred from it, their names and URIs. */
function methodOf(name: string): Pick<Form, 'method' | 'withComments'> | undefined {
  const lower = name.trim().toLowerCase()
  const withComments = /comments/.test(lower)
  if (lower === '' || lower === 'none') return { method: 'none', withComments }
  if (/exc/.test(lower)) return { method: 'exclusive', withComments }
  if (/c14n11|version 1\.1|c14n 1\.1/.test(lower)) return { method: '1.1', withComments }
  return /c14n|canonical/.test(lower) ? { method: '1.0', withComments } : undefined
}
