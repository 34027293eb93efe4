import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createDigests } from '../identity/digests.ts'
import { openMemoryStore } from '../store/open.ts'
import { TestClock } from '../testing/test-clock.ts'
import { AssertionMaker } from './testing/assertion-maker.ts'
import { createTrustedAssertions } from './trusted-assertions.ts'

test('assertions are checked again after the store was away', async () => {
  const store = await openMemoryStore()
  const maker = new AssertionMaker({ audience: 'https://sluice.example' })
  const trust = { kind: 'saml', issuer: maker.issuer, certificates: [maker.certificate], userIdAttribute: '' } as const
  await store.identityProviders.create(
    {
      ...{ name: 'idp', description: '', enabled: true, userIdPrefix: '', userIdSuffix: '', trust },
      ...{ defaultGroups: [], assertionBasedGroups: [], createdAt: 0, modifiedAt: 0 },
    },
    undefined,
  )
  let isAway = true
  const list = async () => {
    if (isAway) throw new Error('away')
    return store.identityProviders.list()
  }
  const { usedAssertions, changes, identityProviders } = store
  const assertions = createTrustedAssertions({
    store: { identityProviders: { ...identityProviders, list }, usedAssertions, changes },
    digests: createDigests(),
    clock: new TestClock(),
  })
  await assert.rejects(assertions.verify(maker.assertion()), /away/)
  isAway = false
  const verified = await assertions.verify(maker.assertion())
  assert.ok(typeof verified === 'object', String(verified))
  assert.deepEqual(
    verified.signers.map(({ name }) => name),
    ['idp'],
  )
  await store.close()
})
