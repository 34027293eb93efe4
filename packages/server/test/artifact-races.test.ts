import assert from 'node:assert/strict'
import { after, before, describe, type TestContext, test } from 'node:test'
import { readArchive, writeArchive } from '../src/runtime/archive.ts'
import { danglingRows } from '../src/store/testing/dangling-rows.ts'
import { type Answer, flowZip, ok, Tenant } from './tenant.ts'

/*
 * Requests that reach a started server at the same time, over sockets. In which order they are sent, and how many turns of
 * the event loop lie between them, follows from the seed, which is printed; set SEED for another.
 */

const seed = Number(process.env.SEED ?? 1)

/** Whole numbers below `bound` that look random (mulberry32). */
function randomNumbers(start: number): (bound: number) => number {
  let state = start
  return bound => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound
  }
}

/** Some at once, others after up to as many turns of the event loop as a request takes. */
async function race<const T extends readonly (() => Promise<Answer>)[]>(
  requests: T,
  random: (bound: number) => number,
): Promise<{ [Index in keyof T]: Answer }> {
  const started = requests.map(async request => {
    for (let left = random(2) * random(400); left > 0; left--) await new Promise(resolve => setImmediate(resolve))
    return request()
  })
  return (await Promise.all(started)) as { [Index in keyof T]: Answer }
}

/** `examples/hello` as version 1.0.`number`; that the number is in three of its files shows whether it is whole. */
async function content(number: number): Promise<Uint8Array> {
  const zip = await flowZip({ body: `{{Greeting}} of the flow of ${number}` })
  const files = new Map(await readArchive(zip))
  const edit = (path: string, from: string, to: string) => {
    files.set(
      path,
      Buffer.from(
        Buffer.from(files.get(path) ?? [])
          .toString()
          .replace(from, to),
      ),
    )
  }
  edit('META-INF/MANIFEST.MF', 'Bundle-Version: 1.0.0', `Bundle-Version: 1.0.${number}`)
  edit('src/main/resources/parameters.prop', 'Greeting=Hello', `Greeting=Parameter of ${number}`)
  return writeArchive(files)
}

/** A value mapping with one value. */
async function valueMapping(id: string): Promise<Uint8Array> {
  const manifest = `Bundle-SymbolicName: ${id}\r\nBundle-Name: ${id}\r\nBundle-Version: 1.0.0\r\nSAP-BundleType: ValueMapping\r\n`
  const entry = (agency: string, schema: string) =>
    `<entry><agency>${agency}</agency><schema>${schema}</schema><value>0</value></entry>`
  return writeArchive(
    new Map([
      ['META-INF/MANIFEST.MF', Buffer.from(manifest)],
      [
        'value_mapping.xml',
        Buffer.from(`<vm version="2.0"><group id="1">${entry('A', 'x')}${entry('B', 'y')}</group></vm>`),
      ],
    ]),
  )
}

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')

