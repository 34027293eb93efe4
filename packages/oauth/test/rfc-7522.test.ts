import { type Rule, testRules } from '../../../test/rfc-rules.ts'
import type { AssertionSigner, RedeemedAssertion, SamlAssertion, SubjectConfirmation } from '../src/index.ts'
import { queryOf, type Values, webClient } from './authorization.ts'
import { application, basic, platform, World } from './world.ts'

const issuer = 'https://idp.example'
const endpoint = 'https://sluice.example/oauth2/api/v1/token'
const bearer = 'urn:oasis:names:tc:SAML:2.0:cm:bearer'
const start = Date.UTC(2026, 0, 1)
const minute = 60_000
const data = { recipient: endpoint, notBefore: undefined, notOnOrAfter: start + 5 * minute }

const good: SamlAssertion = {
  id: '_1',
  issuer,
  nameId: { value: 'ada', format: undefined },
  confirmations: [{ method: bearer, data }],
  notBefore: start,
  notOnOrAfter: start + 5 * minute,
  audiences: [['https://sluice.example']],
  attributes: new Map([
    ['mail', ['ada@example.com']],
    ['groups', ['a', 'b']],
  ]),
}

const provider: AssertionSigner = { name: 'idp', issuer, userIdAttribute: '', userIdPrefix: '', userIdSuffix: '' }

interface Attempt {
  readonly assertion?: Partial<SamlAssertion>
  readonly signers?: readonly Partial<AssertionSigner>[]
  readonly parameters?: Values
  readonly client?: string
}

class SamlWorld extends World {
  redeemed: RedeemedAssertion | undefined

  constructor(localProviderName = '') {
    super({ localProviderName })
    this.register(application())
    this.register(webClient())
    this.register(webClient({ id: 'mobile', confidential: false }), undefined)
    this.scopes.set('deviflmap', [
      { id: 'read', description: '', translations: {} },
      { id: 'write', description: '', translations: {} },
    ])
    this.assertions.redeem = async redeemed => {
      this.redeemed = redeemed
      return { user: redeemed.user, word: { provider: 'idp', trustedSince: 7 } }
    }
  }

  /** What a client is answered that presents an assertion with the signature of `signers`. */
  async exchange({ assertion = {}, signers = [{}], parameters = {}, client = 'orders' }: Attempt = {}) {
    this.assertions.verify = async () => ({
      assertion: { ...good, ...assertion },
      signers: signers.map(signer => ({ ...provider, ...signer })),
    })
    const values = { grant_type: 'urn:ietf:params:oauth:grant-type:saml2-bearer', assertion: 'PHg-', ...parameters }
    const { status, reason, body } = await this.request({
      body: queryOf({ ...values, ...(client === 'mobile' && { client_id: client }) }),
      ...(client !== 'mobile' && { authorization: basic(client, 'pa55-word') }),
    })
    return { status, reason, ...JSON.parse(body) }
  }

  async error(attempt: Attempt): Promise<string> {
    return (await this.exchange(attempt)).error ?? 'accepted'
  }

  async user(attempt: Attempt): Promise<string> {
    const { access_token, error } = await this.exchange(attempt)
    if (error) return error
    const verdict = await this.validate(access_token)
    return verdict.accepted ? verdict.user : verdict.state
  }
}

const confirmedBy = (...confirmations: readonly (Partial<typeof data> | undefined)[]) => ({
  confirmations: confirmations.map(
    (changes): SubjectConfirmation => ({
      method: bearer,
      data: changes && { ...data, ...changes },
    }),
  ),
})

/** Whether each is taken. */
const each =
  (...attempts: readonly Attempt[]) =>
  async (here: SamlWorld) => {
    const errors: string[] = []
    for (const attempt of attempts) errors.push(await here.error(attempt))
    return errors
  }
const [taken, refused] = ['accepted', 'invalid_grant']

