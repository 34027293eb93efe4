import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { promisify } from 'node:util'
import newman, { type RunSummary } from 'newman'
import type { Page } from 'playwright-core'
import { type Person, sitDown, withoutChromium } from './browser.ts'
import { Flows, https, rowOf } from './flows.ts'
import { holds } from './holds.ts'

const run = promisify(execFile)
const secret = `a secret: "100%" of it's ~/`
const hostile = `<img src="x" onerror="document.title='run'"><script>document.title='run'</script>`

describe('Test: a person who calls a flow', { skip: withoutChromium ?? false }, () => {
  let person: Person
  let page: Page
  let flows: Flows

  before(async () => {
    person = await sitDown()
    page = person.page
    flows = await Flows.start(person.server)
    for (const id of ['sender', 'stranger']) {
      const tokenLifetime = { value: 5, unit: 'minutes' } as const
      await flows.tenant.createClient({ id, secret, subscription: 'deviflmap', tokenLifetime })
    }
    await flows.tenant.allowMessages('sender')
  })

  after(() => person.close())

  async function getToken(clientId: string, clientSecret: string): Promise<void> {
    await pick('Client ID', clientId)
    await page.getByLabel('Client secret').fill(clientSecret)
    await page.getByRole('button', { name: 'Get token' }).press('Enter')
  }

  /** The suggestions take the focus while they open and close, which a person waits for, too. */
  async function pick(label: string, text: string): Promise<void> {
    await page.getByRole('combobox', { name: label }).fill(text)
    const option = page.getByRole('option', { name: new RegExp(`^${text}`) })
    await option.click()
    await option.waitFor({ state: 'hidden' })
  }

  async function send(address: string, body: string): Promise<void> {
    await pick('Address', address)
    await page.getByRole('textbox', { name: 'Text of the body' }).fill(body)
    await page.getByRole('button', { name: 'Send' }).click()
  }

  const status = (text: string | RegExp) => page.getByRole('status').getByText(text).waitFor()
  const answerBody = () => page.getByRole('region', { name: 'Response body' })

  test('is told what to do while nothing is deployed, chosen or fetched', async () => {
    await person.open('/test')
    await page.getByText('No flow with an HTTPS sender is deployed.').waitFor()
    await page.getByRole('button', { name: 'Send' }).click()
    await page.getByRole('alert').getByText('Choose the endpoint to call').waitFor()
    await page.getByRole('combobox', { name: 'Address' }).fill('/http/echo')
    await page.getByRole('button', { name: 'Send' }).click()
    await page.getByRole('alert').getByText('Get a token first.').waitFor()
    await page.getByRole('button', { name: 'Get token' }).click()
    await page.getByRole('alert').getByText('Enter the ID of a client and its secret.').waitFor()
    await person.checkAccessibility()
  })

  test('reads the server’s words when the secret is wrong', async () => {
    await getToken('sender', 'wrong')
    await page
      .getByRole('alert')
      .getByText('401 invalid_client: The client ID or the client secret is wrong.')
      .waitFor()
    await getToken('sender', secret)
    await page.getByText('Opaque token of sender').waitFor()
    await page.getByText(/Valid for (5:00|4:5\d)/).waitFor()
  })

  test('reads that nothing listens at an address', async () => {
    await page.getByRole('combobox', { name: 'Address' }).fill('/http/echo')
    await page.getByRole('button', { name: 'Send' }).click()
    await status('404')
    await page.getByText('No flow listens here.').waitFor()
    await person.checkAccessibility()
  })

  test('calls a flow and sees the answer as text, and its log', async () => {
    const wrapContent = '{"got": "${header.X-Order}", "body": ${in.body}}'
    const echo = { id: 'Echo', type: 'Enricher', properties: { bodyType: 'expression', wrapContent } }
    await flows.deploy('echo', { ...rowOf(https('/echo/*'), [echo]), properties: { allowedHeaderList: '*' } })
    const read = { id: 'Read', type: 'XmlToJsonConverter' }
    await flows.deploy('strict', rowOf({ ...https('/strict/*'), xsrfProtection: '1' }, [read]))
    await person.open('/test')
    await getToken('sender', secret)
    await page.getByText('Opaque token of sender').waitFor()
    await page.getByRole('button', { name: 'Add header' }).click()
    await page.getByRole('textbox', { name: 'Name of header 2' }).fill('X-Order')
    await page.getByRole('textbox', { name: 'Value of header 2' }).fill('4711')
    await page.getByRole('textbox', { name: 'Path tail and query' }).fill('sub?a=1')
    await send('/http/echo', JSON.stringify(hostile))
    await status('200')
    assert.match(await answerBody().innerText(), /^\{\n {2}"got": "4711",\n {2}"body": /)
    assert.ok((await answerBody().innerText()).includes(JSON.stringify(hostile)))
    assert.equal(await page.title(), 'Test – Sluice')
    await page.getByRole('listitem').getByText('POST /http/echo/sub?a=1').waitFor()
    const link = page.getByRole('link', { name: 'Open message log' })
    assert.match((await link.getAttribute('href')) ?? '', /^\/monitor\/messages\/[\w-]+$/)
    await person.checkAccessibility()
  })

  test('learns who may not call, and that a message failed', async () => {
    await send('/http/strict', 'no XML')
    await status('403')
    await page.getByText('select “Fetch a CSRF token first”').waitFor()
    await page.getByRole('checkbox', { name: 'Fetch a CSRF token first' }).click()
    await send('/http/strict', 'no XML')
    await status('500')
    await page.getByText('The message failed in the flow.').waitFor()
    await page.getByRole('link', { name: 'Open message log' }).waitFor()
    await getToken('stranger', secret)
    await page.getByText('Opaque token of stranger').waitFor()
    await page.getByRole('button', { name: 'Send' }).click()
    await status('403')
    await page.getByText('to user oauth_client_stranger in the cockpit').waitFor()
    const client = page.getByRole('link', { name: 'Open the client in the cockpit' })
    assert.equal(await client.getAttribute('href'), '/cockpit/oauth/clients/client/stranger')
    await page.getByRole('checkbox', { name: 'Fetch a CSRF token first' }).click()
  })

  test('sees the claims of a JWT, and when its life is over', async () => {
    await choose('Token format', 'JWT (jwtrfc)')
    await getToken('sender', secret)
    await page.getByText('JWT of sender').waitFor()
    const claims = JSON.parse(await page.getByRole('region', { name: 'Claims' }).innerText())
    assert.equal(claims.sub ?? claims.client_id, 'oauth_client_sender')
    person.server.clock.advance(6 * 60_000)
    await send('/http/echo', '{}')
    await status('401')
    await page.getByText('The token was not accepted').waitFor()
    await choose('Token format', 'Opaque')
    await getToken('sender', secret)
    await page.getByText('Opaque token of sender').waitFor()
  })

  test('sends a file, and what was typed is still there after a look at another page', async () => {
    await choose('Body', 'File')
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'order.json', mimeType: '', buffer: Buffer.from('[ 1 ]') })
    await page.getByText('order.json, 5 bytes').waitFor()
    await page.getByRole('button', { name: 'Send' }).click()
    await status('200')
    assert.match(await answerBody().innerText(), /"body": \[\n {4}1\n {2}\]/)
    await page.getByRole('treeitem', { name: 'Monitor' }).click()
    await page.getByRole('heading', { level: 2 }).filter({ hasNotText: 'Test' }).waitFor()
    await page.getByRole('treeitem', { name: 'Test' }).click()
    await page.getByText('order.json, 5 bytes').waitFor()
    await choose('Body', 'Text')
    await page.getByRole('listitem').getByText('POST /http/echo/sub?a=1').last().click()
    await holds(page.getByRole('textbox', { name: 'Text of the body' }), JSON.stringify(hostile))
  })

  test('runs the request as curl, fetch and Java', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'sluice-snippets-'))
    const env = { ...process.env, CLIENT_SECRET: secret }
    const quoting = `{"it's": "\\"$HOME\\" \`id\` ✓", "a": "b"}`
    await page.getByRole('textbox', { name: 'Text of the body' }).fill(quoting)
    const runs = [
      ['curl', 'call.sh', 'sh', '/bin/sh'],
      ['fetch', 'call.mjs', process.execPath, process.execPath],
      ['Java', 'Call.java', 'java', '/usr/bin/java'],
    ] as const
    for (const [name, file, command, needed] of runs) {
      if (!existsSync(needed)) continue
      writeFileSync(join(directory, file), await snippet(name))
      const { stdout } = await run(command, [join(directory, file)], { env })
      assert.ok(stdout.includes(`{"got": "4711", "body": ${quoting}}`), `${name}: ${stdout}`)
    }
    rmSync(directory, { recursive: true })
    assert.match(await snippet('ABAP'), /cl_http_client=>create_by_url/)
  })

  test('saves the request for Postman, which runs it', async () => {
    const saving = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Save for Postman' }).click()
    const saved = await saving
    assert.equal(saved.suggestedFilename(), 'sluice.postman_collection.json')
    const collection = JSON.parse(readFileSync(await saved.path(), 'utf8'))
    const envVar = [{ key: 'clientSecret', value: secret }]
    const bodies: string[] = []
    const summary = await new Promise<RunSummary>((resolve, reject) => {
      newman
        .run({ collection, environment: {}, envVar }, (error, result) => (error ? reject(error) : resolve(result)))
        .on('request', (_, { response }) => bodies.push(`${response.code} ${response.text()}`))
    })
    assert.deepEqual(summary.run.failures, [])
    assert.match(bodies[1] ?? '', /^200 \{"got": "4711"/)
  })

  async function choose(label: string, option: string): Promise<void> {
    await page.getByRole('combobox', { name: label, exact: true }).click()
    await page.getByRole('option', { name: option, exact: true }).click()
  }

  async function snippet(name: string): Promise<string> {
    await page.getByRole('button', { name: 'Copy as …' }).click()
    await page.getByRole('menuitem', { name: new RegExp(`^${name}`) }).click()
    const text = await page.getByRole('region', { name: `Call as ${name}` }).textContent()
    await page.getByRole('button', { name: 'Close' }).click()
    return text ?? ''
  }
})
