import assert from 'node:assert/strict'
import { createHook } from 'node:async_hooks'
import { test } from 'node:test'
import { createDigests } from './digests.ts'
import { createSecretHashers } from './secret-hasher.ts'

const { secrets: hasher, passwords } = createSecretHashers(createDigests())
/** After a restart. */
const { secrets: restarted } = createSecretHashers(createDigests())

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

test('a secret is found among several, and two with one salt cost one computation', async () => {
  const first = await hasher.hash('first')
  const second = await hasher.hash('second', first)
  const other = await hasher.hash('other')
  const salt = (stored: string) => stored.split('$')[3]
  assert.equal(salt(second), salt(first))
  assert.notEqual(salt(other), salt(first))
  assert.equal(await hasher.hash('first', second), first, 'so that a secret is not taken twice')
  for (const { find } of [hasher, restarted]) {
    assert.equal(await find('first', [first, second]), 0)
    assert.equal(await find('second', [first, second]), 1)
    assert.equal(await find('other', [first, second, other]), 2)
    assert.equal(await find('wrong', [first, 'malformed', second]), -1)
    assert.equal(await find('first', []), -1)
  }
  const computed = async (stored: string[]): Promise<number> => {
    let count = 0
    const hook = createHook({ init: (_, type) => void (type === 'SCRYPTREQUEST' && count++) }).enable()
    await restarted.find('wrong', stored)
    hook.disable()
    return count
  }
  assert.deepEqual(
    [await computed([first]), await computed([first, second]), await computed([first, other])],
    [1, 1, 2],
  )
})

test('a salt is not taken from a hash of another cost', async () => {
  const cheap = `$scrypt$ln=10,r=8,p=1$${'A'.repeat(22)}$${'A'.repeat(43)}`
  for (const like of [cheap, 'malformed', '']) assert.doesNotMatch(await hasher.hash('x', like), /\$A{22}\$|ln=10/)
})

test('passwords cost three times as much as secrets, and older hashes of them still count', async () => {
  const [older, stored] = await Promise.all([hasher.hash('pa55-wörd'), passwords.hash('pa55-wörd')])
  assert.match(stored, /^\$scrypt\$ln=15,r=8,p=3\$/)
  const { passwords: afterRestart } = createSecretHashers(createDigests())
  for (const text of [older, stored]) {
    assert.equal(await afterRestart.verify('pa55-wörd', text), true)
    assert.equal(await afterRestart.verify('another', text), false)
  }
  assert.deepEqual([older, stored, 'malformed'].map(passwords.isOutdated), [true, false, true])
})
