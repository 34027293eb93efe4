import assert from 'node:assert/strict'
import { test } from 'node:test'
import { body, container, end, join, run, sequential, start } from './path-sketch.ts'

const declaration = "<?xml version='1.0' encoding='UTF-8'?>"
const messages = `${declaration}<multimap:Messages xmlns:multimap="http://sap.com/xi/XI/SplitAndMerge">`

/** Gathers the bodies of as many branches. */
async function gathered(bodies: readonly string[], properties: Record<string, string>) {
  const branches = bodies.map((text, index) => [`B${index}`, body(text)] as const)
  const nodes = {
    S: start,
    M: sequential,
    ...Object.fromEntries(branches),
    J: join,
    G: { type: 'Gather', properties },
    E: end,
  }
  const paths = branches.map(([id]) => `S M ${id} J G E`)
  const namespaceMapping = 'xmlns:n=urn:n'
  return (await run({ processes: [container('Main', paths, nodes)], properties: { namespaceMapping } }, 'x')).result
}

const strategies = [
  {
    title: 'messages of one format stand in one message, without what is around their roots',
    properties: { aggregationAlgorithm: 'sap-identical-multi-mapping' },
    bodies: ['\uFEFF<?xml version="1.0"?>\n<!-- c --><a>&lt;</a>\n', '<a/>'],
    text: `${messages}<multimap:Message1><a>&lt;</a><a/></multimap:Message1></multimap:Messages>`,
  },
  {
    title: 'messages of different formats stand in messages of their own',
    properties: { aggregationAlgorithm: 'sap-pi-multi-mapping' },
    bodies: ['<a/>', '<b>1</b>'],
    text: `${messages}<multimap:Message1><a/></multimap:Message1><multimap:Message2><b>1</b></multimap:Message2></multimap:Messages>`,
  },
  {
    title: 'text is put together as it is',
    properties: { aggregationAlgorithm: 'concatenate-strategy' },
    bodies: ['a\n', 'b'],
    text: 'a\nb',
  },
  {
    title: 'elements come below the target of the first message',
    properties: { aggregationAlgorithm: 'xpath-merge-strategy', sourceXPath: '/l/i', targetXPath: '/l' },
    bodies: ['<l no="1"><i>1</i></l>', '<l no="2"><x/><i>2</i><i>3</i></l>', '<l/>'],
    text: `${declaration}<l no="1"><i>1</i><i>2</i><i>3</i></l>`,
  },
  {
    title: 'without a target elements come to their like',
    properties: { aggregationAlgorithm: 'xpath-merge-strategy', sourceXPath: '/l/m/i/' },
    bodies: ['<l><m><i>1</i></m><n/></l>', '<l><m><i>2</i></m></l>'],
    text: `${declaration}<l><m><i>1</i><i>2</i></m><n/></l>`,
  },
  {
    title: 'elements keep their namespace',
    properties: { aggregationAlgorithm: 'xpath-merge-strategy', sourceXPath: '/n:l/n:i', targetXPath: '/n:l' },
    bodies: ['<l xmlns="urn:n"/>', '<p:l xmlns:p="urn:n"><p:i/></p:l>'],
    text: `${declaration}<l xmlns="urn:n"><i/></l>`,
  },
]
for (const { title, properties, bodies, text } of strategies) {
  test(title, async () => {
    const { exchange, failure } = await gathered(bodies, properties)
    assert.equal(failure, undefined)
    assert.equal(exchange.body.text(), text)
  })
}

const refused = [
  {
    title: 'a message that is not XML',
    algorithm: 'sap-identical-multi-mapping',
    body: '<a>',
    code: 'not-well-formed',
  },
  { title: 'an empty message', algorithm: 'sap-pi-multi-mapping', body: '', code: 'not-well-formed' },
  { title: 'a first message that is not XML', algorithm: 'xpath-merge-strategy', body: 'a', code: 'not-well-formed' },
  { title: 'messages without a source element', algorithm: 'xpath-merge-strategy', body: '<m/>', code: 'expression' },
]
for (const { title, algorithm, body: first, code } of refused) {
  test(`a gather refuses ${title}`, async () => {
    const properties = { aggregationAlgorithm: algorithm, sourceXPath: '/l/i', targetXPath: '/*' }
    const { failure } = await gathered([first || '${property.none}', '<m/>'], properties)
    assert.deepEqual([failure?.code, failure?.stepId], [code, 'G'])
  })
}
