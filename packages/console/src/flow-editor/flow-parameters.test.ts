import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FlowParameters } from './flow-parameters.ts'

const values = new TextEncoder().encode('#c\nPort=443\nOnly\\ here=1\n')
const definitions =
  '<parameters><parameter><key/><name>Port</name><type>xsd:integer</type><description>p</description></parameter><parameter><name>Defined</name></parameter><param_references/></parameters>'

/** The files that change when `edit` changes the parameters. */
function changed(edit: (map: Map<string, { name: string; value: string; type: string; description: string }>) => void) {
  const parameters = new FlowParameters(values, definitions)
  const map = new Map(parameters.state.parameters)
  edit(map)
  parameters.state = { ...parameters.state, parameters: map }
  return Object.fromEntries(
    Array.from(parameters.changedFiles(), ([path, bytes]) => [
      path.replace('src/main/resources/', ''),
      new TextDecoder().decode(bytes),
    ]),
  )
}

test('reads what either file knows', () => {
  assert.deepEqual(
    [...new FlowParameters(values, definitions).state.parameters.values()],
    [
      { name: 'Port', value: '443', type: 'xsd:integer', description: 'p' },
      { name: 'Defined', value: '', type: 'xsd:string', description: '' },
      { name: 'Only here', value: '1', type: 'xsd:string', description: '' },
    ],
  )
  assert.deepEqual([...new FlowParameters().state.parameters], [])
})

test('tells the values that were others before', () => {
  const parameters = new FlowParameters(values, definitions)
  const map = new Map(parameters.state.parameters)
  for (const name of ['Port', 'New', 'Only here']) {
    map.set(name, { name, value: '1', type: 'xsd:string', description: '' })
  }
  parameters.state = { references: [], parameters: map }
  assert.deepEqual([...parameters.changedValues()], [['Port', '1']])
})

test('changes no file without need', () => {
  assert.deepEqual(
    changed(() => {}),
    {},
  )
})

test('changes only the line of a value', () => {
  assert.deepEqual(
    changed(map => map.set('Port', { name: 'Port', value: '80', type: 'xsd:integer', description: 'p' })),
    { 'parameters.prop': '#c\nPort=80\nOnly\\ here=1\n' },
  )
})

test('adds a parameter to both files', () => {
  const files = changed(map => map.set('New', { name: 'New', value: '', type: 'xsd:string', description: '' }))
  assert.equal(files['parameters.prop'], '#c\nPort=443\nOnly\\ here=1\nNew=\n')
  assert.match(files['parameters.propdef'] ?? '', /<name>New<\/name><type>xsd:string<\/type>/)
})

test('removes a parameter from both files', () => {
  const files = changed(map => map.delete('Port'))
  assert.equal(files['parameters.prop'], '#c\nOnly\\ here=1\n')
  assert.equal(
    files['parameters.propdef'],
    '<parameters><parameter><name>Defined</name></parameter><param_references/></parameters>',
  )
})

test('leaves a file of definitions that is no XML as it is', () => {
  const parameters = new FlowParameters(values, '<broken')
  const parameter = { name: 'New', value: '1', type: 'xsd:string', description: '' }
  parameters.state = { references: [], parameters: new Map([['New', parameter]]) }
  assert.deepEqual([...parameters.changedFiles().keys()], ['src/main/resources/parameters.prop'])
})
