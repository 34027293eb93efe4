import assert from 'node:assert/strict'
import { test } from 'node:test'
import { encodeBase64 } from '@sluice/iflow'
import { flowText, message, runFlow } from '@sluice/iflow/testing'
import { makeZip } from '../src/formats/zip.ts'
import { bodiesAt, container, end, lines, run, start } from './path-sketch.ts'

/** The headers of the parts at a step. */
const namesAt = (outcome: Awaited<ReturnType<typeof run>>, id: string) =>
  outcome.events
    .filter(event => event.phase === 'start' && event.elementId === id)
    .map(event => event.exchange?.headers.get('CamelFileName'))

for (const kind of ['zip', 'tar'] as const) {
  const gatherFiles = (gatherFileNames: string) => ({
    type: 'Gather',
    properties: { aggregationAlgorithm: `${kind}-strategy`, gatherFileNames },
  })
  const splitFiles = { type: kind === 'zip' ? 'ZipSplitter' : 'TarSplitter' }

  test(`lines become files of a ${kind} archive, and its files become messages again`, async () => {
    const long = 'n'.repeat(120)
    const nodes = {
      S: start,
      Split: lines(),
      G: gatherFiles(`${long}/\${property.CamelSplitIndex}.txt`),
      Files: splitFiles,
      E: end,
    }
    const outcome = await run({ processes: [container('Main', ['S Split G Files E'], nodes)] }, 'a\n\nb')
    assert.equal(outcome.result.failure, undefined)
    assert.deepEqual(bodiesAt(outcome, 'E'), ['a', 'b'])
    assert.deepEqual(namesAt(outcome, 'E'), [`${long}/0.txt`, `${long}/2.txt`])
  })

  test(`two files of one name in a ${kind} archive fail the step`, async () => {
    const nodes = { S: start, Split: lines(), G: gatherFiles('a.txt'), E: end }
    const { result } = await run({ processes: [container('Main', ['S Split G E'], nodes)] }, 'a\nb')
    assert.deepEqual([result.failure?.code, result.failure?.stepId], ['step', 'G'])
  })

  test(`files without a name get one in a ${kind} archive`, async () => {
    const nodes = { S: start, Split: lines(), G: gatherFiles(''), Files: splitFiles, E: end }
    const outcome = await run({ processes: [container('Main', ['S Split G Files E'], nodes)] }, 'a\nb')
    assert.deepEqual(namesAt(outcome, 'E'), ['message-1-1', 'message-1-2'])
  })
}

test('an archive that unpacks to more than it can in earnest fails the splitter, entry by entry', async () => {
  const zeros = new Uint8Array(6 * 1024 * 1024)
  const archive = await makeZip(
    ['a', 'b'].map(name => ({ name, bytes: zeros })),
    0,
  )
  const sketch = { processes: [container('Main', ['S Split E'], { S: start, Split: { type: 'ZipSplitter' }, E: end })] }
  const { result, trace } = await runFlow(flowText(sketch), { message: message({ bytes: encodeBase64(archive) }) })
  assert.deepEqual([result.failure?.code, trace.join(' ')], ['size-limit', 'S Split'])
})
