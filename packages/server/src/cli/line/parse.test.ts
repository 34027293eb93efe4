import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type Command, defineCommand } from './command.ts'
import { UsageError } from './errors.ts'
import { closest, findCommand, parseLine, usage } from './parse.ts'

const paint = defineCommand({
  name: 'wall paint',
  summary: 'Paint a wall.',
  description: 'Paints a wall.',
  arguments: { wall: { doc: 'Which.' }, more: { doc: 'More walls.', optional: true, repeatable: true } },
  options: {
    colour: { value: 'name', doc: 'Which.', choices: ['red', 'blue'], default: 'red', env: 'COLOUR', short: 'c' },
    coat: { value: 'number', doc: 'Each coat.', repeatable: true },
    by: { value: 'name', doc: 'Who.', env: 'PAINTER' },
    dry: { doc: 'Wait.' },
  },
  examples: [],
  run: async () => 0,
})
const look: Command = { ...paint, name: 'look', arguments: {}, options: {} }
const commands: Command[] = [paint, look, { ...paint, name: 'wall move' }]

describe('reading a command line', () => {
  const cases: [line: string[], env: Record<string, string>, given: object, options: object][] = [
    [['a'], {}, { wall: 'a', more: [] }, { colour: 'red', coat: [], by: undefined, dry: false }],
    [
      ['a', 'b', '--dry', 'c', '--coat', '1', '--coat=2', '-c', 'blue'],
      { COLOUR: 'red', PAINTER: 'ann' },
      { wall: 'a', more: ['b', 'c'] },
      { colour: 'blue', coat: ['1', '2'], by: 'ann', dry: true },
    ],
    [
      ['--by', '', '--', '--dry'],
      { PAINTER: 'ann' },
      { wall: '--dry', more: [] },
      { colour: 'red', coat: [], by: '', dry: false },
    ],
    [
      ['a'],
      { COLOUR: '', PAINTER: '' },
      { wall: 'a', more: [] },
      { colour: 'red', coat: [], by: undefined, dry: false },
    ],
  ]
  for (const [line, env, given, options] of cases) {
    test(`${JSON.stringify(line)} with ${JSON.stringify(env)}`, () => {
      const parsed = parseLine(paint, line, env)
      assert.deepEqual({ ...parsed.given }, given)
      assert.deepEqual({ ...parsed.options }, options)
    })
  }

  const wrong: [line: string[], env: Record<string, string>, message: RegExp][] = [
    [[], {}, /Expected <wall>, found nothing; usage: sluice wall paint \[options\] <wall> \[<more>…\]/],
    [['a', '--colur', 'red'], {}, /did you mean "--colour"/],
    [['a', '--zzz'], {}, /found "--zzz"; see "sluice wall paint --help"/],
    [['a', '--colour', 'green'], {}, /--colour to be one of red, blue, found "green"/],
    [['a'], { COLOUR: 'green' }, /one of red, blue, found "green"/],
    [['a', '--by'], {}, /--by/],
    [['a', '--dry=yes'], {}, /--dry/],
  ]
  for (const [line, env, message] of wrong) {
    test(`${JSON.stringify(line)} with ${JSON.stringify(env)} is refused`, () => {
      assert.throws(
        () => parseLine(paint, line, env),
        error => error instanceof UsageError && message.test(error.message),
      )
    })
  }

  test('words after the arguments are refused', () => {
    assert.throws(
      () => parseLine(look, ['x'], {}),
      /Expected nothing after the arguments, found "x"; usage: sluice look/,
    )
    assert.equal(usage(look), 'sluice look')
  })

  test('--help wins over what is missing', () => {
    assert.equal(parseLine(paint, ['-h'], {}).help, true)
  })
})

describe('finding the command', () => {
  test('by one word or two', () => {
    assert.deepEqual(findCommand(commands, ['look', 'x']), [look, ['x']])
    assert.deepEqual(findCommand(commands, ['wall', 'paint', '--dry']), [paint, ['--dry']])
  })
  const wrong: [line: string[], message: RegExp][] = [
    [['wall'], /"sluice wall paint", "sluice wall move", found "sluice wall"/],
    [['wall', 'pant'], /found "sluice wall pant"/],
    [['lok'], /did you mean "sluice look"/],
    [['wal', 'x'], /did you mean "sluice wall"/],
    [['ceiling'], /see "sluice --help"/],
  ]
  for (const [line, message] of wrong) {
    test(`${line.join(' ')} names what there is`, () => assert.throws(() => findCommand(commands, line), message))
  }
})

test('the closest word differs in a third of its letters at most', () => {
  assert.equal(closest('deply', ['deploy', 'undeploy']), 'deploy')
  assert.equal(closest('xxxxxx', ['deploy', 'undeploy']), undefined)
})
