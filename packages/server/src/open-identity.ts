import { randomBytes } from 'node:crypto'
import {
  type CertificateMethod,
  type Clock,
  checkPossession,
  clientAuthentications,
  createOAuthContext,
  grants,
  type OAuthContext,
  type Random,
} from '@sluice/oauth'
import type { AuditLog } from './audit/audit-log.ts'
import type { Settings } from './config/settings.ts'
import { redirectUriOf } from './end-user/external-sign-in-paths.ts'
import { Authentication, type AuthenticationOptions } from './http/authentication.ts'
import { Csrf } from './http/csrf.ts'
import { Accounts } from './identity/accounts.ts'
import { Administrators } from './identity/administrators.ts'
import { type Authorizer, createAuthorizer } from './identity/authorizer.ts'
import { createBlockCipher } from './identity/block-cipher.ts'
import { createClientCertificates } from './identity/client-certificates.ts'
import { createDigests } from './identity/digests.ts'
import { createEndpointClients } from './identity/endpoint-clients.ts'
import { createLocalUsers, ensureAdministrator, type FirstAdministrator } from './identity/local-users.ts'
import { OidcClients } from './identity/oidc/oidc-clients.ts'
import { OidcSignIn } from './identity/oidc/oidc-sign-in.ts'
import { createPublicKeys } from './identity/public-keys.ts'
import { createRandom } from './identity/random.ts'
import type { RolesCatalogue } from './identity/roles-catalogue.ts'
import { createSecretHashers, type HashCosts, type PasswordHasher } from './identity/secret-hasher.ts'
import { Sessions } from './identity/sessions.ts'
import { openSigningKeys, type SigningKeys } from './identity/signing-keys.ts'
import { createTrustedAssertions } from './saml/trusted-assertions.ts'
import type { Store } from './store/store.ts'

interface Parts {
  readonly settings: Settings
  readonly clock: Clock
  readonly store: Store
  readonly audit: AuditLog
  readonly hashCosts?: HashCosts | undefined
}

/** Who is who, and who may do what. */
export interface Identity {
  readonly oauth: OAuthContext
  readonly signingKeys: SigningKeys
  readonly authorizer: Authorizer
  readonly authentication: Authentication
  readonly csrf: Csrf
  readonly sessions: Sessions
  readonly oidc: OidcSignIn
  readonly verifyPassword: AuthenticationOptions['verifyPassword']
  readonly passwords: PasswordHasher
  readonly accounts: Accounts
  readonly administrators: Administrators
  readonly administrator: FirstAdministrator
  close(): void
}

/** Everything about who may do what: keys, tokens, users, roles. Caches are dropped by the store's change events. */
export async function openIdentity(
  parts: Parts,
  catalogue: RolesCatalogue,
  publicUrl: () => string,
): Promise<Identity> {
  const { settings, clock, store, audit } = parts
  const signingKeys = await openSigningKeys({ store, clock, rotationDays: settings.signingKeyRotationDays })
  const digests = createDigests()
  const { secrets, passwords } = createSecretHashers(digests, parts.hashCosts)
  const oauth = await openOAuth(parts, { keys: signingKeys, digests, hasher: secrets }, publicUrl)
  const { random } = oauth
  const { changes, users, roles } = store
  const administrators = new Administrators({ store, catalogue })
  const authorizer = createAuthorizer({ roles, changes, catalogue })
  const localUsers = createLocalUsers({
    ...{ users, changes, hasher: passwords, digests, clock, audit },
    lockRule: { failuresMax: settings.passwordFailuresMax, lockMs: settings.passwordLockMinutes * 60_000 },
  })
  const isSecure = settings.tlsCert !== '' || settings.publicUrl.startsWith('https:')
  const csrf = new Csrf(await sharedSecret(store, 'csrf', 32), isSecure)
  const idleMs = settings.sessionIdleMinutes * 60_000
  const sessions = new Sessions({ rows: store.sessions, digests, random, clock, audit, idleMs })
  const { verify: verifyPassword } = localUsers
  const oidc = await openOidc({ store, clock, random, sessions }, publicUrl)
  const certificates =
    settings.tlsClientCertificates === 'request'
      ? createClientCertificates({ mappings: store.certificateUserMappings, users, changes, clock })
      : undefined
  const authentication = new Authentication({
    realm: settings.subaccount,
    audit,
    authorizer,
    sessions,
    csrf,
    validateToken: (token, application) => oauth.validator.validate(token, application, clock.now()),
    ...(oauth.settings.extensions && {
      boundTokens: { check: (token, use) => checkPossession(token, use, oauth), publicUrl },
    }),
    verifyPassword,
    ...(certificates && { certificates: { application: catalogue.runtime, userOf: certificates.userOf } }),
    ...(settings.endpointClientBasic === 'on' && { clients: createEndpointClients(oauth, catalogue.runtime) }),
  })
  const subscriptions = [
    changes.on('clients', id => oauth.forgetClient(id)),
    changes.on('tokens', key => oauth.validator.forgetToken(Buffer.from(key, 'hex'))),
  ]
  const administrator = await ensureAdministrator({
    ...{ users, externalUsers: store.externalUsers, roles, catalogue, hasher: passwords, random, audit },
    now: clock.now(),
    name: settings.adminUser,
    password: settings.adminPassword,
  })
  return {
    oauth,
    signingKeys,
    authorizer,
    authentication,
    csrf,
    sessions,
    oidc: oidc.signIn,
    verifyPassword,
    passwords,
    accounts: new Accounts({ store, hasher: passwords, administrators }),
    administrators,
    administrator,
    close() {
      for (const unsubscribe of subscriptions) unsubscribe()
      signingKeys.close()
      certificates?.close()
      oidc.close()
      authorizer.close()
      localUsers.close()
    },
  }
}

