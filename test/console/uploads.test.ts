import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { readFile, rm } from 'node:fs/promises'
import { after, before, describe, test } from 'node:test'
import { type Person, sitDown, withoutChromium } from './browser.ts'
import { exportedPackage } from './exported-package.ts'

describe('a person who uploads over a slow line', { skip: withoutChromium ?? false }, () => {
  let person: Person
  let zip: string

  before(async () => {
    zip = await exportedPackage()
    person = await sitDown()
    await person.open('/design')
    await person.page.getByText('There are no packages.').waitFor()
  })

  after(async () => {
    await person.close()
    await rm(zip)
  })

  test('drops a package on the list, sees how much is sent, and reads what the server says', async () => {
    const { page } = person
    // No package, and large enough to be on its way for as long as it is looked at.
    const content = randomBytes(1_500_000).toString('base64')
    await drop(page, 'large.zip', content)
    await page.getByText('large.zip').waitFor()
    const line = await page.context().newCDPSession(page)
    const slow = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: 100_000 }
    await line.send('Network.emulateNetworkConditions', slow)
    await page.locator('ui5-dialog').getByRole('button', { name: 'Import' }).click()
    const bar = page.getByRole('progressbar', { name: 'Sending large.zip' })
    const begun = bar.and(page.locator('[aria-valuenow]:not([aria-valuenow="0"])'))
    const percent = Number(await begun.getAttribute('aria-valuenow'))
    assert.ok(percent > 0 && percent < 100, `${percent} %`)
    await person.checkAccessibility()
    await line.send('Network.emulateNetworkConditions', { ...slow, uploadThroughput: -1 })
    await page.getByRole('alert').getByText('Expected').waitFor()
    await page.getByRole('button', { name: 'Cancel' }).click()
  })

  test('drops a package on the list and imports it', async () => {
    const { page } = person
    await drop(page, 'hello.zip', (await readFile(zip)).toString('base64'))
    await page.getByText('hello.zip').waitFor()
    await page.locator('ui5-dialog').getByRole('button', { name: 'Import' }).click()
    await page.getByRole('heading', { name: 'hello', level: 2 }).waitFor()
  })
})

async function drop(page: Person['page'], name: string, content: string): Promise<void> {
  const dataTransfer = await page.evaluateHandle(`(() => {
    const bytes = Uint8Array.from(atob('${content}'), character => character.charCodeAt(0))
    const transfer = new DataTransfer()
    transfer.items.add(new File([bytes], '${name}'))
    return transfer
  })()`)
  for (const event of ['dragover', 'drop'])
    await page.getByText('There are no packages.').dispatchEvent(event, { dataTransfer })
}
