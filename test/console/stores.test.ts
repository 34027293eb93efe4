import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, describe, test } from 'node:test'
import { type Person, sitDown, withoutChromium } from './browser.ts'
import { Flows, https, rowOf } from './flows.ts'

describe('a person who looks after stores', { skip: withoutChromium ?? false }, () => {
  let person: Person
  let flows: Flows

  before(async () => {
    person = await sitDown()
    flows = await Flows.start(person.server)
    const variable =
      '<row><cell>LastRun</cell><cell></cell><cell>expression</cell><cell>${in.body}</cell><cell>global</cell></row>'
    const kept = rowOf(https('/keep'), [
      { id: 'Write', type: 'Variables', properties: { variable } },
      { id: 'Keep', type: 'put', properties: { storageName: 'Kept', visibility: 'local', messageId: 'one' } },
    ])
    await flows.deploy('keep', kept)
    await flows.call('keep', 'the body')
    for (const queue of ['Work', 'Other']) {
      const put = rowOf(https(`/put${queue}`), [{ id: 'Send', type: 'Send' }])
      const channel = { ComponentType: 'JMS', QueueName_outbound: queue }
      const channels = [...(put.channels ?? []), { step: 'Send', direction: 'Receiver' as const, properties: channel }]
      await flows.deploy(`put${queue}`, { ...put, channels })
    }
    for (const body of ['a', 'b', 'c']) await flows.call('putWork', body)
    await flows.call('putOther', 'd')
  })

  after(() => person.close())

  test('moves, deletes and retries messages of a queue', async () => {
    const { page } = person
    await person.open('/monitor/queues')
    await page.getByRole('row', { name: /^Work 3 / }).waitFor()
    await person.checkAccessibility()
    await page.getByRole('row', { name: /^Work 3 / }).click()
    await page.getByText('3 of 3').waitFor()
    await person.checkAccessibility()
    await page
      .getByRole('button', { name: /^Move: / })
      .first()
      .click()
    await page.getByRole('combobox', { name: 'To queue' }).waitFor()
    await person.checkAccessibility()
    await page.getByRole('button', { name: 'Move', exact: true }).click()
    await page.getByText('2 of 2').waitFor()
    await page
      .getByRole('button', { name: /^Retry: / })
      .first()
      .click()
    await page.getByRole('button', { name: 'Retry', exact: true }).click()
    await page.getByRole('dialog', { name: 'Retry' }).waitFor({ state: 'hidden' })
    await page
      .getByRole('button', { name: /^Delete: / })
      .first()
      .click()
    await page.getByText('will not be processed').waitFor()
    await page.getByRole('button', { name: 'Delete', exact: true }).click()
    await page.getByText('1 of 1').waitFor()
    await person.open('/monitor/queues')
    await page.getByRole('row', { name: /^Other 2 / }).waitFor()
  })

  test('stops a queue; a queue that a flow uses is not deleted, and the server says why', async () => {
    const { page } = person
    await person.open('/monitor/queues/Work')
    await page.getByRole('button', { name: 'Stop: Work' }).click()
    await page.getByRole('button', { name: 'Stop', exact: true }).click()
    await page.getByText(/^Stopped/).waitFor()
    await page.getByRole('button', { name: 'Retry all: Work' }).click()
    await page.getByRole('button', { name: 'Retry all', exact: true }).click()
    await page.getByRole('alert').getByText('to be started, found it stopped').waitFor()
    await page.getByRole('button', { name: 'Cancel' }).click()
    await page.getByRole('button', { name: 'Start: Work' }).click()
    await page.getByRole('button', { name: 'Start', exact: true }).click()
    await page.getByText(/^Started/).waitFor()
    await person.open('/monitor/queues')
    await page.getByRole('button', { name: 'Delete: Work' }).click()
    await page.getByRole('button', { name: 'Delete', exact: true }).click()
    await page.getByRole('alert').getByText('Expected').waitFor()
  })

  test('downloads and deletes what a flow kept in a data store', async () => {
    const { page } = person
    await person.open('/monitor/data-stores')
    await page.getByRole('row', { name: /^Kept / }).click()
    await page.getByRole('heading', { name: 'Entries of Kept' }).waitFor()
    await page.getByText('1 of 1').waitFor()
    await person.checkAccessibility()
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download: one' }).click(),
    ])
    assert.equal((await readFile(await file.path())).subarray(0, 2).toString(), 'PK')
    await page.getByRole('button', { name: 'Delete: one' }).click()
    await page.getByText('Entry one is deleted from data store Kept.').waitFor()
    await page.getByRole('button', { name: 'Delete', exact: true }).click()
    await page.getByText('No entries in this data store.').waitFor()
    await person.open('/monitor/data-stores')
    await page.getByText('No data stores.').waitFor()
    await person.checkAccessibility()
  })

  test('downloads and deletes a variable', async () => {
    const { page } = person
    await person.open('/monitor/variables')
    await page.getByRole('row', { name: /^LastRun Global/ }).waitFor()
    await person.checkAccessibility()
    await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Download: LastRun' }).click()])
    await page.getByRole('button', { name: 'Delete: LastRun' }).click()
    await page.getByText('Variable LastRun is deleted with its value.').waitFor()
    await page.getByRole('button', { name: 'Delete', exact: true }).click()
    await page.getByText('No variables.').waitFor()
  })

  test('creates, changes and deletes a number range, and keeps what was typed when it is wrong', async () => {
    const { page } = person
    await person.open('/monitor/number-ranges')
    await page.getByText('No number ranges.').waitFor()
    await page.getByRole('button', { name: 'Create' }).click()
    await page.getByRole('textbox', { name: 'Maximum value' }).fill('many')
    await page.locator('ui5-dialog').getByRole('button', { name: 'Create' }).click()
    await page.getByRole('alert').getByText('Fill in this field.').waitFor()
    await page.getByRole('textbox', { name: 'Name' }).fill('Invoices')
    await page.keyboard.press('Enter')
    await page.getByRole('alert').getByText('"Maximum value" to be a whole number').waitFor()
    await person.checkAccessibility()
    await page.getByRole('textbox', { name: 'Maximum value' }).fill('500')
    await page.keyboard.press('Enter')
    await page.getByRole('row', { name: /^Invoices .*500/ }).waitFor()
    await page.getByRole('button', { name: 'Edit: Invoices' }).click()
    await page.getByRole('textbox', { name: 'Current value' }).fill('77')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('row', { name: /^Invoices .*77/ }).waitFor()
    await person.checkAccessibility()
    await page.getByRole('button', { name: 'Delete: Invoices' }).click()
    await page.getByRole('button', { name: 'Delete', exact: true }).click()
    await page.getByText('No number ranges.').waitFor()
  })
})