async function openOAuth(
  { settings, clock, store, audit }: Parts,
  made: Pick<OAuthContext, 'keys' | 'digests' | 'hasher'>,
  publicUrl: () => string,
): Promise<OAuthContext> {
  return createOAuthContext({
    settings: {
      get issuer() {
        return publicUrl()
      },
      providerAccount: settings.subaccount,
      clientAuthentication: settings.clientAuthentication,
      extensions: settings.oauthExtensions === 'on',
      certificateMethods: certificateMethods(settings),
      requestsPerMinute: settings.tokenRequestsPerMinute,
      authorizationDaysMax: settings.authorizationDaysMax,
      localProviderName: settings.localProviderName,
    },
    clients: store.clients,
    tokens: store.tokens,
    authorizations: store.userAuthorizations,
    scopes: store.scopes,
    pushedRequests: store.pushedRequests,
    usedProofs: store.usedProofs,
    assertions: createTrustedAssertions({ store, digests: made.digests, clock }),
    audit,
    publicKeys: createPublicKeys(),
    ...made,
    tokenCipher: createBlockCipher(await sharedSecret(store, 'opaque-tokens', 16)),
    clock,
    random: createRandom(),
    grants,
    clientAuthentications,
  })
}

/** What a listener that asks for client certificates makes possible (RFC 8705 §2). */
function certificateMethods({ tlsClientCertificates, tlsClientCa }: Settings): CertificateMethod[] {
  if (tlsClientCertificates !== 'request') return []
  return ['self_signed_tls_client_auth', ...(tlsClientCa ? (['tls_client_auth'] as const) : [])]
}

async function openOidc(
  parts: Pick<Parts, 'store' | 'clock'> & { readonly random: Random; readonly sessions: Sessions },
  publicUrl: () => string,
): Promise<{ readonly signIn: OidcSignIn; close(): void }> {
  const { store, clock } = parts
  const clients = new OidcClients({
    ...{ providers: store.identityProviders, changes: store.changes, clock },
    redirectUri: name => redirectUriOf(publicUrl(), name),
  })
  const signIn = new OidcSignIn({ ...parts, clients, key: await sharedSecret(store, 'oidc-sign-ins', 32) })
  return { signIn, close: clients.close }
}

/** Shared by all servers on one store, so that any of them can check the tokens of the others. */
async function sharedSecret({ keys }: Store, name: string, bytes: number): Promise<Uint8Array> {
  const stored = await keys.find(name)
  if (stored) return stored
  const created = randomBytes(bytes)
  await keys.put(name, created)
  return created
}
