import { call } from '../api/http.ts'
import { createEntity, entityPath, root } from '../api/odata.ts'
import { hexaliasOf } from './keystore-entry.ts'

type FormValues = Readonly<Record<string, string>>

/** A file of a form as base64: files that are text come as text, others in base64 already. */
export function fileInBase64(content: string): string {
  if (!content.includes('-----BEGIN')) return content
  return btoa(Array.from(new TextEncoder().encode(content), byte => String.fromCharCode(byte)).join(''))
}

/** Imports a key pair with its certificates: PKCS #12 or PEM. */
export async function importKeyPair({ alias = '', file = '', password = '', replace }: FormValues): Promise<void> {
  await createEntity(`KeyPairResources${replace === 'true' ? '?update=true' : ''}`, {
    Hexalias: hexaliasOf(alias),
    Alias: alias,
    Resource: fileInBase64(file),
    Password: password,
  })
}

/** Imports a private key of OpenSSH or PuTTY; the server makes a certificate for it. */
export async function importSshKey({ alias = '', file = '', password = '', name = '' }: FormValues): Promise<void> {
  await createEntity('SSHKeyGenerationRequests', {
    Hexalias: hexaliasOf(alias),
    Alias: alias,
    SSHFile: file,
    CommonName: name,
    ...(password !== '' && { Password: password }),
  })
}

/** Imports all entries of a keystore file: JKS, JCEKS or PKCS #12. */
export async function importKeystore({ file = '', password = '', option = 'merge' }: FormValues): Promise<void> {
  const entity = { Name: 'system', Resource: fileInBase64(file), Password: password }
  await createEntity(`KeystoreResources?importOption=${option}&returnKeystoreEntries=true`, entity)
}

/** Gives a key pair the certificates that an authority has made for its signing request; they were verified by the person. */
export async function importSigningResponse(hexalias: string, { file = '' }: FormValues): Promise<void> {
  const path = `${root}${entityPath('CertificateChainResources', hexalias)}/$value?fingerprintVerified=true`
  await call('PUT', path, { body: file, headers: { 'content-type': 'application/x-pkcs7-certificates' } })
}
