import { createDecipheriv, createHash, hash, timingSafeEqual } from 'node:crypto'
import { ByteReader } from './byte-reader.ts'
import { contentOf, decodeDer, oidOf, partsOf } from './der.ts'
import { skipSerialized } from './java-serialization.ts'
import { KeystoreError } from './keystore-error.ts'

/** An entry of a Java keystore as it is in the file; certificates in DER. Secret keys have no content that counts here. */
export type JksEntry =
  | {
      readonly kind: 'key-pair'
      readonly alias: string
      readonly privateKey: Uint8Array
      readonly certificates: readonly Uint8Array[]
    }
  | { readonly kind: 'certificate'; readonly alias: string; readonly certificates: readonly Uint8Array[] }
  | { readonly kind: 'other'; readonly alias: string }

/** What files of type JKS begin with. */
export const jksMagic = 0xfeedfeed
const jceksMagic = 0xcececece

/** Whether bytes begin as a keystore of Java's types JKS and JCEKS. */
export function isJks(bytes: Uint8Array): boolean {
  const magic = bytes.length < 4 ? 0 : Buffer.from(bytes).readUInt32BE()
  return magic === jksMagic || magic === jceksMagic
}

/**
 * Reads a keystore of Java's types JKS or JCEKS, version 1 or 2: a list of entries and a digest over them and the password,
 * which opens the private keys, too. Throws `KeystoreError`.
 */
export function readJks(bytes: Uint8Array, password: string): JksEntry[] {
  const end = bytes.length - 20
  const content = bytes.subarray(0, Math.max(end, 0))
  if (!sameBytes(digestOf(content, password), bytes.subarray(Math.max(end, 0)))) {
    throw new KeystoreError('Expected the password of the keystore, found another one, or a file that was changed')
  }
  const reader = new ByteReader(content)
  reader.int()
  const version = reader.int()
  if (version !== 1 && version !== 2) {
    throw new KeystoreError(`Expected a Java keystore of version 1 or 2, found version ${version}`)
  }
  const certificate = () => {
    // From version 2 on each says its type; there has never been another one.
    if (version === 2) reader.text()
    return new Uint8Array(reader.block())
  }
  const entries: JksEntry[] = []
  for (let left = reader.int(); left > 0; left--) {
    const tag = reader.int()
    const alias = reader.text()
    reader.take(8)
    if (tag === 1) {
      const sealed = reader.block()
      const certificates = Array.from({ length: Math.min(reader.int(), content.length) }, certificate)
      entries.push({ kind: 'key-pair', alias, privateKey: openPrivateKey(sealed, password), certificates })
    } else if (tag === 2) {
      entries.push({ kind: 'certificate', alias, certificates: [certificate()] })
    } else if (tag === 3) {
      skipSerialized(reader)
      entries.push({ kind: 'other', alias })
    } else {
      throw new KeystoreError(`Expected entries of kinds 1 to 3 in the keystore, found kind ${tag}`)
    }
  }
  return entries
}

/** The digest at the end of a keystore: over the password, a text that has always been there, and the content. */
export function digestOf(content: Uint8Array, password: string): Uint8Array {
  return createHash('sha1').update(utf16(password)).update('Mighty Aphrodite').update(content).digest()
}

/** Passwords are taken as UTF-16, big-endian. */
function utf16(password: string): Buffer {
  return Buffer.from(password, 'utf16le').swap16()
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b)
}

const jksProtection = '1.3.6.1.4.1.42.2.17.1.1'
const jceksProtection = '1.3.6.1.4.1.42.2.19.1'

/** Opens an EncryptedPrivateKeyInfo (RFC 5958 section 3) of either type; the result is PKCS #8. */
function openPrivateKey(sealed: Uint8Array, password: string): Uint8Array {
  const [algorithm, octets] = partsOf(decodeDer(sealed))
  const [oid, parameters] = partsOf(algorithm)
  const encrypted = contentOf(octets)
  const opened =
    oidOf(oid) === jksProtection
      ? openJksKey(encrypted, password)
      : oidOf(oid) === jceksProtection
        ? openJceksKey(encrypted, password, partsOf(parameters))
        : undefined
  if (opened) return opened
  throw new KeystoreError('Expected private keys that open with the password of the keystore, found one that does not')
}

/** 20 bytes of salt, the key under a chain of SHA-1 over password and salt, and 20 bytes over password and key to check it. */
function openJksKey(encrypted: Uint8Array, password: string): Uint8Array | undefined {
  const secret = utf16(password)
  const sha1 = (...parts: Uint8Array[]) => createHash('sha1').update(Buffer.concat(parts)).digest()
  const content = encrypted.subarray(20, -20)
  const key = new Uint8Array(content.length)
  let stream = Buffer.from(encrypted.subarray(0, 20))
  for (let at = 0; at < content.length; at += 20) {
    stream = sha1(secret, stream)
    for (let offset = 0; offset < 20 && at + offset < content.length; offset++) {
      key[at + offset] = (content[at + offset] ?? 0) ^ (stream[offset] ?? 0)
    }
  }
  return sameBytes(sha1(secret, key), encrypted.subarray(-20)) ? key : undefined
}

/** Triple DES under a key and an IV that MD5 makes of the password and either half of the salt, as often as the file says. */
function openJceksKey(
  encrypted: Uint8Array,
  password: string,
  [saltValue, iterations]: ReturnType<typeof partsOf>,
): Uint8Array | undefined {
  const salt = Buffer.from(contentOf(saltValue))
  const rounds = contentOf(iterations).reduce((number, byte) => number * 256 + byte, 0)
  if (salt.length !== 8 || rounds < 1) return undefined
  const [a, b, , d] = salt
  // Java turns the first half round where both are the same, and has always done so wrongly.
  if (salt.subarray(0, 4).equals(salt.subarray(4))) salt.set([d ?? 0, a ?? 0, b ?? 0, d ?? 0])
  const derived = [salt.subarray(0, 4), salt.subarray(4)].map(half => md5Chain(half, Buffer.from(password), rounds))
  const material = Buffer.concat(derived)
  const decipher = createDecipheriv('des-ede3-cbc', material.subarray(0, 24), material.subarray(24))
  try {
    return new Uint8Array(Buffer.concat([decipher.update(encrypted), decipher.final()]))
  } catch {
    return undefined
  }
}

/** Java's files have 200,000 rounds: texts of Latin-1 take a quarter of the time that buffers take. */
function md5Chain(start: Uint8Array, secret: Uint8Array, rounds: number): Uint8Array {
  const block = Buffer.concat([new Uint8Array(16), secret])
  let value = hash('md5', Buffer.concat([start, secret]), 'binary')
  for (let round = 1; round < rounds; round++) {
    block.write(value, 'binary')
    value = hash('md5', block, 'binary')
  }
  return Buffer.from(value, 'binary')
}
