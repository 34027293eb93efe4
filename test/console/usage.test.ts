import { after, before, describe, test } from 'node:test'
import { type Person, sitDown, withoutChromium } from './browser.ts'
import { Flows, https, rowOf } from './flows.ts'

describe('a person who looks at figures', { skip: withoutChromium ?? false }, () => {
  let person: Person

  before(async () => {
    person = await sitDown()
    const flows = await Flows.start(person.server)
    await flows.deploy('calm', rowOf(https('/calm'), []))
    const failing = [{ id: 'Fail', type: 'JavaScript', properties: { script: 'Fail.js' } }]
    const script = 'function processData() { throw new Error("no") }'
    await flows.deploy('broken', rowOf(https('/broken'), failing), { 'script/Fail.js': script })
    for (const flow of ['calm', 'calm', 'calm', 'broken']) await flows.call(flow)
  })

  after(() => person.close())

  test('sees messages, failures and durations by flow over time, drawn and in numbers', async () => {
    const { page } = person
    await person.open('/monitor/usage')
    const flows = page.getByRole('region', { name: 'Messages by integration flow' })
    await flows.getByRole('row', { name: /^calm 3 0 0% / }).waitFor()
    await flows.getByRole('row', { name: /^broken 1 1 100% / }).waitFor()
    await page.getByRole('figure', { name: /^Chart of Messages: Past 24 hours/ }).waitFor()
    const table = page.getByRole('region', { name: 'Table of Messages: Past 24 hours' })
    await table.getByRole('row', { name: 'Jan 1, 1:00 AM 3 1' }).waitFor()
    await person.checkAccessibility()

    await page.getByRole('option', { name: 'Failed' }).click()
    const failures = page.getByRole('region', { name: 'Table of Failed: Past 24 hours' })
    await failures.getByRole('row', { name: 'Jan 1, 1:00 AM 0 1' }).waitFor()
    await page.getByRole('combobox', { name: 'Time' }).click()
    await page.getByRole('option', { name: 'Past 7 days' }).click()
    await page.getByRole('option', { name: 'Average duration' }).click()
    await page.getByRole('figure', { name: /^Chart of Average duration: Past 7 days/ }).waitFor()
    await person.checkAccessibility()
  })

  test('looks at one flow, and at all again', async () => {
    const { page } = person
    await person.open('/monitor/usage')
    const flows = page.getByRole('region', { name: 'Messages by integration flow' })
    await flows.getByRole('row', { name: /^calm/ }).click()
    await flows.getByRole('row', { name: /^broken/ }).waitFor({ state: 'hidden' })
    await page.getByRole('button', { name: 'Show all flows' }).click()
    await flows.getByRole('row', { name: /^broken/ }).waitFor()
  })

  test('sees what is stored, and how many tokens are valid', async () => {
    const { page } = person
    await person.open('/monitor/usage')
    await page.getByRole('row', { name: 'Message processing logs 4', exact: true }).waitFor()
    await page.getByRole('row', { name: 'caller 1', exact: true }).waitFor()
    await page.getByText('200: 1', { exact: true }).waitFor()
  })
})
