import assert from 'node:assert/strict'
import { agreementTo, type Visit, Visitor } from '../src/testing/visitor.ts'
import { trustCases } from './audit-trust-events.ts'
import { flowZip, ok, type Tenant } from './tenant.ts'

/** Something that is done to a server, and what the audit log says of it then. */
export interface AuditCase {
  readonly name: string
  act(world: AuditWorld): Promise<unknown>
  /** `object action ids`, who, changes, `!` and reason; where it is not a text, a pattern. */
  readonly expected: readonly (string | RegExp)[]
}

/** What cases share: a tenant, and every secret that was used on it. */
export class AuditWorld {
  readonly tenant: Tenant
  readonly secrets = new Set<string>()
  /** What one case leaves for the next. */
  readonly kept: Record<string, string> = {}

  constructor(tenant: Tenant) {
    this.tenant = tenant
    this.secrets.add(tenant.server.admin.password)
  }

  secret(text: string): string {
    this.secrets.add(text)
    return text
  }

  administer(method: string, path: string, json?: unknown) {
    return this.tenant.administer(method, path, json)
  }

  async token(parameters: Readonly<Record<string, string>>, basic: string) {
    const [, secret = ''] = basic.split(':')
    this.secret(secret)
    const headers = { authorization: `Basic ${btoa(basic)}` }
    const body = new URLSearchParams(parameters)
    const { status, text } = await this.tenant.request('/oauth2/api/v1/token', { method: 'POST', headers, body })
    const answer = JSON.parse(text) as Record<string, string>
    for (const name of ['access_token', 'refresh_token']) if (answer[name]) this.secret(answer[name])
    return { status, accessToken: answer.access_token ?? '', refreshToken: answer.refresh_token ?? '' }
  }

  async code(decision: 'allow' | 'deny'): Promise<string> {
    const visitor = new Visitor(this.tenant.server.url)
    const query = { response_type: 'code', client_id: 'web', scope: 'read' }
    const path = `/oauth2/api/v1/authorize?${new URLSearchParams(query)}`
    const consent = await visitor.signIn(path, this.tenant.server.admin)
    const { location }: Visit = await visitor.send(path, { ...agreementTo(consent), decision })
    const code = new URL(location).searchParams.get('code')
    return code === null ? '' : this.secret(code)
  }
}

const clients = '/oauth2/api/v1/clients'
const users = '/api/identity/v1/users'
const accounts = '/authorization/v1/accounts/dev'
const grant = { grant_type: 'client_credentials' }

