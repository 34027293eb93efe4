import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AcceptanceRun } from '../acceptance-run.ts'
import { jsonOf, rowsOf } from '../wire.ts'
import { order } from './runtime.ts'

const logs = '/api/v1/MessageProcessingLogs'

interface Named {
  readonly Name: string
  readonly Value: string
}

/** Steps 24 and 25: what a message has left beside its log. */
export function detailSteps(run: AcceptanceRun): void {
  const expected = [['po_number', '4711']]

  test('24: CPI Helper, figaf, contiva and the SAP Cloud SDK read the custom header that the script has set', async () => {
    const path = `${logs}('${run.confirmed}')`
    const expanded = await run.cpiHelper.get(`${path}?$format=json&$expand=CustomHeaderProperties`)
    const { CustomHeaderProperties, ApplicationMessageId } = jsonOf<{
      CustomHeaderProperties: { results: Named[] }
      ApplicationMessageId: string
    }>(expanded)
    assert.deepEqual(CustomHeaderProperties.results.map(pair), expected)
    assert.equal(ApplicationMessageId, '4711')
    const followed = await run.figaf.get(`${path}/CustomHeaderProperties?$format=json`)
    assert.deepEqual(rowsOf<Named>(followed).map(pair), expected)
    const byContiva = await run.contiva.messageProcessingLogs.getLogCustomHeaderProperties(run.confirmed)
    assert.deepEqual(
      byContiva.map(({ Name, Value }) => [Name, Value]),
      expected,
    )
    const api = (await run.sdk()).api('MessageProcessingLogs')
    const { customHeaderProperties } = (await api
      .requestBuilder()
      .getByKey(run.confirmed)
      .select(api.schema.ALL_FIELDS, api.schema.CUSTOM_HEADER_PROPERTIES)
      .execute(run.destination)) as { customHeaderProperties: { name: string; value: string }[] }
    assert.deepEqual(
      customHeaderProperties.map(({ name, value }) => [name, value]),
      expected,
    )
  })

  test('24: logs are found by a custom header, as the documentation and figaf ask', async () => {
    const option = "filterCustomHeaderProperties='po_number'%20eq%20'4711'"
    const both = await run.postman.get(`${logs}?${option}`)
    assert.deepEqual(guidsOf(rowsOf(both)), [run.confirmed])
    const combined = await run.postman.get(`${logs}?${option}&$filter=Status%20eq%20'FAILED'`)
    assert.deepEqual(rowsOf(combined), [])
    const filter = "Name eq 'po_number' and Value eq '4712'"
    const query = `$inlinecount=allpages&$format=json&$top=10&$skip=0&$expand=Log&$filter=${filter}`
    const found = await run.figaf.get(encodeURI(`/api/v1/MessageProcessingLogCustomHeaderProperties?${query}`))
    const { __count, results } = jsonOf<{ __count: string; results: { Log: { MessageGuid: string } }[] }>(found)
    assert.deepEqual([__count, results.map(({ Log }) => Log.MessageGuid)], ['1', [run.refused]])
  })

  test('24: CPI Helper and contiva read the attachment that the script has made', async () => {
    const list = await run.cpiHelper.get(`${logs}('${run.confirmed}')/Attachments?$format=json`)
    const [attachment, ...others] = rowsOf<Record<'Id' | 'Name' | 'ContentType' | 'PayloadSize', string>>(list)
    assert.ok(attachment !== undefined && others.length === 0)
    const { Name, ContentType, PayloadSize } = attachment
    assert.deepEqual([Name, ContentType, PayloadSize], ['Order', 'text/xml', String(order('4711', 50).length)])
    const value = await run.cpiHelper.get(`/api/v1/MessageProcessingLogAttachments('${attachment.Id}')/$value`)
    assert.deepEqual([value.status, value.text], [200, order('4711', 50)])
    const byContiva = await run.contiva.messageProcessingLogs.getLogAttachments(run.confirmed)
    assert.deepEqual(
      byContiva.map(({ Id }) => Id),
      [attachment.Id],
    )
  })

  test('25: CPI Helper and contiva read the message that the flow has persisted, of a message that went well', async () => {
    const list = await run.cpiHelper.get(`${logs}('${run.confirmed}')/MessageStoreEntries?$format=json`)
    const [entry, ...others] = rowsOf<Record<'Id' | 'MessageGuid' | 'MessageStoreId', string>>(list)
    assert.ok(entry !== undefined && others.length === 0)
    assert.deepEqual([entry.MessageGuid, entry.MessageStoreId], [run.confirmed, 'Received'])
    const path = `/api/v1/MessageStoreEntries('${entry.Id}')`
    const value = await run.cpiHelper.get(`${path}/$value`)
    assert.deepEqual([value.status, value.text], [200, order('4711', 50)])
    const properties = rowsOf<Named>(await run.cpiHelper.get(`${path}/Properties?$format=json`))
    assert.equal(properties.find(({ Name }) => Name === 'OrderKind')?.Value, 'standard')
    const byContiva = await run.contiva.messageStore.getMessageStoreEntriesForMessage(run.confirmed)
    assert.deepEqual(
      byContiva.map(({ Id }) => Id),
      [entry.Id],
    )
    const refused = await run.cpiHelper.get(`${logs}('${run.refused}')/MessageStoreEntries?$format=json`)
    assert.deepEqual(rowsOf(refused), [])
  })
}

function pair({ Name, Value }: Named): string[] {
  return [Name, Value]
}

function guidsOf(rows: readonly Record<string, unknown>[]): unknown[] {
  return rows.map(({ MessageGuid }) => MessageGuid)
}
