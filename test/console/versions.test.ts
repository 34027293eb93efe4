import { after, before, describe, test } from 'node:test'
import { listZip, makeZip } from '@sluice/iflow/zip'
import { type Person, sitDown, withoutChromium } from './browser.ts'
import { Flows, https, rowOf } from './flows.ts'

const flow = "/api/v1/IntegrationDesigntimeArtifacts(Id='Orders',Version='active')"
const artifact = '/design/packages/OrdersPackage/IntegrationFlow/Orders'

function sketch(script: string) {
  return rowOf(https('/orders'), [{ id: 'Script', type: 'JavaScript', properties: { script } }])
}

describe('a person who compares versions of a flow', { skip: withoutChromium ?? false }, () => {
  let person: Person
  let flows: Flows

  before(async () => {
    person = await sitDown()
    flows = await Flows.start(person.server)
    const { tenant } = flows
    const lines = Array.from({ length: 30 }, (_, index) => `// line ${index}`).join('\n')
    await flows.import('Orders', sketch('old.js'), { 'script/old.js': lines, 'script/gone.js': '' })
    await tenant.send(
      'POST',
      "/api/v1/IntegrationDesigntimeArtifactSaveAsVersion?Id='Orders'&SaveAsVersion='1.0.1'",
      200,
    )
    const change = (method: string, path: string, status: number, body?: object) =>
      tenant.send(method, `${flow}/${path}?SaveAsDraft=true`, status, body)
    const link = (name: string) => `$links/Resources(Name='${name}',ResourceType='js')`
    const ResourceContent = Buffer.from(`${lines}\n// another`).toString('base64')
    await change('PUT', link('old.js'), 200, { ResourceContent })
    await change('DELETE', link('gone.js'), 200)
    await change('POST', 'Resources', 201, { Name: 'new.js', ResourceType: 'js', ResourceContent: '' })
  })

  after(() => person.close())

  test('sees which files differ, and a script side by side', async () => {
    const { page } = person
    await person.open(artifact)
    await page.getByRole('button', { name: 'Compare versions' }).click()
    await page.getByRole('heading', { name: 'Compare versions of Orders' }).waitFor()
    await page.getByRole('row', { name: /script\/gone\.js Removed/ }).waitFor()
    await page.getByRole('row', { name: /script\/new\.js Added/ }).waitFor()
    await page.getByRole('link', { name: /script\/old\.js/ }).click()
    await page.getByRole('textbox', { name: 'Content in 1.0.1' }).waitFor()
    const after = page.getByRole('textbox', { name: 'Content in Current' })
    await after.getByText('// another').waitFor()
    await after.getByText('// line 3', { exact: true }).waitFor({ state: 'detached' })
    await person.checkAccessibility()
    await page.getByRole('checkbox', { name: 'Show only what differs' }).click()
    await after.getByText('// line 3', { exact: true }).waitFor()
  })

  test('reads by element and property what has changed in the flow', async () => {
    const { page } = person
    const { tenant } = flows
    const zip = listZip(await tenant.downloadFlow('Orders'))
    const files = await Promise.all(zip.map(async entry => ({ name: entry.name, bytes: await entry.read() })))
    const changed = files.map(({ name, bytes }) => {
      if (!name.endsWith('.iflw')) return { name, bytes }
      const text = new TextDecoder().decode(bytes).replace('>old.js<', '>new.js<')
      return { name, bytes: new TextEncoder().encode(text) }
    })
    const ArtifactContent = Buffer.from(await makeZip(changed, 0)).toString('base64')
    await tenant.send('PUT', `${flow}?SaveAsDraft=true`, 200, { Name: 'Orders', ArtifactContent })
    await person.open(`${artifact}/compare?from=1.0.1&to=active`)
    const elements = page.getByRole('region', { name: 'Elements that differ' })
    await elements.getByRole('row', { name: /Script Step Changed script old\.js new\.js/ }).waitFor()
    await page.getByRole('region', { name: /\.iflw/ }).waitFor()
    await person.checkAccessibility()
    await page.getByRole('combobox', { name: 'From' }).click()
    await page.getByRole('option', { name: 'Current' }).click()
    await page.getByText('Choose two different versions.').waitFor()
    await person.checkAccessibility()
  })
})