const oauthCases: readonly AuditCase[] = [
  {
    name: 'a client is registered',
    act: async world => {
      const client = { name: 'Orders', subscription: 'deviflmap' }
      await world.administer('POST', clients, { id: 'orders', ...client, secret: world.secret('first orders secret') })
      const redirect = { grant: 'authorization_code', redirectUri: 'https://web.example/' }
      await world.administer('POST', clients, { id: 'web', ...client, ...redirect, secret: world.secret('web secret') })
    },
    expected: ['client create orders by admin', 'client create web by admin'],
  },
  {
    name: 'a client is changed, its secret too',
    act: world =>
      world.administer('PUT', `${clients}/orders`, {
        ...{ name: 'Sales', subscription: 'deviflmap', secret: world.secret('second orders secret') },
      }),
    expected: [/^client update orders by admin \[.*name.*ecret.*\]$/],
  },
  {
    name: 'a client is refused',
    act: world => world.administer('POST', clients, { id: 'orders', name: 'Orders', subscription: 'deviflmap' }),
    expected: [/^client create orders by admin !Expected an unused client ID/],
  },
  {
    name: 'somebody without the right tries to delete a client',
    act: async world => world.tenant.request(`${clients}/orders`, { method: 'DELETE' }),
    expected: ['client delete orders !no credentials were sent'],
  },
  {
    name: 'tokens are issued to a client',
    act: async world => {
      await world.token(grant, 'orders:second orders secret')
      await world.token({ ...grant, token_format: 'jwtrfc' }, 'orders:second orders secret')
    },
    expected: [
      /^access-token issue [0-9a-f]{5} by \/orders via client_credentials$/,
      /^jwt-access-token issue [0-9a-f]{5} by \/orders via client_credentials$/,
    ],
  },
  {
    name: 'a client secret is wrong, three times',
    act: async world => {
      for (let index = 0; index < 3; index++) await world.token(grant, 'orders:a wrong secret')
      world.tenant.server.clock.advance(60_000)
    },
    expected: [
      'client-authentication authenticate by /orders !wrong client secret',
      'client-authentication authenticate by /orders !wrong client secret ×2',
    ],
  },
  {
    name: 'a grant is refused',
    act: world => world.token({ grant_type: 'password' }, 'orders:second orders secret'),
    expected: ['access-token issue !grant_type is not offered'],
  },
  {
    name: 'a token that is none is presented',
    act: world => {
      const authorization = `Bearer ${world.secret('0123456789abcdef0123456789abcdef')}`
      return world.tenant.request('/api/v1/NumberRanges', { headers: { authorization } })
    },
    expected: ['access-token authenticate !the token is unknown or has been revoked'],
  },
  {
    name: 'tokens are revoked by an administrator',
    act: async world => {
      const { tokens } = JSON.parse((await world.administer('GET', '/oauth2/api/v1/tokens')).text)
      await world.administer('DELETE', `/oauth2/api/v1/tokens/${tokens[0].id}`)
      await world.administer('DELETE', '/oauth2/api/v1/tokens?clientId=orders')
    },
    expected: [/^access-token revoke [0-9a-f]{72} by admin$/, 'access-token revoke all of client orders by admin ×0'],
  },
  {
    name: 'a scope is declared, changed and deleted',
    act: async world => {
      const path = '/oauth2/api/v1/applications/deviflmap/scopes'
      await world.administer('POST', path, { id: 'read', description: 'Read' })
      await world.administer('POST', path, { id: 'write', description: 'Write' })
      await world.administer('PUT', `${path}/write`, { description: 'Write all' })
      await world.administer('DELETE', `${path}/write`)
    },
    expected: ['create read', 'create write', 'update write', 'delete write'].map(text => `scope ${text} by admin`),
  },
  {
    name: 'a user agrees and the client redeems the code',
    act: async world => {
      const code = await world.code('allow')
      const tokens = await world.token({ grant_type: 'authorization_code', code }, 'web:web secret')
      Object.assign(world.kept, tokens)
    },
    expected: [
      'user-session sign-in by admin via password',
      'consent give read by admin/web',
      /^authorization-code issue .{5} by admin\/web$/,
      /^authorization-code redeem .{5} by admin\/web via authorization_code$/,
      /^access-token issue .{5} by admin\/web via authorization_code$/,
      /^refresh-token issue .{5} by admin\/web via authorization_code$/,
    ],
  },
  {
    name: 'a token is refreshed, and its refresh token comes again',
    act: async world => {
      const parameters = { grant_type: 'refresh_token', refresh_token: world.kept.refreshToken ?? '' }
      await world.token(parameters, 'web:web secret')
      await world.token(parameters, 'web:web secret')
    },
    expected: [
      /^refresh-token redeem .{5} by admin\/web via refresh_token$/,
      /^access-token issue .{5} by admin\/web via refresh_token$/,
      /^refresh-token issue .{5} by admin\/web via refresh_token$/,
      'authorization revoke by admin/web via reuse',
      /^access-token issue by \/web !the refresh token was used before/,
    ],
  },
  {
    name: 'a user does not agree',
    act: world => world.code('deny'),
    expected: ['user-session sign-in by admin via password', 'consent refuse read by admin/web'],
  },
  {
    name: 'an authorization request is refused',
    act: world => world.tenant.request('/oauth2/api/v1/authorize?response_type=code&client_id=nobody'),
    expected: ['authorization-code issue !no such application client is registered'],
  },
  {
    name: 'a client gets a second secret, which then goes',
    act: async world => {
      const path = `${clients}/orders/secrets`
      const { secret = '', id } = JSON.parse(ok(await world.administer('POST', path, {})).text)
      world.secret(secret)
      await world.administer('DELETE', `${path}/${id}`)
    },
    expected: [/^client-secret create orders/, /^client-secret delete orders/],
  },
  {
    name: 'a signing key is rotated',
    act: world => world.administer('POST', '/oauth2/api/v1/signing-keys/rotate'),
    expected: [/^signing-key rotate \S+ by admin$/],
  },
  {
    name: 'branding is changed',
    act: async world => {
      await world.administer('PUT', '/oauth2/api/v1/branding', {
        colors: { background: '#000000', button: '#112233', buttonText: '#ffffff' },
      })
      await world.administer('DELETE', '/oauth2/api/v1/branding')
    },
    expected: ['branding update by admin', 'branding delete by admin'],
  },
  {
    name: 'a client is deleted',
    act: world => world.administer('DELETE', `${clients}/web`),
    expected: ['client delete web by admin'],
  },
]

