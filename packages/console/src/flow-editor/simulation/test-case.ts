import type { SimulatedCall, Simulation, SimulationRequest } from '../../api/flow-trials.ts'

/**
 * The file of a case for `sluice test` that sends the message of a simulation and expects what came of it: JSON, which is YAML.
 * `process`: the ID of the process that was run. Receivers that answered with what they got are told to.
 */
export function testCaseText(
  name: string,
  process: string,
  { message: { headers, properties, body, bytes }, mocks }: Pick<SimulationRequest, 'message' | 'mocks'>,
  { status, failure, calls, message }: Simulation,
): string {
  const content = bytes === undefined ? body : { base64: bytes }
  const test = {
    name,
    send: { to: process, ...(content !== undefined && { body: content }), headers, properties },
    receivers: { ...echoes(calls), ...mocks },
    expect: {
      status,
      ...(failure && { failure: { code: failure.code, ...(failure.elementId && { step: failure.elementId }) } }),
      ...(status === 'COMPLETED' && message && !message.body.isCut && { body: expectedBody(message.body) }),
    },
  }
  return `${JSON.stringify(test, undefined, 2)}\n`
}

function echoes(calls: readonly SimulatedCall[]): Record<string, object> {
  return Object.fromEntries(
    calls.map(({ channelId, message: { body } }) => [
      channelId,
      { body: body.text === undefined ? { base64: body.base64 ?? '' } : { text: body.text } },
    ]),
  )
}

function expectedBody({ text, base64 }: NonNullable<Simulation['message']>['body']): object {
  return text === undefined ? { base64: base64 ?? '' } : { text }
}
