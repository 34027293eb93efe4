import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AcceptanceRun } from '../acceptance-run.ts'

const flow = "(Id='AccFlow',Version='active')"

/** An agent with odata-mcp-proxy looks at everything that the proxy knows. */
export function agentSteps(run: AcceptanceRun): void {
  test('odata-mcp-proxy lists every set that is served', async () => {
    const { apis } = await run.sdk()
    const tools = (await run.proxy.tools()).map(tool => /^([A-Za-z0-9]+)_list$/.exec(tool)?.[1] ?? '')
    const sets = tools.filter(name => apis.has(name))
    assert.ok(sets.length >= 20, sets.join())
    for (const set of sets) {
      const { isError, content } = await run.proxy.call(`${set}_list`, {})
      const text = content[0]?.text ?? ''
      if (isError) assert.match(text, /to be reached through|in query option|Expected a filter/, set)
      else assert.ok(Array.isArray((JSON.parse(text) as { d: { results: unknown } }).d.results), set)
    }
  })

  test('odata-mcp-proxy changes what it mentions', async () => {
    const changes: readonly (readonly [set: string, path: string, body: object, found: RegExp])[] = [
      ['IntegrationPackages', "('AccPkg')", { ShortText: 'By an agent' }, /"ShortText": "By an agent"/],
      ['IntegrationDesigntimeArtifacts', flow, { Name: 'Acceptance Flow' }, /"Name": "Acceptance Flow"/],
      ['UserCredentials', "('AccPartner')", { Description: 'By an agent' }, /"Description": "By an agent"/],
      ['StringParameters', "(Pid='ACME',Id='Release')", { Value: 'D.01B' }, /"Value": "D\.01B"/],
    ]
    for (const [set, path, body, found] of changes) {
      const { isError, content } = await run.proxy.call(`${set}_update`, { path, body })
      assert.equal(isError, undefined, `${set}: ${content[0]?.text}`)
      assert.match((await run.proxy.call(`${set}_get`, { path })).content[0]?.text ?? '', found)
    }
  })

  test('odata-mcp-proxy reads entities and what belongs to them', async () => {
    const log = `('${run.confirmed}')`
    const reads: readonly (readonly [tool: string, path: string, found: RegExp])[] = [
      ['IntegrationPackages_get', "('AccPkg')?$select=Id,Name", /"Name": "Acceptance"/],
      ['IntegrationPackages_list', "?$filter=Name eq 'Acceptance'&$top=10", /"Id": "AccPkg"/],
      ['IntegrationDesigntimeArtifacts_get', flow, /"Id": "AccFlow"/],
      ['IntegrationDesigntimeArtifacts_Resources_list', flow, /"Name": "Prepare\.groovy"/],
      ['IntegrationDesigntimeArtifacts_Configurations_list', flow, /"ParameterKey": "My Key"/],
      ['ValueMappingDesigntimeArtifacts_ValMapSchema_list', flow.replace('AccFlow', 'AccValues'), /"SrcAgency": "ERP"/],
      ['IntegrationRuntimeArtifacts_get', "('AccFlow')", /"Status": "STARTED"/],
      ['MessageProcessingLogs_get', log, /"Status": "COMPLETED"/],
      ['MessageProcessingLogs_CustomHeaderProperties_list', log, /"Value": "4711"/],
      ['MessageProcessingLogs_MessageStoreEntries_list', log, /"MessageStoreId": "Received"/],
      ['MessageProcessingLogs_AdapterAttributes_list', log, /"results": /],
      ['StringParameters_get', "(Pid='ACME',Id='Standard')", /"Value": "X12"/],
    ]
    for (const [tool, path, found] of reads) {
      const { isError, content } = await run.proxy.call(tool, { path })
      assert.equal(isError, undefined, `${tool}: ${content[0]?.text}`)
      assert.match(content[0]?.text ?? '', found, tool)
    }
  })
}