const identityCases: readonly AuditCase[] = [
  {
    name: 'a user is created, changed and given another password',
    act: async world => {
      const password = world.secret('correct horse battery')
      await world.administer('POST', users, { name: 'ada', password, mustChangePassword: false })
      await world.administer('PUT', `${users}/ada`, { email: 'ada@example.com', displayName: '', enabled: true })
      const other = world.secret('staple battery horse')
      await world.administer('PUT', `${users}/ada/password`, { password: other, mustChangePassword: false })
    },
    expected: ['user create ada by admin', 'user update ada by admin [email]', 'password update ada by admin'],
  },
  {
    name: 'passwords are wrong until the user is locked',
    act: async world => {
      const password = world.secret('not her password')
      for (let index = 0; index < 6; index++) await signIn(world, { user: 'ada', password })
      await signIn(world, { user: world.secret('a password in the wrong field'), password })
      world.tenant.server.clock.advance(60_000)
    },
    expected: [
      'user-session sign-in by ada via password !wrong password',
      'user lock ada',
      'user-session sign-in by ada via password !wrong password ×3',
      'user-session sign-in by ada via password !wrong password, which locks the user',
      'user-session sign-in by ada via password !the user is locked',
      'user-session sign-in via password !no such user',
    ],
  },
  {
    name: 'a user is unlocked, changes the password, signs in and out',
    act: async world => {
      await world.administer('DELETE', `${users}/ada/lock`)
      const old = { user: 'ada', password: world.secret('staple battery horse') }
      const newPassword = world.secret('horse staple battery')
      await postJson(world, '/api/session/v1/password', { ...old, newPassword })
      const { headers } = await signIn(world, { user: 'ada', password: newPassword })
      const cookie = (headers.get('set-cookie') ?? '').split(';')[0] ?? ''
      world.secret(cookie.split('=')[1] ?? '')
      const csrf = { cookie, 'x-csrf-token': headers.get('x-csrf-token') ?? '' }
      await world.tenant.request('/api/session/v1', { method: 'DELETE', headers: csrf })
    },
    expected: [
      'user unlock ada by admin',
      'user-session sign-in by ada via password',
      'password update ada by ada',
      'user-session sign-in by ada via password',
      'user-session sign-out by ada',
    ],
  },
  {
    name: 'roles and groups are made, assigned, taken away and deleted',
    act: async world => {
      const roles = `${accounts}/apps/deviflmap/roles`
      await world.administer('POST', roles, { roles: [{ name: 'Orders.send' }] })
      await world.administer('PUT', `${roles}/users?roleName=Orders.send`, { users: [{ name: 'ada' }] })
      await world.administer('DELETE', `${roles}/users?roleName=Orders.send&users=*`)
      await world.administer('POST', `${accounts}/groups`, { groups: [{ name: 'Sales' }] })
      await world.administer('PUT', `${accounts}/groups/users?groupName=Sales`, { users: [{ name: 'ada' }] })
      await world.administer('PUT', `${accounts}/groups/roles?groupName=Sales`, {
        roles: [{ name: 'Orders.send', applicationName: 'deviflmap' }],
      })
      await world.administer('DELETE', `${accounts}/users/groups?userId=ada&groups=*`)
      await world.administer('DELETE', `${accounts}/groups?groups=Sales`)
      await world.administer('DELETE', `${roles}?roles=Orders.send`)
    },
    expected: [
      'role create deviflmap by admin [Orders.send]',
      'role-assignment assign deviflmap:Orders.send by admin [user ada]',
      'role-assignment unassign deviflmap:Orders.send by admin [user ada]',
      'group create Sales by admin',
      'group-membership assign Sales by admin [user ada]',
      'role-assignment assign deviflmap:Orders.send by admin [group Sales]',
      'group-membership unassign Sales by admin [user ada]',
      'group delete Sales by admin',
      'role delete deviflmap by admin [Orders.send]',
    ],
  },
  {
    name: 'a user is deleted',
    act: world => world.administer('DELETE', `${users}/ada`),
    expected: ['user delete ada by admin'],
  },
]

