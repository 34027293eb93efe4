import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AcceptanceRun } from '../acceptance-run.ts'
import { artifactFiles, edited, unzip, zip } from '../artifact-zip.ts'
import { jsonOf, rowsOf } from '../wire.ts'
import { assertError, withVersion } from './content.ts'

const flow = "/api/v1/IntegrationDesigntimeArtifacts(Id='AccFlow',Version='active')"

const parameters = 'src/main/resources/parameters.prop'

interface Configuration {
  readonly ParameterKey: string
  readonly ParameterValue: string
  readonly DataType: string
  readonly Description: string
}

/** Steps 13 and 14: parameters of an integration flow. */
export function configurationSteps(run: AcceptanceRun): void {
  test('13: FlashPipe and Postman read the parameters', async () => {
    for (const client of [run.flashPipe, run.postman]) {
      assert.deepEqual(
        rowsOf<Configuration>(await client.get(`${flow}/Configurations`))
          .map(valuesOf)
          .sort(),
        [
          ['My Key', 'Thank you', 'xsd:string', 'What the confirmation says'],
          ['limit', '100', 'xsd:integer', 'The largest amount that is confirmed'],
        ],
      )
    }
    const count = await run.flashPipe.get(`${flow}/Configurations/$count`)
    assert.deepEqual([count.status, count.text], [200, '2'])
    assert.match(count.headers.get('content-type') ?? '', /^text\/plain/)
  })

  test('14: FlashPipe and Piper change a parameter with a blank in its key', async () => {
    const key = `${flow}/$links/Configurations('My%20Key')`
    const byFlashPipe = await run.flashPipe.write('PUT', key, { ParameterValue: 'Many thanks' })
    assert.equal(byFlashPipe.status, 202, byFlashPipe.text)
    assert.equal(await parameterOf(run, 'My Key'), 'Many thanks')

    // Piper writes the key as it is, which makes Go encode the whole path, and a version that is a number.
    const escaped =
      '/api/v1/IntegrationDesigntimeArtifacts%28Id=%27AccFlow%27,Version=%271.0.3%27%29/$links/Configurations%28%27My%20Key%27%29'
    const byPiper = await run.piper.configure(escaped, 'Thanks')
    assert.equal(byPiper.status, 202, byPiper.text)
    assert.equal(await parameterOf(run, 'My Key'), 'Thanks')
  })

  test('14: FlashPipe and Piper hear that there is no such parameter', async () => {
    const key = `${flow}/$links/Configurations('Other%20Key')`
    assertError(await run.flashPipe.write('PUT', key, { ParameterValue: 'x' }), 404, 'Not Found')
    assertError(await run.piper.configure(key, 'x'), 404, 'Not Found')
    const wrong = await run.flashPipe.write('PUT', `${flow}/$links/Configurations('limit')`, { Value: '1' })
    assertError(wrong, 400, 'Bad Request')
  })

  test('14: configured values are still there after FlashPipe has uploaded other content', async () => {
    const changed = edited(withVersion(artifactFiles('AccFlow'), '1.0.4'), parameters, 'limit=100', 'limit=50')
    const ArtifactContent = (await zip(changed)).toString('base64')
    const answer = await run.flashPipe.write('PUT', flow, { ArtifactContent })
    assert.equal(answer.status, 200, answer.text)
    assert.deepEqual([await parameterOf(run, 'My Key'), await parameterOf(run, 'limit')], ['Thanks', '50'])
    const downloaded = await unzip((await run.flashPipe.get(`${flow}/$value`)).body)
    assert.match(downloaded.get(parameters)?.toString('latin1') ?? '', /^My\\ Key=Thanks\r?$/m)
  })
}

function valuesOf({ ParameterKey, ParameterValue, DataType, Description }: Configuration): string[] {
  return [ParameterKey, ParameterValue, DataType, Description]
}

/** The value of a parameter of `AccFlow`, as FlashPipe reads it. */
export async function parameterOf({ flashPipe }: AcceptanceRun, key: string): Promise<string | undefined> {
  const answer = await flashPipe.get(`${flow}/Configurations`)
  return jsonOf<{ results: Configuration[] }>(answer).results.find(({ ParameterKey }) => ParameterKey === key)
    ?.ParameterValue
}
