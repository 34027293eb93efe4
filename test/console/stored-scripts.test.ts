import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { type Person, sitDown, withoutChromium } from './browser.ts'
import { Flows } from './flows.ts'

/** What people may try to store: each must be shown as it is. `document.title` would tell that one ran. */
const markup = '<img src=x onerror="document.title=`ran`"><script>document.title="ran"</script>'
const link = 'javascript:document.title="ran"'

const pack = '/design/packages/scripted'

describe('scripts that somebody has stored are shown as text', { skip: withoutChromium ?? false }, () => {
  let person: Person

  before(async () => {
    person = await sitDown()
    const flows = await Flows.start(person.server)
    const { tenant } = flows
    const create = (set: string, body: object) => tenant.send('POST', `/api/v1/${set}`, 201, body)
    await tenant.importFlow('hello', fileURLToPath(new URL('../../examples/hello', import.meta.url)))
    await create('IntegrationPackages', {
      Id: 'scripted',
      Name: `Package ${markup}`,
      ShortText: `Short ${markup}`,
      Vendor: `Vendor ${link}`,
      Version: '1.0.0',
    })
    await create('ScriptCollectionDesigntimeArtifacts', {
      Id: 'collection',
      Name: `Artifact ${markup}`,
      PackageId: 'scripted',
      Description: `Description ${markup}`,
    })
    const parameter = "IntegrationDesigntimeArtifacts(Id='hello',Version='active')/$links/Configurations('Greeting')"
    await tenant.send('PUT', `/api/v1/${parameter}`, 202, { ParameterValue: `Value ${markup}`, DataType: 'xsd:string' })
    await person.open('/test')
  })

  after(() => person.close())

  const cases: readonly (readonly [what: string, path: string, text: string, inField?: true])[] = [
    ['the name of a package in the list', '/design', `Package ${markup}`],
    ['the name of a package on its page', pack, `Package ${markup}`],
    ['the short text of a package', pack, `Short ${markup}`],
    ['the vendor of a package', pack, `Vendor ${link}`],
    ['the name of an artifact in its package', pack, `Artifact ${markup}`],
    ['the name of an artifact on its page', `${pack}/ScriptCollection/collection`, `Artifact ${markup}`],
    ['the description of an artifact', `${pack}/ScriptCollection/collection`, `Description ${markup}`],
    ['the value of a parameter', '/design/packages/helloPackage/IntegrationFlow/hello', `Value ${markup}`, true],
    ['an address that is none', `/design/${encodeURIComponent(markup)}`, '%3Cimg'],
  ]
  for (const [what, path, text, inField] of cases) {
    test(what, async () => {
      const { page } = person
      await page.goto(path)
      if (inField) {
        const field = page.getByRole('textbox', { name: 'Greeting' })
        await field.waitFor()
        assert.equal(await field.inputValue(), text)
      } else await page.getByText(text).first().waitFor()
      await person.settle()
      assert.notEqual(await page.title(), 'ran')
      assert.equal(await page.locator('main img').count(), 0)
    })
  }

  test('the name of a file that is chosen', async () => {
    const { page } = person
    await page.goto('/design')
    await page.getByRole('button', { name: 'Import' }).click()
    const name = '<img src=x onerror=document.title=`ran`>.zip'
    await page
      .locator('input[type=file]')
      .setInputFiles({ name, mimeType: 'application/zip', buffer: Buffer.from('x') })
    await page.getByText(name).waitFor()
    await page.locator('ui5-dialog').getByRole('button', { name: 'Import' }).click()
    await page.getByRole('alert').getByText('Expected').waitFor()
    assert.notEqual(await page.title(), 'ran')
    assert.equal(await page.locator('ui5-dialog img').count(), 0)
  })
})
