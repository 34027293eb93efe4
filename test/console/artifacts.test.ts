import { after, before, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { type Person, sitDown, withoutChromium } from './browser.ts'
import { Flows, https, rowOf } from './flows.ts'

describe('a person who looks after integration content', { skip: withoutChromium ?? false }, () => {
  let person: Person
  let flows: Flows

  before(async () => {
    person = await sitDown()
    flows = await Flows.start(person.server)
    await flows.deployFolder('hello', fileURLToPath(new URL('../../examples/hello', import.meta.url)))
    const broken = rowOf(https('/broken'), [{ id: 'Log', type: 'JavaScript', properties: { script: 'None.js' } }])
    await flows.import('broken', broken)
    await flows.tenant.startDeploy('broken')
    await person.server.deployed()
  })

  after(() => person.close())

  test('sees on the overview how many messages and artifacts there are, and goes to them', async () => {
    const { page } = person
    await flows.call('hello')
    await person.open('/monitor')
    await page.getByRole('link', { name: 'Messages All, past hour 1' }).waitFor()
    await page.getByRole('link', { name: 'Messages Failed, past hour 0' }).waitFor()
    await person.checkAccessibility()
    await page.getByRole('link', { name: 'Integration Content Error 1' }).click()
    await page.getByRole('row', { name: /broken .* ERROR/ }).waitFor()
    await page.getByText('1 of 1').waitFor()
  })

  test('reads why an artifact did not start', async () => {
    const { page } = person
    await person.open('/monitor/artifacts')
    await page.getByText('2 of 2').waitFor()
    await person.checkAccessibility()
    await page.getByRole('row', { name: /broken/ }).click()
    await page.getByRole('heading', { name: 'broken', level: 2 }).waitFor()
    await page.getByRole('region', { name: 'Error of the deployment' }).getByText('None.js').waitFor()
    await person.checkAccessibility()
  })

  test('finds where a flow is called, and sets its log level', async () => {
    const { page, server } = person
    await person.open('/monitor/artifacts/hello')
    await page.getByRole('row', { name: `${server.url}/http/hello` }).waitFor()
    await page.getByRole('combobox', { name: 'Log level' }).click()
    const set = page.waitForResponse(/SetMplLogLevelCommand/)
    await page.getByRole('option', { name: 'DEBUG' }).click()
    await set
    await flows.call('hello')
    await person.checkAccessibility()
    await page.reload()
    await page.getByRole('combobox', { name: 'Log level' }).getByText('DEBUG').waitFor()
  })

  test('restarts and undeploys after being asked', async () => {
    const { page } = person
    await person.open('/monitor/artifacts/hello')
    await page.getByRole('button', { name: 'Restart: hello' }).click()
    await page.getByRole('button', { name: 'Cancel' }).click()
    await page.getByRole('dialog', { name: 'Restart' }).waitFor({ state: 'hidden' })
    await page.getByRole('button', { name: 'Restart: hello' }).click()
    await page.getByRole('button', { name: 'Restart', exact: true }).click()
    await page.getByRole('dialog', { name: 'Restart' }).waitFor({ state: 'hidden' })
    await person.server.deployed()
    await page.getByRole('button', { name: /^Undeploy: / }).click()
    await page.getByText('hello stops and is no longer deployed').waitFor()
    await person.checkAccessibility()
    await page.getByRole('button', { name: 'Undeploy', exact: true }).click()
    await page.getByRole('heading', { name: 'Integration content' }).waitFor()
    await page.getByText('1 of 1').waitFor()
  })
})
