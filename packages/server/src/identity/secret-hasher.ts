import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { BoundedMap, type Digests, type SecretHasher } from '@sluice/oauth'

/** Parameters of scrypt (RFC 7914 §2). */
interface Cost {
  readonly logN: number
  readonly r: number
  readonly p: number
}

/** What is paid for hashing. */
export interface HashCosts {
  readonly secrets: Cost
  readonly passwords: Cost
}

export const hashCosts: HashCosts = Object.freeze({
  /**
   * 32 MB and about 80 ms. No less memory: glibc gives back only what is larger, and each of Node's four threads would keep 16 MB
   * for good. No more time: the first use of each secret after a start pays for it, and most secrets are random.
   */
  secrets: { logN: 15, r: 8, p: 1 },
  /** As OWASP's cheat sheet on storing passwords has it, with as much memory: 32 MB and about 200 ms, since people choose them. */
  passwords: { logN: 15, r: 8, p: 3 },
})

const digestBytes = 32

/** Hashes computed at a time: leaves threads of Node's pool of four to files and name resolution. */
const concurrencyMax = 2

const storedPattern = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]{22})\$([A-Za-z0-9+/]{43})$/

/** Of how many secrets a process remembers that it has hashed them. */
const rememberedMax = 1_000

/** Hashes of passwords, as those of secrets. */
export interface PasswordHasher extends Pick<SecretHasher, 'hash' | 'verify'> {
  /** Whether `stored` is a hash of another cost than today's. */
  isOutdated(stored: string): boolean
}

/**
 * scrypt with a random salt of 16 bytes, stored as `$scrypt$ln=15,r=8,p=1$<salt>$<digest>` (PHC string format, base64). A
 * right secret that this process has hashed itself is known by its keyed digest: who creates a client uses it soon.
 */
export function createSecretHashers(
  digests: Digests,
  costs = hashCosts,
): {
  readonly secrets: SecretHasher
  readonly passwords: PasswordHasher
} {
  const inTurn = limitConcurrency(concurrencyMax)
  const passwords = createHasher(digests, costs.passwords, inTurn)
  return {
    secrets: createHasher(digests, costs.secrets, inTurn),
    passwords: { ...passwords, isOutdated: stored => !isDeepStrictEqual(parse(stored)?.cost, costs.passwords) },
  }
}

function createHasher(digests: Digests, cost: Cost, inTurn: InTurn): SecretHasher {
  const hashed = new BoundedMap<string, Uint8Array>(rememberedMax)

  /** The place of the one that this process has hashed itself. A secret that is none of them takes as long as ever. */
  function findRemembered(secret: string, stored: readonly string[]): number {
    const digest = digests.keyed(secret)
    return stored.findIndex(text => {
      const remembered = hashed.get(text)
      return remembered !== undefined && digests.equal(remembered, digest)
    })
  }

  async function find(secret: string, stored: readonly string[]): Promise<number> {
    let found = findRemembered(secret, stored)
    if (found >= 0) return found
    const derived = new Map<string, Buffer>()
    for (const [place, text] of stored.entries()) {
      const parsed = parse(text)
      if (!parsed) continue
      const { salt, cost } = parsed
      const name = `${salt.toString('hex')} ${cost.logN} ${cost.r} ${cost.p}`
      const digest = derived.get(name) ?? (await inTurn(() => derive(secret, salt, cost)))
      derived.set(name, digest)
      if (timingSafeEqual(digest, parsed.digest)) found = place
    }
    return found
  }

  return {
    async hash(secret, like) {
      const salt = (like === undefined ? undefined : saltOf(like, cost)) ?? randomBytes(16)
      const digest = await inTurn(() => derive(secret, salt, cost))
      const stored = `$scrypt$ln=${cost.logN},r=${cost.r},p=${cost.p}$${encode(salt)}$${encode(digest)}`
      hashed.set(stored, digests.keyed(secret))
      return stored
    },
    verify: async (secret, stored) => (await find(secret, [stored])) === 0,
    find,
  }
}

/** The salt of a stored hash of that cost. */
function saltOf(stored: string, cost: Cost): Buffer | undefined {
  const parsed = parse(stored)
  return parsed && isDeepStrictEqual(parsed.cost, cost) ? parsed.salt : undefined
}

function parse(stored: string) {
  const [, logN, r, p, salt = '', digest = ''] = storedPattern.exec(stored) ?? []
  const found = { logN: Number(logN), r: Number(r), p: Number(p) }
  // A stored cost beyond these would hold a thread for seconds.
  if (!(found.logN >= 10 && found.logN <= 17 && found.r >= 1 && found.r <= 16 && found.p >= 1 && found.p <= 4)) {
    return undefined
  }
  return { cost: found, salt: Buffer.from(salt, 'base64'), digest: Buffer.from(digest, 'base64') }
}

function derive(secret: string, salt: Uint8Array, { logN, r, p }: Cost): Promise<Buffer> {
  const N = 2 ** logN
  const options: ScryptOptions = { N, r, p, maxmem: 2 * 128 * N * r }
  return new Promise((resolve, reject) => {
    scrypt(secret, salt, digestBytes, options, (error, digest) => (error ? reject(error) : resolve(digest)))
  })
}

function encode(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '')
}

type InTurn = <Result>(task: () => Promise<Result>) => Promise<Result>

/** Runs at most `max` tasks at a time, in the order they came. */
function limitConcurrency(max: number): InTurn {
  const waiting: (() => void)[] = []
  let running = 0
  return async task => {
    if (running >= max) await new Promise<void>(resolve => waiting.push(resolve))
    else running += 1
    try {
      return await task()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else running -= 1
    }
  }
}
