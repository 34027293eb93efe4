import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { TestTerminal } from '../../testing/test-terminal.ts'
import { type Command, defineCommand } from './command.ts'
import { CommandError, UsageError } from './errors.ts'
import { runLine } from './run-line.ts'

const declaration = { summary: 'Does it.', description: 'Does it.', arguments: {}, options: { json: { doc: 'JSON.' } } }
const failing = (name: string, error: Error): Command =>
  defineCommand({
    ...declaration,
    name,
    examples: [{ line: `sluice ${name}`, doc: 'Try it.' }],
    run: async () => {
      throw error
    },
  })
const commands = [
  failing('broken', new CommandError('Expected luck, found none')),
  failing('unusable', new UsageError('Expected more, found less')),
  failing('buggy', new RangeError('oops')),
  { ...failing('fine', new Error()), run: async () => 0 },
]

describe('running a command line', () => {
  const cases: [line: string[], code: number, out: RegExp, err: RegExp][] = [
    [[], 2, /Commands:/, /^$/],
    [['--help'], 0, /fine +Does it\./, /^$/],
    [['help', 'fine'], 0, /Usage: sluice fine \[options\]/, /^$/],
    [['fine', '--help'], 0, /sluice fine/, /^$/],
    [['--version'], 0, /^\d+\.\d+\.\d+\n$/, /^$/],
    [['fine'], 0, /^$/, /^$/],
    [['broken'], 1, /^$/, /^sluice: Expected luck, found none\n$/],
    [['broken', '--json'], 1, /^$/, /^\{"error":"Expected luck, found none"\}\n$/],
    [['unusable'], 2, /^$/, /Expected more/],
    [['unknown'], 2, /^$/, /Expected a command/],
    [['fine', '--nope'], 2, /^$/, /Expected an option/],
  ]
  for (const [line, code, out, err] of cases) {
    test(`"${line.join(' ')}" exits with ${code}`, async () => {
      const terminal = new TestTerminal()
      assert.equal(await runLine(commands, line, terminal), code)
      assert.match(terminal.printed, out)
      assert.match(terminal.printedErrors, err)
    })
  }

  test('a bug is not dressed up as an error of the caller', async () => {
    await assert.rejects(runLine(commands, ['buggy'], new TestTerminal()), RangeError)
  })

  test('after Ctrl+C whatever fails is silent', async () => {
    const terminal = new TestTerminal()
    terminal.interrupt()
    assert.equal(await runLine(commands, ['broken'], terminal), 130)
    assert.equal(terminal.printedErrors, '')
  })
})
