import assert from 'node:assert/strict'
import { readFile, rm } from 'node:fs/promises'
import { after, before, describe, test } from 'node:test'
import { type Person, sitDown, withoutChromium } from './browser.ts'
import { exportedPackage } from './exported-package.ts'
import { Flows, https, rowOf } from './flows.ts'

describe('Design: a person with packages', { skip: withoutChromium ?? false }, () => {
  let person: Person
  let flows: Flows
  let zip: string

  before(async () => {
    zip = await exportedPackage()
    person = await sitDown()
    flows = await Flows.start(person.server)
  })

  after(async () => {
    await person.close()
    await rm(zip)
  })

  test('is told how to begin, and what is missing', async () => {
    const { page } = person
    await person.open('/design')
    await page.getByText('There are no packages.').waitFor()
    await person.checkAccessibility()
    await page.getByRole('button', { name: 'Create' }).click()
    await page.locator('ui5-dialog').getByRole('button', { name: 'Create' }).click()
    await page.getByRole('alert').filter({ hasText: 'Fill in this field.' }).first().waitFor()
    await person.checkAccessibility()
  })

  test('creates a package, and an artifact of each kind from a template', async () => {
    const { page } = person
    await page.getByRole('textbox', { name: 'Name' }).fill('My <b>package</b>')
    await page.getByRole('textbox', { name: 'ID' }).fill('mine')
    await page.locator('ui5-dialog').getByRole('button', { name: 'Create' }).click()
    await page.getByRole('heading', { name: 'My <b>package</b>', level: 2 }).waitFor()
    await page.getByText('The package has no artifacts.').waitFor()
    for (const kind of ['Integration flow', 'Message mapping', 'Script collection', 'Value mapping']) {
      await page.getByRole('button', { name: 'Add artifact' }).click()
      await page.getByRole('combobox', { name: 'Type' }).click()
      await page.getByRole('option', { name: kind }).click()
      await page.getByRole('textbox', { name: 'Name' }).fill(`A ${kind}`)
      await page.getByRole('button', { name: 'Create' }).click()
      await page.getByRole('row', { name: `A ${kind} ${kind} 1.0.0 Not deployed` }).waitFor()
    }
    await person.checkAccessibility()
  })

  test('reads the server’s words when an ID is taken, and what was typed stays', async () => {
    const { page } = person
    await page.getByRole('button', { name: 'Add artifact' }).click()
    await page.getByRole('textbox', { name: 'Name' }).fill('A Value mapping')
    await page.getByRole('button', { name: 'Create' }).click()
    await page.getByRole('alert').getByText('AValuemapping').waitFor()
    assert.equal(await page.getByRole('textbox', { name: 'Name' }).inputValue(), 'A Value mapping')
    await page.getByRole('button', { name: 'Cancel' }).click()
  })

  test('begins with a flow that answers as soon as it is deployed', async () => {
    const { page } = person
    await page.getByRole('button', { name: 'Add artifact' }).click()
    await page.getByRole('combobox', { name: 'Template' }).click()
    await page.getByRole('option', { name: 'HTTPS request with reply' }).click()
    await page.getByRole('textbox', { name: 'Name' }).fill('Greeter')
    await person.checkAccessibility()
    await page.getByRole('button', { name: 'Create' }).click()
    await page.getByRole('button', { name: 'Deploy: Greeter' }).click()
    await page.getByRole('row', { name: /Greeter .* STARTED/ }).waitFor()
    assert.equal((await flows.call('Greeter')).text, 'Hello from Greeter')
  })

  test('imports a package that is dropped, deploys its flow, and sees it start', async () => {
    const { page } = person
    await person.open('/design')
    await page.getByRole('button', { name: 'Import' }).click()
    const content = (await readFile(zip)).toString('base64')
    const dataTransfer = await page.evaluateHandle(`(() => {
      const bytes = Uint8Array.from(atob('${content}'), character => character.charCodeAt(0))
      const transfer = new DataTransfer()
      transfer.items.add(new File([bytes], 'hello.zip'))
      return transfer
    })()`)
    await page.getByRole('region', { name: /^Drop the zip file/ }).dispatchEvent('drop', { dataTransfer })
    await page.getByText('hello.zip').waitFor()
    await person.checkAccessibility()
    await page.locator('ui5-dialog').getByRole('button', { name: 'Import' }).click()
    await page.getByRole('heading', { name: 'hello', level: 2 }).waitFor()
    await page.getByRole('button', { name: 'Deploy: hello' }).click()
    await page.getByRole('row', { name: /hello .* STARTED/ }).waitFor()
  })

  test('changes a parameter and saves a version', async () => {
    const { page } = person
    await page.getByRole('link', { name: 'hello' }).click()
    const greeting = page.getByRole('textbox', { name: 'Greeting' })
    await greeting.fill('Guten Tag')
    await page.getByText('xsd:string · The word that the answer starts with').waitFor()
    await page.getByRole('button', { name: 'Save parameters' }).click()
    await page.getByText('Saved. Deploy the flow').waitFor()
    await page.getByRole('button', { name: 'Save as version' }).click()
    await page.getByRole('textbox', { name: 'Version' }).fill('two')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByRole('alert').getByText('found "two"').waitFor()
    await page.getByRole('textbox', { name: 'Version' }).fill('1.0.1')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByRole('row', { name: '1.0.1' }).waitFor()
    await page.getByText('2 of 2').waitFor()
    await person.checkAccessibility()
    await page.reload()
    await greeting.waitFor()
    assert.equal(await greeting.inputValue(), 'Guten Tag')
  })

  test('reads why a deployment failed', async () => {
    const { page } = person
    await flows.import(
      'broken',
      rowOf(https('/broken'), [{ id: 'Log', type: 'JavaScript', properties: { script: 'None.js' } }]),
    )
    await person.open('/design/packages/brokenPackage/IntegrationFlow/broken')
    await page.getByRole('button', { name: 'Deploy: broken' }).click()
    await page.getByRole('region', { name: 'Error of the deployment' }).getByText('None.js').waitFor()
    await person.checkAccessibility()
  })

  test('exports a package, deletes it knowing what goes with it, and imports it again, or over what there is', async () => {
    const { page } = person
    await person.open('/design/packages/helloPackage')
    const saving = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Download: helloPackage.zip' }).click()
    const saved = await (await saving).path()
    await page.getByRole('button', { name: 'Copy', exact: true }).click()
    await page.locator('ui5-dialog').getByRole('button', { name: 'Copy', exact: true }).click()
    await page.getByRole('heading', { name: 'hello.copy', level: 2 }).waitFor()
    await page.getByRole('button', { name: 'Delete: hello.copy', exact: true }).first().click()
    await page.getByText('is deleted with all versions of its artifacts (1): hello.copy.').waitFor()
    await person.checkAccessibility()
    await page.getByRole('button', { name: 'Delete', exact: true }).click()
    await page.getByRole('heading', { name: 'Integration packages' }).waitFor()
    await page.getByText('3 of 3').waitFor()
    await page.getByRole('button', { name: 'Import' }).click()
    await page.locator('input[type=file]').setInputFiles(saved)
    await page.locator('ui5-dialog').getByRole('button', { name: 'Import' }).click()
    await page.getByRole('alert').getByText('The package is there already.').waitFor()
    await page.getByRole('button', { name: 'Overwrite' }).click()
    await page.getByRole('heading', { name: 'hello', level: 2 }).waitFor()
  })
})
