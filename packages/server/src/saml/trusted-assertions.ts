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
  readonly provider: IdentityProvider
  readonly signer: AssertionSigner
}

/**
 * Assertions of the identity providers in the store. Their keys are read when the first assertion is checked, and again after
 * changes.
 */
export function createTrustedAssertions({ store, digests, clock }: TrustedAssertionsOptions): Assertions {
  let loading: Promise<TrustedKey[]> | undefined
  store.changes.on('identity-providers', () => {
    loading = undefined
  })

  async function keys(): Promise<TrustedKey[]> {
    loading ??= store.identityProviders.list().then(providers => providers.flatMap(keysOf))
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
      const provider = (await store.identityProviders.find(signer.name)) ?? { name: signer.name, ...nothing }
      return store.usedAssertions.redeem({
        key: digests.sha256(JSON.stringify([assertion.issuer, assertion.id])),
        ...{ expiresAt, user, provider: provider.name },
        groups: mapGroups(provider, assertion.attributes),
      })
    },
  }
}

const nothing = { defaultGroups: [], assertionBasedGroups: [] }

function keysOf(provider: IdentityProvider): TrustedKey[] {
  const { trust, enabled, name, userIdPrefix, userIdSuffix } = provider
  if (trust.kind !== 'saml' || !enabled) return []
  const { issuer, userIdAttribute } = trust
  const signer = { name, issuer, userIdAttribute, userIdPrefix, userIdSuffix }
  return trust.certificates.map(pem => {
    const { publicKey, validFromDate, validToDate } = new X509Certificate(pem)
    return { publicKey, validFrom: validFromDate.getTime(), validUntil: validToDate.getTime(), provider, signer }
  })
}
