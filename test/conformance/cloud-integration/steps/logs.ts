import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AcceptanceRun } from '../acceptance-run.ts'
import { openContiva } from '../clients/contiva.ts'
import { jsonOf, rowsOf } from '../wire.ts'

const logs = '/api/v1/MessageProcessingLogs'

interface Log {
  readonly MessageGuid: string
  readonly Status: string
}

/** Steps 22 and 23: message processing logs, as five clients ask for them. */
export function logSteps(run: AcceptanceRun): void {
  test('22: Piper reads the newest log', async () => {
    const query = (top: number) =>
      `${logs}?$filter=IntegrationArtifact/Id+eq+'AccFlow'+and+Status+ne+'DISCARDED'&$orderby=LogEnd+desc&$top=${top}`
    assert.deepEqual(rowsOf<Log>(await run.piper.get(query(1))).map(pair), [[run.refused, 'FAILED']])
    assert.deepEqual(rowsOf<Log>(await run.piper.get(query(10))).map(pair), newestFirst())
  })

  test('22: a Jenkinsfile leaves out a blank', async () => {
    const filter = "$filter=IntegrationArtifact/Id%20eq%20'AccFlow'and%20Status%20ne%20'DISCARDED'"
    const answer = await run.jenkinsfile.get(`${logs}?${filter}&$orderby=LogEnd%20desc&%24select=Status`)
    assert.deepEqual(
      rowsOf<Log>(answer).map(({ Status }) => Status),
      ['FAILED', 'COMPLETED'],
    )
  })

  test('22: CPI Helper asks for what has begun since 1900', async () => {
    const filter =
      "IntegrationFlowName eq 'AccFlow' and LogStart gt datetime'1900-01-01T00:00:00.000' and Status ne 'DISCARDED'"
    const select = 'Status,LogEnd,LogStart,MessageGuid,LogLevel,AlternateWebLink'
    const answer = await run.cpiHelper.get(
      `${logs}?$filter=${filter}&$top=20&$format=json&$orderby=LogEnd desc&$select=${select}`,
    )
    const rows = rowsOf<Log & Record<string, string>>(answer)
    assert.deepEqual(rows.map(pair), newestFirst())
    assert.deepEqual(Object.keys(rows[0] ?? {}).sort(), [...select.split(','), '__metadata'].sort())
    assert.match(rows[0]?.LogStart ?? '', /^\/Date\(\d+\)\/$/)
    const correlated = await run.cpiHelper.get(
      `${logs}?$format=json&$filter=MessageGuid eq '${run.refused}'&$orderby=LogStart`,
    )
    assert.deepEqual(rowsOf<Log>(correlated).map(pair), [[run.refused, 'FAILED']])
  })

  test('22: the SAP Cloud SDK filters with parentheses and everything encoded, and counts', async () => {
    const api = (await run.sdk()).api('MessageProcessingLogs')
    const all = await api.requestBuilder().getAll().execute(run.destination)
    const { schema } = api as unknown as {
      schema: {
        LOG_END: Record<'lessOrEqual' | 'equals', (value: unknown) => unknown>
        STATUS: Record<'equals', (value: string) => unknown>
        INTEGRATION_ARTIFACT: { id: Record<'equals', (value: string) => unknown> }
      }
    }
    const newest = all
      .map(({ logEnd }) => logEnd)
      .sort()
      .at(-1)
    const { and, or } = await import('@sap-cloud-sdk/odata-v2')
    const filter = and(
      schema.LOG_END.lessOrEqual(newest) as never,
      schema.INTEGRATION_ARTIFACT.id.equals('AccFlow') as never,
      or(schema.STATUS.equals('FAILED') as never, schema.STATUS.equals('COMPLETED') as never) as never,
    )
    const found = await api.requestBuilder().getAll().filter(filter).top(50).execute(run.destination)
    const pairs = found.map(({ messageGuid, status }) => [messageGuid, status]).sort()
    assert.deepEqual(pairs, newestFirst().sort())
    assert.equal(await api.requestBuilder().getAll().filter(filter).count().execute(run.destination), 2)
  })

  test('22: contiva repeats $select and asks for the count', async () => {
    const contiva = openContiva(run.tenant, false)
    const { logs: found, count } = await contiva.messageProcessingLogs.getMessageProcessingLogs({
      top: 10,
      filter: "IntegrationArtifact/Id eq 'AccFlow' and MessageGuid ne null",
      orderby: ['LogEnd desc'],
      select: ['MessageGuid' as never, 'Status'],
      inlinecount: true,
    })
    assert.deepEqual(
      found.map(log => [log.MessageGuid, log.Status]),
      newestFirst(),
    )
    assert.equal(found[0]?.CorrelationId, undefined, 'Expected only what was selected')
    assert.equal(count, 2)
  })

  test('22: figaf counts, and pages with a double condition', async () => {
    const count = await run.figaf.get(`${logs}/$count?$filter=${encodeURIComponent("Status eq 'FAILED'")}`)
    assert.deepEqual([count.status, count.text], [200, '1'])
    const since = "LogStart gt datetime'2020-01-01T00:00:00.000'"
    const filter = `IntegrationFlowName eq 'AccFlow' and ${since} and ${since} and (Status eq 'COMPLETED' or Status eq 'FAILED')`
    const page = await run.figaf.get(
      encodeURI(`${logs}?$inlinecount=allpages&$format=json&$top=1&$skip=1&$orderby=LogEnd desc&$filter=${filter}`),
    )
    const { __count: total, results } = jsonOf<{ __count: string; results: Log[] }>(page)
    assert.deepEqual([total, results.map(pair)], ['2', [[run.confirmed, 'COMPLETED']]])
  })

  test('23: Piper and CPI Helper read what went wrong, where something did', async () => {
    const piper = { 'Content-Type': 'application/json' }
    const failed = await run.piper.get(`${logs}('${run.refused}')/ErrorInformation/$value`, piper)
    assert.equal(failed.status, 200)
    assert.match(failed.headers.get('content-type') ?? '', /^text\/plain/)
    assert.match(failed.text, /IllegalArgumentException/)
    assert.match(failed.text, /Order 4712 exceeds the limit/)
    assert.match(failed.text, /CallActivity_7/)
    const byHelper = await run.cpiHelper.get(`${logs}('${run.refused}')/ErrorInformation/$value`)
    assert.equal(byHelper.text, failed.text)
    const completed = await run.piper.get(`${logs}('${run.confirmed}')/ErrorInformation/$value`, piper)
    assert.ok(completed.status === 204 || completed.status === 404, `found ${completed.status}`)
    const text = await run.contiva.messageProcessingLogs.getLogErrorInformationText(run.refused)
    // contiva gives it as JSON text.
    assert.equal(JSON.parse(text ?? ''), failed.text)
  })

  function newestFirst(): string[][] {
    return [
      [run.refused, 'FAILED'],
      [run.confirmed, 'COMPLETED'],
    ]
  }
}

function pair({ MessageGuid, Status }: Log): string[] {
  return [MessageGuid, Status]
}
