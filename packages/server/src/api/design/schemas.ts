const text = { type: 'string' } as const
const number = { type: 'number' } as const
const textsByName = { type: 'object', additionalProperties: text } as const

const list = (items: object, description?: string) => ({ type: 'array', items, ...(description && { description }) })

function object(required: Readonly<Record<string, object>>, optional: Readonly<Record<string, object>> = {}) {
  return { type: 'object', required: Object.keys(required), properties: { ...required, ...optional } }
}

const versions = object({ from: text, to: text })
const choice = object({ value: text, label: text, doc: text })
const names = {
  enum: ['credential', 'keyPair', 'localProcess', 'messageMapping', 'queue', 'route', 'scriptCollection'],
  description: 'What the value may be the name of.',
}
const column = object({ key: text, id: text, label: text, doc: text }, { choices: list(choice), names })
const yes = { enum: [true] }
const resource = object({
  endings: list(text),
  folder: { ...text, description: 'Below `src/main/resources`.' },
  values: textsByName,
})

const property = object(
  { key: text, label: text, doc: text, tab: text, kind: { enum: ['text', 'choice', 'flag', 'number', 'table'] } },
  {
    default: { ...text, description: 'What the property means where an element lacks it, as files say it.' },
    required: { ...yes, description: 'There is no default.' },
    min: number,
    max: number,
    choices: list(choice),
    usual: list(text, 'Values that are usual, among others.'),
    columns: list(column, 'The cells of a row. Those without ids in the file have the empty text as id.'),
    expression: { enum: ['simple', 'xpath'], description: 'The value is, or may hold, an expression.' },
    multiline: yes,
    isSchedule: { ...yes, description: 'The rows are those of a timer.' },
    names,
    resource: {
      ...resource,
      description:
        'Files that the value may name. `values`: what the element has when one is chosen, by key; `{file}` is its path below the folder, `{name}` the same without ending.',
    },
    shownWhen: {
      ...object({ key: text, values: list(text) }),
      description: 'The property counts only when another one has, or means by default, one of these values.',
    },
    until: { ...text, description: 'The last component version that has the property.' },
  },
)

const step = object(
  {
    type: { ...text, description: '`cname` of the variant, but for some events.' },
    label: text,
    doc: text,
    group: text,
    versions,
    leaves: { enum: ['one', 'none', 'several'], description: 'How many sequence flows may leave the step.' },
    element: {
      ...object(
        { tag: { ...text, description: 'BPMN local name.' }, properties: textsByName },
        {
          event: { ...text, description: 'Kind of the event definition.' },
          loop: { ...object({ maximum: number }), description: 'Of standard loop characteristics.' },
        },
      ),
      description: 'What a fresh element is.',
    },
    properties: list(property),
  },
  { branching: { enum: ['splits', 'multicasts', 'gathers', 'joins'] } },
)

const side = object({
  doc: text,
  versions,
  properties: list(property),
  channel: { ...textsByName, description: 'Properties of a fresh channel, but for `system`.' },
})

const hint = object({ text, doc: text })

/** What flows can have. */
export const components = {
  ...object({
    steps: list(step),
    adapters: list(object({ type: text, label: text, doc: text }, { sender: side, receiver: side })),
    flow: list(property, 'Of the flow as a whole.'),
    process: list(property, 'Of integration processes.'),
    localProcess: list(property, 'Of local integration processes.'),
    templates: {
      ...object(
        {},
        {
          flow: textsByName,
          process: textsByName,
          localProcess: textsByName,
          exceptionSubprocess: textsByName,
          route: textsByName,
        },
      ),
      description: 'Properties of fresh elements that are no steps.',
    },
    route: list(property, 'Of sequence flows that leave a Router, besides the condition.'),
    expressions: list(object({ language: text, label: text, doc: text, functions: list(hint), variables: list(hint) })),
  }),
  description: 'Steps, adapters and settings, each with its properties, and the languages of expressions.',
} as const
