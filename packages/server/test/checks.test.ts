import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { draftFiles } from './design-files.ts'
import { askingFlow, stepsFlow, wholeFlow } from './design-flows.ts'
import { artifactZip } from './relay-flow.ts'
import { type Answer, ok, Tenant } from './tenant.ts'

const path = '/api/design/v1/checks'
const paths = [path, '/api/design/v1/simulations']
/** Without the right to deploy. */
const editorRoles = ['WebToolingWorkspace.Read', 'WebToolingWorkspace.Write']
const good = 'function processData(message) { return message; }'
let tenant: Tenant

before(async () => {
  tenant = await Tenant.start()
})

after(() => tenant.close())

interface Diagnostic {
  readonly code: string
  readonly severity: string
  readonly message: string
  readonly at: {
    readonly file?: string
    readonly elementId?: string
    readonly elementName?: string
    readonly line?: number
  }
}

function diagnosticsOf(answer: Answer): readonly Diagnostic[] {
  return (JSON.parse(ok(answer).text) as { readonly diagnostics: readonly Diagnostic[] }).diagnostics
}

const cases: readonly (readonly [what: string, body: object, codes: readonly string[], elementId?: string])[] = [
  ['a sound flow', { files: draftFiles(wholeFlow, { 'Mark.js': good }) }, []],
  ['a file that is missing', { files: draftFiles(wholeFlow) }, ['missing-resource'], 'Script'],
  [
    'a step that there is not',
    { files: draftFiles(stepsFlow([{ id: 'What', type: 'What' }])) },
    ['unsupported-step'],
    'What',
  ],
  ['an adapter that there is not', { files: draftFiles(askingFlow('AS2')) }, ['unsupported-adapter'], 'Channel-Ask'],
  ['XML that is none', { files: draftFiles('<a><b></a>') }, ['broken-xml']],
  ['no flow', { files: { 'META-INF/MANIFEST.MF': draftFiles('')['META-INF/MANIFEST.MF'] } }, ['no-iflw', 'no-iflw']],
  ['a script that is broken, not compiled', { files: draftFiles(wholeFlow, { 'Mark.js': 'function (' }) }, []],
  [
    'a script that is broken',
    { files: draftFiles(wholeFlow, { 'Mark.js': 'function (' }), scripts: true },
    ['not-ready'],
    'Script',
  ],
]

for (const [what, body, codes, elementId] of cases) {
  test(`a check tells what is wrong: ${what}`, async () => {
    const found = diagnosticsOf(await tenant.administer('POST', path, body))
    assert.deepEqual(
      found.map(({ code }) => code),
      codes,
    )
    if (elementId === undefined) return
    assert.equal(found[0]?.at.elementId, elementId)
    assert.match(found[0]?.message ?? '', /^Expected |^SyntaxError: /)
  })
}

test('a check is about what is stored, configured and deployed, with the files that differ', async () => {
  const flow = stepsFlow([{ id: 'Script', type: 'JavaScript', properties: { script: '{{Script}}.js' } }])
  ok(
    await tenant.upload(
      await artifactZip('configured', flow, { 'script/A.js': good, 'parameters.prop': 'Script=\n' }),
      'configured',
    ),
  )
  const check = async (files: object) =>
    diagnosticsOf(await tenant.administer('POST', path, { id: 'configured', files }))
  assert.equal((await check({}))[0]?.severity, 'error')
  const parameter = `/api/v1/IntegrationDesigntimeArtifacts(Id='configured',Version='active')/$links/Configurations('Script')`
  ok(await tenant.administer('PUT', parameter, { ParameterValue: 'A' }))
  assert.deepEqual(await check({}), [])
  assert.deepEqual(
    (await check({ 'src/main/resources/script/A.js': null })).map(({ code }) => code),
    ['missing-resource'],
  )
})

test('only those who may edit are let in, to simulations if they may deploy, too, and not to what an access policy protects', async () => {
  const body = JSON.stringify({ id: 'guarded', files: {} })
  const send = async (target: string, headers: Record<string, string>) => {
    const json = { 'content-type': 'application/json', ...headers }
    return (await tenant.request(target, { method: 'POST', headers: json, body })).status
  }
  ok(await tenant.upload(await artifactZip('guarded', wholeFlow, { 'script/Mark.js': good }), 'guarded'))
  await tenant.createClient({ id: 'developer', subscription: 'devtmn' })
  await tenant.createClient({ id: 'reader', subscription: 'devtmn' })
  await tenant.assign('developer', 'AuthGroup.IntegrationDeveloper', 'devtmn')
  await tenant.assign('reader', 'AuthGroup.ReadOnly', 'devtmn')
  const developer = { authorization: `Bearer ${await tenant.token('developer')}` }
  const reader = { authorization: `Bearer ${await tenant.token('reader')}` }
  await tenant.createClient({ id: 'editor', subscription: 'devtmn' })
  for (const role of editorRoles) await tenant.assign('editor', role, 'devtmn')
  const editor = { authorization: `Bearer ${await tenant.token('editor')}` }
  const statuses = async (headers: Record<string, string>) => Promise.all(paths.map(each => send(each, headers)))
  assert.deepEqual(await statuses({}), [401, 401])
  assert.deepEqual(await statuses(reader), [403, 403])
  assert.deepEqual(await statuses(editor), [200, 403])
  assert.deepEqual(await statuses(developer), [200, 200])
  const reference = {
    Name: 'R',
    Type: 'INTEGRATION_FLOW',
    ConditionAttribute: 'ID',
    ConditionType: 'exactString',
    ConditionValue: 'guarded',
  }
  ok(await tenant.administer('POST', '/api/v1/AccessPolicies', { RoleName: 'Guards', ArtifactReferences: [reference] }))
  assert.deepEqual(await statuses(developer), [403, 403])
})

test('a page of another site cannot send a request', async () => {
  const { user, password } = tenant.server.admin
  const json = { 'content-type': 'application/json' }
  const session = await tenant.request('/api/session/v1', {
    method: 'POST',
    headers: json,
    body: JSON.stringify({ user, password }),
  })
  const cookie = session.headers.get('set-cookie')?.split(';')[0] ?? ''
  const token = session.headers.get('x-csrf-token') ?? ''
  for (const target of paths) {
    const send = async (headers: Record<string, string>) =>
      (await tenant.request(target, { method: 'POST', headers: { cookie, ...headers }, body: '{"files":{}}' })).status
    assert.equal(await send(json), 403)
    assert.equal(await send({ ...json, 'x-csrf-token': token }), 200)
    assert.equal(await send({ 'content-type': 'text/plain', 'x-csrf-token': token }), 415)
  }
})
