import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { after, before, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { type Person, signIn, sitDown, withoutChromium } from './browser.ts'
import { exportedPackage } from './exported-package.ts'

const secret = 'a secret of my own'
const limitMs = 60_000

describe('the scenario', { skip: withoutChromium ?? false }, () => {
  let person: Person
  let zip: string

  before(async () => {
    zip = await exportedPackage()
    person = await sitDown()
  })

  after(async () => {
    await person.close()
    await rm(zip)
  })

  test('a person registers a client, gives it the role, deploys a flow and calls it, in one window', async t => {
    const { page, server } = person
    const startedAt = performance.now()
    const queuedBefore = await queuedMs(page)

    // Sign in to the cockpit.
    await page.goto('/cockpit')
    await signIn(page, server.admin)

    // Register a client with ID and secret.
    await page.getByRole('button', { name: 'Register New Client' }).click()
    await page.getByRole('textbox', { name: 'Name' }).fill('Hello client')
    await page.getByRole('combobox', { name: 'Subscription' }).click()
    await page.getByRole('option', { name: /^deviflmap/ }).click()
    await page.getByRole('textbox', { name: 'ID' }).fill('hello')
    await page.getByLabel('Secret', { exact: true }).fill(secret)
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('heading', { name: 'Client Hello client' }).waitFor()

    // Assign oauth_client_hello to ESBMessaging.send.
    await page.getByText('oauth_client_hello').first().waitFor()
    await page.getByRole('button', { name: 'Assign ESBMessaging.send' }).click()
    await page.getByText('ESBMessaging.send is assigned').waitFor()

    // Import a package and deploy its flow.
    await page.getByRole('treeitem', { name: 'Design' }).click()
    await page.getByRole('button', { name: 'Import' }).click()
    await page.locator('input[type=file]').setInputFiles(zip)
    await page.locator('ui5-dialog').getByRole('button', { name: 'Import' }).click()
    await page.getByRole('heading', { name: 'hello', level: 2 }).waitFor()
    await page.getByRole('button', { name: 'Deploy: hello' }).click()
    await page.getByRole('row', { name: /hello .* STARTED/ }).waitFor()

    // Fetch a token and call the flow.
    await page.getByRole('treeitem', { name: 'Test' }).click()
    for (const [label, text] of [
      ['Address', '/http/hello'],
      ['Client ID', 'hello'],
    ] as const) {
      await page.getByRole('combobox', { name: label }).fill(text)
      const option = page.getByRole('option', { name: new RegExp(`^${text}`) })
      await option.click()
      await option.waitFor({ state: 'hidden' })
    }
    await page.getByLabel('Client secret').fill(secret)
    await page.getByRole('button', { name: 'Get token' }).press('Enter')
    await page.getByText('Opaque token of hello').waitFor()
    await page.getByRole('button', { name: 'Send' }).press('Enter')
    await page.getByRole('status').getByText('200').waitFor()
    assert.equal(await page.getByRole('region', { name: 'Response body' }).innerText(), 'Hello, world!')

    // Open the message's log.
    await page.getByRole('link', { name: 'Open message log' }).click()
    await page.getByText('COMPLETED').first().waitFor()
    assert.match(page.url(), /\/monitor\/messages\/[\w-]+$/)

    const wholeMs = Math.round(performance.now() - startedAt)
    const queued = Array.from(await queuedMs(page), ([process, ms]) => ms - (queuedBefore.get(process) ?? 0))
    const queuedLongest = Math.round(Math.max(0, ...queued))
    t.diagnostic(`${wholeMs} ms, ${queuedLongest} ms of them in the queue for a processor`)
    const tookMs = wholeMs - queuedLongest
    assert.ok(tookMs < limitMs, `Expected at most ${limitMs} ms, found ${tookMs} ms`)
  })
})

/**
 * How long each process of the browser, and this one with the server in it, has been kept waiting by others on a busy machine, in
 * milliseconds; 0 where the system does not say.
 */
async function queuedMs(page: Page): Promise<ReadonlyMap<number, number>> {
  const session = await page.context().browser()?.newBrowserCDPSession()
  const { processInfo = [] } = (await session?.send('SystemInfo.getProcessInfo')) ?? {}
  return new Map(
    [process.pid, ...processInfo.map(({ id }) => id)].map(id => {
      const file = `/proc/${id}/schedstat`
      return [id, existsSync(file) ? Number(readFileSync(file, 'utf8').split(' ')[1]) / 1_000_000 : 0]
    }),
  )
}
