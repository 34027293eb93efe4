import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AcceptanceRun } from '../acceptance-run.ts'
import { parameterOf } from './configuration.ts'

/** Step 15. */
export function batchSteps(run: AcceptanceRun): void {
  for (const [name, lineBreak] of [
    ['as it writes them', '\r\n'],
    ['with line feeds alone', '\n'],
  ] as const) {
    test(`15: cig changes two parameters in a batch, lines ${name}`, async () => {
      const values = { 'My Key': `Thank you (${name})`, limit: lineBreak === '\n' ? '120' : '110' }
      const answer = await run.cig.configureInBatch(
        'AccFlow',
        [
          { key: 'My Key', value: values['My Key'], dataType: 'xsd:string' },
          { key: 'limit', value: values.limit, dataType: 'xsd:integer' },
        ],
        lineBreak,
      )
      assert.equal(answer.status, 202, answer.text)
      assert.match(answer.headers.get('content-type') ?? '', /^multipart\/mixed; *boundary=/)
      assert.deepEqual(answer.text.match(/HTTP\/1\.1 \d+/g), ['HTTP/1.1 202', 'HTTP/1.1 202'])
      assert.deepEqual([await parameterOf(run, 'My Key'), await parameterOf(run, 'limit')], Object.values(values))
    })
  }
}
