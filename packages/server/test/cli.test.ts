import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { commands } from '../src/cli/index.ts'
import { runLine } from '../src/cli/line/run-line.ts'
import { readArchive, writeArchive } from '../src/runtime/archive.ts'
import { TestTerminal } from '../src/testing/index.ts'
import { flowZip, Tenant } from './tenant.ts'

const helloFolder = fileURLToPath(new URL('../../../examples/hello', import.meta.url))

interface Outcome {
  readonly code: number
  readonly out: string
  readonly err: string
}

async function sluice(line: readonly string[], env: Record<string, string> = {}, input = ''): Promise<Outcome> {
  const terminal = new TestTerminal(env, input)
  const code = await runLine(commands, line, terminal)
  return { code, out: terminal.printed, err: terminal.printedErrors }
}

describe('the command line against a server', () => {
  let tenant: Tenant
  let directory: string
  let admin: Record<string, string>
  before(async () => {
    tenant = await Tenant.start()
    directory = await mkdtemp(join(tmpdir(), 'sluice-cli-'))
    admin = { SLUICE_URL: tenant.server.url, SLUICE_ADMIN_PASSWORD: tenant.server.admin.password }
  })
  after(async () => {
    await tenant.close()
    await rm(directory, { recursive: true })
  })

  const client = (id: string, secret: string) => ({
    SLUICE_URL: tenant.server.url,
    SLUICE_CLIENT_ID: id,
    SLUICE_CLIENT_SECRET: secret,
  })

  test('goes through the scenario', async () => {
    const created = await sluice(['client', 'create', 'Hello', '--id', 'hello', '--token-lifetime', '90m'], admin)
    assert.equal(created.code, 0, created.err)
    const secret = /^Secret +(\S+)/m.exec(created.out)?.[1] ?? ''
    assert.ok(secret.length >= 20)
    assert.ok(!created.err.includes(secret))
    assert.match(created.err, /Next: sluice role assign oauth_client_hello ESBMessaging\.send/)

    const deployed = await sluice(['deploy', helloFolder], admin)
    assert.deepEqual(deployed, { code: 0, out: `Deployed hello\n${tenant.server.url}/http/hello\n`, err: '' })

    const refused = await sluice(['call', '/hello'], client('hello', secret))
    assert.equal(refused.code, 1)
    assert.match(refused.err, /HTTP 403.*\n.*sluice role assign oauth_client_hello ESBMessaging\.send/)

    const assigned = await sluice(['role', 'assign', 'oauth_client_hello', 'ESBMessaging.send'], admin)
    assert.match(assigned.out, /oauth_client_hello has role ESBMessaging\.send of application deviflmap/)

    const called = await sluice(['call', 'hello'], client('hello', secret))
    assert.deepEqual([called.code, called.out], [0, 'Hello, world!'])
    const message = /HTTP 200 OK, message (\S+)/.exec(called.err)?.[1] ?? ''

    const logs = await sluice(['logs', '--flow', 'hello', '--status', 'COMPLETED'], admin)
    assert.match(logs.out, new RegExp(`COMPLETED +${message} +hello +\\d+ ms\\n$`))
    const one = JSON.parse((await sluice(['logs', message, '--json'], admin)).out)
    assert.deepEqual([one.message, one.status, one.error], [message, 'COMPLETED', null])

    const token = await sluice(['token', '--format', 'jwt'], client('hello', secret))
    assert.match(token.out, /^[\w-]+\.[\w-]+\.[\w-]+\n$/)
    const opaque = JSON.parse((await sluice(['token', '--json'], client('hello', secret))).out)
    assert.equal(opaque.expires_in, 90 * 60)

    assert.match((await sluice(['status'], admin)).out, /^hello +1\.0\.0 +STARTED .*\/http\/hello$/m)
    assert.equal((await sluice(['undeploy', 'hello'], admin)).code, 0)
    const gone = await sluice(['undeploy', 'hello'], admin)
    assert.deepEqual([gone.code, /"sluice status" lists/.test(gone.err)], [1, true])
    assert.match((await sluice(['call', '/hello'], client('hello', secret))).err, /HTTP 404[\s\S]*sluice status/)
    assert.equal((await sluice(['client', 'delete', 'hello'], admin)).code, 0)
  })

  test('sends a body and headers, and shows the answer as JSON', async () => {
    await tenant.createClient({ id: 'sender' })
    await tenant.assign('sender')
    await tenant.deploy(await flowZip({ id: 'echo', address: '/echo', body: '' }), 'echo')
    const file = join(directory, 'body.txt')
    await writeFile(file, 'from a file')
    const cases: [given: string, input: string, expected: string][] = [
      ['text itself', '', 'text itself'],
      [`@${file}`, '', 'from a file'],
      ['@-', 'piped', 'piped'],
    ]
    for (const [given, input, expected] of cases) {
      const line = ['call', '/http/echo', '--body', given, '-H', 'Accept: text/plain', '--json']
      const { code, out } = await sluice(line, client('sender', 'secret of sender'), input)
      const { status, body } = JSON.parse(out)
      assert.deepEqual([code, status, body], [0, 200, expected])
    }
  })

  test('replaces a flow by deploying again, and names every reason when it does not start', async () => {
    const zip = join(directory, 'again.zip')
    await writeFile(zip, await flowZip({ id: 'again', address: '/again', body: 'first' }))
    const first = JSON.parse((await sluice(['deploy', zip, '--package', 'mine', '--json'], admin)).out)
    assert.deepEqual(first, { id: 'again', deployed: true, endpoints: [`${tenant.server.url}/http/again`] })
    await writeFile(
      zip,
      await flowZip({ id: 'again', address: 'no slash', replace: [['cname::Enricher', 'cname::Unheard']] }),
    )
    const second = await sluice(['deploy', zip], admin)
    assert.equal(second.code, 1)
    assert.match(second.err, /again did not start\n {2}.*no slash/)
    const status = await sluice(['status', 'again', '--json'], admin)
    assert.equal(status.code, 1)
    assert.ok(JSON.parse(status.out).errors.length > 0)
    const packages = await tenant.administer('GET', "/api/v1/IntegrationPackages('mine')")
    assert.equal(packages.status, 200)
  })

  test('lists clients and roles, and takes a role away', async () => {
    await tenant.createClient({ id: 'listed' })
    await tenant.assign('listed')
    assert.match((await sluice(['client', 'list'], admin)).out, /^listed +listed +application +deviflmap/m)
    assert.match((await sluice(['role', 'list'], admin)).out, /ESBMessaging\.send +PREDEFINED +.*oauth_client_listed/)
    const roles = JSON.parse((await sluice(['role', 'list', 'OAUTH_CLIENT_LISTED', '--json'], admin)).out)
    assert.deepEqual(roles, { roles: [{ application: 'deviflmap', role: 'ESBMessaging.send', type: 'PREDEFINED' }] })
    assert.equal((await sluice(['role', 'unassign', 'oauth_client_listed', 'ESBMessaging.send'], admin)).code, 0)
    assert.match((await sluice(['role', 'list', 'oauth_client_listed'], admin)).err, /has no roles/)
    const line = ['role', 'assign', 'oauth_client_listed', 'AuthGroup.ReadOnly', '--application', 'tmn', '--json']
    assert.equal(JSON.parse((await sluice(line, admin)).out).application, 'devtmn')
  })

  test('registers a platform client for the administration APIs', async () => {
    const line = ['client', 'create', 'auditor', '--platform', '--scope', 'readAuthorizationSettings', '--json']
    const { id, secret } = JSON.parse((await sluice(line, admin)).out)
    const answer = await tenant.request('/oauth2/apitoken/v1?grant_type=client_credentials', {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(`${id}:${secret}`)}` },
    })
    assert.equal(JSON.parse(answer.text).scope, 'hcp.readAuthorizationSettings')
  })

  test('traces the messages of a flow while its log level is TRACE', async () => {
    await tenant.createClient({ id: 'traced' })
    await tenant.assign('traced')
    await tenant.deploy(await flowZip({ id: 'traced', address: '/traced' }), 'traced')
    const call = async () => {
      const { err } = await sluice(['call', '/traced'], client('traced', 'secret of traced'))
      return /message (\S+)/.exec(err)?.[1] ?? err
    }
    const before = await call()
    assert.match((await sluice(['logs', before, '--trace'], admin)).err, /found none; "sluice log-level/)
    assert.equal((await sluice(['log-level', 'traced'], admin)).out, 'traced: INFO\n')
    assert.equal((await sluice(['log-level', 'traced', 'trace'], admin)).out, 'traced: TRACE\n')
    assert.match((await sluice(['log-level', 'nobody', 'TRACE'], admin)).err, /found none with ID "nobody"/)
    const message = await call()
    const { out, err } = await sluice(['logs', message, '--trace'], admin)
    assert.match(out, /Set greeting \(CallActivity_1\).*\n {3}\+header Content-Type: text\/plain/, err)
    const { steps } = JSON.parse((await sluice(['logs', message, '--trace', '--json'], admin)).out)
    assert.deepEqual(
      steps.map((step: { elementId: string }) => step.elementId),
      ['StartEvent_1', 'CallActivity_1', 'EndEvent_1'],
    )
  })

  test('follows messages until Ctrl+C', async () => {
    await tenant.createClient({ id: 'follower' })
    await tenant.assign('follower')
    await tenant.deploy(await flowZip({ id: 'followed', address: '/followed' }), 'followed')
    const terminal = new TestTerminal(admin)
    const following = runLine(commands, ['logs', '--follow', '--flow', 'followed', '--json'], terminal)
    await tenant.call('/followed', await tenant.token('follower'))
    await terminal.firstOutput
    terminal.interrupt()
    assert.ok([0, 130].includes(await following))
    assert.equal(JSON.parse(terminal.printed.split('\n')[0] ?? '').flow, 'followed')
  })

  const refusals: [what: string, line: string[], env: Record<string, string>, code: number, message: RegExp][] = [
    ['no server', ['status'], { SLUICE_URL: 'http://127.0.0.1:1', SLUICE_ADMIN_PASSWORD: 'x' }, 1, /npm start/],
    ['no URL', ['status'], { SLUICE_URL: 'localhost', SLUICE_ADMIN_PASSWORD: 'x' }, 1, /SLUICE_URL to be a URL/],
    ['no password', ['status'], { SLUICE_ADMIN_PASSWORD: '' }, 2, /SLUICE_ADMIN_PASSWORD or --password/],
    ['a wrong password', ['client', 'list'], { SLUICE_ADMIN_PASSWORD: 'wrong' }, 1, /SLUICE_ADMIN_PASSWORD/],
    ['a wrong password for a write', ['undeploy', 'x'], { SLUICE_ADMIN_PASSWORD: 'wrong' }, 1, /SLUICE_ADMIN_PASSWORD/],
    ['no client', ['token'], {}, 2, /SLUICE_CLIENT_ID or --client-id/],
    ['no secret', ['token', '--client-id', 'x'], {}, 2, /SLUICE_CLIENT_SECRET/],
    ['a wrong secret', ['token', '--client-id', 'x', '--client-secret', 'y'], {}, 1, /client "x" not accepted/],
    ['an unknown role', ['role', 'assign', 'u', 'ESBMessaging.Send'], {}, 1, /"ESBMessaging\.send".*case-sensitive/],
    ['an unknown application', ['role', 'list', '--application', 'x'], {}, 1, /"deviflmap", "devtmn"/],
    ['an unknown message', ['logs', 'AAAA'], {}, 1, /found none with ID "AAAA"/],
    ['an unknown flow', ['status', 'nothing'], {}, 1, /found none with ID "nothing"/],
    ['a file that is not there', ['deploy', '/nowhere.zip'], {}, 1, /ENOENT/],
    ['a folder that is no artifact', ['deploy', fileURLToPath(new URL('.', import.meta.url))], {}, 1, /MANIFEST\.MF/],
    ['an over-long lifetime', ['client', 'create', 'x', '--token-lifetime', '181d'], {}, 1, /180/],
    ['a lifetime of no unit', ['client', 'create', 'x', '--token-lifetime', '10'], {}, 2, /12h, found "10"/],
  ]
  for (const [what, line, env, code, message] of refusals) {
    test(`says what to do about ${what}`, async () => {
      const outcome = await sluice(line, { ...admin, ...env })
      assert.equal(outcome.code, code, outcome.err)
      assert.match(outcome.err, message)
      assert.equal(outcome.out, '')
    })
  }
})

describe('the command line without a server', () => {
  let directory: string
  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'sluice-cli-'))
  })
  after(() => rm(directory, { recursive: true }))

  const artifact = async (name: string, variant: Parameters<typeof flowZip>[0]): Promise<string> => {
    const path = join(directory, `${name}.zip`)
    await writeFile(path, await flowZip({ id: name, ...variant }))
    return path
  }

  test('check says which flows are supported and why others are not', async () => {
    const broken = await artifact('broken', {
      replace: [
        ['cname::Enricher', 'cname::Unheard'],
        ['>Enricher<', '>Unheard<'],
      ],
    })
    const { code, out } = await sluice(['check', helloFolder, broken])
    assert.equal(code, 1)
    assert.match(out, /^hello \(.*\): supported$/m)
    assert.match(
      out,
      /^broken \(.*\): not supported\n {2}error \[unsupported-step\] "Set greeting" \(CallActivity_1\), .*hello\.iflw:\d+: Expected/m,
    )
    assert.match(out, /1 of 2 flows supported\n$/)
    const report = JSON.parse((await sluice(['check', '--json', helloFolder, broken])).out)
    assert.deepEqual(
      [report.total, report.supported, report.flows[1].diagnostics[0].at.elementId],
      [2, 1, 'CallActivity_1'],
    )
    assert.equal((await sluice(['check', helloFolder])).code, 0)
    assert.equal((await sluice(['check', '/nowhere'])).code, 1)
  })

  test('check takes script collections of the same package, and of all paths, as deployed', async () => {
    const replace = [
      ['cname::Enricher', 'cname::GroovyScript'],
      [
        '<key>bodyType</key>',
        '<key>script</key><value>Log.gsh</value></ifl:property><ifl:property><key>scriptBundleId</key><value>Shared</value></ifl:property><ifl:property><key>bodyType</key>',
      ],
    ] as const
    const shared = await writeArchive(
      new Map([
        [
          'META-INF/MANIFEST.MF',
          Buffer.from('Bundle-SymbolicName: Shared\r\nBundle-Name: S\r\nSAP-BundleType: ScriptCollection\r\n'),
        ],
        ['src/main/resources/script/Log.gsh', Buffer.from('')],
      ]),
    )
    const resources = [
      { id: 'f', resourceType: 'IFlow', displayName: 'Flow' },
      { id: 's', resourceType: 'ScriptCollection', displayName: 'Scripts' },
    ]
    const index = Buffer.from(JSON.stringify({ resources })).toString('base64')
    const packaged = join(directory, 'package.zip')
    await writeFile(
      packaged,
      await writeArchive(
        new Map([
          ['resources.cnt', Buffer.from(index)],
          ['f_content', await flowZip({ id: 'f', replace })],
          ['s_content', shared],
        ]),
      ),
    )
    const scripts = join(directory, 'scripts.zip')
    await writeFile(scripts, shared)
    const flow = await artifact('flow', { replace })
    const report = JSON.parse((await sluice(['check', '--json', packaged])).out)
    assert.deepEqual(
      [report.supported, report.others],
      [1, [{ source: `${packaged}: Scripts`, type: 'ScriptCollection' }]],
    )
    assert.equal((await sluice(['check', flow, scripts])).code, 0)
    const alone = await sluice(['check', flow])
    assert.equal(alone.code, 1)
    assert.match(alone.out, /\[missing-artifact\].*"Shared", found none: deploy it first/)
  })

  test('check can leave out adapters that are still to come', async () => {
    const path = await artifact('elsewhere', { replace: [['<value>HTTPS</value>', '<value>Telex</value>']] })
    const { code, out } = await sluice(['check', path])
    assert.equal(code, 1)
    assert.match(out, /\[unsupported-adapter\].*found Telex \(sender\)/)
    const mocked = await sluice(['check', '--mock-adapters', path])
    assert.equal(mocked.code, 0)
    assert.match(mocked.out, /^elsewhere \(.*\): supported, with mocks of Telex \(sender\)$/m)
  })

  test('check compiles scripts when it is told to, and says so when it is not', async () => {
    const path = await artifact('scripted', {
      replace: [
        ['cname::Enricher', 'cname::JavaScript'],
        [
          '<key>bodyType</key>',
          '<key>script</key><value>Log.js</value></ifl:property><ifl:property><key>bodyType</key>',
        ],
      ],
    })
    const files = new Map(await readArchive(await readFile(path)))
    files.set('src/main/resources/script/Log.js', Buffer.from('function processData(message) {'))
    await writeFile(path, await writeArchive(files))
    const without = await sluice(['check', path])
    assert.deepEqual(
      [without.code, without.err],
      [0, 'Scripts and stylesheets were not compiled; --scripts does that.\n'],
    )
    const compiled = await sluice(['check', '--scripts', path])
    assert.equal(compiled.code, 1)
    assert.match(compiled.out, /error \[not-ready\] "Set greeting" .*script\/Log\.js/)
    assert.equal(compiled.err, '')
  })

  test('check tells flows that lack values of parameters from flows that are not supported', async () => {
    const path = await artifact('unset', { address: '{{Address}}', body: '{{Unknown}}' })
    const files = new Map(await readArchive(await readFile(path)))
    files.set('src/main/resources/parameters.prop', Buffer.from('Address=<Define>\n'))
    await writeFile(path, await writeArchive(files))
    const { code, out } = await sluice(['check', path, helloFolder])
    assert.equal(code, 0)
    assert.match(out, /^unset \(.*\): supported, needs values for Address, Unknown$/m)
    assert.match(out, /found "<Define>": configure parameter "Address"\.$/m)
    assert.match(out, /2 of 2 flows supported, 1 of them once they are configured\n$/)
    assert.deepEqual(JSON.parse((await sluice(['check', '--json', path])).out).flows[0].needsValues, [
      'Address',
      'Unknown',
    ])
  })

  test('run prints the message that the flow leaves', async () => {
    const plain = await sluice(['run', helloFolder])
    assert.deepEqual([plain.code, plain.out], [0, 'Hello, world!'])
    assert.match(plain.err, /^\nCOMPLETED\n[\s\S]*Content-Type: text\/plain; charset=utf-8\n/)
    const configured = await sluice(['run', helloFolder, '--parameter', 'Greeting=Moin', '--json'])
    assert.deepEqual(
      [JSON.parse(configured.out).body, JSON.parse(configured.out).status],
      ['Moin, world!', 'COMPLETED'],
    )
  })

  test('run gives the flow its body, headers and properties, and traces the steps', async () => {
    const path = await artifact('given', {
      body: '$' + '{header.who} $' + '{property.why} $' + '{in.body}',
      replace: [['<value>constant</value>', '<value>expression</value>']],
    })
    const line = ['run', path, '-H', 'who=me', '--property', 'why=because', '--body', '@-', '--trace']
    const { code, out, err } = await sluice(line, {}, 'input')
    assert.deepEqual([code, out], [0, 'me because input'])
    assert.match(
      err,
      /1 {2}Start \(StartEvent_1\) .*ms\n2 {2}Set greeting .*ms\n {3}\+header Content-Type: text\/plain.*\n {3}body\n {5}-input\n {5}\+me because input\n3 {2}End/,
    )
    const traced = JSON.parse((await sluice([...line, '--json'], {}, 'input')).out)
    assert.equal(traced.trace.length, 6)
  })

  test('run refuses what cannot run, and exits with 1', async () => {
    const broken = await artifact('unheard', {
      replace: [
        ['cname::Enricher', 'cname::Unheard'],
        ['>Enricher<', '>Unheard<'],
      ],
    })
    const cases: [line: string[], message: RegExp][] = [
      [[broken], /found problems:\n {2}.*unheard\.zip: .*Set greeting/],
      [[helloFolder, '--process', 'Process_9'], /processes Process_1 \("Integration Process"\), found "Process_9"/],
      [['/nowhere'], /ENOENT/],
      [[helloFolder, broken], /unheard\.zip/],
    ]
    for (const [line, message] of cases) {
      const { code, err } = await sluice(['run', ...line])
      assert.equal(code, 1)
      assert.match(err, message)
    }
  })
})
