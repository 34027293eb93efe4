import { defineCommand } from './line/command.ts'
import { odataKey, Server, serverOptions } from './remote/server.ts'

export const numberRangeSet = defineCommand({
  name: 'number-range set',
  summary: 'Create or change a number range.',
  description:
    'Creates a number range, from which flows take one number after the other, or changes one. What is not said stays as it is; a new range goes from 1 to 999999999.',
  arguments: { name: { doc: 'The name that flows use.' } },
  options: {
    ...serverOptions,
    min: { value: 'number', doc: 'The first number.' },
    max: { value: 'number', doc: 'The last number.' },
    next: { value: 'number', doc: 'The number that is given out next.' },
    length: { value: 'digits', doc: 'How many digits numbers are padded to with zeros; 0 for none.' },
    rotate: { value: 'truth', choices: ['true', 'false'], doc: 'Whether it begins again after the last number.' },
    description: { value: 'text', doc: 'What it is for.' },
  },
  examples: [
    { line: 'sluice number-range set Invoices --max 999999 --length 6', doc: 'From 000001 to 999999.' },
    { line: 'sluice number-range set Invoices --next 500', doc: 'Go on with 500.' },
  ],
  async run({ name }, options, terminal) {
    const given: Readonly<Record<string, string | undefined>> = {
      MinValue: options.min,
      MaxValue: options.max,
      CurrentValue: options.next,
      FieldLength: options.length,
      Rotate: options.rotate,
      Description: options.description,
    }
    const changes = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
    const server = new Server(options, terminal)
    const key = `/api/v1/NumberRanges(${odataKey(name)})`
    const { status } = await server.request('PUT', key, { json: changes, accepted: [404] })
    if (status === 404) {
      const json = { Name: name, MinValue: '1', MaxValue: '999999999', ...changes }
      await server.request('POST', '/api/v1/NumberRanges', { json })
    }
    terminal.out(options.json ? `${JSON.stringify({ set: name })}\n` : `Set ${name}.\n`)
    return 0
  },
})
