import { getCurves } from 'node:crypto'
import { type EntityBody, ODataError } from '@sluice/odata'
import { askKeystoreProcess } from '../../keystore/ask-keystore-process.ts'
import type { GenerationRequest, SubjectAttribute } from '../../keystore/self-signed.ts'
import { checkLine } from './check-id.ts'
import type { EntitySetApi } from './definition.ts'
import { hexOf } from './hex-text.ts'
import { aliasProperties } from './keystore-entries.ts'
import { newAlias, putIntoKeystore } from './keystore-import.ts'
import { changeKeystore, readRuntime } from './permissions.ts'

const threeYearsMs = 3 * 365 * 86_400_000

/** Generates key pairs with a certificate that they sign themselves. */
export const keyPairGenerationRequests: EntitySetApi = {
  set: {
    name: 'KeyPairGenerationRequests',
    type: {
      name: 'KeyPairGenerationRequest',
      key: ['Hexalias'],
      properties: {
        ...aliasProperties,
        KeyType: { type: 'Edm.String' },
        KeySize: { type: 'Edm.Int32' },
        ValidNotBefore: { type: 'Edm.DateTimeOffset' },
        ValidNotAfter: { type: 'Edm.DateTimeOffset' },
        SerialNumber: { type: 'Edm.String' },
        SignatureAlgorithm: { type: 'Edm.String' },
        EllipticCurve: { type: 'Edm.String' },
        KeyAlgorithmParameter: { type: 'Edm.String' },
        CommonName: { type: 'Edm.String' },
        OrganizationUnit: { type: 'Edm.String' },
        Organization: { type: 'Edm.String' },
        Locality: { type: 'Edm.String' },
        State: { type: 'Edm.String' },
        Country: { type: 'Edm.String' },
        Email: { type: 'Edm.String' },
        Extensions: { type: 'Edm.Binary' },
      },
    },
  },
  roles: readRuntime,
  create: {
    roles: changeKeystore,
    async run(body, context) {
      const alias = newAlias(body)
      const request = requestOf(body, context.now)
      await putIntoKeystore(alias, await askKeystoreProcess({ task: 'generate', request }), context)
      return { ...body, Hexalias: hexOf(alias), Alias: alias }
    },
  },
}

function requestOf(body: EntityBody, now: number): GenerationRequest {
  const key = keyOf(body)
  const validFrom = typeof body.ValidNotBefore === 'number' ? body.ValidNotBefore : now
  const validTo = typeof body.ValidNotAfter === 'number' ? body.ValidNotAfter : now + threeYearsMs
  if (validTo <= validFrom || validTo > Date.UTC(9999, 0)) {
    throw new ODataError(
      'invalid-value',
      'Expected "ValidNotAfter" to be later than "ValidNotBefore", found it not to be',
    )
  }
  return { key, hash: hashOf(body, key.type), subject: subjectOf(body), validFrom, validTo }
}

function keyOf(body: EntityBody): GenerationRequest['key'] {
  const type = String(body.KeyType ?? 'RSA')
  if (type === 'EC') return { type, curve: curveOf(body) }
  if (type !== 'RSA')
    throw new ODataError('invalid-value', `Expected "KeyType" to be RSA or EC, found "${type.slice(0, 30)}"`)
  const bits = Number(body.KeySize ?? 4096)
  if ([2048, 3072, 4096, 8192].includes(bits)) return { type, bits }
  throw new ODataError(
    'invalid-value',
    `Expected "KeySize" of an RSA key to be 2048, 3072, 4096 or 8192, found ${bits}`,
  )
}

/** "When the KeyType EC is used together with a KeySize value, the NIST-recommended domain parameters will be used." */
function curveOf({ KeyAlgorithmParameter: parameter, KeySize: size }: EntityBody): string {
  if (typeof parameter !== 'string' || parameter === '') {
    const bits = Number(size ?? 256)
    return bits <= 224 ? 'secp224r1' : bits <= 256 ? 'prime256v1' : bits <= 384 ? 'secp384r1' : 'secp521r1'
  }
  const bits = /^NIST P-(\d+)$/.exec(parameter)?.[1]
  const name = bits === undefined ? parameter.replace(/^X9\.62 /, '') : `secp${bits}r1`
  const curve = name === 'secp256r1' ? 'prime256v1' : name
  if (getCurves().includes(curve)) return curve
  throw new ODataError(
    'invalid-value',
    `Expected "KeyAlgorithmParameter" to be a curve such as secp256r1, found "${parameter.slice(0, 50)}"`,
  )
}

/** `SHA-512/RSA`, in the documentation's example without the hyphen. */
function hashOf({ SignatureAlgorithm: algorithm }: EntityBody, type: 'RSA' | 'EC'): GenerationRequest['hash'] {
  const family = type === 'RSA' ? 'RSA' : 'ECDSA'
  const text =
    typeof algorithm === 'string' && algorithm !== '' ? algorithm : `SHA-${type === 'RSA' ? 512 : 256}/${family}`
  const [, bits, found] = /^SHA-?(1|224|256|384|512)\/(RSA|ECDSA)$/.exec(text) ?? []
  if (bits !== undefined && found === family) return `sha${bits as '1' | '224' | '256' | '384' | '512'}`
  throw new ODataError(
    'invalid-value',
    `Expected "SignatureAlgorithm" to be one such as SHA-256/${family}, found "${text.slice(0, 50)}"`,
  )
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

function subjectOf(body: EntityBody): GenerationRequest['subject'] {
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
