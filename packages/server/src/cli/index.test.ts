import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { describe, test } from 'node:test'
import { TestTerminal } from '../testing/test-terminal.ts'
import { commands } from './index.ts'
import { findCommand, parseLine } from './line/parse.ts'
import { runLine } from './line/run-line.ts'

describe('the commands', () => {
  test('are sorted by name', () => {
    const names = commands.map(({ name }) => name)
    assert.deepEqual(names, [...names].sort())
  })

  for (const command of commands) {
    test(`${command.name} has help, and examples that can be typed`, async () => {
      const terminal = new TestTerminal()
      assert.equal(await runLine(commands, [...command.name.split(' '), '--help'], terminal), 0)
      assert.ok(command.examples.length > 0)
      for (const { line } of command.examples) {
        assert.ok(terminal.printed.includes(line), line)
        const typed = /\bsluice ([^()>]+)/.exec(line)?.[1]?.trim().split(/\s+/) ?? []
        const [found, rest] = findCommand(commands, typed)
        assert.equal(found, command)
        parseLine(found, rest, {})
      }
    })

    test(`${command.name} documents each argument and option in a sentence`, () => {
      for (const { doc } of [...Object.values(command.arguments), ...Object.values(command.options)]) {
        assert.match(doc, /^[A-Z0-9].*[.)]$|^[a-z, ]+ or [a-z]+\.$/, doc)
      }
      assert.match(command.summary, /^[A-Z].{5,60}\.$/)
    })
  }

  test('options of one name mean the same, and only secrets can be read from elsewhere than the options', () => {
    const shared = new Map<string, string>()
    for (const name of ['url', 'user', 'password', 'client-id', 'client-secret', 'json']) {
      for (const command of commands.filter(({ name }) => name !== 'serve')) {
        const option = command.options[name]
        if (!option) continue
        const text = JSON.stringify(option)
        assert.equal(shared.get(name) ?? text, text, `${command.name} --${name}`)
        shared.set(name, text)
      }
    }
    assert.equal(shared.size, 6)
  })
})

describe('completion', () => {
  const script = async (shell: string): Promise<string> => {
    const terminal = new TestTerminal()
    assert.equal(await runLine(commands, ['completion', shell], terminal), 0)
    return terminal.printed
  }

  const cases: [words: string[], expected: RegExp][] = [
    [[''], /^audit-log call check client client-secret completion credential data-store deploy .*undeploy variable$/],
    [['cl'], /^client client-secret$/],
    [['client', ''], /^create delete list$/],
    [['client', 'create', '--sub'], /^--subscription$/],
    [['deploy', '--p'], /^--password --package$/],
    [['role', 'assign', 'client', '--app'], /^--application$/],
  ]
  for (const [words, expected] of cases) {
    test(`bash completes "sluice ${words.join(' ')}"`, async () => {
      const typed = ['sluice', ...words].map(word => `'${word}'`).join(' ')
      const ask = `COMP_WORDS=(${typed}); COMP_CWORD=${words.length}; _sluice; echo "\${COMPREPLY[*]}"`
      const completed = execFileSync('bash', ['-c', `${await script('bash')}\n${ask}`], { encoding: 'utf8' })
      assert.match(completed.trim(), expected)
    })
  }

  test('zsh and fish know every command', async () => {
    for (const shell of ['zsh', 'fish']) {
      const text = await script(shell)
      for (const word of commands.flatMap(({ name }) => name.split(' ')))
        assert.ok(text.includes(word), `${shell} ${word}`)
    }
  })
})
