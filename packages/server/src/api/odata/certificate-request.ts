import { getCurves } from 'node:crypto'
import { type EntityBody, ODataError } from '@sluice/odata'
import type { CertificateRequest, GenerationRequest, SubjectAttribute } from '../../keystore/self-signed.ts'
import type { Hash, KeyFamily } from '../../keystore/signature.ts'
import { checkLine } from './check-id.ts'
import { givenBytes } from './keystore-import.ts'

const dayMs = 86_400_000

/** Three years for what is generated and ten for keys that are uploaded, as documented; leap days are not counted. */
export const lifetimeMs = { generated: 3 * 365 * dayMs, uploaded: 10 * 365 * dayMs }

/** Largest `Extensions`, in bytes, as the original declares it. */
const extensionsBytesMax = 3_000

/** What a body says about the certificate to be made. Throws `ODataError`. */
export function certificateRequestOf(body: EntityBody, hash: Hash, now: number, lifetime: number): CertificateRequest {
  const validFrom = typeof body.ValidNotBefore === 'number' ? body.ValidNotBefore : now
  const validTo = typeof body.ValidNotAfter === 'number' ? body.ValidNotAfter : now + lifetime
  if (validTo <= validFrom || validFrom < 0 || validTo > Date.UTC(9999, 0)) {
    const message =
      'Expected "ValidNotAfter" to be later than "ValidNotBefore" and both between 1970 and 9999, found another time'
    throw new ODataError('invalid-value', message)
  }
  const extensions = body.Extensions ? givenBytes(body, 'Extensions', extensionsBytesMax) : undefined
  return { hash, subject: subjectOf(body), validFrom, validTo, ...(extensions && { extensions }) }
}

/** The key that a body asks for. Throws `ODataError`. */
export function keyOf(body: EntityBody): GenerationRequest['key'] {
  const type = String(body.KeyType ?? 'RSA')
  if (type === 'EC') return { type, curve: curveOf(body) }
  if (type === 'RSA') return { type, bits: bitsOf(body, 4096, [2048, 3072, 4096, 8192]) }
  if (type === 'DSA') return { type, bits: bitsOf(body, 2048, [1024, 2048, 3072]) }
  throw new ODataError('invalid-value', `Expected "KeyType" to be RSA, DSA or EC, found "${type.slice(0, 30)}"`)
}

function bitsOf({ KeyType: type, KeySize: size }: EntityBody, usual: number, possible: readonly number[]): number {
  const bits = Number(size ?? usual)
  if (possible.includes(bits)) return bits
  throw new ODataError(
    'invalid-value',
    `Expected "KeySize" of a key of type ${type ?? 'RSA'} to be one of ${possible.join(', ')}, found ${bits}`,
  )
}

/** "When the KeyType EC is used together with a KeySize value, the NIST-recommended domain parameters will be used." */
function curveOf({ KeyAlgorithmParameter: parameter, KeySize: size }: EntityBody): string {
  if (typeof parameter !== 'string' || parameter === '') {
    const bits = Number(size ?? 256)
    const [, curve = 'secp521r1'] = curvesBySize.find(([most]) => bits <= most) ?? []
    return curve
  }
  const curve = curveNamed(parameter)
  if (getCurves().includes(curve)) return curve
  throw new ODataError(
    'invalid-value',
    `Expected "KeyAlgorithmParameter" to be a curve such as secp256r1, found "${parameter.slice(0, 50)}"`,
  )
}

const curvesBySize: readonly (readonly [most: number, curve: string])[] = [
  [192, 'prime192v1'],
  [224, 'secp224r1'],
  [256, 'prime256v1'],
  [384, 'secp384r1'],
]

/** OpenSSL's name of a curve that is named after NIST, ANSI X9.62 or SECG. */
function curveNamed(text: string): string {
  const [, kind = '', bits = ''] = /^NIST ([PKB])-(\d+)$/.exec(text) ?? []
  const ofNist = { P: `secp${bits}r1`, K: `sect${bits}k1`, B: bits === '163' ? 'sect163r2' : `sect${bits}r1` }
  const name = kind in ofNist ? ofNist[kind as keyof typeof ofNist] : text.replace(/^X9\.62 /, '')
  return name.replace(/^secp(192|256)r1$/, 'prime$1v1')
}

const usualHashes: Readonly<Record<string, Hash>> = { RSA: 'sha512', DSA: 'sha256', EC: 'sha256' }

/**
 * What a signature algorithm says: `SHA-512/RSA`, in an example of the documentation without the hyphen. The kind of key is
 * undefined where the body says nothing. Throws `ODataError`.
 */
export function signatureOf({ SignatureAlgorithm: given }: EntityBody): { hash: Hash; family: KeyFamily } | undefined {
  if (typeof given !== 'string' || given === '') return undefined
  const [, bits, family] = /^SHA-?(1|224|256|384|512)\/(RSA|DSA|ECDSA)$/.exec(given) ?? []
  const isKnown = bits !== undefined && !(family === 'DSA' && ['384', '512'].includes(bits))
  if (isKnown) return { hash: `sha${bits}` as Hash, family: family === 'RSA' || family === 'DSA' ? family : 'EC' }
  throw new ODataError(
    'invalid-value',
    `Expected "SignatureAlgorithm" to be one such as SHA-256/RSA or SHA-256/ECDSA, found "${given.slice(0, 50)}"`,
  )
}

/** The hash that a body asks for, for a key of this kind. Throws `ODataError`. */
export function hashOf(body: EntityBody, type: GenerationRequest['key']['type']): Hash {
  const signature = signatureOf(body)
  if (signature && signature.family !== type) {
    const family = type === 'EC' ? 'ECDSA' : type
    const found = String(body.SignatureAlgorithm)
    throw new ODataError(
      'invalid-value',
      `Expected "SignatureAlgorithm" to be one such as SHA-256/${family}, found "${found}"`,
    )
  }
  return signature?.hash ?? usualHashes[type] ?? 'sha256'
}

/** From the country down, as distinguished names are encoded. */
const attributes: readonly (readonly [property: string, attribute: SubjectAttribute])[] = [
  ['Country', 'C'],
  ['State', 'ST'],
  ['Locality', 'L'],
  ['Organization', 'O'],
  ['OrganizationUnit', 'OU'],
  ['CommonName', 'CN'],
  ['Email', 'E'],
]

function subjectOf(body: EntityBody): CertificateRequest['subject'] {
  checkLine(body, 'CommonName', 500)
  if (typeof body.Country === 'string' && body.Country !== '' && !/^[A-Za-z]{2}$/.test(body.Country)) {
    throw new ODataError('invalid-value', `Expected "Country" to be two letters, found "${body.Country.slice(0, 50)}"`)
  }
  if (typeof body.Email === 'string' && !/^[\x21-\x7e]*$/.test(body.Email)) {
    throw new ODataError('invalid-value', 'Expected "Email" to be in ASCII, found other characters')
  }
  return attributes.flatMap(([property, attribute]) => {
    const value = body[property]
    return value === undefined || value === null || value === ''
      ? []
      : [[attribute, checkLine(body, property, 500)] as const]
  })
}