const rules: readonly Rule<SamlWorld>[] = [
  {
    section: '§2.1',
    rule: 'an assertion is exchanged for an access token of its user, without a refresh token',
    asked: async here => {
      const { status, token_type, refresh_token } = await here.exchange()
      return [status, token_type, refresh_token, await here.user({})]
    },
    expected: [200, 'Bearer', undefined, 'ada'],
  },
  {
    section: '§2.1',
    rule: 'assertion is required, and is base64url of XML in UTF-8; base64 with line breaks is taken, too',
    asked: each(
      ...[{ assertion: undefined }, { assertion: '*' }, { assertion: '_w' }].map(parameters => ({ parameters })),
      ...[{ assertion: 'PHg+PC94Pg==' }, { assertion: 'PHg+\nPC94Pg==' }].map(parameters => ({ parameters })),
    ),
    expected: ['invalid_request', refused, refused, taken, taken],
  },
  {
    section: '§2.1',
    rule: 'an assertion has at most 32,768 characters',
    asked: each(
      ...[32_768, 32_769].map(length => ({ parameters: { assertion: Buffer.alloc(length, '<').toString('base64') } })),
    ),
    expected: [taken, refused],
  },
  {
    section: '§2.1',
    rule: 'scope asks for scopes of the application; without it there are none',
    asked: async here => [
      (await here.exchange()).scopes,
      (await here.exchange({ parameters: { scope: 'write' } })).scopes,
      await here.error({ parameters: { scope: 'admin' } }),
    ],
    expected: [[], ['write'], 'invalid_scope'],
  },
  {
    section: '§2.1',
    rule: 'clients of both grants may use it, with their secrets; public ones may not',
    asked: each({ client: 'orders' }, { client: 'web' }, { client: 'mobile' }),
    expected: [taken, taken, 'unauthorized_client'],
  },
  {
    section: '§2.1',
    rule: 'platform clients have no users',
    asked: async here => {
      here.register(platform())
      const body = queryOf({ grant_type: 'urn:ietf:params:oauth:grant-type:saml2-bearer', assertion: 'PHg-' })
      const answer = await here.requestPlatform({ body, authorization: basic('operations', 'pa55-word') })
      return JSON.parse(answer.body).error
    },
    expected: 'unauthorized_client',
  },
  {
    section: '§2.1',
    rule: 'the token may be a JWT',
    asked: async here => {
      const { access_token } = await here.exchange({ parameters: { token_format: 'jwtrfc' } })
      return JSON.parse(Buffer.from(access_token.split('.')[1], 'base64url').toString()).sub
    },
    expected: 'ada',
  },
  {
    section: '§3',
    rule: '1: the issuer is the provider that signed, or the client, as the original wants it',
    asked: each(
      { assertion: { issuer: 'https://other.example' } },
      { assertion: { issuer: 'orders' } },
      { assertion: { issuer: 'web' } },
      { assertion: { issuer: 'ORDERS' } },
    ),
    expected: [refused, taken, refused, refused],
    differs: true,
  },
  {
    section: '§3',
    rule: '1: of several providers whose key fits, the issuer or saml2idp says which',
    asked: each(
      { signers: [{}, { name: 'other', issuer: 'https://other.example' }] },
      { signers: [{}, { name: 'twin' }] },
      { signers: [{}, { name: 'twin' }], parameters: { saml2idp: 'TWIN' } },
      { signers: [{}, { name: 'twin' }], assertion: { issuer: 'orders' } },
      { signers: [{}, { name: 'twin' }], assertion: { issuer: 'orders' }, parameters: { saml2idp: 'idp' } },
      { parameters: { saml2idp: 'nobody' } },
      // A provider whose entity ID is that of the client.
      { signers: [{ issuer: 'orders' }, { name: 'other' }], assertion: { issuer: 'orders' } },
    ),
    expected: [taken, refused, taken, refused, taken, refused, taken],
  },
  {
    section: '§3',
    rule: '2: each audience restriction names this server or its token endpoint',
    asked: each(
      { assertion: { audiences: [[endpoint]] } },
      { assertion: { audiences: [['https://a.example', 'https://sluice.example']] } },
      { assertion: { audiences: [] } },
      { assertion: { audiences: [[]] } },
      { assertion: { audiences: [['https://a.example']] } },
      { assertion: { audiences: [['https://sluice.example/']] } },
      { assertion: { audiences: [['https://sluice.example'], ['https://a.example']] } },
    ),
    expected: [taken, taken, refused, refused, refused, refused, refused],
  },
  {
    section: '§3',
    rule: '2: where the server has a name of its own, that is the audience',
    asked: () =>
      each(
        { assertion: { audiences: [['tenant']] } },
        {},
        { assertion: { audiences: [[endpoint]] } },
      )(new SamlWorld('tenant')),
    expected: [taken, refused, taken],
  },
  {
    section: '§3',
    rule: '3: the subject is the user: a name for good, or the attribute that the provider is registered with',
    asked: async here => {
      const byMail = [{ userIdAttribute: 'mail', userIdPrefix: 'corp-', userIdSuffix: '.x' }]
      return [
        await here.user({ signers: byMail }),
        await here.user({ signers: [{ userIdPrefix: 'corp-' }] }),
        await here.user({ signers: [{ userIdAttribute: 'groups' }] }),
        await here.user({ signers: [{ userIdAttribute: 'missing' }] }),
        await here.user({ assertion: { nameId: undefined } }),
        ...(await each(
          ...[
            'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress',
            'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
            'urn:oasis:names:tc:SAML:2.0:nameid-format:transient',
            'urn:oasis:names:tc:SAML:1.1:nameid-format:X509SubjectName',
          ].map(format => ({ assertion: { nameId: { value: 'ada', format } } })),
        )(here)),
      ]
    },
    expected: ['corp-ada@example.com.x', 'corp-ada', refused, refused, refused, taken, taken, refused, refused],
  },
  {
    section: '§3',
    rule: '3: no user has the name of a client, or one that is not seen or looks like another',
    asked: each(
      ...[
        ...['oauth_client_orders', 'OAuth_Client_x', '', ' ada', 'ada\n', 'a;b', 'a*', 'a:b', 'a\u200bda'],
        ...['\u212aate', 'ｒoot', 'a'.repeat(129), 'ädä', 'ada@example.com', 'corp\\ada', 'Ada Lovelace'],
      ].map(value => ({ assertion: { nameId: { value, format: undefined } } })),
    ),
    expected: [...Array(12).fill(refused), ...Array(4).fill(taken)],
  },
  {
    section: '§3',
    rule: '3: a user of this server is not one of a provider',
    asked: async here => {
      here.assertions.redeem = async () => 'local-user'
      return here.error({})
    },
    expected: refused,
  },
  {
    section: '§3',
    rule: '4: it expires, a minute for clocks that differ; it is not for more than a day',
    asked: each(
      { assertion: { notOnOrAfter: start - minute + 1 } },
      { assertion: { notOnOrAfter: start - minute } },
      { assertion: { notOnOrAfter: start + 1440 * minute } },
      { assertion: { notOnOrAfter: start + 1440 * minute + 1 } },
      { assertion: { notOnOrAfter: undefined } },
      { assertion: { notOnOrAfter: undefined, ...confirmedBy({ notOnOrAfter: start + 2880 * minute }) } },
      { assertion: { notOnOrAfter: undefined, ...confirmedBy(undefined) } },
    ),
    expected: [taken, refused, taken, refused, taken, refused, refused],
  },
  {
    section: '§3',
    rule: '4: it is not taken before its time, a minute for clocks that differ',
    asked: each(
      { assertion: { notBefore: start + minute } },
      { assertion: { notBefore: start + minute + 1 } },
      { assertion: { notBefore: undefined } },
    ),
    expected: [taken, refused, taken],
  },
  {
    section: '§3',
    rule: '5: one bearer confirmation is for this token endpoint, and for now',
    asked: each(
      { assertion: { confirmations: [] } },
      { assertion: { confirmations: [{ method: 'urn:oasis:names:tc:SAML:2.0:cm:sender-vouches', data }] } },
      { assertion: confirmedBy({ recipient: undefined as never }) },
      { assertion: confirmedBy({ recipient: 'https://sluice.example/oauth2/apitoken/v1' }) },
      { assertion: confirmedBy({ recipient: 'https://sluice.example/oauth/token' }) },
      { assertion: confirmedBy({ notOnOrAfter: undefined as never }) },
      { assertion: confirmedBy({ notOnOrAfter: start - minute }) },
      { assertion: confirmedBy({ notBefore: (start + minute + 1) as never }) },
      { assertion: confirmedBy({ recipient: 'https://other.example' }, {}) },
    ),
    expected: [refused, refused, refused, refused, taken, refused, refused, refused, taken],
  },
  {
    section: '§3',
    rule: '5: without confirmation data the conditions say until when',
    asked: each({ assertion: confirmedBy(undefined) }),
    expected: [taken],
  },
  {
    section: '§3',
    rule: '7: an assertion is good for one token, and is remembered as long as it could be used',
    asked: async here => {
      await here.exchange()
      const { redeemed } = here
      here.assertions.redeem = async () => 'used'
      return [redeemed?.user, redeemed?.expiresAt, await here.error({})]
    },
    expected: ['ada', start + 6 * minute, refused],
  },
  {
    section: '§3',
    rule: '7: without a time in the conditions, the last of the confirmations counts',
    asked: async here => {
      const ends = [3, 5, 4].map(minutes => ({ notOnOrAfter: start + minutes * minute }))
      await here.exchange({ assertion: { notOnOrAfter: undefined, ...confirmedBy(...ends) } })
      return here.redeemed?.expiresAt
    },
    expected: start + 6 * minute,
  },
  {
    section: '§3',
    rule: '9: it is signed by a provider that is trusted, still when it is used up',
    asked: async here => {
      here.assertions.redeem = async () => 'not-trusted'
      const first = await here.error({})
      return [first, await here.error({ signers: [] })]
    },
    expected: [refused, refused],
  },
  {
    section: '§3',
    rule: '9: the provider is trusted still when there is a token, which is gone otherwise',
    asked: async here => {
      const stored: number[] = []
      here.assertions.counts = async () => {
        stored.push(here.tokens.size)
        return false
      }
      const formats = [{}, { token_format: 'jwtrfc' }, { token_format: 'jwt' }]
      const errors = await each(...formats.map(parameters => ({ parameters })))(here)
      return [...errors, stored, here.tokens.size]
    },
    expected: [refused, refused, refused, [1, 0, 0], 0],
  },
  {
    section: '§3',
    rule: '9: a JWT for an assertion counts as long as the word of the provider',
    asked: async here => {
      const states: unknown[] = []
      for (const token_format of ['jwtrfc', 'jwt']) {
        let word: unknown
        here.assertions.counts = async (...asked) => {
          word = asked
          return true
        }
        const { access_token } = await here.exchange({ parameters: { token_format } })
        for (const counts of [true, false]) {
          here.context.validator.forgetToken(new Uint8Array())
          const answer = await here.validate(access_token)
          states.push(answer.accepted ? answer.user : answer.state, word)
          here.assertions.counts = async () => !counts
        }
      }
      return states
    },
    expected: ['ada', 'unknown', 'ada', 'unknown'].flatMap(state => [
      state,
      ['ada', { provider: 'idp', trustedSince: 7 }],
    ]),
  },
  {
    section: '§3.1',
    rule: 'a refusal is invalid_grant with a description of what was expected, the reason is for the log',
    asked: async here => {
      const { status, error_description, reason } = await here.exchange({ assertion: { audiences: [['x']] } })
      return [status, error_description, reason]
    },
    expected: [
      400,
      'Expected this server as an audience of the assertion, and its token endpoint as the recipient of the confirmation.',
      'the assertion is for another audience',
    ],
  },
]

testRules('RFC 7522', () => new SamlWorld(), rules)
