import type { KeyPair } from '@sluice/iflow'
import { type EntityBody, ODataError } from '@sluice/odata'
import type { KeyFamily } from '../../keystore/signature.ts'
import { aliasProperties, keyProperties, subjectProperties } from './certificate-properties.ts'
import { certificateRequestOf, hashOf, keyOf, lifetimeMs, signatureOf } from './certificate-request.ts'
import type { EntitySetApi, ODataContext } from './definition.ts'
import { hexOf } from './hex-text.ts'
import { newAlias, putIntoKeystore, toldOr } from './keystore-import.ts'
import { changeKeystore, readRuntime } from './permissions.ts'

/** Longest private key, in characters, as the original declares it. */
const keyLengthMax = 10_000

/**
 * Makes key pairs for SSH: of a private key of OpenSSH or PuTTY in `SSHFile`, as it is or in base64, or generated without one.
 * Without an alias it is `id_rsa`, `id_dsa` or `id_ec`, by the kind of key. Neither key nor password is ever given out.
 */
export const sshKeyGenerationRequests: EntitySetApi = {
  clients: ['contiva'],
  options: ['update', 'returnKeystoreEntries'],
  set: {
    name: 'SSHKeyGenerationRequests',
    type: {
      name: 'SSHKeyGenerationRequest',
      key: ['Hexalias'],
      properties: {
        ...aliasProperties,
        ...keyProperties,
        SSHFile: { type: 'Edm.String' },
        Password: { type: 'Edm.String' },
        KeyAlgorithmParameter: { type: 'Edm.String' },
        ...subjectProperties,
      },
    },
  },
  roles: readRuntime,
  create: {
    roles: changeKeystore,
    async run(body, context) {
      const given = body.Alias ? newAlias(body) : undefined
      const { family, ...pair } = body.SSHFile ? await fromFile(body, context) : await generated(body, context)
      const alias = given ?? `id_${family.toLowerCase()}`
      await putIntoKeystore(alias, pair, context)
      return toldOr({ ...body, Hexalias: hexOf(alias), Alias: alias, SSHFile: null, Password: null }, context)
    },
  },
}

type SshKeyPair = KeyPair & { readonly family: KeyFamily }

async function generated(body: EntityBody, context: ODataContext): Promise<SshKeyPair> {
  const key = keyOf(body)
  const request = certificateRequestOf(body, hashOf(body, key.type), context.now, lifetimeMs.generated)
  return { ...(await context.keystoreProcess('generate', { ...request, key })), family: key.type }
}

function fromFile(body: EntityBody, context: ODataContext): Promise<SshKeyPair> {
  const given = String(body.SSHFile)
  if (given.length > keyLengthMax) {
    const message = `Expected "SSHFile" of at most ${keyLengthMax} characters, found ${given.length}`
    throw new ODataError('invalid-value', message)
  }
  const isPlain = /-----BEGIN |^PuTTY-User-Key-File-/m.test(given)
  const text = isPlain ? given : Buffer.from(given, 'base64').toString('latin1')
  const signature = signatureOf(body)
  const request = certificateRequestOf(body, signature?.hash ?? 'sha256', context.now, lifetimeMs.uploaded)
  const password = String(body.Password ?? '')
  return context.keystoreProcess('certify', { text, password, request, family: signature?.family })
}
