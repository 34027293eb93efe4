import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, describe, test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import { type Person, sitDown, withoutChromium } from './browser.ts'

describe('a person who looks at the access log', { skip: withoutChromium ?? false }, () => {
  let person: Person

  before(async () => {
    person = await sitDown()
    const { server } = person
    for (let index = 0; index < 150; index++) await fetch(`${server.url}/http/nowhere/${index}`)
    await fetch(`${server.url}/api/v1/IntegrationPackages`)
  })

  after(() => person.close())

  test('finds requests by status, user and path, and goes back in time', async () => {
    const { page } = person
    await person.open('/monitor/access-log')
    await page.getByText('100 shown').waitFor()
    await person.checkAccessibility()
    await page.getByRole('textbox', { name: 'Path' }).fill('/http/NOWHERE/')
    await page.keyboard.press('Enter')
    await page.getByRole('row', { name: /404 GET \/http\/nowhere\/149 / }).waitFor()
    await page.getByRole('button', { name: 'Show more' }).click()
    await page.getByText('150 shown').waitFor()
    await page.getByRole('textbox', { name: 'Path' }).fill('IntegrationPackages')
    await page.getByRole('textbox', { name: 'User' }).fill('-')
    await page.keyboard.press('Enter')
    await page.getByRole('row', { name: /401 GET \/api\/v1\/IntegrationPackages no credentials were sent/ }).waitFor()
    await page.getByRole('combobox', { name: 'HTTP status' }).click()
    await page.getByRole('option', { name: '5xx' }).click()
    await page.getByText('No such request in the log.').waitFor()
    await person.checkAccessibility()
  })

  test('downloads a log file', async () => {
    const { page } = person
    await person.open('/monitor/access-log')
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: /^Download: http-access-/ }).click(),
    ])
    assert.match(file.suggestedFilename(), /^http-access-\d{4}-\d\d-\d\d\.log\.gz$/)
    assert.match(gunzipSync(await readFile(await file.path())).toString(), /"path":"\/http\/nowhere\/149"/)
  })
})
