import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { flowText, type NodeSketch } from '@sluice/iflow/testing'
import { commands } from '../src/cli/index.ts'
import { runLine } from '../src/cli/line/run-line.ts'
import { withoutGroovy } from '../src/scripting/testing/script-tenant.ts'
import { TestTerminal } from '../src/testing/index.ts'
import { artifactZip } from './relay-flow.ts'
import { Tenant } from './tenant.ts'

describe('data of a tenant, from the command line', () => {
  let tenant: Tenant
  let token: string
  before(async () => {
    tenant = await Tenant.start()
    await tenant.createClient({ id: 'caller' })
    await tenant.assign('caller')
    token = await tenant.token('caller')
  })
  after(() => tenant.close())

  const sluice = async (line: readonly string[], input = '') => {
    const env = { SLUICE_URL: tenant.server.url, SLUICE_ADMIN_PASSWORD: tenant.server.admin.password }
    const terminal = new TestTerminal(env, input)
    return { code: await runLine(commands, line, terminal), out: terminal.printed, err: terminal.printedErrors }
  }

  /** Deploys a flow of these steps and calls it with `ACME`. */
  async function call(id: string, steps: readonly NodeSketch[], files: Readonly<Record<string, string>> = {}) {
    const nodes = [{ id: 'Start', type: 'MessageStartEvent' }, ...steps, { id: 'End', type: 'MessageEndEvent' }]
    const flows = nodes.slice(1).map((node, index) => ({ from: nodes[index]?.id ?? '', to: node.id }))
    const https = { ComponentType: 'HTTPS', urlPath: `/${id}`, xsrfProtection: '0' }
    const iflw = flowText({
      processes: [{ id: 'Main', nodes, flows }],
      channels: [{ step: 'Start', direction: 'Sender', properties: https }],
    })
    assert.equal((await tenant.deploy(await artifactZip(id, iflw, files), id)).status, 'SUCCESS')
    return tenant.call(`/${id}`, token, { body: 'ACME' })
  }

  test('parameters of partners are set, changed, listed and deleted', async () => {
    for (const value of ['X12', "it's"]) {
      assert.equal(
        (await sluice(['partner-parameter', 'set', 'ACME', 'Standard', value])).out,
        'Set Standard of ACME.\n',
      )
    }
    const content = await sluice(['partner-parameter', 'set', 'ACME', 'Map', '@-', '--binary', 'xsl'], '<xsl/>')
    assert.equal(content.code, 0, content.err)
    await sluice(['partner-parameter', 'set', 'Other', 'Standard', 'EDIFACT'])
    const all = await sluice(['partner-parameter', 'list'])
    assert.match(all.out, /^ACME +Map +xsl\nACME +Standard +text +it's\nOther +Standard +text +EDIFACT\n/m)
    const one = await sluice(['partner-parameter', 'list', 'Other'])
    assert.doesNotMatch(one.out, /ACME/)
    assert.equal((await sluice(['partner-parameter', 'delete', 'ACME', 'Map'])).out, 'Deleted Map of ACME.\n')
    const again = await sluice(['partner-parameter', 'delete', 'ACME', 'Map'])
    assert.match(again.err, /Expected a parameter "Map" of "ACME", found none/)
  })

  test('number ranges are set, changed, listed and deleted', async () => {
    assert.equal(
      (await sluice(['number-range', 'set', 'Invoices', '--max', '999', '--length', '4'])).out,
      'Set Invoices.\n',
    )
    assert.equal((await sluice(['number-range', 'set', 'Invoices', '--next', '500', '--rotate', 'true'])).code, 0)
    const listed = await sluice(['number-range', 'list'])
    assert.match(listed.out, /^Invoices +0500 +1–999, again and again$/m)
    const { ranges } = JSON.parse((await sluice(['number-range', 'list', '--json'])).out)
    assert.deepEqual(ranges, [
      { name: 'Invoices', next: 500, min: 1, max: 999, length: 4, rotate: true, description: '' },
    ])
    const wrong = await sluice(['number-range', 'set', 'Invoices', '--next', 'many'])
    assert.match(wrong.err, /"CurrentValue" to be a whole number/)
    assert.equal((await sluice(['number-range', 'delete', 'Invoices'])).out, 'Deleted Invoices.\n')
    assert.match((await sluice(['number-range', 'delete', 'Invoices'])).err, /number range "Invoices", found none/)
  })

  test('what flows have left is listed without its content and deleted', async () => {
    const lastRun =
      '<row><cell>LastRun</cell><cell></cell><cell>expression</cell><cell>${in.body}</cell><cell>global</cell></row>'
    await call('keep', [
      { id: 'Put', type: 'put', properties: { storageName: 'Orders', visibility: 'local', messageId: '4711' } },
      { id: 'Write', type: 'Variables', properties: { variable: lastRun } },
    ])
    assert.match((await sluice(['data-store', 'list'])).out, /^Orders +keep +1 +0$/m)
    const entries = await sluice(['data-store', 'list', 'Orders', '--flow', 'keep'])
    assert.match(entries.out, /^4711 +Waiting +\d{4}-\d\d-\d\dT/m)
    assert.match((await sluice(['variable', 'list'])).out, /^LastRun +\d{4}-/m)
    assert.match((await sluice(['data-store', 'delete', 'Orders', '4711'])).err, /found none.*--flow names the flow/)
    const deleted = await sluice(['data-store', 'delete', 'Orders', '4711', '--flow', 'keep'])
    assert.equal(deleted.out, 'Deleted 4711 of Orders.\n')
    assert.equal((await sluice(['variable', 'delete', 'LastRun'])).out, 'Deleted LastRun.\n')
    assert.match((await sluice(['variable', 'delete', 'LastRun'])).err, /variable "LastRun", found none/)
  })

  test('a script of a flow reads what is set, and a change counts for the next message', {
    skip: withoutGroovy(),
  }, async () => {
    const script = [
      'import com.sap.gateway.ip.core.customdev.util.Message',
      'import com.sap.it.api.ITApiFactory',
      'import com.sap.it.api.keystore.KeystoreService',
      'import com.sap.it.api.pd.PartnerDirectoryService',
      'Message processData(Message message) {',
      '  def partners = ITApiFactory.getApi(PartnerDirectoryService.class, null)',
      '  def keystore = ITApiFactory.getApi(KeystoreService.class, null)',
      '  def standard = partners.getParameter("Standard", message.getBody(String), String.class)',
      '  message.setBody("${standard}, ${keystore.getKey("script").algorithm} of ${keystore.getCertificate("script").subjectDN}")',
      '  return message',
      '}',
    ].join('\n')
    const ask = [{ id: 'Ask', type: 'GroovyScript', properties: { script: 'ask.groovy' } }]
    await sluice(['keystore', 'generate', 'script', '--key', 'ec-256'])
    for (const standard of ['X12', 'EDIFACT']) {
      await sluice(['partner-parameter', 'set', 'ACME', 'Standard', standard])
      const { status, text } = await call('ask', ask, { 'script/ask.groovy': script })
      assert.deepEqual([status, text], [200, `${standard}, EC of CN=script`])
    }
  })
})
