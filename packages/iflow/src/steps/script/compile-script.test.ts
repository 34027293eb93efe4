import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Bundle, openBundle, type Plan, prepareFlow, type ScriptProgram } from '@sluice/iflow'
import { compileSource, fakePorts, flowText, message, runFlow } from '@sluice/iflow/testing'

const encoder = new TextEncoder()

/** A flow with these script steps, one after the other. */
function flowOf(steps: readonly Readonly<Record<string, string>>[], type = 'GroovyScript'): string {
  const nodes = steps.map((properties, index) => ({ id: `Script${index}`, type, properties }))
  const path = ['Start', ...nodes.map(({ id }) => id), 'End']
  const flows = path.slice(1).map((to, index) => ({ from: path[index] ?? '', to }))
  const start = { id: 'Start', type: 'MessageStartEvent' }
  const end = { id: 'End', type: 'MessageEndEvent' }
  return flowText({ processes: [{ id: 'Main', nodes: [start, ...nodes, end], flows }] })
}

function collection(id: string, files: Readonly<Record<string, string>>, type = 'ScriptCollection'): Bundle {
  const manifest = `Manifest-Version: 1.0\nBundle-SymbolicName: ${id}\nBundle-Name: ${id}\nBundle-Version: 1.0.0\nSAP-BundleType: ${type}\n`
  const all = Object.entries({ 'META-INF/MANIFEST.MF': manifest, ...files })
  const { bundle } = openBundle(new Map(all.map(([path, text]) => [path, encoder.encode(text)])))
  assert.ok(bundle)
  return bundle
}

/** What the flow has made ready before it starts. */
async function programsOf(plan: Plan): Promise<readonly ScriptProgram[]> {
  const prepared: ScriptProgram[] = []
  const ports = fakePorts()
  const prepare = async (program: ScriptProgram) => {
    prepared.push(program)
    return []
  }
  assert.deepEqual(await prepareFlow(plan, { ...ports, scripts: { ...ports.scripts, prepare } }), [])
  return prepared
}

const shared = collection('Shared', {
  'src/main/resources/script/Log.gsh': 'log',
  'src/main/resources/script/Helper.groovy': 'class Helper {}',
  'src/main/resources/lib/codec.jar': 'jar',
})
const artifacts = new Map([['Shared', shared]])

test('a program comes with the scripts and archives of the artifact that it is in', async () => {
  const source = flowOf([{ script: 'Log.gsh', scriptFunction: 'log', scriptBundleId: 'Shared' }])
  const { plan } = await compileSource(source, { artifacts, resources: { 'script/Other.groovy': 'other' } })
  assert.ok(plan)
  const [program] = await programsOf(plan)
  assert.deepEqual([program?.language, program?.file, program?.source], ['groovy', 'script/Log.gsh', 'log'])
  assert.deepEqual([...(program?.scripts.keys() ?? [])], ['script/Log.gsh', 'script/Helper.groovy'])
  assert.deepEqual([...(program?.libraries.keys() ?? [])], ['lib/codec.jar'])
})

test('steps of a flow share the program of a file, flows do not', async () => {
  const prepared: ScriptProgram[] = []
  for (const script of ['Log.gsh', '/script/Log.gsh']) {
    const properties = { script, scriptBundleId: 'Shared' }
    const { plan } = await compileSource(flowOf([properties, { ...properties, scriptFunction: 'other' }]), {
      artifacts,
    })
    assert.ok(plan)
    prepared.push(...(await programsOf(plan)))
  }
  assert.equal(prepared.length, 4)
  assert.equal(new Set(prepared).size, 2)
})

test('what a script does to the message is there after the step', async () => {
  const { result } = await runFlow(flowOf([{ script: 'A.js' }], 'JavaScript'), {
    resources: { 'script/A.js': 'x' },
    message: message({ body: 'b' }),
    ports: fakePorts({ scripts: { 'script/A.js#processData': ({ headers }) => void headers.set('Seen', 'yes') } }),
  })
  assert.deepEqual([result.exchange.headers.get('Seen'), result.exchange.body.text()], ['yes', 'b'])
})

const refused = [
  { title: 'no file', properties: { script: 'Away.groovy' }, code: 'missing-resource', found: 'script/Away.groovy' },
  { title: 'an empty name of a file', properties: { script: '' }, code: 'invalid-value', found: '"script"' },
  {
    title: 'no collection',
    properties: { script: 'Log.gsh', scriptBundleId: 'Away' },
    code: 'missing-artifact',
    found: 'ScriptCollection "Away"',
  },
  {
    title: 'no file in the collection',
    properties: { script: 'Away.gsh', scriptBundleId: 'Shared' },
    code: 'missing-resource',
    found: 'script collection "Shared"',
  },
  {
    title: 'another kind of artifact',
    properties: { script: 'Log.gsh', scriptBundleId: 'Mapping' },
    code: 'missing-artifact',
    found: 'of type MessageMapping',
  },
]
for (const { title, properties, code, found } of refused) {
  test(`refused: ${title}`, async () => {
    const others = new Map(artifacts).set('Mapping', collection('Mapping', {}, 'MessageMapping'))
    const { diagnostics } = await compileSource(flowOf([properties]), { artifacts: others })
    const errors = diagnostics.filter(({ severity }) => severity === 'error')
    assert.deepEqual(
      errors.map(error => [error.code, error.at.elementId]),
      [[code, 'Script0']],
    )
    assert.ok(errors[0]?.message.includes(found), errors[0]?.message)
  })
}

test('a program that cannot be made ready keeps the flow from starting, once for each step', async () => {
  const { plan } = await compileSource(flowOf([{ script: 'A.groovy' }]), { resources: { 'script/A.groovy': 'x' } })
  assert.ok(plan)
  const ports = fakePorts()
  const scripts = { ...ports.scripts, prepare: async () => ['Expected a function, found "}" (script/A.groovy:1).'] }
  const [problem] = await prepareFlow(plan, { ...ports, scripts })
  assert.deepEqual([problem?.code, problem?.at.elementId], ['not-ready', 'Script0'])
})
