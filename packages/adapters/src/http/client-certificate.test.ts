import assert from 'node:assert/strict'
import { test } from 'node:test'
import { expressions, type HttpCall, steps } from '@sluice/iflow'
import { fakePorts, httpAnswer, message, runFlow } from '@sluice/iflow/testing'
import { adapters } from '../index.ts'
import { httpFlow, type Texts } from './testing/http-flow.ts'

const aliases: readonly [channel: Texts, alias: string | undefined][] = [
  [{ authenticationMethod: 'Client Certificate', privateKeyAlias: ' partner ' }, 'partner'],
  [{ authenticationMethod: 'Client Certificate', privateKeyAlias: '${property.alias}' }, 'other'],
  [{ authenticationMethod: 'Client Certificate' }, ''],
  [{ authenticationMethod: 'None', privateKeyAlias: 'partner' }, undefined],
]
for (const [channel, alias] of aliases) {
  test(`${JSON.stringify(channel)} shows ${alias === undefined ? 'no certificate' : `that of "${alias}"`}`, async () => {
    const sent: HttpCall[] = []
    const http = (call: HttpCall) => {
      sent.push(call)
      return httpAnswer()
    }
    await runFlow(httpFlow(channel), {
      registry: { steps, adapters, expressions },
      message: message({ properties: { alias: 'other' } }),
      ports: fakePorts({ http }),
    })
    assert.deepEqual(
      sent.map(({ privateKeyAlias }) => privateKeyAlias),
      [alias],
    )
  })
}
