import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { flowText } from '@sluice/iflow/testing'
import { listZip } from '@sluice/iflow/zip'
import { type Person, sitDown, withoutChromium } from './browser.ts'
import { drawn } from './drawn-flow.ts'
import { readFlowFile } from './flow-file.ts'
import { Flows, https } from './flows.ts'
import { holds } from './holds.ts'

const headers = `<row><cell id="Action">Create</cell><cell id="Name">Kept</cell><cell id="Type">constant</cell><cell id="Value">it&#39;s</cell></row>`

const flow = drawn(
  flowText({
    processes: [
      {
        id: 'Main',
        nodes: [
          { id: 'Start', type: 'MessageStartEvent' },
          {
            id: 'Set',
            type: 'Enricher',
            name: 'Set values',
            properties: { componentVersion: '1.5', headerTable: headers, odd: 'kept', wrapContent: '' },
          },
          { id: 'Which', type: 'ExclusiveGateway', defaultFlow: 'Which-End' },
          { id: 'Local', type: 'NonLoopingProcess', properties: { processId: '' } },
          { id: 'End', type: 'MessageEndEvent' },
        ],
        flows: [
          { from: 'Start', to: 'Set' },
          { from: 'Set', to: 'Which' },
          { from: 'Which', to: 'Local', condition: "${header.kind} = 'gold'" },
          { from: 'Which', to: 'End' },
          { from: 'Local', to: 'End' },
        ],
      },
      {
        id: 'Sub',
        nodes: [
          { id: 'SubStart', type: 'StartEvent' },
          { id: 'SubEnd', type: 'EndEvent' },
        ],
        flows: [{ from: 'SubStart', to: 'SubEnd' }],
      },
    ],
    channels: [{ step: 'Start', direction: 'Sender', properties: { Name: 'HTTPS', ...https('/orders') } }],
  }),
)

const once = '<row><cell>schedule1</cell><cell>fireNow=true</cell></row>'

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