const apiCases: readonly AuditCase[] = [
  {
    name: 'security material is deployed, changed and deleted',
    act: async world => {
      const credential = { Name: 'backend', User: 'svc', Password: world.secret('backend password') }
      await world.administer('POST', '/api/v1/UserCredentials', credential)
      const path = "/api/v1/UserCredentials('backend')"
      await world.administer('PUT', path, { User: 'svc2', Password: world.secret('other backend password') })
      await world.administer('DELETE', path)
    },
    expected: [
      'security-material create backend by admin',
      'security-material update backend by admin [User, Password]',
      'security-material delete backend by admin',
    ],
  },
  {
    name: 'a key pair is generated and deleted',
    act: async world => {
      const request = { Alias: 'tls', CommonName: 'tls.example', KeyType: 'EC', KeySize: 256 }
      await world.administer('POST', '/api/v1/KeyPairGenerationRequests', request)
      await world.administer('DELETE', `/api/v1/KeystoreEntries('${Buffer.from('tls').toString('hex')}')`)
    },
    expected: [/^keystore-entry create \S+ by admin$/, 'keystore-entry delete 746c73 by admin'],
  },
  {
    name: 'a flow is uploaded, deployed and undeployed',
    act: async world => {
      await world.tenant.deploy(await flowZip())
      await world.administer('DELETE', "/api/v1/IntegrationRuntimeArtifacts('hello')")
    },
    expected: [
      'package create tests by admin',
      'artifact create hello,1.0.0 by admin',
      'deployment deploy hello,active by admin',
      'deployment undeploy hello by admin',
    ],
  },
  {
    name: 'a batch that fails as a whole',
    act: async world => {
      const body = changeset([
        `POST NumberRanges HTTP/1.1\r\nContent-Type: application/json\r\n\r\n${JSON.stringify(numberRange('a'))}`,
        "DELETE NumberRanges('absent') HTTP/1.1\r\n\r\n",
      ])
      await batch(world, body)
    },
    expected: [/^number-range delete absent by admin !Expected an entity of NumberRanges/],
  },
  {
    name: 'a batch that succeeds',
    act: async world => {
      const ranges = ['a', 'b'].map(
        name =>
          `POST NumberRanges HTTP/1.1\r\nContent-Type: application/json\r\n\r\n${JSON.stringify(numberRange(name))}`,
      )
      await batch(world, changeset(ranges))
    },
    expected: ['number-range create a by admin', 'number-range create b by admin'],
  },
]

/** Every event that is recorded, in an order in which one can follow the other. */
export const auditCases: readonly AuditCase[] = [...oauthCases, ...identityCases, ...trustCases, ...apiCases]

function signIn(world: AuditWorld, credentials: { readonly user: string; readonly password: string }) {
  return postJson(world, '/api/session/v1', credentials)
}

function postJson({ tenant }: AuditWorld, path: string, json: object) {
  const headers = { 'content-type': 'application/json' }
  return tenant.request(path, { method: 'POST', headers, body: JSON.stringify(json) })
}

const numberRange = (Name: string) => ({
  ...{ Name, MinValue: '0', MaxValue: '9', CurrentValue: '0', FieldLength: '0', Rotate: 'false' },
})

function changeset(requests: readonly string[]): string {
  const parts = requests.map(
    request => `--c\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n${request}\r\n`,
  )
  return `--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n${parts.join('')}--c--\r\n--b--\r\n`
}

async function batch({ tenant }: AuditWorld, body: string): Promise<void> {
  const { authorization } = tenant.server.admin
  const fetched = await tenant.request('/api/v1/', { headers: { authorization, 'x-csrf-token': 'Fetch' } })
  const cookie = (fetched.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
  const csrf = { cookie, 'x-csrf-token': fetched.headers.get('x-csrf-token') ?? '' }
  const headers = { authorization, 'content-type': 'multipart/mixed; boundary=b', ...csrf }
  const answer = ok(await tenant.request('/api/v1/$batch', { method: 'POST', headers, body }))
  assert.equal(answer.status, 202, answer.text)
}
