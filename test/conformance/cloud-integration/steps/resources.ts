import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AcceptanceRun } from '../acceptance-run.ts'
import { rowsOf } from '../wire.ts'

const flow = "/api/v1/IntegrationDesigntimeArtifacts(Id='AccFlow',Version='active')"

interface Resource {
  readonly Name: string
  readonly ResourceType: string
  readonly ResourceSize: string
}

/** Step 16. */
export function resourceSteps(run: AcceptanceRun): void {
  const list = `${flow}/Resources`
  const link = `${flow}/$links/Resources(Name='Totals.xsl',ResourceType='xslt')`
  const stylesheet = '<xsl:stylesheet xmlns:xsl="http://www.w3.org/1999/XSL/Transform" version="1.0"/>'
  const base64 = (text: string) => Buffer.from(text).toString('base64')

  test('16: Piper adds, changes and deletes a resource', async () => {
    const content = { Name: 'Totals.xsl', ResourceContent: base64(stylesheet), ResourceType: 'xslt' }
    const created = await run.piper.write('POST', list, content)
    assert.equal(created.status, 201, created.text)
    const row = await resourceOf(run)
    assert.deepEqual([row?.ResourceType, row?.ResourceSize], ['xslt', String(stylesheet.length)])

    const changed = stylesheet.replace('1.0', '3.0')
    const updated = await run.piper.write('PUT', link, { ResourceContent: base64(changed) })
    assert.equal(updated.status, 200, updated.text)
    const value = await run.piper.get(`${list}(Name='Totals.xsl',ResourceType='xslt')/$value`, {})
    assert.deepEqual([value.status, value.text], [200, changed])

    const deleted = await run.piper.write('DELETE', link)
    assert.equal(deleted.status, 200, deleted.text)
    assert.equal(await resourceOf(run), undefined)
    assert.equal((await run.piper.write('DELETE', link)).status, 404)
  })

  test('16: contiva lists the resources that the archive brought along', async () => {
    const { contiva } = run
    const found = await contiva.integrationContent.getIntegrationFlowResources('AccFlow', 'active')
    const scripts = found.filter(({ ResourceType }) => ResourceType === 'groovy').map(({ Name }) => Name)
    assert.deepEqual(scripts.sort(), ['Prepare.groovy', 'Refuse.groovy'])
  })

  async function resourceOf({ flashPipe }: AcceptanceRun): Promise<Resource | undefined> {
    return rowsOf<Resource>(await flashPipe.get(list)).find(({ Name }) => Name === 'Totals.xsl')
  }
}
