import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { messageLog } from '../../store/each-database.test.ts'
import { entitySets, functionImports } from './index.ts'
import { ownResource, packaged, packageZip, plainArtifact } from './testing/test-package.ts'
import { base64, startTestService, type TestService } from './testing/test-service.ts'

let service: TestService
before(async () => {
  service = await startTestService()
  await fill()
})
after(() => service.close())

const as = (user: string) => ({ authorization: `Bearer ${user}`, accept: 'application/json' })
const admin = (method: string, path: string, body?: unknown) =>
  service.call(method, path, { headers: as('administrator'), ...(body === undefined ? {} : { body }) })

const flow1 = {
  Name: 'R1',
  Type: 'INTEGRATION_FLOW',
  ConditionAttribute: 'Name',
  ConditionValue: 'Flow1',
  ConditionType: 'exactString',
}

test('a policy is created with its references, read, changed and deleted; IDs are strings', async () => {
  const count = async () => (await admin('GET', 'ArtifactReferences/$count')).text
  const others = await count()
  const body = { RoleName: 'Flows', Description: 'd', ArtifactReferences: [flow1] }
  const created = await admin('POST', 'AccessPolicies', body)
  assert.equal(created.status, 201, created.text)
  const { Id } = created.json.d
  assert.match(Id, /^\d+$/)
  assert.equal((await admin('POST', 'AccessPolicies', body)).status, 409)
  const { d } = (
    await admin('GET', `AccessPolicies?$expand=ArtifactReferences&$filter=RoleName eq 'Flows'&$orderby=Id desc`)
  ).json
  const [{ ArtifactReferences, RoleName, Description }] = d.results
  assert.deepEqual([RoleName, Description], ['Flows', 'd'])
  const [{ __metadata, AccessPolicy, Id: referenceId, Description: none, ...reference }] = ArtifactReferences.results
  assert.deepEqual(reference, flow1)

  // As its clients send it: with SAP's misspelling, and PATCH without a body.
  const linked = await admin('POST', 'ArtifactReferences', { ...flow1, Name: 'R2', AcessPolicy: { Id } })
  assert.equal(linked.status, 201, linked.text)
  assert.equal((await admin('POST', `AccessPolicies(${Id})/ArtifactReferences`, { ...flow1, Name: 'R3' })).status, 201)
  assert.equal((await admin('PATCH', `AccessPolicies(${Id}L)`)).status, 204)
  assert.equal((await admin('PATCH', `AccessPolicies(Id=${Id}L)`, { Description: 'e' })).status, 204)
  assert.equal((await admin('GET', `ArtifactReferences(${linked.json.d.Id})/AccessPolicy`)).json.d.Description, 'e')
  assert.equal((await admin('GET', `AccessPolicies(${Id})/ArtifactReferences/$count?$filter=Name ne 'R1'`)).text, '2')
  assert.equal((await admin('DELETE', `ArtifactReferences(${referenceId})`)).status, 204)
  assert.equal((await admin('DELETE', `AccessPolicies(${Id})`)).status, 204)
  assert.equal((await admin('GET', `AccessPolicies(${Id})`)).status, 404)
  assert.equal(await count(), others)
})

test('what is wrong with a policy is said, and nothing of it is stored', async () => {
  const count = async () => (await admin('GET', 'AccessPolicies/$count')).text
  const others = await count()
  const cases: readonly (readonly [change: object, message: RegExp])[] = [
    [{ Type: 'FLOW' }, /"Type" to be .* found "FLOW"/],
    [{ ConditionAttribute: 'Version' }, /"ConditionAttribute" to be Name or ID/],
    [{ Type: 'MESSAGE_QUEUE', ConditionAttribute: 'ID' }, /"ConditionAttribute" to be Name, found "ID"/],
    [
      { ConditionType: 'regularExpression', ConditionValue: '(' },
      /a regular expression as JavaScript has them, found "\("/,
    ],
    [{ Type: 'INTEGRATION_PACKAGE', ConditionType: 'regularExpression' }, /"ConditionType" to be exactString/],
    [{ ConditionValue: null }, /"ConditionValue" to be one line/],
  ]
  for (const [change, message] of cases) {
    const body = { RoleName: 'Wrong', ArtifactReferences: [flow1, { ...flow1, ...change }] }
    const { status, json } = await admin('POST', 'AccessPolicies', body)
    assert.equal(status, 400)
    assert.match(json.error.message.value, message)
  }
  assert.equal((await admin('POST', 'ArtifactReferences', flow1)).status, 400)
  assert.equal((await admin('POST', 'ArtifactReferences', { ...flow1, AccessPolicy: { Id: '999' } })).status, 400)
  assert.equal(await count(), others)
  const developer = await service.call('POST', 'AccessPolicies', { body: { RoleName: 'x' } })
  assert.equal(developer.status, 403)
})

