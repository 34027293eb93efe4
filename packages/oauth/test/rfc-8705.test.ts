import { type Rule, testRules } from '../../../test/rfc-rules.ts'
import {
  type AcceptedToken,
  type ClientCertificate,
  checkPossession,
  introspectionEndpoint,
  oauthMetadata,
} from '../src/index.ts'
import { codeOf, mobileClient, pkce, verifier } from './authorization.ts'
import { clientKey } from './client-keys.ts'
import { answerOf, dpopProof, form, issuer, requestToken, sha256 } from './proofs.ts'
import { application, basic, platform, World } from './world.ts'

const certificate = (more: Partial<ClientCertificate> = {}): ClientCertificate => ({
  ...{ thumbprint: 'mine', isTrusted: false, validFrom: Date.UTC(2025, 0, 1), validTo: Date.UTC(2027, 0, 1) },
  hasName: (kind, value) => kind === 'subject_dn' && value === 'CN=robot',
  ...more,
})

const ownSigned = { thumbprint: 'mine', pem: '' }

const world = () =>
  new World({ extensions: true, certificateMethods: ['self_signed_tls_client_auth', 'tls_client_auth'] })
    .register(
      application({
        id: 'own',
        keyAuthentication: { method: 'self_signed_tls_client_auth', certificates: [ownSigned] },
        tokenBinding: 'certificate',
      }),
      undefined,
    )
    .register(
      application({
        id: 'pki',
        keyAuthentication: { method: 'tls_client_auth', name: 'subject_dn', value: 'CN=robot' },
      }),
      undefined,
    )
    .register(platform({ keyAuthentication: { method: 'self_signed_tls_client_auth', certificates: [ownSigned] } }))
    .register(application())
    .register(application({ id: 'bound', tokenBinding: 'certificate' }))
    .register(mobileClient({ tokenBinding: 'certificate' }), undefined)

async function asked(here: World, client: string, more: Partial<ClientCertificate> | undefined = {}) {
  const { status, body } = await requestToken(here, { client_id: client }, { certificate: () => certificate(more) })
  return status === 200 ? body.token_type : `${status} ${body.error}`
}

const refused = '401 invalid_client'

/** What a resource says to a token bound to `mine`. */
async function used(here: World, token: string, more: Partial<ClientCertificate> | undefined) {
  const verdict = (await here.validate(token)) as AcceptedToken
  const use = { scheme: 'Bearer', token, method: 'GET', url: `${issuer}/http/hello`, proof: undefined } as const
  const problem = await checkPossession(
    ...([verdict, { ...use, certificate: () => more && certificate(more) }, here.context] as const),
  )
  return problem?.error
}

const boundToken = async (here: World, parameters = {}): Promise<string> => {
  const own = { client_id: 'own', ...parameters }
  return (await requestToken(here, own, { certificate: () => certificate() })).body.access_token
}

