import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { readArchive } from '../src/runtime/archive.ts'
import { startTestServer } from '../src/testing/index.ts'
import { flowZip, Tenant } from './tenant.ts'

const commands = 'com.sap.it.op.tmn.commands.dashboard.webui.'

describe('log levels', () => {
  let tenant: Tenant
  let token: string
  let api: string
  before(async () => {
    tenant = await Tenant.start()
    await tenant.createClient({ id: 'caller' })
    await tenant.assign('caller')
    token = await tenant.token('caller')
    await tenant.createClient({ id: 'tool', subscription: 'devtmn' })
    for (const role of ['AuthGroup.IntegrationDeveloper', 'AuthGroup.BusinessExpert']) {
      await tenant.assign('tool', role, 'devtmn')
    }
    api = await tenant.token('tool')
    await tenant.deploy(await flowZip({ id: 'levelled', address: '/levelled' }), 'levelled')
  })
  after(() => tenant.close())

  const asTool = (path: string, init: RequestInit = {}) =>
    tenant.request(path, { ...init, headers: { authorization: `Bearer ${api}`, ...init.headers } })
  const setLevel = (level: string, flow = 'levelled', prefix = '/itspaces/Operations/') =>
    asTool(`${prefix}${commands}IntegrationComponentSetMplLogLevelCommand`, {
      method: 'POST',
      headers: { 'content-type': 'application/json;charset=UTF-8' },
      body: JSON.stringify({
        artifactSymbolicName: flow,
        mplLogLevel: level,
        nodeType: 'IFLMAP',
        runtimeLocationId: 'cloudintegration',
      }),
    })
  const results = async (path: string) => {
    const answer = await asTool(`/api/v1/${path}`, { headers: { accept: 'application/json' } })
    assert.equal(answer.status, 200, answer.text)
    return JSON.parse(answer.text).d.results
  }
  const detail = async () => {
    const path = `/Operations/${commands}IntegrationComponentDetailCommand?artifactId=levelled`
    return JSON.parse((await asTool(path, { headers: { accept: 'application/json' } })).text)
  }
  /** Calls the flow and returns the ID of the message. */
  async function call(): Promise<string> {
    const { status, headers } = await tenant.call('/levelled', token)
    assert.equal(status, 200)
    return headers.get('sap_messageprocessinglogid') ?? ''
  }
  const logged = async (guid: string) =>
    (await results(`MessageProcessingLogs?$filter=MessageGuid eq '${guid}'`)).length

  test('decide whether a message that completes is logged, and what is known of its steps', async () => {
    const cases = [
      ['INFO', 1, 0, 0],
      ['ERROR', 0, 0, 0],
      ['NONE', 0, 0, 0],
      ['DEBUG', 1, 3, 0],
      ['TRACE', 1, 3, 2],
    ] as const
    for (const [level, logs, steps, messages] of cases) {
      assert.equal((await setLevel(level)).status, 200, level)
      const guid = await call()
      assert.equal(await logged(guid), logs, level)
      if (logs === 0) continue
      const [run] = await results(`MessageProcessingLogs('${guid}')/Runs`)
      const found = await results(`MessageProcessingLogRuns('${run.Id}')/RunSteps`)
      assert.equal(found.length, steps, level)
      for (const { RunId, ChildCount } of found) {
        const path = `MessageProcessingLogRunSteps(RunId='${RunId}',ChildCount=${ChildCount})/TraceMessages`
        assert.equal((await results(path)).length, messages, level)
      }
    }
  })

  test('are shown with what is deployed, in XML and in JSON', async () => {
    await setLevel('TRACE')
    const { artifactInformation, logConfiguration, endpointInformation } = await detail()
    assert.deepEqual(logConfiguration, { logLevel: 'TRACE', traceActive: true })
    const { id, symbolicName, tenantId, version, type, deployState, semanticState, deployedBy } = artifactInformation
    assert.deepEqual(
      [id, symbolicName, tenantId, version, type, deployState, semanticState, deployedBy],
      ['levelled', 'levelled', 'dev', '1.0.0', 'INTEGRATION_FLOW', 'DEPLOYED', 'STARTED', 'admin'],
    )
    const [{ endpointInstances }] = endpointInformation
    assert.deepEqual(endpointInstances, [
      { endpointCategory: 'ENTRY_POINT', endpointUrl: `${tenant.server.url}/http/levelled` },
    ])
    const list = await asTool(`/itspaces/Operations/${commands}IntegrationComponentsListCommand`)
    assert.match(list.headers.get('content-type') ?? '', /^application\/xml/)
    assert.match(
      list.text,
      new RegExp(
        `<${commands}IntegrationComponentsListResponse><artifactInformations><id>\\w+</id>.*</artifactInformations>`,
      ),
    )
    assert.match(list.text, /<symbolicName>levelled<\/symbolicName>/)
    assert.match(list.text, /<tags><name>artifact.package.name<\/name><value>Tests<\/value><\/tags>/)
    const known = await asTool(`/Operations/${commands}KnownArtifactsListCommand`)
    assert.match(
      known.text,
      /<knownArtifacts><symbolicName>levelled<\/symbolicName><name>[^<]+<\/name><\/knownArtifacts>/,
    )
  })

  test('TRACE ends by itself; its messages can be had as an archive', async () => {
    await setLevel('ERROR')
    await setLevel('trace')
    const guid = await call()
    const [first] = await results(`MessageProcessingLogRunSteps(RunId='${guid}',ChildCount=2)/TraceMessages`)
    const archive = await asTool(`/itspaces/Operations/${commands}GetTraceArchiveCommand?traceIds=${first.TraceId}`)
    const payload = /<payload>(.*)<\/payload>/s.exec(archive.text)?.[1] ?? ''
    const files = await readArchive(Buffer.from(payload, 'base64'))
    assert.deepEqual(
      [...files.keys()],
      ['body', 'headers.prop', 'properties.prop'].map(name => `${first.TraceId}/${name}`),
    )
    assert.match(
      String(files.get(`${first.TraceId}/properties.prop`)),
      new RegExp(`SAP_MessageProcessingLogID=${guid}`),
    )
    tenant.server.clock.advance(600_000)
    assert.equal((await detail()).logConfiguration.logLevel, 'ERROR')
  })

  test('are refused with what is wrong', async () => {
    const csrf = `/Operations/${commands}IntegrationComponentSetMplLogLevelCommand`
    const body = '{"artifactSymbolicName":"levelled","mplLogLevel":"INFO","nodeType":"IFLMAP"}'
    const basic = { authorization: tenant.server.admin.authorization }
    const answers = [
      [await setLevel('LOUD'), 400, 'unknown-log-level'],
      [await setLevel('INFO', 'nobody'), 404, 'unknown-artifact'],
      [await asTool(csrf, { method: 'POST', body: '{' }), 400, 'malformed-body'],
      [await asTool(csrf, { method: 'POST' }), 400, 'unknown-log-level'],
      [await tenant.request(csrf, { method: 'POST', body, headers: basic }), 403, 'csrf-token-required'],
      [await tenant.request(csrf, { method: 'POST', body }), 401, 'unauthorized'],
      [
        await tenant.request(csrf, { method: 'POST', body, headers: { authorization: `Bearer ${token}` } }),
        401,
        'unauthorized',
      ],
      [await asTool(`/Operations/${commands}GetTraceArchiveCommand?traceIds=1,x`), 400, 'malformed-parameter'],
      [await asTool(`/Operations/${commands}GetTraceArchiveCommand?traceIds=987654`), 404, 'no-trace'],
      [await asTool('/Operations/com.sap.Unknown'), 404, 'not-found'],
    ] as const
    for (const [{ status, text }, expected, code] of answers) {
      assert.equal(status, expected, text)
      if (status !== 401) assert.equal(JSON.parse(text).code, code)
    }
    const fetched = await tenant.request('/api/v1/', { headers: { ...basic, 'x-csrf-token': 'Fetch' } })
    const cookie = fetched.headers.getSetCookie().map(line => line.split(';')[0])
    const headers = { ...basic, 'x-csrf-token': fetched.headers.get('x-csrf-token') ?? '', cookie: cookie.join('; ') }
    assert.equal((await tenant.request(csrf, { method: 'POST', body, headers })).status, 200)
  })

  test('go with the flow when it is undeployed by command, not when it is deployed again', async () => {
    const zip = await flowZip({ id: 'passing', address: '/passing' })
    await tenant.deploy(zip, 'passing')
    await setLevel('DEBUG', 'passing')
    await tenant.deploy(zip, 'passing')
    const level = async () => {
      const path = `/Operations/${commands}IntegrationComponentDetailCommand?artifactId=passing`
      return JSON.parse((await asTool(path, { headers: { accept: 'application/json' } })).text).logConfiguration
        ?.logLevel
    }
    assert.equal(await level(), 'DEBUG')
    const undeploy = () =>
      asTool('/itspaces/Operations/com.sap.it.nm.commands.deploy.DeleteContentCommand', {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded; charset=UTF-8' },
        body: 'artifactIds=passing&tenantId=dev',
      })
    assert.equal((await undeploy()).status, 200)
    assert.equal((await undeploy()).status, 404)
    assert.equal((await tenant.call('/passing', token)).status, 404)
    await tenant.deploy(zip, 'passing')
    assert.equal(await level(), 'INFO')
  })

  test('last when the server starts again', async () => {
    const dataDirectory = await mkdtemp(join(tmpdir(), 'sluice-levels-'))
    const first = new Tenant(await startTestServer({ dataDirectory }))
    await first.deploy(await flowZip())
    const command = `/Operations/${commands}IntegrationComponent`
    const fetched = await first.request('/', {
      headers: { authorization: first.server.admin.authorization, 'x-csrf-token': 'Fetch' },
    })
    const set = await first.request(`${command}SetMplLogLevelCommand`, {
      method: 'POST',
      headers: {
        authorization: first.server.admin.authorization,
        'x-csrf-token': fetched.headers.get('x-csrf-token') ?? '',
        cookie: fetched.headers.getSetCookie()[0]?.split(';')[0] ?? '',
      },
      body: 'artifactSymbolicName=hello&mplLogLevel=ERROR',
    })
    assert.equal(set.status, 200, set.text)
    await first.close()
    const second = new Tenant(await startTestServer({ dataDirectory }))
    const answer = await second.administer('GET', `${command}DetailCommand?artifactId=hello`)
    await second.close()
    await rm(dataDirectory, { recursive: true })
    assert.equal(JSON.parse(answer.text).logConfiguration.logLevel, 'ERROR')
  })
})
