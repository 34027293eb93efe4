import { fileURLToPath } from 'node:url'
import type { TestServer } from '@sluice/server/testing'
import { AssertionMaker, selfSigned } from '@sluice/server/testing'
import { type Answer, Flows, https, rowOf } from './flows.ts'

/** What the addresses of pages about one thing need. */
export interface Sample {
  readonly flows: Flows
  /** IDs of messages. */
  readonly completed: string
  readonly failed: string
}

const api = '/api/v1'
const minute = 60_000

/** Tuesday morning in Berlin. */
const beginning = Date.UTC(2026, 11, 1, 8, 40)

/** Fills a fresh server with what a small shop would have: something of all that the console shows. */
export async function fillWithSample(server: TestServer): Promise<Sample> {
  server.clock.advance(beginning - server.clock.now())
  const flows = await Flows.start(server)
  await registerClients(flows, server)
  await exchangeSecrets(flows, server)
  await createUsers(flows)
  await declareScopes(flows)
  await assignRoles(flows)
  await trustProviders(flows, server)
  await keepSecrets(flows)
  await designArtifacts(flows)
  return { flows, ...(await callFlows(flows, server)) }
}

async function registerClients({ tenant }: Flows, server: TestServer): Promise<void> {
  const clients = '/oauth2/api/v1/clients'
  const lifetime = { value: 1, unit: 'hours' }
  for (const [id, name, description] of [
    ['shop', 'Web shop', 'Sends orders as they are placed'],
    ['warehouse', 'Warehouse', 'Reports what has been shipped'],
  ]) {
    const body = { id, name, description, secret: `secret of ${id}`, tokenLifetime: lifetime }
    await tenant.send('POST', clients, 201, { ...body, subscription: 'deviflmap' })
    await tenant.allowMessages(id ?? '')
    server.clock.advance(minute)
    await tenant.issueToken(id ?? '', `secret of ${id}`)
  }
  const pipeline = { id: 'pipeline', name: 'Pipeline', description: 'Deploys from Git', secret: 'secret of pipeline' }
  await tenant.send('POST', clients, 201, { ...pipeline, tokenLifetime: lifetime, subscription: 'devtmn' })
  await tenant.allowApi('pipeline', 'AuthGroup.IntegrationDeveloper')
  await tenant.send('POST', clients, 201, {
    kind: 'platform',
    name: 'Role assignments',
    scopes: ['hcp.readAuthorizationSettings', 'hcp.manageAuthorizationSettings'],
  })
}

/** The web shop changes over to another secret, and tokens to another key. */
async function exchangeSecrets({ tenant }: Flows, { clock }: TestServer): Promise<void> {
  const secrets = '/oauth2/api/v1/clients/shop/secrets'
  const [old] = (JSON.parse(await tenant.send('GET', secrets, 200)) as { secrets: { id: string }[] }).secrets
  const expiresAt = new Date(clock.now() + 12 * 24 * 60 * minute).toISOString()
  await tenant.send('PUT', `${secrets}/${old?.id}`, 200, { expiresAt })
  await tenant.send('POST', secrets, 201, {})
  await tenant.send('POST', '/oauth2/api/v1/signing-keys/rotate', 200)
}

async function createUsers({ tenant }: Flows): Promise<void> {
  const password = 'chosen by somebody else'
  for (const [name, displayName] of [
    ['jane', 'Jane Doe'],
    ['omar', 'Omar Haddad'],
  ]) {
    const user = { name, displayName, email: `${name}@shop.example`, password }
    await tenant.send('POST', '/api/identity/v1/users', 201, user)
  }
}

async function declareScopes({ tenant }: Flows): Promise<void> {
  const path = '/oauth2/api/v1/applications/deviflmap/scopes'
  const translations = { de: 'Ihre Bestellungen lesen', fr: 'Lire vos commandes' }
  await tenant.send('POST', path, 201, { id: 'orders.read', description: 'Read your orders', translations })
  await tenant.send('POST', path, 201, { id: 'orders.place', description: 'Place orders in your name' })
}

