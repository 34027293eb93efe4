import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { flowText } from '@sluice/iflow/testing'
import { commands } from '../src/cli/index.ts'
import { runLine } from '../src/cli/line/run-line.ts'
import { withoutGroovy } from '../src/scripting/testing/script-tenant.ts'
import { TestTerminal } from '../src/testing/index.ts'
import { artifactZip } from './relay-flow.ts'
import { Tenant } from './tenant.ts'

describe('data of a tenant, from the command line', () => {
  let tenant: Tenant
  before(async () => {
    tenant = await Tenant.start()
  })
  after(() => tenant.close())

  const sluice = async (line: readonly string[], input = '') => {
    const env = { SLUICE_URL: tenant.server.url, SLUICE_ADMIN_PASSWORD: tenant.server.admin.password }
    const terminal = new TestTerminal(env, input)
    return { code: await runLine(commands, line, terminal), out: terminal.printed, err: terminal.printedErrors }
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
    const iflw = flowText({
      processes: [
        {
          id: 'Main',
          nodes: [
            { id: 'Start', type: 'MessageStartEvent' },
            { id: 'Ask', type: 'GroovyScript', properties: { script: 'ask.groovy' } },
            { id: 'End', type: 'MessageEndEvent' },
          ],
          flows: [
            { from: 'Start', to: 'Ask' },
            { from: 'Ask', to: 'End' },
          ],
        },
      ],
      channels: [
        {
          step: 'Start',
          direction: 'Sender',
          properties: { ComponentType: 'HTTPS', urlPath: '/ask', xsrfProtection: '0' },
        },
      ],
    })
    const deployed = await tenant.deploy(await artifactZip('ask', iflw, { 'script/ask.groovy': script }), 'ask')
    assert.equal(deployed.status, 'SUCCESS')
    await tenant.createClient({ id: 'caller' })
    await tenant.assign('caller')
    const token = await tenant.token('caller')
    await sluice(['keystore', 'generate', 'script', '--key', 'ec-256'])
    for (const standard of ['X12', 'EDIFACT']) {
      await sluice(['partner-parameter', 'set', 'ACME', 'Standard', standard])
      const { status, text } = await tenant.call('/ask', token, { body: 'ACME' })
      assert.deepEqual([status, text], [200, `${standard}, EC of CN=script`])
    }
  })
})
