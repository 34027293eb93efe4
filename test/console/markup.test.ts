import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type Person, sitDown, withoutChromium } from './browser.ts'
import { Flows, https, rowOf } from './flows.ts'

/** What a sender or a flow may try: it has to be shown as it is. */
const markup = '<script>hacked = 1</script><img src=x onerror="hacked = 2">'
const asXml = markup.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')

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

describe('markup that somebody has put where people look', { skip: withoutChromium ?? false }, () => {
  let person: Person
  let traced: string
  let failed: string

  before(async () => {
    person = await sitDown()
    const flows = await Flows.start(person.server)
    const variable = `<row><cell>Last</cell><cell></cell><cell>expression</cell><cell>\${in.body}</cell><cell>global</cell></row>`
    const steps = [
      { id: 'Script', type: 'JavaScript', name: `step ${asXml}`, properties: { script: 'Log.js' } },
      { id: 'Keep', type: 'Persist', properties: { stepid: 'Received' } },
      { id: 'Write', type: 'Variables', properties: { variable } },
      { id: 'Put', type: 'put', properties: { storageName: 'Kept', visibility: 'local', messageId: '${in.body}' } },
    ]
    await flows.deploy('marked', rowOf(https('/marked'), steps), { 'script/Log.js': script })
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
    ['messages', () => '/monitor/messages', 'marked'],
    ['a traced message: headers', () => `/monitor/messages/${traced}`, `value ${markup}`],
    ['a traced message: attachment', () => `/monitor/messages/${traced}`, `attachment ${markup}`],
    ['a traced message: payload', () => `/monitor/messages/${traced}`, markup],
    ['a step: headers', () => `/monitor/messages/${traced}?step=2`, `set ${markup}`],
    ['a step: properties', () => `/monitor/messages/${traced}?step=2`, `property ${markup}`],
    ['a failed message: error', () => `/monitor/messages/${failed}`, `error ${markup}`],
    ['a failed step: error', () => `/monitor/messages/${failed}?step=2`, `error ${markup}`],
    ['a data store: entry', () => '/monitor/data-stores/entries?store=Kept&flow=marked', markup],
    ['variables', () => '/monitor/variables', 'Last'],
    ['the access log', () => '/monitor/access-log', encodeURIComponent(markup)],
    ['usage', () => '/monitor/usage', 'marked'],
  ]

  for (const [name, path, shown] of pages) {
    test(`is text in ${name}`, async () => {
      const { page } = person
      await person.open(path())
      await page.getByText(shown).first().waitFor()
      assert.equal(await page.evaluate('typeof hacked'), 'undefined')
      assert.equal(await page.locator('img[src="x"]').count(), 0)
    })
  }
})
