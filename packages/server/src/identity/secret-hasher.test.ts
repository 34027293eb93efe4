import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createDigests } from './digests.ts'
import { createSecretHasher } from './secret-hasher.ts'

const hasher = createSecretHasher(createDigests())
/** After a restart. */
const restarted = createSecretHasher(createDigests())

test('a secret is recognised by its hash, another one is not', async () => {
  const stored = await hasher.hash('pa55-wörd')
  assert.match(stored, /^\$scrypt\$ln=15,r=8,p=1\$[^$]{22}\$[^$]{43}$/)
  for (const { verify } of [hasher, restarted]) {
    assert.equal(await verify('pa55-wörd', stored), true)
    assert.equal(await verify('pa55-wörd ', stored), false)
  }
  assert.notEqual(await hasher.hash('pa55-wörd'), stored)
})

const malformed = [
  '',
  'pa55-word',
  '$scrypt$ln=14,r=8,p=1$$',
  `$scrypt$ln=31,r=8,p=1$${'A'.repeat(22)}$${'A'.repeat(43)}`,
  `$scrypt$ln=14,r=99,p=1$${'A'.repeat(22)}$${'A'.repeat(43)}`,
  `$scrypt$ln=14,r=8,p=0$${'A'.repeat(22)}$${'A'.repeat(43)}`,
  `$argon2id$ln=14,r=8,p=1$${'A'.repeat(22)}$${'A'.repeat(43)}`,
]

for (const stored of malformed) {
  test(`nothing matches the malformed hash "${stored}"`, async () => {
    assert.equal(await hasher.verify('', stored), false)
  })
}

test('many secrets hashed at once all come out right', async () => {
  const secrets = Array.from({ length: 8 }, (_, index) => `secret ${index}`)
  const stored = await Promise.all(secrets.map(secret => hasher.hash(secret)))
  const verdicts = await Promise.all(secrets.map((secret, index) => restarted.verify(secret, stored[index] ?? '')))
  assert.deepEqual(new Set(verdicts), new Set([true]))
})
