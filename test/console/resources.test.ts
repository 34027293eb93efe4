import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { flowText } from '@sluice/iflow/testing'
import { listZip } from '@sluice/iflow/zip'
import { type Person, sitDown, withoutChromium } from './browser.ts'
import { drawn } from './drawn-flow.ts'
import { Flows, https, rowOf } from './flows.ts'

const script = `import com.sap.gateway.ip.core.customdev.util.Message

Message processData(Message message) {
    message.setBody('one')
    return message
}
`

const files = {
  'script/answer.groovy': script.replaceAll('\n', '\r\n'),
  'script/other.js': 'function processData(message) { return message }',
  'xsd/Order.xsd': '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"/>',
}

describe('a person who works on the resources of a flow', { skip: withoutChromium ?? false }, () => {
  let person: Person
  let flows: Flows

  before(async () => {
    person = await sitDown()
    flows = await Flows.start(person.server)
    await flows.import(
      'Orders',
      rowOf(https('/orders'), [{ id: 'Script', type: 'JavaScript', properties: { script: 'other.js' } }]),
      files,
    )
    const jar = { Name: 'tools.jar', ResourceType: 'jar', ResourceContent: Buffer.of(0xff).toString('base64') }
    await flows.tenant.send('POST', `${flow}/Resources`, 201, jar)
  })

  after(() => person.close())

  const flow = "/api/v1/IntegrationDesigntimeArtifacts(Id='Orders',Version='active')"
  const artifact = '/design/packages/OrdersPackage/IntegrationFlow/Orders'

  /** A file of the draft; undefined where it has none. */
  async function fileOf(path: string): Promise<string | undefined> {
    const entry = listZip(await flows.tenant.downloadFlow('Orders')).find(({ name }) => name.endsWith(`/${path}`))
    return entry && new TextDecoder().decode(await entry.read())
  }

  test('sees them by kind, and finds none that is not there', async () => {
    const { page } = person
    await person.open(artifact)
    const resources = page.getByRole('region', { name: 'Resources' })
    await resources.getByRole('row', { name: /answer\.groovy Groovy script/ }).waitFor()
    await resources.getByRole('row', { name: /tools\.jar Java archive/ }).waitFor()
    await person.checkAccessibility()
  })

  test('changes a script, and nothing but what was changed is saved', async () => {
    const { page } = person
    await person.open(artifact)
    await page.getByRole('link', { name: 'answer.groovy' }).click()
    const editor = page.getByRole('textbox', { name: 'Content of answer.groovy' })
    await editor.getByText("'one'").click()
    await page.keyboard.press('End')
    await page.keyboard.type(' // two')
    await page.getByText('Not saved', { exact: true }).waitFor()
    await person.checkAccessibility()
    await page.keyboard.press('Control+s')
    await page.getByText('Draft', { exact: true }).waitFor()
    const expected = files['script/answer.groovy'].replace("('one')", "('one') // two")
    assert.equal(await fileOf('script/answer.groovy'), expected)
    await page.keyboard.press('Control+z')
    await page.getByText('Not saved', { exact: true }).waitFor()
    await page.keyboard.press('Control+y')
    await page.getByText('Draft', { exact: true }).waitFor()
  })

  test('searches in a script, and leaves the editor by keyboard', async () => {
    const { page } = person
    await person.open(artifact)
    await page.getByRole('link', { name: 'answer.groovy' }).click()
    const editor = page.getByRole('textbox', { name: 'Content of answer.groovy' })
    await editor.click()
    await page.keyboard.press('Control+f')
    await page.getByRole('textbox', { name: 'Find' }).fill('setBody')
    await page.getByRole('textbox', { name: 'Replace by' }).waitFor()
    await person.checkAccessibility()
    await page.keyboard.press('Escape')
    await page.getByRole('textbox', { name: 'Find' }).waitFor({ state: 'hidden' })
    await page.keyboard.press('Tab')
    await page.getByText('Not saved', { exact: true }).waitFor()
    await page.keyboard.press('Control+z')
    // Drawn a frame after the text is gone; until then it has its place on the way of the keyboard.
    await page.getByRole('button', { name: 'Save', disabled: true }).waitFor()
    await page.keyboard.press('Escape')
    await page.keyboard.press('Shift+Tab')
    const download = page.waitForEvent('download')
    await page.keyboard.press('Enter')
    assert.equal((await download).suggestedFilename(), 'answer.groovy')
  })

  test('is asked before what is not saved is lost', async () => {
    const { page } = person
    await person.open(`${artifact}/resource?name=other.js&type=js`)
    await page.getByRole('textbox', { name: 'Content of other.js' }).click()
    await page.keyboard.press('Control+Home')
    await page.keyboard.type('// mine ')
    await page.getByRole('link', { name: 'Orders', exact: true }).click()
    await page.getByText(/other\.js.*not saved/).waitFor()
    await person.checkAccessibility()
    await page.getByRole('button', { name: 'Cancel' }).click()
    await page.getByText('Not saved', { exact: true }).waitFor()
    await page.getByRole('link', { name: 'Orders', exact: true }).click()
    await page.locator('ui5-dialog').getByRole('button', { name: 'Save' }).click()
    await page.getByRole('region', { name: 'Resources' }).waitFor()
    assert.equal(await fileOf('script/other.js'), `// mine ${files['script/other.js']}`)
  })

  test('does not overwrite what somebody else has saved, unless told to', async () => {
    const { page } = person
    await person.open(`${artifact}/resource?name=Order.xsd&type=xsd`)
    await page.getByRole('textbox', { name: 'Content of Order.xsd' }).click()
    await page.keyboard.press('Control+Home')
    await page.keyboard.type(' ')
    await page.getByText('Not saved', { exact: true }).waitFor()
    const link = "$links/Resources(Name='Order.xsd',ResourceType='xsd')"
    const ResourceContent = Buffer.from('<theirs/>').toString('base64')
    await flows.tenant.send('PUT', `${flow}/${link}`, 200, { ResourceContent })
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Somebody has changed the resource').waitFor()
    assert.equal(await fileOf('xsd/Order.xsd'), '<theirs/>')
    await person.checkAccessibility()
    await page.getByRole('button', { name: 'Overwrite' }).click()
    await page.getByText('Draft', { exact: true }).waitFor()
    assert.equal(await fileOf('xsd/Order.xsd'), ` ${files['xsd/Order.xsd']}`)
  })

  test('adds a script from a template, is told that there is one already, and deletes it', async () => {
    const { page } = person
    await person.open(artifact)
    await page.getByRole('button', { name: 'Add resource' }).click()
    const dialog = page.getByRole('dialog', { name: 'Add resource' })
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('fresh')
    await person.checkAccessibility()
    await page.getByRole('button', { name: 'Add', exact: true }).click()
    await dialog.waitFor({ state: 'hidden' })
    await page.getByRole('row', { name: /fresh\.groovy/ }).waitFor()
    assert.match((await fileOf('script/fresh.groovy')) ?? '', /Message processData/)
    await page.getByRole('button', { name: 'Add resource' }).click()
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('fresh.groovy')
    await page.getByRole('button', { name: 'Add', exact: true }).click()
    await page.getByText('found the resource "fresh.groovy" already').waitFor()
    await page.getByRole('button', { name: 'Cancel' }).click()
    await page.getByRole('button', { name: 'Delete: fresh.groovy' }).click()
    await page.getByText('“fresh.groovy” is deleted from the draft').waitFor()
    await page.locator('ui5-dialog').getByRole('button', { name: 'Delete', exact: true }).click()
    await page.getByRole('row', { name: /fresh\.groovy/ }).waitFor({ state: 'detached' })
    assert.equal(await fileOf('script/fresh.groovy'), undefined)
  })

  test('uploads a file, which says name and type, and finds it by its name', async () => {
    const { page } = person
    await person.open(artifact)
    await page.getByRole('button', { name: 'Add resource' }).click()
    const dialog = page.getByRole('dialog', { name: 'Add resource' })
    const file = { name: 'Convert.xsl', mimeType: 'text/xml', buffer: Buffer.from('<x/>') }
    await page.locator('input[type=file]').setInputFiles(file)
    await page.getByRole('combobox', { name: 'Type' }).getByText('XSLT mapping').waitFor()
    await page.getByRole('button', { name: 'Add', exact: true }).click()
    await dialog.waitFor({ state: 'hidden' })
    await page.getByRole('row', { name: /Convert\.xsl XSLT mapping/ }).waitFor()
    assert.equal(await fileOf('mapping/Convert.xsl'), '<x/>')
    await page.getByRole('textbox', { name: 'Search by name' }).fill('convert')
    await page.getByRole('row', { name: /answer\.groovy/ }).waitFor({ state: 'detached' })
    await page.getByRole('row', { name: /Convert\.xsl/ }).waitFor()
  })

  test('is told of a resource that is no text, and of one that is gone', async () => {
    const { page } = person
    await person.open(`${artifact}/resource?name=tools.jar&type=jar`)
    await page.getByText('This resource is no text in UTF-8').waitFor()
    await person.checkAccessibility()
    await page.goto(`${artifact}/resource?name=none.js&type=js`)
    await page.getByRole('button', { name: 'Try again' }).waitFor()
    await person.checkAccessibility()
  })

  test('goes from a step to its script', async () => {
    const { page } = person
    const row = rowOf(https('/drawn'), [{ id: 'Script', type: 'JavaScript', properties: { script: 'other.js' } }])
    await flows.import('Drawn', drawn(flowText(row)), files)
    await person.open('/design/packages/DrawnPackage/IntegrationFlow/Drawn/flow')
    await page.getByRole('button', { name: 'Fit to view' }).click()
    const box = await page.locator('[data-element-id="Script"] .djs-visual').first().boundingBox()
    assert.ok(box)
    await page.mouse.click(box.x + box.width / 2, box.y + 10)
    const sheet = page.getByRole('region', { name: 'Properties', exact: true })
    await sheet.getByRole('tab', { name: 'Processing', exact: true }).click()
    await sheet.getByRole('button', { name: /^Open: / }).click()
    await page.getByRole('textbox', { name: 'Content of other.js' }).waitFor()
  })

  test('is told who else works on the flow, and keeps what was typed', async () => {
    const { page, server } = person
    const { tenant } = flows
    await tenant.createClient({ id: 'pipeline', secret: 'secret of pipeline', subscription: 'devtmn' })
    await tenant.allowApi('pipeline', 'AuthGroup.IntegrationDeveloper')
    const authorization = `Bearer ${await tenant.issueToken('pipeline', 'secret of pipeline')}`
    const { status } = await fetch(`${server.url}/api/v1/IntegrationDesigntimeLocks`, {
      method: 'POST',
      headers: { authorization, accept: 'application/json', 'content-type': 'application/json' },
      body: JSON.stringify({ ArtifactId: 'Orders' }),
    })
    assert.equal(status, 201)
    await person.open(`${artifact}/resource?name=other.js&type=js`)
    const editor = page.getByRole('textbox', { name: 'Content of other.js' })
    await editor.click()
    await page.keyboard.type('// typed')
    await page.getByText('locked by "oauth_client_pipeline"').first().waitFor()
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByText('locked by "oauth_client_pipeline"').first().waitFor()
    await editor.getByText('// typed').waitFor()
    await person.checkAccessibility()
  })
})
