import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AcceptanceRun } from '../acceptance-run.ts'
import { sendBytes } from '../wire.ts'

const flow = "IntegrationDesigntimeArtifacts(Id='AccFlow',Version='active')"

/** Start of a request, body, status and the code that says it in words. */
const refusals: readonly (readonly [start: string, body: string, status: number, code: string])[] = [
  ["GET IntegrationPackages('Nobody')", '', 404, 'Not Found'],
  ['GET Nothing', '', 404, 'Not Found'],
  ['GET IntegrationPackages?$filter=Name%20eq', '', 400, 'Bad Request'],
  ["GET IntegrationPackages?$filter=Nobody%20eq%20'x'", '', 400, 'Bad Request'],
  ['GET IntegrationPackages?$top=-1', '', 400, 'Bad Request'],
  ['GET IntegrationPackages?$expand=Nothing', '', 400, 'Bad Request'],
  ["GET MessageProcessingLogs('x", '', 400, 'Bad Request'],
  ['GET TraceMessages(abc)', '', 400, 'Bad Request'],
  ["GET BuildAndDeployStatus(TaskId='nobody')", '', 404, 'Not Found'],
  [`GET ${flow.replace('AccFlow', 'Nobody')}/$value`, '', 404, 'Not Found'],
  ['POST IntegrationPackages', '{', 400, 'Bad Request'],
  ['POST IntegrationPackages', '{"Id":"AccPkg","Name":"Again","ShortText":"Again"}', 409, 'Conflict'],
  ['POST IntegrationPackages', '{"PackageContent":"bm8gemlw"}', 400, 'Bad Request'],
  [`PUT ${flow}`, '{"ArtifactContent":"bm8gemlw"}', 400, 'Bad Request'],
  [`PUT ${flow}/$links/Configurations('Nobody')`, '{"ParameterValue":"x"}', 404, 'Not Found'],
  ["POST DeployIntegrationDesigntimeArtifact?Id='Nobody'&Version='active'", '', 404, 'Not Found'],
  ['POST DeployIntegrationDesigntimeArtifact', '', 400, 'Bad Request'],
  ['GET DeployIntegrationDesigntimeArtifact', '', 405, 'Method Not Allowed'],
  ['DELETE IntegrationPackages', '', 405, 'Method Not Allowed'],
  ["DELETE IntegrationRuntimeArtifacts('Nobody')", '', 404, 'Not Found'],
  ['POST $batch', 'no batch', 415, 'Unsupported Media Type'],
]

/** What clients get wrong: the same refusal in both forms, and never a failure of the server. */
export function errorSteps(run: AcceptanceRun): void {
  for (const [start, body, status, code] of refusals) {
    test(`an error as Atom or JSON: ${start} ${body}`.trimEnd(), async () => {
      const atom = await ask(start, body, '')
      assert.equal(atom.status, status, atom.text)
      assert.match(atom.headers.get('content-type') ?? '', /^application\/xml/)
      assert.match(
        atom.text,
        new RegExp(
          `<error xmlns="http://schemas.microsoft.com/ado/2007/08/dataservices/metadata"><code>${code}</code><message xml:lang="en">[^<]+</message>`,
        ),
      )
      const json = await ask(start, body, 'Accept: application/json')
      assert.equal(json.status, status)
      assert.match(json.headers.get('content-type') ?? '', /^application\/json/)
      const { error } = JSON.parse(json.text) as { error: { code: string; message: { lang: string; value: string } } }
      assert.deepEqual([error.code, error.message.lang], [code, 'en'])
      assert.ok(error.message.value.length > 10)
    })
  }

  test('who is unknown is refused in both forms', async () => {
    for (const [accept, type] of [
      ['', /^application\/xml/],
      ['Accept: application/json', /^application\/json/],
    ] as const) {
      const head = [
        'GET /api/v1/IntegrationPackages HTTP/1.1',
        `Host: ${run.tenant.host}`,
        'Authorization: Bearer nobody',
        accept,
      ]
      const answer = await sendBytes(run.tenant.listener, head.filter(Boolean).join('\r\n'))
      assert.equal(answer.status, 401)
      assert.match(answer.headers.get('content-type') ?? '', type)
    }
  })

  test('options that nobody knows are ignored', async () => {
    for (const path of [
      'IntegrationPackages?Author=Fred%7CJohn&LoB=Sales',
      'KeystoreEntries?keystoreName=system',
      'StringParameters?user=ada&sap-client=100',
      `${flow}/Configurations?messageid=x&_=1`,
    ]) {
      assert.equal((await ask(`GET ${path}`, '', 'Accept: application/json')).status, 200, path)
    }
  })

  test('no client has made the server fail', async () => {
    const lines = await run.tenant.accessLines()
    assert.ok(lines.length > 300, String(lines.length))
    const failures = lines.filter(({ status, path }) => status >= 500 && !path.startsWith('/http/'))
    assert.deepEqual(failures, [])
    const messages = lines.filter(({ status, path }) => status >= 500 && path.startsWith('/http/'))
    assert.deepEqual(
      messages.map(({ path, status }) => [path, status]),
      [['/http/acceptance/orders', 500]],
    )
  })

  async function ask(start: string, body: string, accept: string) {
    const [method = '', path = ''] = start.split(' ')
    const head = [
      `${method} /api/v1/${path} HTTP/1.1`,
      `Host: ${run.tenant.host}`,
      `Authorization: ${run.destination.headers?.Authorization}`,
      ...(accept === '' ? [] : [accept]),
      `Content-Length: ${body.length}`,
    ]
    return sendBytes(run.tenant.listener, head.join('\r\n'), body)
  }
}
