import type { SettingDeclaration } from './setting-declaration.ts'

/** Settings of keys, secrets and grants of the authorization server. */
export const oauthSettings = {
  tokenRequestsPerMinute: {
    type: 'integer',
    env: 'SLUICE_TOKEN_REQUESTS_PER_MINUTE',
    flag: 'token-requests-per-minute',
    default: 60_000,
    min: 1,
    max: 100_000_000,
    doc: 'Requests that a client may make to the token, introspection and revocation endpoints from one address in a minute, those for a JWT counting half; more are delayed for up to 5 s, then answered with 429.',
  },
  signingKeyRotationDays: {
    type: 'integer',
    env: 'SLUICE_SIGNING_KEY_ROTATION_DAYS',
    flag: 'signing-key-rotation-days',
    default: 90,
    min: 0,
    max: 3_650,
    doc: 'Days after which the next key takes over the signing of JWTs; 0: only when an administrator says so.',
  },
  clientSecretWarningDays: {
    type: 'integer',
    env: 'SLUICE_CLIENT_SECRET_WARNING_DAYS',
    flag: 'client-secret-warning-days',
    default: 30,
    min: 0,
    max: 3_650,
    doc: 'Days before the expiry of a client secret from which on the cockpit, the API and the metrics warn of it.',
  },
  authorizationDaysMax: {
    type: 'integer',
    env: 'SLUICE_AUTHORIZATION_DAYS_MAX',
    flag: 'authorization-days-max',
    default: 365,
    min: 1,
    max: 3_650,
    doc: 'Days after which a user has to allow a client again what it has got new tokens for by refresh tokens, however often it has.',
  },
  localProviderName: {
    type: 'text',
    env: 'SLUICE_LOCAL_PROVIDER_NAME',
    flag: 'local-provider-name',
    default: '',
    pattern: { test: /^\S{0,1024}$/, expected: 'a name or URI without spaces' },
    doc: 'Name of this server as a SAML 2.0 service provider: the audience of assertions. Default: the public URL.',
  },
} as const satisfies Record<string, SettingDeclaration>
