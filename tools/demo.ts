import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readArtifact, readSettings, startServer } from '@sluice/server'

/** `npm run demo`: the scenario from an empty folder to an answer, in a temporary folder that is removed afterwards. */
async function demo(): Promise<void> {
  const data = await mkdtemp(join(tmpdir(), 'sluice-demo-'))
  const password = randomBytes(12).toString('base64url')
  const settings = readSettings({ port: '0', data, 'admin-password': password, 'log-level': 'error' }, {})
  const server = await startServer(settings)
  say(`Server at ${server.url}, data in ${data}`)
  try {
    await scenario(server.url, `admin:${password}`, () => server.deploymentsIdle())
  } finally {
    await server.close()
    await rm(data, { recursive: true, force: true })
  }
}

async function scenario(url: string, admin: string, deployed: () => Promise<void>): Promise<void> {
  say('\n1. Register an OAuth client for the runtime')
  const client = await request(`${url}/oauth2/api/v1/clients`, {
    user: admin,
    json: { id: 'demo', name: 'demo', description: 'The demo', subscription: 'deviflmap' },
  })
  const { secret } = JSON.parse(client) as { secret: string }
  say(`   client demo, its secret ${secret}`)

  say('\n2. Assign its user to the role')
  const roles = `${url}/authorization/v1/accounts/dev/apps/deviflmap/roles/users?roleName=ESBMessaging.send`
  await request(roles, { user: admin, method: 'PUT', json: { users: [{ name: 'oauth_client_demo' }] } })
  say('   oauth_client_demo has ESBMessaging.send of deviflmap')

  say('\n3. Import and deploy the flow of examples/hello')
  await deploy(url, admin)
  await deployed()
  say('   deployed')

  say('\n4. Fetch a token and call the flow')
  const tokenUrl = `${url}/oauth2/api/v1/token?grant_type=client_credentials`
  show(`curl -u demo:${secret} -X POST '${tokenUrl}'`)
  const token = await request(tokenUrl, { user: `demo:${secret}`, method: 'POST' })
  say(token)
  const { access_token } = JSON.parse(token) as { access_token: string }
  show(`curl -X POST ${url}/http/hello -H 'Authorization: Bearer ${access_token}'`)
  say(await request(`${url}/http/hello`, { bearer: access_token, method: 'POST' }))
}

async function deploy(url: string, admin: string): Promise<void> {
  const api = `${url}/api/v1`
  const fetched = await fetch(`${api}/`, { headers: { ...basic(admin), 'X-CSRF-Token': 'Fetch' } })
  const csrf = {
    'X-CSRF-Token': fetched.headers.get('x-csrf-token') ?? '',
    Cookie: (fetched.headers.get('set-cookie') ?? '').split(';')[0] ?? '',
  }
  const folder = fileURLToPath(new URL('../examples/hello', import.meta.url))
  const content = Buffer.from(await readArtifact(folder)).toString('base64')
  const change = { user: admin, headers: csrf, method: 'POST' }
  await request(`${api}/IntegrationPackages`, { ...change, json: { Id: 'demo', Name: 'Demo', ShortText: 'The demo' } })
  await request(`${api}/IntegrationDesigntimeArtifacts`, {
    ...change,
    json: { Id: 'hello', Name: 'hello', PackageId: 'demo', ArtifactContent: content },
  })
  await request(`${api}/DeployIntegrationDesigntimeArtifact?Id='hello'&Version='active'`, change)
}

interface Call {
  readonly method?: string
  readonly user?: string
  readonly bearer?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly json?: unknown
}

async function request(url: string, call: Call): Promise<string> {
  const response = await fetch(url, {
    method: call.method ?? 'POST',
    headers: {
      Accept: 'application/json',
      ...(call.user === undefined ? {} : basic(call.user)),
      ...(call.bearer === undefined ? {} : { Authorization: `Bearer ${call.bearer}` }),
      ...(call.json === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...call.headers,
    },
    ...(call.json === undefined ? {} : { body: JSON.stringify(call.json) }),
  })
  const body = await response.text()
  if (!response.ok) throw new Error(`Expected success from ${url}, found ${response.status}: ${body}`)
  return body
}

const basic = (user: string) => ({ Authorization: `Basic ${Buffer.from(user).toString('base64')}` })

const say = (line: string) => process.stdout.write(`${line}\n`)

const show = (command: string) => say(`\n   $ ${command}`)

await demo()
