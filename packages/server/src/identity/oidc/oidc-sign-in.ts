import { createHash } from 'node:crypto'
import type { Random } from '@sluice/oauth'
import type { NameConflict, Store } from '../../store/store.ts'
import { mapGroups } from '../group-mapping.ts'
import type { Sessions } from '../sessions.ts'
import { attributesOf, type Claims, type OidcProvider, shortText, subjectOf, userNameOf } from './claims.ts'
import type { OidcClients } from './oidc-clients.ts'
import { createPendingSignIns, type PendingSignIn } from './pending-sign-in.ts'
import { type SignInProblem, SignInRefusal } from './sign-in-problem.ts'

export interface OidcSignInOptions {
  readonly store: Pick<Store, 'identityProviders' | 'transaction'>
  readonly clients: Pick<OidcClients, 'authorizationUrl' | 'claims' | 'endSessionUrl'>
  readonly sessions: Pick<Sessions, 'begin'>
  readonly random: Random
  readonly clock: { now(): number }
  /** 32 bytes, the same on all servers of a store. */
  readonly key: Uint8Array
}

/** A sign-in that was begun: what the browser keeps, and where it goes. */
export interface BegunSignIn {
  readonly state: string
  readonly sealed: string
  readonly location: string
}

/** What a browser brings back from a provider. */
export interface SignInAnswer {
  /** Of the address that it came back to. */
  readonly query: string
  /** What it kept since the sign-in was begun, if it did. */
  readonly sealed: string | undefined
  /** Where it is. */
  readonly address: string
}

/** Somebody who is signed in. */
export interface FinishedSignIn {
  readonly user: string
  readonly sessionId: string
  readonly returnTo: string
}

/** How long somebody may take to sign in at the provider. */
export const signInMsMax = 600_000

/** Sign-in at OpenID providers that administrators registered. Methods throw `SignInRefusal`. */
export class OidcSignIn {
  readonly #options: OidcSignInOptions
  readonly #pending: ReturnType<typeof createPendingSignIns>

  constructor(options: OidcSignInOptions) {
    this.#options = options
    this.#pending = createPendingSignIns(options.key)
  }

  /** The names of the providers that can be chosen. */
  async providers(): Promise<string[]> {
    const all = await this.#options.store.identityProviders.list()
    return all.filter(({ enabled, trust }) => enabled && trust.kind === 'oidc').map(({ name }) => name)
  }

  /** `returnTo`: a path of this server. */
  async begin(name: string, returnTo: string): Promise<BegunSignIn> {
    const { random, clock, clients } = this.#options
    const provider = await this.#find(name)
    const secret = () => Buffer.from(random.bytes(32)).toString('base64url')
    const pending: PendingSignIn = {
      ...{ provider: provider.name, state: secret(), nonce: secret(), codeVerifier: secret() },
      ...{ returnTo, expiresAt: clock.now() + signInMsMax },
    }
    const location = await clients.authorizationUrl(provider, pending)
    return { state: pending.state, sealed: this.#pending.seal(pending), location }
  }

  /**
   * `name`: the provider whose address the browser came back to. A sign-in can be finished once, within ten minutes, in the
   * browser where it was begun, by the provider with which it was begun.
   */
  async finish(name: string, { query, sealed, address }: SignInAnswer): Promise<FinishedSignIn> {
    const { clock, clients, sessions } = this.#options
    const pending = sealed === undefined ? undefined : this.#pending.open(sealed)
    if (!pending) throw new SignInRefusal('sign-in-lost', 'this browser has begun no sign-in')
    if (clock.now() >= pending.expiresAt) throw new SignInRefusal('sign-in-lost', 'the sign-in took too long')
    if (pending.provider.toLowerCase() !== name.toLowerCase()) {
      throw new SignInRefusal('sign-in-lost', 'the sign-in was begun with another provider')
    }
    const provider = await this.#find(pending.provider)
    const claims = await clients.claims(provider, query, pending)
    const user = await this.#admit(provider, claims, pending)
    const signIn = { user, provider: provider.name, address, method: 'openid-connect' } as const
    return { user, sessionId: await sessions.begin(signIn), returnTo: pending.returnTo }
  }

  /**
   * The provider of a session that has ended, and where its own ends; `url` is undefined where it offers no such thing, or does
   * not answer. `returnTo`: an address that is registered there.
   */
  async leaving(
    name: string,
    returnTo: string,
  ): Promise<{ readonly provider: string; readonly url: string | undefined }> {
    const provider = await this.#find(name)
    const url = await this.#options.clients.endSessionUrl(provider, returnTo).catch((error: unknown) => {
      if (error instanceof SignInRefusal) return undefined
      throw error
    })
    return { provider: provider.name, url }
  }

  async #find(name: string): Promise<OidcProvider> {
    const found = await this.#options.store.identityProviders.find(name)
    if (found?.enabled && found.trust.kind === 'oidc') return { ...found, trust: found.trust }
    throw new SignInRefusal('unknown-provider', 'no OpenID provider of this name is enabled')
  }

  /** Notes who the user is and which groups it is in, whole or not at all; resolves with its name. */
  async #admit(provider: OidcProvider, claims: Claims, pending: PendingSignIn): Promise<string> {
    const { store, clock } = this.#options
    const groups = mapGroups(provider, attributesOf(claims))
    const signedIn = {
      ...{
        name: userNameOf(provider, claims),
        provider: provider.name,
        subject: subjectOf(claims),
        signedInAt: clock.now(),
      },
      ...{ email: shortText(claims['email']), displayName: shortText(claims['name']) },
    }
    return store.transaction(async tx => {
      const key = createHash('sha256').update(`oidc ${pending.state}`).digest()
      if (!(await tx.usedProofs.use(key, pending.expiresAt))) {
        throw new SignInRefusal('sign-in-lost', 'the sign-in was finished before')
      }
      const known = await tx.externalUsers.signIn(signedIn, provider)
      if ('conflict' in known) throw new SignInRefusal(...refusals[known.conflict])
      await tx.mappedGroups.replace(known.name, provider.name, groups)
      return known.name
    })
  }
}

const refusals: Readonly<Record<NameConflict, readonly [problem: SignInProblem, reason: string]>> = {
  'local-user': ['taken-name', 'a local user has the name'],
  'other-account': ['other-account', 'another account came with the name before'],
  'provider-changed': ['unknown-provider', 'the provider was changed meanwhile'],
}