/** A package with two flows, what they have left, and policies that protect it; another package that none protects. */
async function fill(): Promise<void> {
  const developer = (path: string, body: object) => service.call('POST', path, { body })
  for (const id of ['Pack', 'Free']) await developer('IntegrationPackages', { Id: id, Name: id, ShortText: 's' })
  for (const id of ['SendOrders', 'Other']) {
    const created = await developer('IntegrationDesigntimeArtifacts', { Id: id, Name: id, PackageId: 'Pack' })
    assert.equal(created.status, 201, created.text)
    service.store.messageLogs.record(
      messageLog(`log of ${id}`, { artifactId: id, artifactName: id, packageId: 'Pack' }),
    )
  }
  const now = service.clock.now()
  const entry = {
    id: 'e',
    body: Buffer.from('x'),
    headers: {},
    messageGuid: 'm',
    createdAt: now,
    expiresAt: now + 9_000,
  }
  const put = { kind: 'put-entry', entry, overdueAt: now, encrypted: false, overwrites: false } as const
  const write = {
    kind: 'write-variable',
    value: 'x',
    writtenAt: now,
    expiresAt: now + 9_000,
    encrypted: false,
  } as const
  const keep = {
    kind: 'persist-message',
    stepId: 's',
    body: Buffer.from('x'),
    headers: { h: 'v' },
  } as const
  await service.store.dataStores.apply([
    { ...put, flowId: 'SendOrders', store: 'Local' },
    { ...put, flowId: '', store: 'Shared' },
    { ...write, flowId: 'SendOrders', name: 'v' },
    { ...write, flowId: '', name: 'v' },
    ...['log of SendOrders', 'log of Other', 'without a log'].map(messageGuid => {
      return {
        ...keep,
        attachments: [{ name: 'a', contentType: 'text/plain', content: Buffer.from('x') }],
        flowId: messageGuid === 'log of Other' ? 'Other' : 'SendOrders',
        messageGuid,
        createdAt: now,
        expiresAt: now + 9_000,
        encrypted: true,
      }
    }),
  ])
  await service.store.queues.open('Q', 'non-exclusive')
  for (const [RoleName, ArtifactReferences] of Object.entries(policies)) {
    const created = await admin('POST', 'AccessPolicies', { RoleName, ArtifactReferences })
    assert.equal(created.status, 201, created.text)
  }
}

interface Use {
  readonly user: 'developer' | 'administrator' | 'expert'
  readonly method: string
  readonly path: string
  readonly body?: object
  /** Which policy protects it. */
  readonly by: 'flows' | 'package' | 'both' | 'stored'
}

const send = "IntegrationDesigntimeArtifacts(Id='SendOrders',Version='active')"
const uses: readonly Use[] = [
  { user: 'developer', method: 'PUT', path: send, body: { Name: 'SendOrders' }, by: 'both' },
  {
    user: 'developer',
    method: 'PUT',
    path: `${send}/$links/Configurations('x')`,
    body: { ParameterValue: 'y' },
    by: 'both',
  },
  {
    user: 'developer',
    method: 'POST',
    path: "DeployIntegrationDesigntimeArtifact?Id='SendOrders'&Version='active'",
    by: 'both',
  },
  {
    user: 'developer',
    method: 'POST',
    path: "IntegrationDesigntimeArtifactSaveAsVersion?Id='SendOrders'&SaveAsVersion='9.9.9'",
    by: 'both',
  },
  {
    user: 'developer',
    method: 'POST',
    path: 'IntegrationDesigntimeArtifacts',
    body: { Id: 'SendMore', Name: 'SendMore', PackageId: 'Pack' },
    by: 'both',
  },
  {
    user: 'developer',
    method: 'POST',
    path: 'IntegrationDesigntimeLocks',
    body: { ArtifactId: 'SendOrders' },
    by: 'both',
  },
  { user: 'developer', method: 'DELETE', path: send, by: 'both' },
  {
    user: 'developer',
    method: 'PUT',
    path: "IntegrationDesigntimeArtifacts(Id='Other',Version='active')",
    body: { Name: 'Other' },
    by: 'package',
  },
  { user: 'developer', method: 'GET', path: "IntegrationPackages('Pack')/$value", by: 'both' },
  { user: 'developer', method: 'DELETE', path: "IntegrationPackages('Pack')", by: 'both' },
  { user: 'developer', method: 'PUT', path: "IntegrationPackages('Pack')", body: { ShortText: 't' }, by: 'package' },
  {
    user: 'expert',
    method: 'GET',
    path: "DataStoreEntries(Id='e',DataStoreName='Local',IntegrationFlow='SendOrders',Type='')/$value",
    by: 'both',
  },
  {
    user: 'expert',
    method: 'GET',
    path: "Variables(VariableName='v',IntegrationFlow='SendOrders')/$value",
    by: 'both',
  },
  {
    user: 'expert',
    method: 'GET',
    path: "DataStoreEntries(Id='e',DataStoreName='Shared',IntegrationFlow='',Type='')/$value",
    by: 'stored',
  },
  { user: 'expert', method: 'GET', path: "Variables(VariableName='v',IntegrationFlow='')/$value", by: 'stored' },
  { user: 'administrator', method: 'POST', path: "deactivateQueue?Name='Q'", by: 'stored' },
  { user: 'administrator', method: 'POST', path: "CancelMessageProcessingLog?Id='log of SendOrders'", by: 'both' },
  { user: 'administrator', method: 'DELETE', path: "Queues('Q')", by: 'stored' },
]
const free: readonly (readonly [user: string, path: string])[] = [
  ['developer', send],
  ['developer', `${send}/$value`],
  ['developer', "IntegrationPackages('Pack')/IntegrationDesigntimeArtifacts"],
  ['developer', "MessageProcessingLogs('log of SendOrders')?$expand=CustomHeaderProperties"],
  ['developer', "MessageProcessingLogs('log of SendOrders')/MessageStoreEntries"],
  ['expert', 'DataStores'],
  ['expert', "DataStores(DataStoreName='Local',IntegrationFlow='SendOrders',Type='')/Entries"],
]

