import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { type Person, sitDown, withoutChromium } from './browser.ts'
import { Flows, https, rowOf } from './flows.ts'

/** What a sender or a flow may try: it has to be shown as it is. */
const markup = '<script>hacked = 1</script><img src=x onerror="hacked = 2">'

const script = `
function processData(message) {
  var log = messageLogFactory.getMessageLog(message)
  var markup = ${JSON.stringify(markup)}
  log.addCustomHeaderProperty('header ' + markup, 'value ' + markup)
  log.addAttachmentAsString('attachment ' + markup, 'content ' + markup, 'text/html')
  message.setHeader('Sender', markup)
  message.setProperty('SAP_Receiver', 'receiver ' + markup)
  message.setHeader('SAP_Sender', 'sender ' + markup)
  message.setHeader('SAP_Receiver', 'receiver ' + markup)
  message.setHeader('SAP_ApplicationID', 'application ' + markup)
  message.setProperty('SAP_MessageProcessingLogCustomStatus', 'status ' + markup.slice(0, 30))
  message.setHeader('set', 'set ' + markup)
  message.setProperty('property', 'property ' + markup)
  if (String(message.getBody()).indexOf('broken') === 0) throw new Error('error ' + markup)
  return message
}`

/** Gives a flow another name in its package, as the person who is signed in. */
async function rename({ request }: Page, id: string, Name: string): Promise<void> {
  const session = await request.get('/api/session/v1')
  const headers = { 'x-csrf-token': session.headers()['x-csrf-token'] ?? '', 'content-type': 'application/json' }
  const path = `/api/v1/IntegrationDesigntimeArtifacts(Id='${id}',Version='active')`
  const answer = await request.put(path, { headers, data: { Name } })
  assert.ok(answer.ok(), await answer.text())
}

describe('markup that somebody has put where people look', { skip: withoutChromium ?? false }, () => {
  let person: Person
  let traced: string
  let failed: string

  before(async () => {
    person = await sitDown()
    const flows = await Flows.start(person.server)
    const variable = `<row><cell>Last</cell><cell></cell><cell>expression</cell><cell>\${in.body}</cell><cell>global</cell></row>`
    const steps = [
      { id: 'Script', type: 'JavaScript', name: `step ${markup}`, properties: { script: 'Log.js' } },
      { id: 'Keep', type: 'Persist', properties: { stepid: 'Received' } },
      { id: 'Write', type: 'Variables', properties: { variable } },
      { id: 'Put', type: 'put', properties: { storageName: 'Kept', visibility: 'local', messageId: '${in.body}' } },
    ]
    await flows.import('marked', rowOf(https('/marked'), steps), { 'script/Log.js': script }, markup)
    await person.open('/monitor/artifacts')
    await rename(person.page, 'marked', markup)
    await flows.tenant.deploy('marked')
    await person.open('/monitor/artifacts/marked')
    await person.page.getByRole('combobox', { name: 'Log level' }).click()
    await person.page.getByRole('option', { name: 'TRACE' }).click()
    await person.page.getByRole('combobox', { name: 'Log level' }).getByText('TRACE').waitFor()
    traced = (await flows.call('marked', markup)).guid
    failed = (await flows.call('marked', `broken ${markup}`)).guid
    await fetch(`${person.server.url}/http/${encodeURIComponent(markup)}`)
  })

  after(() => person.close())

  const pages: readonly (readonly [page: string, path: () => string, shown: string])[] = [
    ['messages: name of the flow', () => '/monitor/messages', markup],
    ['a traced message: headers', () => `/monitor/messages/${traced}`, `value ${markup}`],
    ['a traced message: attachment', () => `/monitor/messages/${traced}`, `attachment ${markup}`],
    ['a traced message: payload', () => `/monitor/messages/${traced}`, markup],
    ['a step: headers', () => `/monitor/messages/${traced}?step=2`, `set ${markup}`],
    ['a step: properties', () => `/monitor/messages/${traced}?step=2`, `property ${markup}`],
    ['a failed message: error', () => `/monitor/messages/${failed}`, `error ${markup}`],
    ['a failed step: error', () => `/monitor/messages/${failed}?step=2`, `error ${markup}`],
    ['a data store: entry', () => '/monitor/data-stores/entries?store=Kept&flow=marked', markup],
    ['variables', () => '/monitor/variables', 'Last'],
    ['the access log', () => '/monitor/access-log?path=hacked', encodeURIComponent(markup)],
    ['usage: name of the flow', () => '/monitor/usage', markup],
    ['integration content: name of the flow', () => '/monitor/artifacts', markup],
    ['a flow: name', () => '/monitor/artifacts/marked', markup],
    ['a step: name', () => `/monitor/messages/${traced}?step=2`, `step ${markup}`],
  ]

  for (const [name, path, shown] of pages) {
    test(`is text in ${name}`, async () => {
      const { page } = person
      await person.open(path())
      await page.getByText(shown).filter({ visible: true }).first().waitFor()
      assert.equal(await page.evaluate('typeof hacked'), 'undefined')
      assert.equal(await page.locator('img[src="x"]').count(), 0)
    })
  }
})