async function assignRoles({ tenant }: Flows): Promise<void> {
  const root = '/authorization/v1/accounts/dev'
  await tenant.send('POST', `${root}/groups`, 201, { groups: [{ name: 'Developers' }, { name: 'Operators' }] })
  const users = { users: [{ name: 'jane' }, { name: 'omar' }] }
  await tenant.send('PUT', `${root}/groups/users?groupName=Developers`, 201, users)
  for (const name of ['AuthGroup.IntegrationDeveloper', 'AuthGroup.BusinessExpert']) {
    const roles = { roles: [{ name, applicationName: 'devtmn' }] }
    await tenant.send('PUT', `${root}/groups/roles?groupName=Developers`, 201, roles)
  }
  await tenant.send('POST', `${root}/apps/deviflmap/roles`, 201, { roles: [{ name: 'Orders.send' }] })
}

async function trustProviders({ tenant }: Flows, server: TestServer): Promise<void> {
  const provider = new AssertionMaker({ issuer: 'https://idp.example/saml', audience: server.url })
  const path = '/api/identity/v1/identity-providers'
  const rule = { assertionAttribute: 'department', operation: 'regexp', value: 'integration-.*' }
  await tenant.send('POST', path, 201, {
    name: 'corporate',
    description: 'Everybody at Example Ltd',
    saml: { issuer: provider.issuer, certificates: [selfSigned.cert, provider.certificate], userIdAttribute: 'mail' },
    assertionBasedGroups: [{ group: 'Developers', rules: [rule] }],
  })
  const oidc = { issuer: 'https://login.example', clientId: 'sluice', clientSecret: 'secret of sluice' }
  await tenant.send('POST', path, 201, { name: 'partners', description: 'People of partners', enabled: false, oidc })
  for (const [mail, department] of [
    ['ida@example.com', 'integration-emea'],
    ['noah@example.com', 'sales'],
  ] as const) {
    const attributes = { mail: [mail], department: [department] }
    await exchange(server, provider.encoded({ now: server.clock.now(), attributes }))
  }
}

/** Gets a token for the user of an assertion. */
async function exchange({ url }: TestServer, assertion: string): Promise<void> {
  const body = new URLSearchParams({ grant_type: 'urn:ietf:params:oauth:grant-type:saml2-bearer', assertion })
  const authorization = `Basic ${btoa('pipeline:secret of pipeline')}`
  const answer = await fetch(`${url}/oauth2/api/v1/token`, { method: 'POST', headers: { authorization }, body })
  if (!answer.ok) throw new Error(`Expected a token for the assertion, found ${await answer.text()}`)
}

async function keepSecrets({ tenant }: Flows): Promise<void> {
  const create = (set: string, body: object) => tenant.send('POST', `${api}/${set}`, 201, body)
  const described = { Description: 'Orders of the shop' }
  await create('UserCredentials', { Name: 'Shop', Kind: 'default', User: 'orders', Password: 'secret', ...described })
  await create('UserCredentials', { Name: 'Warehouse', Kind: 'default', User: 'warehouse', Password: 'secret' })
  await create('OAuth2ClientCredentials', {
    Name: 'Billing',
    TokenServiceUrl: 'https://billing.example/oauth/token',
    ClientId: 'sluice',
    ClientSecret: 'secret',
  })
  await create('SecureParameters', { Name: 'Signature', SecureParam: 'secret', ...described })
  await create('KeyPairGenerationRequests', {
    Hexalias: hexaliasOf('signer'),
    Alias: 'signer',
    KeyType: 'EC',
    KeyAlgorithmParameter: 'secp256r1',
    CommonName: 'Signer',
    Organization: 'Example Ltd',
    Country: 'DE',
  })
  const certificate = `CertificateResources('${hexaliasOf('localhost')}')/$value?fingerprintVerified=true`
  await tenant.send('PUT', `${api}/${certificate}`, 202, selfSigned.cert)
  const range = { MinValue: '1', MaxValue: '99999', CurrentValue: '4711', FieldLength: '5', Rotate: 'true' }
  await create('NumberRanges', { Name: 'Invoices', Description: 'Numbers of invoices', ...range })
}

/** The alias of an entry as keys have it. */
function hexaliasOf(alias: string): string {
  return Buffer.from(alias).toString('hex')
}

const script = `
function processData(message) {
  var log = messageLogFactory.getMessageLog(message)
  var order = String(message.getBody())
  log.addCustomHeaderProperty('order', order)
  log.addAttachmentAsString('Order', '<order>' + order + '</order>', 'text/xml')
  message.setProperty('buyer', 'Example Ltd')
  if (order === '4712') throw new Error('There is no article of order ' + order)
  message.setBody('<accepted order="' + order + '"/>')
  return message
}`

