import { type ExampleMessage, type Step, type StepExample, steps } from '@sluice/iflow'
import { code, page, table } from './markdown.ts'
import { propertyTable } from './properties.ts'

export function stepsPage(): string {
  const overview = steps.map(step => [`[${step.label}](#${anchor(step)})`, code(step.type), versions(step)])
  return page(
    'Steps',
    'packages/iflow/src/steps',
    'Every step that the engine runs. `sluice check` reports any other as `unsupported-step`. The examples are executed by the tests.',
    table(['step', 'type', 'component versions'], overview),
    ...steps.map(section),
  )
}

const anchor = (step: Step) =>
  step.label
    .toLowerCase()
    .replace(/[^a-z0-9 -]/g, '')
    .replaceAll(' ', '-')

const versions = ({ versions: { from, to } }: Step) => (from === to ? from : `${from} – ${to}`)

function section(step: Step): string {
  return [`## ${step.label}`, step.doc, propertyTable(step.props), ...step.examples.map(example)].join('\n\n')
}

function example(shown: StepExample): string {
  const { title, properties = {}, routes = [], resources = {}, input, output, status, failure } = shown
  const rows = [
    ...Object.entries(properties).map(([key, value]) => [`property ${code(key)}`, code(value)]),
    ...routes.map(route => [
      route.condition ? `route if ${code(route.condition)}` : 'default route',
      `body ${code(route.body)}`,
    ]),
    ...Object.entries(resources).map(([path, text]) => [`file ${code(path)}`, code(text)]),
    ...message('given', input),
    ...message('gives', output),
    ...(status ? [['status', status]] : []),
    ...(failure ? [['failure', code(failure)]] : []),
  ]
  return rows.length === 0 ? `*${title}*` : `*${title}*\n\n${table(['', ''], rows)}`
}

function message(label: string, parts: ExampleMessage = {}): string[][] {
  const { body, bytes, attachments = {}, headers = {}, properties = {} } = parts
  return [
    ...(body === undefined ? [] : [[`${label} body`, code(body)]]),
    ...(bytes === undefined ? [] : [[`${label} bytes (in Base64)`, code(bytes)]]),
    ...Object.entries(attachments).map(([name, text]) => [`${label} attachment ${code(name)}`, code(text)]),
    ...Object.entries(headers).map(([name, value]) => [`${label} header ${code(name)}`, code(String(value))]),
    ...Object.entries(properties).map(([name, value]) => [`${label} property ${code(name)}`, code(String(value))]),
  ]
}
