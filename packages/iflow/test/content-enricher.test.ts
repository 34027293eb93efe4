import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compileSource, flowText } from '@sluice/iflow/testing'
import { container, end, receiver, run, start } from './path-sketch.ts'

const enrich = {
  enrichmentType: 'xmlLookupAggregation',
  originalMessageNodePath: '/o/e',
  originalMessageKeyElement: 'k',
  resourceMessageNodePath: '/l/c',
  resourceMessageKeyElement: 'id/code',
}
const declaration = "<?xml version='1.0' encoding='UTF-8'?>"

const cases = [
  {
    title: 'every lookup node of a key comes to every node that has it',
    body: '<o><e><k>1</k></e><e><k>1</k><x/></e></o>',
    reply: '<l><c><id><code>1</code></id></c><c n="2"><id><code> 1 </code></id></c></l>',
    text: '<o><e><k>1</k>A</e><e><k>1</k><x/>A</e></o>'.replaceAll(
      'A',
      '<c><id><code>1</code></id></c><c n="2"><id><code> 1 </code></id></c>',
    ),
  },
  {
    title: 'nodes and lookup nodes without a key, or with an empty one, are left alone',
    body: '<o><e/><e><k/></e></o>',
    reply: '<l><c/><c><id><code/></id></c></l>',
    text: '<o><e/><e><k/></e></o>',
  },
]
for (const { title, body, reply, text } of cases) {
  test(title, async () => {
    const nodes = { S: start, C: { type: 'contentEnricherWithLookup', properties: enrich }, E: end }
    const sketch = { processes: [container('Main', ['S C E'], nodes)], channels: [receiver('C', { reply })] }
    const { result } = await run(sketch, body)
    assert.equal(result.failure, undefined)
    assert.equal(result.exchange.body.text(), `${declaration}${text}`)
  })
}

test('headers and attachments that the receiver leaves are not those of the message; its failure fails the step', async () => {
  const nodes = { S: start, C: { type: 'contentEnricherWithLookup', properties: enrich }, E: end }
  for (const properties of [{ reply: '<l/>' }, { reply: '<l/>', waits: 'true' }, { fails: 'away' }, { reply: 'x' }]) {
    const sketch = { processes: [container('Main', ['S C E'], nodes)], channels: [receiver('C', properties)] }
    const { result } = await run(sketch, '<o/>')
    const expected = 'fails' in properties ? 'receiver' : properties.reply === 'x' ? 'not-well-formed' : undefined
    assert.equal(result.failure?.code, expected)
    assert.equal(result.exchange.headers.get('Answered'), undefined)
    assert.equal(result.exchange.body.text(), expected === undefined ? `${declaration}<o/>` : '<o/>')
  }
})

test('reported: enriching without all paths, and no channel', async () => {
  const node = { type: 'contentEnricherWithLookup', properties: { ...enrich, originalMessageKeyElement: '' } }
  const sketch = { processes: [container('Main', ['S C E'], { S: start, C: node, E: end })] }
  const { diagnostics } = await compileSource(flowText(sketch))
  const errors = diagnostics.filter(({ severity }) => severity === 'error').map(({ code }) => code)
  assert.deepEqual(errors, ['receiver-channel', 'missing-property'])
})