async function designArtifacts(flows: Flows): Promise<void> {
  await flows.deployFolder('hello', fileURLToPath(new URL('../../examples/hello', import.meta.url)))
  const steps = [
    { id: 'Note', type: 'JavaScript', name: 'Note the order', properties: { script: 'Note.js' } },
    { id: 'Keep', type: 'Persist', properties: { stepid: 'Received' } },
  ]
  await flows.deploy('orders', rowOf(https('/orders'), steps), { 'script/Note.js': script })
  const variable =
    '<row><cell>LastOrder</cell><cell></cell><cell>expression</cell><cell>${in.body}</cell><cell>global</cell></row>'
  const kept = rowOf(https('/shipments'), [
    { id: 'Write', type: 'Variables', properties: { variable } },
    { id: 'Put', type: 'put', properties: { storageName: 'Shipments', visibility: 'local', messageId: '${in.body}' } },
  ])
  await flows.deploy('shipments', kept)
  for (const queue of ['Invoices', 'Returns']) await flows.deploy(`to${queue}`, sendingTo(queue))
  await flows.import(
    'broken',
    rowOf(https('/broken'), [{ id: 'Log', type: 'JavaScript', properties: { script: 'No.js' } }]),
  )
  await flows.tenant.startDeploy('broken')
  for (const [set, id, name] of [
    ['ValueMappingDesigntimeArtifacts', 'countries', 'Countries'],
    ['ScriptCollectionDesigntimeArtifacts', 'scripts', 'Scripts'],
    ['MessageMappingDesigntimeArtifacts', 'toInvoice', 'Order to invoice'],
  ]) {
    await flows.tenant.send('POST', `${api}/${set}`, 201, { Id: id, Name: name, PackageId: 'ordersPackage' })
  }
  await changeScripts(flows)
}

/** A script collection with a saved version that has another script than the draft. */
async function changeScripts({ tenant }: Flows): Promise<void> {
  const collection = `${api}/ScriptCollectionDesigntimeArtifacts(Id='scripts',Version='active')`
  const key = { Name: 'Totals.js', ResourceType: 'js' }
  const content = (text: string) => ({ ResourceContent: Buffer.from(text).toString('base64') })
  await tenant.send('POST', `${collection}/Resources`, 201, { ...key, ...content(totals) })
  const saving = "ScriptCollectionDesigntimeArtifactSaveAsVersion?Id='scripts'&SaveAsVersion='1.0.1'"
  await tenant.send('POST', `${api}/${saving}`, 200)
  const link = `$links/Resources(Name='${key.Name}',ResourceType='${key.ResourceType}')?SaveAsDraft=true`
  await tenant.send('PUT', `${collection}/${link}`, 200, content(totals.replace('"total"', '"OrderTotal"')))
}

const totals = `importClass(com.sap.gateway.ip.core.customdev.util.Message)

function processData(message) {
  var lines = message.getProperty("lines")
  message.setHeader("total", lines)
  return message
}
`

function sendingTo(queue: string) {
  const row = rowOf(https(`/${queue.toLowerCase()}`), [{ id: 'Send', type: 'Send' }])
  const properties = { ComponentType: 'JMS', QueueName_outbound: queue }
  return { ...row, channels: [...(row.channels ?? []), { step: 'Send', direction: 'Receiver' as const, properties }] }
}

async function callFlows(flows: Flows, server: TestServer): Promise<Pick<Sample, 'completed' | 'failed'>> {
  const call = async (address: string, body: string): Promise<Answer> => {
    server.clock.advance(minute)
    return flows.call(address, body)
  }
  await server.deployed()
  const completed = await call('orders', '4711')
  const failed = await call('orders', '4712')
  for (const order of ['4713', '4714', '4715']) await call('orders', order)
  for (const shipment of ['S-1', 'S-2']) await call('shipments', shipment)
  for (const invoice of ['I-1', 'I-2', 'I-3']) await call('invoices', invoice)
  await call('returns', 'R-1')
  await call('hello', '')
  server.clock.advance(minute)
  return { completed: completed.guid, failed: failed.guid }
}
