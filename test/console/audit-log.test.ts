import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, describe, test } from 'node:test'
import { type Person, sitDown, withoutChromium } from './browser.ts'

describe('a person who looks at the audit log', { skip: withoutChromium ?? false }, () => {
  let person: Person

  before(async () => {
    person = await sitDown()
    const { server } = person
    const { authorization } = server.admin
    const headers = { authorization, 'content-type': 'application/json' }
    for (let index = 0; index < 120; index++) {
      const body = JSON.stringify({ groups: [{ name: `group-${index}` }] })
      await fetch(`${server.url}/authorization/v1/accounts/dev/groups`, { method: 'POST', headers, body })
    }
    await fetch(`${server.url}/oauth2/api/v1/clients/nobody`, { method: 'DELETE', headers: { authorization } })
  })

  after(() => person.close())

  test('finds events by category, outcome and text, and goes back in time', async () => {
    const { page } = person
    await person.open('/cockpit/audit-log?category=audit.configuration')
    await page.getByText('100 shown').waitFor()
    await person.checkAccessibility()
    await page.getByRole('button', { name: 'Show more' }).click()
    await page.getByRole('row', { name: /group: create group-0 / }).waitFor()
    await page.getByRole('textbox', { name: 'Text' }).fill('GROUP-7')
    await page.keyboard.press('Enter')
    await page.getByText('11 shown').waitFor()
    await page.getByRole('textbox', { name: 'Text' }).fill('')
    await page.keyboard.press('Enter')
    await page.getByRole('combobox', { name: 'Outcome' }).click()
    await page.getByRole('option', { name: 'Failure' }).click()
    await page.getByRole('row', { name: /client: delete nobody Expected the ID of a registered client/ }).waitFor()
    await page.getByRole('textbox', { name: 'User' }).fill('nobody')
    await page.keyboard.press('Enter')
    await page.getByText('No such event.').waitFor()
    await person.checkAccessibility()
  })

  test('exports what was found', async () => {
    const { page } = person
    await person.open('/cockpit/audit-log?text=group-7')
    await page.getByRole('row', { name: /group-79/ }).waitFor()
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Export' }).click(),
    ])
    assert.equal(file.suggestedFilename(), 'audit-log.jsonl')
    const lines = (await readFile(await file.path(), 'utf8')).trimEnd().split('\n')
    assert.equal(lines.length, 11)
    assert.deepEqual(JSON.parse(lines[0] ?? '').ids, ['group-79'])
  })
})