const reference = (Type: string, ConditionValue: string, ConditionType = 'exactString') => {
  return { Name: 'r', Type, ConditionAttribute: 'Name', ConditionValue, ConditionType }
}
const policies = {
  flows: [reference('INTEGRATION_FLOW', 'Send.*', 'regularExpression')],
  package: [reference('INTEGRATION_PACKAGE', 'Pack')],
  stored: [reference('GLOBAL_DATASTORE', 'Shared'), reference('GLOBAL_VARIABLE', 'v'), reference('MESSAGE_QUEUE', 'Q')],
}

/** While `work` runs, the users have one more role. */
async function withRole(role: string, work: () => Promise<void>): Promise<void> {
  const everybody = ['developer', 'administrator', 'expert']
  await service.store.roles.assignUsers({ application: 'devtmn', role }, everybody)
  await work()
  await service.store.roles.unassignUsers({ application: 'devtmn', role }, everybody)
}

test('policies protect what their references mean from those without the role, whoever else they are', async () => {
  const stored: Use[] = []
  for (const messageGuid of ['log of SendOrders', 'without a log']) {
    const { persistedMessages } = service.store
    const [{ id = '' } = {}] = await persistedMessages.ofRun(messageGuid, service.clock.now()).list({})
    const [attachment] = await persistedMessages.attachments(id, service.clock.now()).list({})
    const paths = [
      `MessageStoreEntries('${id}')/$value`,
      `MessageStoreEntries('${id}')/Properties`,
      `MessageStoreEntries('${id}')?$expand=Properties`,
      `MessageStoreEntryProperties(MessageId='${id}',Name='h')`,
      `MessageStoreEntryAttachments('${attachment?.id}')/$value`,
    ]
    stored.push(...paths.map((path): Use => ({ user: 'expert', method: 'GET', path, by: 'both' })))
  }
  const call = (user: string, { method, path, body }: Use) =>
    service.call(method, path, { headers: as(user), ...(body && { body }) })
  for (const use of [...stored, ...uses]) {
    const { status, json } = await call(use.user, use)
    assert.equal(status, 403, `${use.method} ${use.path}`)
    assert.match(json.error.message.value, /an access policy protects it/)
  }
  for (const [user, path] of free)
    assert.equal((await service.call('GET', path, { headers: as(user) })).status, 200, path)

  // The role of one of the policies is enough, and only for what that policy protects.
  for (const role of ['flows', 'package'] as const) {
    await withRole(role, async () => {
      for (const use of [...stored, ...uses.filter(({ method }) => method !== 'DELETE')]) {
        const isExport = use.path.endsWith("('Pack')/$value")
        const isAllowed = use.by === role || (use.by === 'both' && (role === 'package' || !isExport))
        const { status } = await call(use.user, use)
        assert.equal(status !== 403, isAllowed, `${role}: ${use.method} ${use.path} ${status}`)
      }
    })
  }
  await withRole('AccessPoliciesArtifacts.AccessAll', async () => {
    for (const use of stored) assert.equal((await call(use.user, use)).status, 200)
  })
})