describe('Property sheet: a person who edits a flow', { skip: withoutChromium ?? false }, () => {
  let person: Person
  let flows: Flows

  before(async () => {
    person = await sitDown()
    flows = await Flows.start(person.server)
    await flows.import('orders', flow, { 'parameters.prop': '#kept\nUnused=1\n' })
    await person.open('/design/packages/ordersPackage/IntegrationFlow/orders/flow')
  })

  after(() => person.close())

  const sheet = () => person.page.getByRole('region', { name: 'Properties', exact: true })
  const field = (name: string) => sheet().getByRole('textbox', { name, exact: true })
  const tab = (name: string) => sheet().getByRole('tab', { name, exact: true }).click()
  const undo = () => person.page.getByRole('button', { name: 'Undo' }).click()
  const title = (name: string) => sheet().getByRole('heading', { name, exact: true }).waitFor()

  /** Texts of the flow's files below its folder of resources. */
  async function resources(): Promise<Record<string, string | undefined>> {
    const entries = listZip(await flows.tenant.downloadFlow('orders'))
    const read = async ({ name, read }: (typeof entries)[number]) =>
      [name.replace('src/main/resources/', ''), new TextDecoder().decode(await read())] as const
    return Object.fromEntries(await Promise.all(entries.map(read)))
  }

  async function select(id: string, heading: string) {
    const box = await person.page.locator(`[data-element-id="${id}"] .djs-visual`).first().boundingBox()
    assert.ok(box, `Expected "${id}" to be drawn`)
    await person.page.mouse.click(box.x + box.width / 2, box.y + box.height / 2)
    await title(heading)
  }

  test('sees the flow where nothing is selected, and what is known of a step', async () => {
    await title('Integration Flow')
    await person.checkAccessibility()
    await select('Set', 'Content Modifier: Set values')
    await sheet().getByText('Set', { exact: true }).waitFor()
    await sheet().getByText('1.5', { exact: true }).waitFor()
    await tab('More')
    await sheet().getByRole('row', { name: 'odd kept' }).waitFor()
    await person.checkAccessibility()
  })

  test('renames a step, and takes it back', async () => {
    await tab('General')
    await field('Name').fill('Set all')
    await field('Name').press('Enter')
    await title('Content Modifier: Set all')
    await undo()
    await title('Content Modifier: Set values')
  })

  test('adds a header with an expression, in one step each', async () => {
    await tab('Message Header')
    await sheet().getByRole('button', { name: 'Add: Headers' }).click()
    await field('Name 2').fill('Kind')
    await sheet().getByRole('combobox', { name: 'Source Type 2' }).selectOption('Expression')
    const value = sheet().getByRole('combobox', { name: 'Source Value 2' })
    await value.fill('${header.kind}')
    await value.press('Enter')
    await person.checkAccessibility()
    await undo()
    await holds(value, '')
    await person.page.getByRole('button', { name: 'Redo' }).click()
    await holds(value, '${header.kind}')
    await value.focus()
    await sheet().getByRole('button', { name: 'Externalize: Kind' }).click()
    await person.page.getByRole('button', { name: 'Externalize', exact: true }).click()
    await person.page.getByRole('dialog').waitFor({ state: 'detached' })
    await holds(value, '{{Kind}}')
    await undo()
    await holds(value, '${header.kind}')
    await sheet().getByRole('button', { name: 'Move up: Headers 2' }).click()
    await holds(field('Name 1'), 'Kind')
    await undo()
    await holds(field('Name 1'), 'Kept')
  })

  test('is told what is wrong with a field', async () => {
    await select('Local', 'Process Call: Local')
    await tab('Processing')
    await sheet().getByRole('alert').getByText('Fill in this field.').waitFor()
    await sheet().getByRole('combobox', { name: 'Local Integration Process' }).click()
    await person.page.getByRole('option', { name: 'Sub' }).click()
    await sheet().getByRole('alert').waitFor({ state: 'detached' })
  })

  test('changes the condition of a route, and makes it the default', async () => {
    await select('Which-Local', 'Route')
    await tab('Processing')
    const condition = field('Condition')
    await holds(condition, "${header.kind} = 'gold'")
    await condition.fill('')
    await condition.press('Tab')
    await sheet().getByRole('alert').getByText('Fill in this field.').waitFor()
    await undo()
    await holds(condition, "${header.kind} = 'gold'")
    // The field is left before the page was drawn with what was typed.
    await condition.evaluate(async field => {
      field.focus()
      document.execCommand('insertText', false, 'x')
      await undefined
      field.blur()
    })
    await undo()
    await holds(condition, "${header.kind} = 'gold'")
    await person.page.getByRole('button', { name: 'Redo' }).click()
    await holds(condition, "x${header.kind} = 'gold'")
    await undo()
    await sheet().getByRole('checkbox', { name: 'Default Route' }).click()
    await condition.waitFor({ state: 'detached' })
    await undo()
    await condition.waitFor()
    await holds(condition, "${header.kind} = 'gold'")
  })

  test('externalises an address, sees its value among the parameters, and takes it back at once', async () => {
    await select('Channel-Start', 'Channel HTTPS: Channel-Start')
    await tab('Connection')
    await holds(field('Address'), '/orders')
    await sheet().getByRole('button', { name: 'Externalize: Address' }).click()
    await person.page.getByRole('textbox', { name: 'Name' }).fill('a/b')
    await person.page.getByRole('button', { name: 'Externalize', exact: true }).click()
    await person.page.getByRole('alert').getByText('Expected letters, digits, blanks').waitFor()
    await person.checkAccessibility()
    await person.page.getByRole('textbox', { name: 'Name' }).fill('Path')
    await person.page.getByRole('button', { name: 'Externalize', exact: true }).click()
    await sheet().getByText('Value: /orders').waitFor()
    await holds(field('Address'), '{{Path}}')
    await undo()
    await holds(field('Address'), '/orders')
    await person.page.getByRole('button', { name: 'Redo' }).click()
    await sheet().getByText('Value: /orders').waitFor()
    await sheet().getByRole('button', { name: 'Edit parameters: Address' }).click()
    await person.page.getByRole('textbox', { name: 'Path' }).fill('/shop')
    await sheet().getByRole('button', { name: 'Save', exact: true }).click()
    await sheet().getByText('Value: /shop').waitFor()
    await sheet().getByRole('button', { name: 'Remove externalization: Address' }).click()
    await holds(field('Address'), '/shop')
    await undo()
  })

  test('saves what was changed, also what is being typed, and nothing else', async () => {
    await tab('Connection')
    await field('User Role').fill('ESBMessaging.mine')
    await person.page.keyboard.press('Control+s')
    await person.page.getByText('Draft').waitFor()
    await select('Set', 'Content Modifier: Set values')
    await tab('Message Body')
    await field('Body').fill('Hello ${header.Kind}')
    await person.page.keyboard.press('Control+s')
    await person.page.getByRole('button', { name: /^Discard changes/ }).waitFor({ state: 'detached' })
    const row = [
      ...["<row><cell id='Action'>Create</cell><cell id='Name'>Kind</cell><cell id='Type'>expression</cell>"],
      "<cell id='Value'>${header.kind}</cell></row>",
    ].join('')
    assert.equal(
      await readFlowFile(flows.tenant, 'orders'),
      flow
        .replace('/orders', '{{Path}}')
        .replace(escaped(headers), escaped(headers) + escaped(row))
        .replace('<key>wrapContent</key><value></value>', '<key>wrapContent</key><value>Hello ${header.Kind}</value>')
        .replace(
          /(<ifl:property><key>xsrfProtection.*)/,
          '$1\n<ifl:property><key>userRole</key><value>ESBMessaging.mine</value></ifl:property>',
        )
        .replace('<key>processId</key><value></value>', '<key>processId</key><value>Sub</value>'),
    )
    const { 'parameters.prop': values, 'parameters.propdef': definitions } = await resources()
    assert.equal(values, '#kept\nUnused=1\nPath=/shop\n')
    assert.match(definitions ?? '', /<name>Path<\/name><type>xsd:string<\/type>.*param_key="Path"/)
  })

  test('has another default in force, though another value was configured', async () => {
    const link = "IntegrationDesigntimeArtifacts(Id='orders',Version='active')/$links/Configurations('Unused')"
    await flows.tenant.send('PUT', `/api/v1/${link}`, 202, { ParameterValue: 'configured' })
    await person.open('/design/packages/ordersPackage/IntegrationFlow/orders/flow')
    await title('Integration Flow')
    await tab('Externalized Parameters')
    await holds(field('Value: Unused'), 'configured')
    await field('Value: Unused').fill('mine')
    await field('Value: Unused').press('Enter')
    await person.page.getByRole('button', { name: 'Save', exact: true }).click()
    await person.page.getByRole('button', { name: /^Discard changes/ }).waitFor({ state: 'detached' })
    assert.match((await resources())['parameters.prop'] ?? '', /^Unused=mine$/m)
  })

  test('sees all parameters of the flow, and removes what is not used', async () => {
    await person.page
      .locator('.djs-container svg')
      .first()
      .click({ position: { x: 600, y: 40 } })
    await title('Integration Flow')
    await tab('Externalized Parameters')
    await holds(field('Value: Path'), '/shop')
    await sheet().getByRole('button', { name: 'Remove unused (1)' }).click()
    await sheet()
      .getByRole('row', { name: /Unused/ })
      .waitFor({ state: 'detached' })
    await person.checkAccessibility()
  })

  test('says when a timer fires', async () => {
    const timer = { id: 'Timer', type: 'TimerStartEvent', properties: { scheduleKey: once } }
    const nodes = [timer, { id: 'Done', type: 'MessageEndEvent' }]
    const arrows = [{ from: 'Timer', to: 'Done' }]
    await flows.import('timed', drawn(flowText({ processes: [{ id: 'Main', nodes, flows: arrows }] })))
    await person.open('/design/packages/timedPackage/IntegrationFlow/timed/flow')
    await select('Timer', 'Start Timer: Timer')
    await tab('Scheduler')
    await sheet().getByRole('combobox', { name: 'Scheduler' }).click()
    await person.page.getByRole('option', { name: 'Every day at a time' }).click()
    await field('Time').fill('25:00')
    await field('Time').press('Enter')
    await sheet().getByRole('alert').getByText('Expected a time such as 08:30.').waitFor()
    // In the box at the field, too, which has the focus.
    await sheet().locator('ui5-input > span').getByText('Expected a time such as 08:30.').waitFor()
    await person.checkAccessibility()
    await field('Time').fill('07:30')
    await field('Time').press('Enter')
    await tab('General')
    await person.page.keyboard.press('Control+s')
    await person.page.getByText('Draft').waitFor()
    assert.match(
      await readFlowFile(flows.tenant, 'timed'),
      /0\+30\+7\+\?\+\*\+\*\+\*&amp;amp;trigger\.timeZone=Europe\/Berlin/,
    )
  })
})
