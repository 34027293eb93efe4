import { type KeyObject, X509Certificate } from 'node:crypto'
import type { AssertionSigner, Assertions, Digests } from '@sluice/oauth'
import { mapGroups } from '../identity/group-mapping.ts'
import type { IdentityProvider, Store } from '../store/store.ts'

export interface TrustedAssertionsOptions {
  readonly store: Pick<Store, 'identityProviders' | 'usedAssertions' | 'changes'>
  readonly digests: Pick<Digests, 'sha256'>
  readonly clock: { now(): number }
}

/** The key of one certificate of an enabled provider. Times in milliseconds since 1970. */
interface TrustedKey {
  readonly publicKey: KeyObject
  readonly validFrom: number
  readonly validUntil: number
  readonly signer: Signer
}

/**
 * Assertions of the identity providers in the store. Their keys are read when the first assertion is checked, and again after
 * changes.
 */
export function createTrustedAssertions({ store, digests, clock }: TrustedAssertionsOptions): Assertions {
  let loading: Promise<TrustedKey[]> | undefined
  const forget = () => {
    loading = undefined
  }
  store.changes.on('identity-providers', forget)

  async function keys(): Promise<TrustedKey[]> {
    if (!loading) {
      loading = store.identityProviders.list().then(providers => providers.flatMap(keysOf))
      // The next assertion asks again where the store is away.
      loading.catch(forget)
    }
    const now = clock.now()
    return (await loading).filter(({ validFrom, validUntil }) => validFrom <= now && now < validUntil)
  }

  return {
    async verify(xml) {
      // Loaded by the first assertion: most servers never see one.
      const [{ verifyAssertion }, { SamlError }] = await Promise.all([
        import('./verify-assertion.ts'),
        import('./saml-xml.ts'),
      ])
      try {
        const { assertion, fitting } = verifyAssertion(xml, await keys())
        return { assertion, signers: [...new Set(fitting.map(({ signer }) => signer))] }
      } catch (error) {
        if (error instanceof SamlError) return error.message
        throw error
      }
    },
    async redeem({ assertion, signer, user, expiresAt }) {
      const provider = providerOf(signer)
      return store.usedAssertions.redeem({
        key: digests.sha256(JSON.stringify([assertion.issuer, assertion.id])),
        ...{ usedAt: clock.now(), expiresAt, user, provider },
        groups: mapGroups(provider, assertion.attributes),
      })
    },
    counts: (user, word) => store.usedAssertions.counts(user, word),
  }
}

/** A signer that `keysOf` made, with what its provider is set up for. */
interface Signer extends AssertionSigner {
  readonly provider: IdentityProvider
}

function providerOf(signer: AssertionSigner): IdentityProvider {
  return (signer as Signer).provider
}

function keysOf(provider: IdentityProvider): TrustedKey[] {
  const { trust, enabled, name, userIdPrefix, userIdSuffix } = provider
  if (trust.kind !== 'saml' || !enabled) return []
  const { issuer, userIdAttribute } = trust
  const signer: Signer = { provider, name, issuer, userIdAttribute, userIdPrefix, userIdSuffix }
  return trust.certificates.map(pem => {
    const { publicKey, validFromDate, validToDate } = new X509Certificate(pem)
    return { publicKey, validFrom: validFromDate.getTime(), validUntil: validToDate.getTime(), signer }
  })
}
