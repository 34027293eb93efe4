import { defineStep } from '../compile/step.ts'
import { decodeBase64 } from '../formats/base64.ts'
import type { HeavyTask } from '../ports.ts'
import { Body } from '../run/body.ts'
import { heavyCopyFrom, isHeavy } from '../run/heavy-work.ts'

export const base64Decode = defineStep({
  type: 'Base64 Decode',
  label: 'Base64 Decoder',
  doc: [
    'Replaces a body in Base64 by the bytes that it stands for. White space and line ends are ignored, padding may be',
    'missing, and the letters of base64url are read too. Anything else fails the step.',
  ].join(' '),
  versions: { from: '1.0', to: '1.0' },
  group: 'Transformation',
  element: { version: '1.0.1', properties: { activityType: 'Decoder', encoderType: 'Base64 Decode' } },
  leaves: 'one',
  props: {},
  examples: [
    { title: 'In two lines', input: { body: 'R3LD\r\nvMOfZQ==' }, output: { body: 'Grüße' } },
    { title: 'Not Base64', input: { body: '<a/>' }, status: 'FAILED', failure: 'decoding' },
  ],
  compile: () => (exchange, scope) => {
    const text = exchange.text()
    const replace = (bytes: Uint8Array): undefined => {
      exchange.body = Body.of(bytes)
    }
    return isHeavy(exchange.body, heavyCopyFrom)
      ? scope.ports.heavyWork.run(base64DecodeTask, text).then(replace)
      : replace(decodeBase64(text))
  },
})

/** Decoding, elsewhere. */
export const base64DecodeTask: HeavyTask<string, Uint8Array> = { name: 'base64-decode', run: decodeBase64 }
