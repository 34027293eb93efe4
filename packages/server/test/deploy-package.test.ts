import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { commands } from '../src/cli/index.ts'
import { runLine } from '../src/cli/line/run-line.ts'
import { writeArchive } from '../src/runtime/archive.ts'
import { TestTerminal } from '../src/testing/index.ts'
import { flowZip, Tenant } from './tenant.ts'

async function sluice(line: readonly string[], env: Record<string, string>) {
  const terminal = new TestTerminal(env)
  const code = await runLine(commands, line, terminal)
  return { code, out: terminal.printed, err: terminal.printedErrors }
}

test('deploys a package, first what its flows refer to, and one artifact of it', async t => {
  const tenant = await Tenant.start()
  t.after(() => tenant.close())
  const directory = await mkdtemp(join(tmpdir(), 'sluice-deploy-'))
  t.after(() => rm(directory, { recursive: true }))
  const url = { SLUICE_URL: tenant.server.url }
  const admin = { ...url, SLUICE_ADMIN_PASSWORD: tenant.server.admin.password }
  const path = join(directory, 'greetings.zip')
  await writeFile(path, await scriptedPackage())
  const deployed = await sluice(['deploy', path], admin)
  assert.deepEqual(deployed, {
    code: 1,
    out: `Deployed Shared\nDeployed greet\n${tenant.server.url}/http/greet\n2 of 3 artifacts deployed\n`,
    err: deployed.err,
  })
  assert.match(deployed.err, /^sluice: lost did not start\n {2}Expected the ScriptCollection "Away", found none/)
  const { text } = await tenant.administer('GET', "/api/v1/IntegrationPackages('greetings')?$format=json")
  assert.equal(JSON.parse(text).d.Name, 'Greetings')
  const misplaced = await sluice(['deploy', path, '--package', 'other'], admin)
  assert.equal(misplaced.code, 2)
  assert.match(misplaced.err, /--package with a single artifact, found a package, which has its own ID/)
  await tenant.createClient({ id: 'greeter' })
  await tenant.assign('greeter')
  const answer = await sluice(['call', '/greet'], {
    ...url,
    SLUICE_CLIENT_ID: 'greeter',
    SLUICE_CLIENT_SECRET: 'secret of greeter',
  })
  assert.equal(answer.out, 'Hello from a collection', answer.err)

  const again = JSON.parse((await sluice(['deploy', `${path}#Greet`, '--json'], admin)).out)
  assert.deepEqual(again, { id: 'greet', deployed: true, endpoints: [`${tenant.server.url}/http/greet`] })
  const status = JSON.parse((await sluice(['deploy', path, '--json'], admin)).out)
  assert.deepEqual(
    status.deployments.map(({ id, deployed: ok }: { id: string; deployed: boolean }) => [id, ok]),
    [
      ['Shared', true],
      ['greet', true],
      ['lost', false],
    ],
  )
})

/** A script collection, a flow that calls it, and a flow that calls another. */
async function scriptedPackage(): Promise<Uint8Array> {
  const calling = (collection: string) =>
    [
      ['cname::Enricher', 'cname::JavaScript'],
      [
        '<key>bodyType</key>',
        `<key>script</key><value>Greet.js</value></ifl:property><ifl:property><key>scriptBundleId</key><value>${collection}</value></ifl:property><ifl:property><key>bodyType</key>`,
      ],
    ] as const
  const shared = new Map([
    [
      'META-INF/MANIFEST.MF',
      Buffer.from('Bundle-SymbolicName: Shared\r\nBundle-Name: S\r\nSAP-BundleType: ScriptCollection\r\n'),
    ],
    [
      'src/main/resources/script/Greet.js',
      Buffer.from('function processData(message) { message.setBody("Hello from a collection"); return message; }'),
    ],
  ])
  const resources = [
    { id: 'f', resourceType: 'IFlow', displayName: 'Greet' },
    { id: 'l', resourceType: 'IFlow', displayName: 'Lost' },
    { id: 's', resourceType: 'ScriptCollection', displayName: 'Scripts' },
    { id: 'p', resourceType: 'ContentPackage', displayName: 'Greetings', uniqueId: 'greetings' },
  ]
  return writeArchive(
    new Map([
      ['resources.cnt', Buffer.from(Buffer.from(JSON.stringify({ resources })).toString('base64'))],
      ['f_content', await flowZip({ id: 'greet', address: '/greet', replace: calling('Shared') })],
      ['l_content', await flowZip({ id: 'lost', address: '/lost', replace: calling('Away') })],
      ['s_content', await writeArchive(shared)],
    ]),
  )
}
