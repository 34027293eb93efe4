import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { type Person, sitDown, withoutChromium } from './browser.ts'
import { Flows, https, rowOf } from './flows.ts'

/** What a sender may try: it must be shown as it is. */
const markup = '<img src=x onerror=alert(1)>'

const script = `
function processData(message) {
  var log = messageLogFactory.getMessageLog(message)
  var body = String(message.getBody())
  log.addCustomHeaderProperty('po_number', body)
  log.addAttachmentAsString('Order', '<order>${markup} ' + body + '</order>', 'text/html')
  message.setHeader('seen', 'yes')
  message.setProperty('buyer', '${markup}')
  if (body === 'broken') throw new Error('no such order ${markup}')
  message.setBody(body + '\\nseen')
  return message
}`

describe('a person who looks after messages', { skip: withoutChromium ?? false }, () => {
  let person: Person
  let flows: Flows

  before(async () => {
    person = await sitDown()
    flows = await Flows.start(person.server)
    await flows.deployFolder('orders', fileURLToPath(new URL('../../examples/orders', import.meta.url)))
    const steps = [
      { id: 'Log', type: 'JavaScript', name: 'Note the order', properties: { script: 'Log.js' } },
      { id: 'Keep', type: 'Persist', properties: { stepid: 'Received' } },
    ]
    await flows.deploy('noted', rowOf(https('/noted'), steps), { 'script/Log.js': script })
  })

  after(() => person.close())

  test('finds a message by a custom header and opens it', async () => {
    const { page } = person
    await flows.call('noted', '4711')
    await flows.call('noted', '4712')
    await person.open('/monitor/messages')
    await page.getByText('2 of 2').waitFor()
    await page.getByRole('textbox', { name: 'Custom header' }).fill('po_number')
    await page.getByRole('textbox', { name: 'Value of the header' }).fill('4711')
    await page.keyboard.press('Enter')
    await page.getByText('1 of 1').waitFor()
    await page.getByRole('row', { name: /COMPLETED/ }).click()
    await page.getByRole('heading', { name: 'Message of noted' }).waitFor()
    await page.getByRole('row', { name: 'po_number 4711' }).waitFor()
    await person.checkAccessibility()
  })

  test('sees messages come in, but not while reading further down', async () => {
    const { page, server } = person
    await flows.deploy('many', rowOf(https('/many'), []))
    for (let index = 0; index < 25; index++) await flows.call('many')
    await person.open('/monitor/messages?flow=many')
    await page.getByText('25 of 25').waitFor()
    server.clock.advance(1_000)
    await flows.call('many')
    await page.getByText('26 of 26').waitFor()
    await page.getByText('26 of 26').scrollIntoViewIfNeeded()
    server.clock.advance(1_000)
    await flows.call('many')
    await page.getByRole('button', { name: '1 new message' }).waitFor()
    assert.equal(await page.getByText('26 of 26').count(), 1)
    await person.checkAccessibility()
    await page.getByRole('button', { name: '1 new message' }).click()
    await page.getByText('27 of 27').waitFor()
    await page.getByRole('checkbox', { name: 'Live update' }).click()
    server.clock.advance(1_000)
    await flows.call('many')
    await page.getByRole('button', { name: 'Refresh' }).click()
    await page.getByText('28 of 28').waitFor()
  })

  test('pages on without having the list counted again', async () => {
    const { page } = person
    await flows.deploy('paged', rowOf(https('/paged'), []))
    for (let index = 0; index < 31; index++) await flows.call('paged')
    const asked: URLSearchParams[] = []
    page.on('request', request => {
      const { pathname, searchParams } = new URL(request.url())
      if (pathname.endsWith('/MessageProcessingLogs') && searchParams.has('$skip')) asked.push(searchParams)
    })
    await person.open('/monitor/messages?flow=paged')
    await page.getByRole('button', { name: 'Show more' }).click()
    await page.getByText('31 of 31').waitFor()
    const counted = asked.map(options => [options.get('$skip'), options.get('$inlinecount')].join())
    assert.deepEqual([...new Set(counted)], ['0,allpages', '30,'])
  })

  test('finds the messages of a time of their own', async () => {
    const { page } = person
    await person.open('/monitor/messages?period=custom&from=2001-01-01T00:00&to=2001-01-02T00:00&flow=noted')
    await page.getByText('No messages in this time.').waitFor()
    await page.getByLabel('To', { exact: true }).fill('2099-01-01T00:00')
    await page.getByText('2 of 2').waitFor()
    await person.checkAccessibility()
  })

  test('reads what a message left: attachments and the message store, as text and as files', async () => {
    const { page } = person
    const { guid } = await flows.call('noted', '4713')
    await person.open(`/monitor/messages/${guid}`)
    await page.getByRole('button', { name: 'Show: Order' }).click()
    await page.getByRole('region', { name: 'Order' }).getByText(`<order>${markup} 4713</order>`).waitFor()
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download: Order' }).click(),
    ])
    assert.equal(file.suggestedFilename(), 'Order.html')
    assert.equal(await readFile(await file.path(), 'utf8'), `<order>${markup} 4713</order>`)
    await page.getByRole('region', { name: 'Payload of Received' }).getByText('4713\nseen').waitFor()
    await page.getByRole('row', { name: 'seen yes' }).waitFor()
    await person.checkAccessibility()
  })

  test('sees where and why a message failed', async () => {
    const { page } = person
    const { guid } = await flows.call('noted', 'broken')
    await page.goto(`/shell/monitoring/Messages/${encodeURIComponent(JSON.stringify({ identifier: guid }))}`)
    await page.getByRole('region', { name: 'Error', exact: true }).last().getByText(`no such order ${markup}`).waitFor()
    await page
      .getByRole('row', { name: /FAILED/ })
      .first()
      .click()
    await page.getByRole('region', { name: 'Error of the step' }).getByText(`no such order ${markup}`).waitFor()
    await person.checkAccessibility()
  })

  test('traces a flow and sees what each step changed', async () => {
    const { page } = person
    const untraced = await flows.call('noted', '1')
    await person.open(`/monitor/messages/${untraced.guid}`)
    await page.getByText('No steps were recorded.').waitFor()
    await page.getByRole('button', { name: 'Set log level TRACE' }).click()
    await page.getByText('Messages of this flow are traced').waitFor()
    const { guid } = await flows.call('noted', '4714')
    await person.open(`/monitor/messages/${guid}`)
    await page.getByRole('row', { name: /Note the order/ }).click()
    const step = page.getByRole('region', { name: 'Step: Note the order' })
    await step.getByRole('row', { name: 'seen Tag added – yes' }).waitFor()
    await step.getByRole('row', { name: `buyer Tag added – ${markup}` }).waitFor()
    const after = step.getByRole('region', { name: 'Body after the step' })
    await after.locator('mark').waitFor()
    assert.equal(await after.locator('mark').count(), 1)
    assert.match(await after.innerText(), /4714\nseen/)
    await person.checkAccessibility()
  })

  test('sees the steps of a run on the diagram of the flow, and goes from there to what a step did', async () => {
    const { page } = person
    await flows.deploy(
      'drawn',
      rowOf(https('/drawn'), [
        { id: 'First', type: 'JavaScript', name: 'Note the order', properties: { script: 'Log.js' } },
        { id: 'Second', type: 'Persist', name: 'Keep it', properties: { stepid: 'Received' } },
      ]),
      { 'script/Log.js': script },
    )
    await person.open('/monitor/artifacts/drawn')
    await page.getByRole('combobox', { name: 'Log level' }).click()
    await page.getByRole('option', { name: 'TRACE' }).click()
    await page.getByRole('combobox', { name: 'Log level' }).getByText('TRACE').waitFor()
    const { guid } = await flows.call('drawn', 'broken')
    await person.open(`/monitor/messages/${guid}`)
    await page.getByRole('button', { name: /^Note the order: failed after .*Show the step\.$/ }).click()
    await page.getByRole('region', { name: 'Step: Note the order' }).getByText('no such order').first().waitFor()
    assert.equal(await page.getByRole('button', { name: /^Keep it: / }).count(), 0)
    await person.checkAccessibility()
  })

  test('sends a stored message again, and goes from one to the other', async () => {
    const { page } = person
    const { guid } = await flows.call('noted', '4715')
    await person.open(`/monitor/messages/${guid}`)
    await page.getByRole('button', { name: 'Resend: Received' }).click()
    await page.getByText('may be sent twice').waitFor()
    await person.checkAccessibility()
    await page.getByRole('button', { name: 'Resend', exact: true }).click()
    await page.getByRole('alert').getByText('Expected role ESBMessaging.send of the runtime application').waitFor()
    await page.getByRole('button', { name: 'Cancel' }).click()
    await flows.tenant.allowMessagesOf(person.server.admin.user)
    await page.getByRole('button', { name: 'Resend: Received' }).click()
    await page.getByRole('button', { name: 'Resend', exact: true }).click()
    await page.getByRole('row', { name: `ResentFrom ${guid}` }).waitFor()
    await person.checkAccessibility()
    await page.getByRole('link', { name: guid }).click()
    await page
      .getByRole('region', { name: 'Resent as' })
      .getByRole('row', { name: /COMPLETED/ })
      .waitFor()
    await person.checkAccessibility()
  })

  test('is told when there is no such message', async () => {
    const { page } = person
    await person.open('/monitor/messages/nothing')
    await page.getByRole('alert').getByText('found none').waitFor()
    await person.open('/shell/monitoring/Messages/nothing')
    await page.getByRole('heading', { name: 'There is nothing here' }).waitFor()
  })
})