describe('requests at the same time', () => {
  let tenant: Tenant
  let token: string
  const contents: Uint8Array[] = []
  const flow = "/api/v1/IntegrationDesigntimeArtifacts(Id='hello',Version='active')"
  const runtime = "/api/v1/IntegrationRuntimeArtifacts('hello')"

  const apiTokens = new Map<string, string>()
  const as = (user: string, method: string, path: string, json: unknown) => {
    const headers = { authorization: `Bearer ${apiTokens.get(user)}`, accept: 'application/json' }
    return tenant.request(path, { method, headers, body: JSON.stringify(json) })
  }
  const get = (path: string) => tenant.administer('GET', path)
  const d = async (path: string) => (JSON.parse(ok(await get(path)).text) as { d: Record<string, string> }).d
  const remove = (path: string) => tenant.administer('DELETE', path)
  const upload = (number: number) =>
    tenant.administer('PUT', flow, { ArtifactContent: base64(contents[number] as Uint8Array) })
  const deploy = () =>
    tenant.administer('POST', "/api/v1/DeployIntegrationDesigntimeArtifact?Id='hello'&Version='active'")
  const call = () => tenant.call('/hello', token)
  const statuses = (answers: readonly Answer[]) => answers.map(({ status }) => status)

  async function download(version = 'active'): Promise<Uint8Array> {
    const path = flow.replace('active', version)
    const response = await fetch(`${tenant.server.url}${path}/$value`, {
      headers: { authorization: tenant.server.admin.authorization },
    })
    return new Uint8Array(await response.arrayBuffer())
  }

  /** Runs `body` many times, each time from an artifact with the first content that is not deployed. */
  async function rounds(
    t: TestContext,
    count: number,
    body: (random: (bound: number) => number, round: number) => Promise<void>,
  ): Promise<void> {
    t.diagnostic(`SEED=${seed}`)
    for (let round = 0; round < count; round++) {
      await remove(runtime)
      await remove("/api/v1/IntegrationDesigntimeLocks('hello')")
      await remove(flow)
      await tenant.server.deployed()
      ok(await tenant.upload(contents[0] as Uint8Array))
      await body(randomNumbers(seed * 1_000 + round), round)
      await tenant.server.deployed()
    }
    assert.deepEqual(danglingRows(tenant.server.dataDirectory), [])
  }

  before(async () => {
    tenant = await Tenant.start()
    await tenant.createClient({ id: 'caller' })
    await tenant.assign('caller')
    token = await tenant.token('caller')
    for (const id of ['one', 'two']) {
      await tenant.createClient({ id, subscription: 'devtmn' })
      await tenant.assign(id, 'AuthGroup.IntegrationDeveloper', 'devtmn')
      apiTokens.set(id, await tenant.token(id))
    }
    for (const number of [0, 1, 2, 3]) contents.push(await content(number))
  })
  after(() => tenant.close())

  test('of uploads one wins, whole, and those that it overtook are told', async t => {
    let conflicts = 0
    await rounds(t, 25, async random => {
      const answers = await race(
        [1, 2, 3].map(number => () => upload(number)),
        random,
      )
      const winners = answers.flatMap(({ status }, index) => (status === 200 ? [index + 1] : []))
      const { Version } = await d(flow)
      const winner = winners.find(number => Version === `1.0.${number}`)
      assert.ok(winner, `${Version} of ${statuses(answers)}`)
      assert.deepEqual(await download(), new Uint8Array(contents[winner] as Uint8Array))
      for (const { status, text } of answers.filter(answer => answer.status !== 200)) {
        assert.equal(status, 409, text)
        assert.match(text, /as it was when this request began, found it changed by \\"admin\\" at .*repeat the change/)
        conflicts++
      }
    })
    assert.ok(conflicts > 0, 'no requests met')
  })

  test('every resource that was accepted is there', async t => {
    let conflicts = 0
    await rounds(t, 25, async random => {
      const names = ['a.js', 'b.js', 'c.js', 'd.js']
      const add = (Name: string) =>
        tenant.administer('POST', `${flow}/Resources`, {
          Name,
          ResourceType: 'js',
          ResourceContent: base64(Buffer.from(Name)),
        })
      const answers = await race(
        names.map(name => () => add(name)),
        random,
      )
      for (const { status, text } of answers) assert.ok(status === 201 || status === 409, text)
      conflicts += answers.filter(({ status }) => status === 409).length
      const files = await readArchive(await download())
      const kept = names.filter(name => files.has(`src/main/resources/script/${name}`))
      assert.deepEqual(
        kept,
        names.filter((_, index) => answers[index]?.status === 201),
      )
    })
    assert.ok(conflicts > 0, 'no requests met')
  })

  test('a configured value, a new content and a version do not undo each other', async t => {
    const seen = new Set<string>()
    await rounds(t, 25, async random => {
      const configure = (ParameterValue: string) =>
        tenant.administer('PUT', `${flow}/$links/Configurations('Greeting')`, { ParameterValue })
      const save = "/api/v1/IntegrationDesigntimeArtifactSaveAsVersion?Id='hello'&SaveAsVersion='9.9.9'"
      const answers = await race(
        [() => configure('x'), () => configure('y'), () => upload(1), () => tenant.administer('POST', save)],
        random,
      )
      const [x, y, uploaded, saved] = answers
      for (const { status, text } of answers) assert.ok([200, 202, 409].includes(status), text)
      seen.add(String(statuses(answers)))
      const { ParameterValue } = await d(`${flow}/Configurations('Greeting')`)
      const values = [x.status === 202 && 'x', y.status === 202 && 'y'].filter(Boolean)
      const { Version } = await d(flow)
      const ofContent = Version === '1.0.1' || (saved.status === 200 && uploaded.status === 200) ? 1 : 0
      if (values.length > 0) assert.ok(values.includes(ParameterValue ?? ''), `${ParameterValue} of ${values}`)
      else assert.match(ParameterValue ?? '', /^Parameter of [01]$/)
      assert.ok(uploaded.status === 200 || saved.status === 200, 'nobody won')
      if (saved.status === 200) {
        const text = Buffer.from(
          (await readArchive(await download('9.9.9'))).get('META-INF/MANIFEST.MF') ?? [],
        ).toString()
        assert.match(text, /Bundle-Version: 9\.9\.9\r?\n/)
      }
      if (saved.status !== 200) assert.deepEqual([Version, ofContent], ['1.0.1', 1])
    })
    assert.ok(seen.size > 1, [...seen].join('; '))
  })

  test('every value that was accepted for a value mapping is there', async t => {
    let conflicts = 0
    const mapping = "/api/v1/ValueMappingDesigntimeArtifacts(Id='codes',Version='active')"
    await rounds(t, 20, async random => {
      await remove(mapping)
      ok(
        await tenant.administer('POST', '/api/v1/ValueMappingDesigntimeArtifacts', {
          ...{ Id: 'codes', Name: 'Codes', PackageId: 'tests' },
          ArtifactContent: base64(await valueMapping('codes')),
        }),
      )
      const values = ['a', 'b', 'c', 'd']
      const schema = "Id='codes'&Version='active'&SrcAgency='A'&SrcId='x'&TgtAgency='B'&TgtId='y'&IsConfigured=false"
      const add = (value: string) =>
        tenant.administer('POST', `/api/v1/UpsertValMaps?${schema}&SrcValue='${value}'&TgtValue='${value}'`)
      const answers = await race(
        values.map(value => () => add(value)),
        random,
      )
      for (const { status, text } of answers) assert.ok(status < 300 || status === 409, text)
      conflicts += answers.filter(({ status }) => status === 409).length
      const path = `${mapping}/ValMapSchema(SrcAgency='A',SrcId='x',TgtAgency='B',TgtId='y')/ValMaps`
      const { results } = (
        JSON.parse(ok(await get(path)).text) as { d: { results: { Value: { SrcValue: string } }[] } }
      ).d
      const kept = values.filter((_, index) => (answers[index]?.status ?? 500) < 300)
      assert.deepEqual(results.map(({ Value }) => Value.SrcValue).sort(), ['0', ...kept])
    })
    assert.ok(conflicts > 0, 'no requests met')
  })

  test('of those who lock an artifact one does, and nobody else changes it from then on', async t => {
    const ends = new Set<string>()
    await rounds(t, 20, async random => {
      const lock = (user: string) => as(user, 'POST', '/api/v1/IntegrationDesigntimeLocks', { ArtifactId: 'hello' })
      const change = (user: string) => as(user, 'PUT', flow, { Name: user })
      const answers = await race(
        [() => lock('one'), () => lock('two'), () => change('one'), () => change('two')],
        random,
      )
      const [first, second] = answers
      assert.deepEqual(statuses([first, second]).sort(), [201, 423])
      const [holder, other] = first.status === 201 ? ['one', 'two'] : ['two', 'one']
      const { results } = (
        JSON.parse(ok(await get('/api/v1/IntegrationDesigntimeLocks')).text) as {
          d: { results: { CreatedBy: string }[] }
        }
      ).d
      assert.deepEqual(
        results.map(({ CreatedBy }) => CreatedBy),
        [`oauth_client_${holder}`],
      )
      assert.deepEqual([(await change(holder)).status, (await change(other)).status], [200, 423])
      ends.add(String(statuses(answers)))
    })
    assert.ok(ends.size > 1, [...ends].join('; '))
  })

  test('what is deployed while it is uploaded is one of the contents, whole', async t => {
    const deployed = new Set<string>()
    await rounds(t, 20, async random => {
      const answers = await race([() => upload(1), deploy, deploy], random)
      assert.deepEqual(statuses(answers), [200, 202, 202])
      await tenant.server.deployed()
      const { Version, Status } = await d(runtime)
      assert.equal(Status, 'STARTED')
      const number = Number(Version?.split('.')[2])
      assert.equal(ok(await call()).text, `Parameter of ${number} of the flow of ${number}`)
      deployed.add(Version ?? '')
    })
    assert.deepEqual([...deployed].sort(), ['1.0.0', '1.0.1'])
  })

  test('what is undeployed while it is deployed runs, or it does not: everything agrees', async t => {
    const ends = new Set<string>()
    await rounds(t, 40, async (random, round) => {
      const steps = round % 2 ? [deploy, () => remove(runtime)] : [deploy, () => remove(runtime), deploy]
      const answers = await race(steps, random)
      await tenant.server.deployed()
      for (const { status, text } of answers) assert.ok(status === 202 || status === 404, text)
      const row = await get(runtime)
      const { status } = await call()
      const tasks = await Promise.all(
        answers
          .filter(({ text }) => /^[\da-f-]{36}$/.test(text))
          .map(({ text }) => d(`/api/v1/BuildAndDeployStatus(TaskId='${text}')`)),
      )
      assert.deepEqual([row.status, status === 200 ? 200 : 404], [row.status, row.status])
      if (row.status === 200) {
        assert.equal((JSON.parse(row.text) as { d: { Status: string } }).d.Status, 'STARTED')
        assert.ok(tasks.some(({ Status }) => Status === 'SUCCESS'))
      }
      assert.ok(tasks.every(({ Status }) => Status !== 'DEPLOYING'))
      ends.add(`${row.status} ${tasks.map(({ Status }) => Status)}`)
    })
    assert.ok(ends.size > 2, [...ends].join('; '))
  })

  test('a deleted artifact is gone, whatever reaches it meanwhile', async t => {
    await rounds(t, 20, async random => {
      const answers = await race([() => remove(flow), () => upload(1), deploy, () => upload(2)], random)
      const [deleted, first, deployed, second] = answers
      assert.equal(deleted.status, 200)
      for (const { status, text } of [first, second]) assert.ok([200, 404, 409].includes(status), text)
      assert.ok([202, 404].includes(deployed.status), deployed.text)
      assert.equal((await get(flow)).status, 404)
      await tenant.server.deployed()
      assert.equal((await call()).status, deployed.status === 202 ? 200 : 404)
    })
  })

  test('an artifact is created in a package, or the package is gone', async t => {
    const ends = new Set<string>()
    await rounds(t, 20, async random => {
      const pack = "/api/v1/IntegrationPackages('racing')"
      ok(await tenant.administer('POST', '/api/v1/IntegrationPackages', { Id: 'racing', Name: 'R', ShortText: 'R' }))
      const body = {
        Id: 'other',
        Name: 'O',
        PackageId: 'racing',
        ArtifactContent: base64(await flowZip({ id: 'other' })),
      }
      const create = () => tenant.administer('POST', '/api/v1/IntegrationDesigntimeArtifacts', body)
      const [created, again, deleted] = await race([create, create, () => remove(pack)], random)
      assert.equal(deleted.status, 202)
      for (const { status, text } of [created, again]) assert.ok([201, 400, 409].includes(status), text)
      assert.equal((await get(flow.replace('hello', 'other'))).status, 404)
      ends.add(String(statuses([created, again]).sort()))
    })
    assert.ok(ends.size > 1, [...ends].join('; '))
  })
})