const rules: readonly Rule<World>[] = [
  {
    section: '§2.1',
    rule: 'tls_client_auth: a trusted authority vouches for the name that is registered',
    asked: async here => [
      await asked(here, 'pki', { isTrusted: true }),
      await asked(here, 'pki', { isTrusted: false }),
      await asked(here, 'pki', { isTrusted: true, hasName: () => false }),
    ],
    expected: ['Bearer', refused, refused],
  },
  {
    section: '§2.2',
    rule: 'self_signed_tls_client_auth: the certificate is one that is registered',
    asked: async here => [await asked(here, 'own'), await asked(here, 'own', { thumbprint: 'other', isTrusted: true })],
    expected: ['Bearer', refused],
  },
  {
    section: '§2',
    rule: 'a client of the platform authenticates at its own endpoint only',
    asked: async here => {
      const request = { ...form({ grant_type: 'client_credentials', client_id: 'operations' }), certificate }
      return [(await answerOf(here, here.requestPlatform(request))).status, await asked(here, 'operations')]
    },
    expected: [200, '401 unauthorized_client'],
  },
  {
    section: '§2',
    rule: 'a certificate that is not valid now does not count',
    asked: async here => [
      await asked(here, 'own', { validTo: here.clock.now() - 1 }),
      await asked(here, 'own', { validFrom: here.clock.now() + 10_000 }),
    ],
    expected: [refused, refused],
  },
  {
    section: '§2',
    rule: 'without a certificate nobody is known, whoever it claims to be',
    asked: async here => [
      (await requestToken(here, { client_id: 'own' })).body.error,
      (await requestToken(here, { client_id: 'nobody' })).body.error,
    ],
    expected: ['unauthorized_client', 'unauthorized_client'],
  },
  {
    section: '§2',
    rule: 'a certificate is no credential of a client with a secret, nor a secret of one with a certificate',
    asked: async here => [
      await asked(here, 'orders', { isTrusted: true }),
      (await requestToken(here, {}, { authorization: basic('own', 'pa55-word') })).body.error,
    ],
    expected: ['401 unauthorized_client', 'invalid_client'],
  },
  {
    section: '§2',
    rule: 'failures are slowed as wrong secrets are',
    asked: async here => {
      const before = here.clock.now()
      await asked(here, 'own', { thumbprint: 'other' })
      return here.clock.now() - before
    },
    expected: 200,
  },
  {
    section: '§3',
    rule: 'tokens of a client that is registered for it are bound to its certificate, however it authenticates',
    asked: async here => [
      (await requestToken(here, {}, { authorization: basic('bound', 'pa55-word') })).body.error,
      (await requestToken(here, {}, { authorization: basic('bound', 'pa55-word'), certificate: () => certificate() }))
        .body.token_type,
    ],
    expected: ['invalid_request', 'Bearer'],
  },
  {
    section: '§3.1',
    rule: 'a JWT says cnf.x5t#S256',
    asked: async here => {
      const [, payload = ''] = (await boundToken(here, { token_format: 'jwtrfc' })).split('.')
      return JSON.parse(Buffer.from(payload, 'base64url').toString()).cnf
    },
    expected: { 'x5t#S256': 'mine' },
  },
  {
    section: '§3.2',
    rule: 'introspection says cnf.x5t#S256, of opaque tokens, too',
    asked: async here => {
      const authorization = basic('orders', 'pa55-word')
      const token = await boundToken(here)
      const request = { method: 'POST', query: '', authorization, address: '192.0.2.1', ...form({ token }) }
      const { token_type, cnf } = (await answerOf(here, introspectionEndpoint(request, here.context))).body
      return [token_type, cnf]
    },
    expected: ['Bearer', { 'x5t#S256': 'mine' }],
  },
  {
    section: '§3',
    rule: 'a bound token is used with its certificate and no other',
    asked: async here => {
      const answers = []
      for (const format of [{}, { token_format: 'jwt' }]) {
        const token = await boundToken(here, format)
        answers.push(await used(here, token, {}))
        answers.push(await used(here, token, { thumbprint: 'other', isTrusted: true }))
        answers.push(await used(here, token, undefined))
      }
      return answers
    },
    expected: [undefined, 'invalid_token', 'invalid_token', undefined, 'invalid_token', 'invalid_token'],
  },
  {
    section: '§3',
    rule: 'a token can be bound to a certificate and a DPoP key, and needs both then',
    asked: async here => {
      const key = clientKey()
      const mine = { certificate: () => certificate() }
      const request = { ...mine, dpop: dpopProof(here, key) }
      const token = (await requestToken(here, { client_id: 'own' }, request)).body.access_token
      const url = `${issuer}/http/hello`
      const verdict = (await here.validate(token)) as AcceptedToken
      const use = () => {
        const proof = dpopProof(here, key, { payload: { htm: 'GET', htu: url, ath: sha256(token) } })
        return { scheme: 'DPoP', token, method: 'GET', url, proof } as const
      }
      const problems = [
        await checkPossession(verdict, { ...use(), ...mine }, here.context),
        await checkPossession(verdict, { ...use(), certificate: () => undefined }, here.context),
        await checkPossession(verdict, { ...use(), ...mine, proof: undefined }, here.context),
      ]
      return problems.map(problem => problem?.error)
    },
    expected: [undefined, 'invalid_token', 'invalid_dpop_proof'],
  },
  {
    section: '§4',
    rule: 'refresh tokens of public clients need the same certificate',
    asked: async here => {
      const code = await codeOf(here, { client_id: 'mobile', ...pkce })
      const mobile = { client_id: 'mobile' }
      const mine = { certificate: () => certificate() }
      const first = { ...mobile, grant_type: 'authorization_code', code, code_verifier: verifier }
      const { refresh_token } = (await requestToken(here, first, mine)).body
      const refresh = { ...mobile, grant_type: 'refresh_token', refresh_token }
      return [
        (await requestToken(here, refresh, { certificate: () => certificate({ thumbprint: 'other' }) })).body.error,
        (await requestToken(here, refresh, {})).body.error,
        (await requestToken(here, refresh, mine)).status,
      ]
    },
    expected: ['invalid_grant', 'invalid_request', 200],
  },
  {
    section: '§3.3',
    rule: 'metadata says what the listener makes possible',
    asked: () =>
      ([[], ['self_signed_tls_client_auth'], ['self_signed_tls_client_auth', 'tls_client_auth']] as const).map(
        certificateMethods => {
          const metadata = oauthMetadata(new World({ extensions: true, certificateMethods }).context)
          const methods = metadata.token_endpoint_auth_methods_supported as string[]
          return [metadata.tls_client_certificate_bound_access_tokens, methods.filter(name => name.includes('tls'))]
        },
      ),
    expected: [
      [false, []],
      [true, ['self_signed_tls_client_auth']],
      [true, ['self_signed_tls_client_auth', 'tls_client_auth']],
    ],
  },
  {
    section: '§3',
    rule: 'where it is switched off, a client whose tokens are bound gets none',
    asked: async () => {
      const here = new World().register(application({ id: 'bound', tokenBinding: 'certificate' }))
      const request = { authorization: basic('bound', 'pa55-word'), certificate }
      return (await requestToken(here, {}, request)).body.error
    },
    expected: 'invalid_request',
  },
  {
    section: '§2',
    rule: 'what the listener does not make possible, or is switched off, does not count',
    asked: async here => {
      const own = here.clients.get('own')?.client
      const others = [
        new World({ extensions: true }),
        new World({ certificateMethods: ['self_signed_tls_client_auth'] }),
      ]
      return Promise.all(others.map(other => own && asked(other.register(own, undefined), 'own')))
    },
    expected: [refused, refused],
  },
]

testRules('RFC 8705', world, rules)