test('policies protect in changesets, too, and there with the roles from before', async () => {
  const change = 'PUT IntegrationPackages(\'Pack\') HTTP/1.1\r\nContent-Type: application/json\r\n\r\n{"ShortText":"z"}'
  const part = 'Content-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n'
  const inner = `--c\r\n${part}${change}\r\n--c--`
  const text = `--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n${inner}\r\n--b--\r\n`
  const headers = { ...as('developer'), 'content-type': 'multipart/mixed; boundary=b' }
  const { text: answered } = await service.call('POST', '$batch', { headers, body: text })
  assert.match(answered, /HTTP\/1.1 403 Forbidden/)
})

test('an expression that takes too long protects', async () => {
  const { json } = await admin('POST', 'AccessPolicies', {
    RoleName: 'slow',
    ArtifactReferences: [reference('INTEGRATION_FLOW', '(\\w+)+!', 'regularExpression')],
  })
  const Id = `${'a'.repeat(60)}`
  const { status } = await service.call('POST', 'IntegrationDesigntimeArtifacts', {
    body: { Id, Name: Id, PackageId: 'Free' },
  })
  assert.equal(status, 403)
  assert.equal((await admin('DELETE', `AccessPolicies(${json.d.Id})`)).status, 204)
})

test('slow expressions hold up a request for a second at most', async () => {
  const expressions = Array.from({ length: 40 }, (_, index) =>
    reference('INTEGRATION_FLOW', `(\\w+)+!${index}`, 'regularExpression'),
  )
  const { json } = await admin('POST', 'AccessPolicies', { RoleName: 'slower', ArtifactReferences: expressions })
  const Id = 'b'.repeat(60)
  const started = process.cpuUsage()
  const { status } = await service.call('POST', 'IntegrationDesigntimeArtifacts', {
    body: { Id, Name: Id, PackageId: 'Free' },
  })
  assert.equal(status, 403)
  // Forty of them would take ten seconds.
  assert.ok(process.cpuUsage(started).user < 5_000_000)
  assert.equal((await admin('DELETE', `AccessPolicies(${json.d.Id})`)).status, 204)
})

test('whoever can read payloads needs the policies for it, and design-time artifacts are changed under them', () => {
  const payloads = ['esbmessagestorage.read', 'ESBDataStore.readPayload']
  const readers = entitySets.filter(({ roles, mediaRoles = [] }) =>
    [...roles, ...mediaRoles].some(role => payloads.includes(role)),
  )
  assert.ok(readers.length >= 9)
  for (const { set, guard } of readers) assert.ok(guard?.reads, set.name)
  const designed = entitySets.filter(({ set, create, update, delete: remove }) => {
    return /^Integration(?!Designtime(?:Locks))|DesigntimeArtifacts$/.test(set.name) && (create || update || remove)
  })
  assert.ok(designed.length >= 6)
  for (const { set, guard } of designed) assert.ok(guard, set.name)
  const changing = functionImports.filter(({ functionImport }) =>
    /^Deploy|SaveAsVersion$|ValMap|Queue$|JmsMessages$/.test(functionImport.name),
  )
  assert.ok(changing.length >= 15)
  for (const { functionImport, subjects } of changing) {
    assert.ok(subjects, functionImport.name)
  }
})

test('a policy protects names that only the content of a new artifact has', async () => {
  const condition = { ConditionAttribute: 'ID', ConditionValue: 'pay', ConditionType: 'exactString' }
  const ArtifactReferences = [{ Name: 'r', Type: 'SCRIPT_COLLECTION', ...condition }]
  const created = await admin('POST', 'AccessPolicies', { RoleName: 'pay', ArtifactReferences })
  const content = await plainArtifact('ScriptCollection', 'pay')
  const upload = { PackageId: 'Free', ArtifactContent: base64(content) }
  const zip = await packageZip(ownResource('Imported'), packaged('ScriptCollection', 'a', { uniqueId: 'x', content }))
  for (const [path, body] of [
    ['ScriptCollectionDesigntimeArtifacts', upload],
    ['ScriptCollectionDesigntimeArtifacts', { ...upload, Name: 'other' }],
    ['IntegrationPackages', { PackageContent: base64(zip) }],
  ] as const) {
    assert.equal((await service.call('POST', path, { body })).status, 403, path)
  }
  assert.equal((await admin('DELETE', `AccessPolicies(${created.json.d.Id})`)).status, 204)
  assert.equal((await service.call('POST', 'ScriptCollectionDesigntimeArtifacts', { body: upload })).status, 201)
})
