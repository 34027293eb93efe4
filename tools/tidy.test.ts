import assert from 'node:assert/strict'
import { join, posix } from 'node:path'
import { test } from 'node:test'
import {
  addressCheck,
  databaseCheck,
  declaredDependencies,
  directionCheck,
  frontDoors,
  innerDirectionCheck,
  nodeHttpCheck,
  testingApart,
} from './tidy/boundaries.ts'
import { type Check, isCode, type SourceFile } from './tidy/check.ts'
import { codeOf } from './tidy/code.ts'
import { documentedExports } from './tidy/documentation.ts'
import { purityCheck } from './tidy/purity.ts'
import { reachCheck, registryCheck } from './tidy/reach.ts'
import { readRepository } from './tidy/repository.ts'
import {
  linesMax,
  linesOf,
  medianOf,
  namedExports,
  nothingUnfinished,
  placeless,
  shortFiles,
  tellingNames,
} from './tidy/shape.ts'

/** Package → what it may import from this repository. The whole architecture, in one table. */
const mayImport = {
  iflow: [],
  oauth: [],
  odata: [],
  adapters: ['@sluice/iflow'],
  server: ['@sluice/iflow', '@sluice/adapters', '@sluice/oauth', '@sluice/odata'],
  console: ['@sluice/iflow/bpmn', '@sluice/iflow/parameter-files', '@sluice/iflow/zip'],
}

/** Given ports for whatever they need of the world. */
const pure = ['iflow', 'oauth', 'odata', 'adapters']

const inside = [
  { from: 'packages/iflow/src/run/', to: 'packages/iflow/src/steps/', why: 'the executor knows no step' },
  { from: 'packages/iflow/src/bpmn/', to: 'packages/iflow/src/compile/', why: 'the model knows no meaning' },
  { from: 'packages/server/src/store/', to: 'packages/server/src/runtime/', why: 'the store knows nothing above it' },
  { from: 'packages/server/src/store/', to: 'packages/server/src/api/', why: 'the store knows nothing above it' },
  { from: 'packages/server/src/store/', to: 'packages/server/src/http/', why: 'the store knows nothing above it' },
  { from: 'packages/server/src/runtime/', to: 'packages/server/src/api/', why: 'flows run without an API' },
]

/** A file that holds one of `declares` must stand in the folder's `index.ts`; `apart`: none imports another. */
const registries = [
  { folder: 'packages/iflow/src/steps', declares: ['defineStep('], apart: true },
  { folder: 'packages/iflow/src/templates', declares: [': FlowTemplate = {'], apart: true },
  { folder: 'packages/iflow/src/expressions', declares: [': ExpressionLanguage = {'], apart: true },
  { folder: 'packages/adapters/src', declares: ['defineAdapter('], apart: true },
  { folder: 'packages/oauth/src/grants', declares: [': Grant = {'], apart: true },
  { folder: 'packages/oauth/src/client-auth', declares: [': ClientAuthentication = {'], apart: true },
  {
    folder: 'packages/server/src/api/odata',
    declares: [': EntitySetApi = {', ': FunctionImportApi = {'],
    apart: false,
  },
  { folder: 'packages/server/src/api/operations', declares: [': Command = {'], apart: true },
  { folder: 'packages/server/src/cli', declares: ['defineCommand({'], apart: true },
]

interface Rule {
  /** As a sentence that is true of the repository. */
  readonly name: string
  readonly check: Check
  /** Files that, added to a sound repository, break the rule: each must be found, one breach apiece. */
  readonly breaks: readonly SourceFile[]
}

const rules: readonly Rule[] = [
  {
    name: 'packages import only what the dependency table allows',
    check: directionCheck(mayImport),
    breaks: [
      file('packages/iflow/src/a.ts', `import type { Grant } from '@sluice/oauth'`),
      file('packages/console/src/a.ts', `export * from '@sluice/iflow'`),
      file('packages/adapters/src/a.test.ts', `const { main } = await import('@sluice/server')`),
      file('packages/newcomer/src/a.ts', `import '@sluice/iflow'`),
    ],
  },
  {
    name: 'a package is entered only by its front door or a declared sub-path',
    check: frontDoors,
    breaks: [
      file('packages/server/src/a.ts', `import { run } from '@sluice/iflow/src/run/executor.ts'`),
      file('packages/server/src/b.ts', `import { run } from '../../iflow/src/index.ts'`),
      file('test/conformance/a.test.ts', `import { main } from '../../packages/server/src/main.ts'`),
    ],
  },
  {
    name: 'what a package imports stands in its package.json',
    check: declaredDependencies,
    breaks: [
      file('packages/oauth/src/a.ts', `import { SignJWT } from 'jose/sign'`),
      file('packages/server/src/a.ts', `import { stringify } from '@scope/yaml'`),
      file('packages/server/src/b.ts', `import { type Shape, shape } from 'shapes'`),
    ],
  },
  {
    name: 'production code does without test code',
    check: testingApart,
    breaks: [
      file('packages/server/src/a.ts', `import { runFlow } from '@sluice/iflow/testing'`),
      file('packages/iflow/src/run/a.ts', `import { fakePorts } from '../testing/index.ts'`),
    ],
  },
  {
    name: 'inside a package, what is below does not know what is above',
    check: innerDirectionCheck(inside),
    breaks: [file('packages/iflow/src/run/a.ts', `import { steps } from '../steps/index.ts'`)],
  },
  {
    name: 'only the store knows the database',
    check: databaseCheck('packages/server/src/store/'),
    breaks: [
      file('packages/server/src/a.ts', `import { DatabaseSync } from 'node:sqlite'`),
      file('packages/server/src/b.ts', `import type { Kysely } from 'kysely'`),
    ],
  },
  {
    name: 'addresses of callers are read in one place, which knows of proxies',
    check: addressCheck('packages/server/src/http/client-address.ts'),
    breaks: [
      file('packages/server/src/a.ts', 'export const a = socket.remoteAddress'),
      file('packages/server/src/b.ts', 'verify(name, request.ip)'),
      file('packages/server/src/c.ts', 'api.get(path, async ({ raw, ip }, reply) => ip)'),
    ],
  },
  {
    name: 'the server does not load what is behind fetch',
    check: nodeHttpCheck('packages/server/src/http/node-http.ts'),
    breaks: [
      file('packages/server/src/a.ts', `import { createServer } from 'node:http'`),
      file('packages/server/src/b.ts', `import { type Server } from 'node:http'`),
    ],
  },
  {
    name: 'pure packages read no clock, draw no random number, start no timer and import no Node module',
    check: purityCheck(pure),
    breaks: [
      file('packages/oauth/src/a.ts', `import { randomBytes } from 'node:crypto'`),
      file('packages/oauth/src/b.ts', 'export const now = () => Date.now()'),
      file('packages/odata/src/a.ts', 'export const now = () => `$' + '{Date.now()}`'),
      file('packages/iflow/src/a.ts', 'export const now = () => new Date().toISOString()'),
      file('packages/iflow/src/b.ts', 'export const now = () => new Date'),
      file('packages/adapters/src/a.ts', 'export const draw = () => Math.random()'),
      file('packages/adapters/src/b.ts', 'export const later = (run: () => void) => setTimeout(run, 10)'),
    ],
  },
  {
    name: 'folders and files are called after what is inside',
    check: tellingNames,
    breaks: [
      file('packages/iflow/src/utils/text.ts', ''),
      file('packages/iflow/src/helpers.ts', ''),
      file('tools/misc.test.ts', ''),
    ],
  },
  {
    name: 'exports have names',
    check: namedExports,
    breaks: [file('packages/iflow/src/a.ts', 'export default function () {}')],
  },
  {
    name: `files have at most ${linesMax} lines`,
    check: shortFiles,
    breaks: [file('tools/a.ts', '\n'.repeat(linesMax + 1))],
  },
  {
    name: 'every step, adapter, expression language, grant, client authentication, entity set and command is registered',
    check: registryCheck(registries),
    breaks: [
      file('packages/iflow/src/steps/c.ts', 'export const c = defineStep({})'),
      file('packages/adapters/src/mail/mail.ts', 'export const mail = defineAdapter({})'),
      file('packages/iflow/src/steps/a.ts', `import { b } from './b.ts'\nexport const a = defineStep({ b })`),
    ],
  },
  {
    name: 'no file is dead',
    // What a page loads, no code imports.
    check: reachCheck(['packages/console/src/main.tsx']),
    breaks: [file('packages/server/src/a.ts', 'export const a = 1'), file('tools/a.ts', 'export const a = 1')],
  },
  {
    name: 'every name that a package exports has a doc comment',
    check: documentedExports,
    breaks: [
      file('packages/oauth/src/index.ts', 'export interface Bare {}'),
      file('packages/odata/src/index.ts', 'const a = 1\nexport { a as one }'),
    ],
  },
  {
    name: 'nothing waits to be fixed',
    check: nothingUnfinished,
    breaks: [file('README.md', ['FIX', 'ME: say how'].join(''))],
  },
  {
    name: 'nothing depends on one machine or on one package registry',
    check: placeless,
    breaks: [
      file('docs/a.md', ['see /wo', 'rk/main/README.md'].join('')),
      file('packages/server/package-lock.json', ['"https://registry.np', 'mjs.org/a"'].join('')),
    ],
  },
]

const repository = readRepository(join(import.meta.dirname, '..'))

for (const rule of rules) {
  test(rule.name, () => {
    const { seen, breaches } = rule.check(repository)
    assert.ok(seen > 0, 'Expected something to check, found nothing')
    assert.ok(breaches.length === 0, `\n${breaches.join('\n')}`)
  })
}

for (const rule of rules) {
  test(`a breach is found: ${rule.name}`, () => {
    assert.ok(rule.breaks.length > 0)
    assert.deepEqual(rule.check(sound()).breaches, [])
    for (const added of rule.breaks) {
      const kept = sound().filter(existing => existing.path !== added.path)
      const { breaches } = rule.check([...kept, added])
      assert.equal(breaches.length, 1, `${added.path}: ${added.text}\n${breaches.join('\n')}`)
    }
  })
}

test('half of the source files are shorter than 120 lines', context => {
  const lengths = repository
    .filter(({ path }) => isCode(path) && path.includes('/src/'))
    .map(({ text }) => linesOf(text))
  const median = medianOf(lengths)
  context.diagnostic(`${lengths.length} source files, median ${median} lines`)
  assert.ok(lengths.length > 0 && median < 120)
})

test('comments, strings and regular expressions are not taken for code', () => {
  const cases: readonly [text: string, code: string][] = [
    ['a // Date.now()', 'a              '],
    ['/* Date.now() */ a', '                 a'],
    [`f('Date.now()')`, `f('          ')`],
    ['`a $' + '{Date.now()} b`', '`  $' + '{Date.now()}  `'],
    [`x = /'/.test(y) + 'z'`, `x =    .test(y) + ' '`],
    ['a / b // c', 'a / b     '],
    [`it\\'s`, `it\\'s`],
  ]
  for (const [text, code] of cases) assert.equal(codeOf(text), code)
})

function file(path: string, text: string): SourceFile {
  return { path, text }
}

/** The smallest repository that keeps every rule. */
function sound(): SourceFile[] {
  const exported = { '.': './src/index.ts', './bpmn': './src/bpmn.ts', './testing': './src/testing/index.ts' }
  return [
    file('package.json', '{"scripts":{"gen":"node tools/gen.ts"}}'),
    file('tools/gen.ts', `import { steps } from '@sluice/iflow'`),
    file('docs/guide.md', 'Work goes on in ./work/ as ever.'),
    manifest('iflow', exported, {}),
    manifest('oauth', { '.': './src/index.ts' }, {}),
    manifest('odata', { '.': './src/index.ts' }, {}),
    manifest('server', { '.': './src/index.ts' }, { '@sluice/iflow': '0.1.0' }, { shapes: '1.0.0' }),
    file('packages/iflow/src/index.ts', `export * from './bpmn.ts'\nexport { registry } from './steps/index.ts'`),
    file('packages/iflow/src/bpmn.ts', '/** Reads. */\nexport function parse() {}'),
    file('packages/iflow/src/testing/index.ts', '/** Not Date.now(). */\nexport const epoch = new Date(0)'),
    file('packages/iflow/src/steps/a.test.ts', `import { epoch } from '@sluice/iflow/testing'`),
    file(
      'packages/server/src/index.ts',
      `import { parse } from '@sluice/iflow/bpmn'\nimport './store/open.ts'\nimport type { Shape } from 'shapes'`,
    ),
    file('packages/server/src/store/open.ts', `import { DatabaseSync } from 'node:sqlite'`),
    ...registries.flatMap(({ folder, declares }) => [
      file(`${folder}/index.ts`, `import './a.ts'\nimport './b.ts'\n/** All. */\nexport const registry = []`),
      file(`${folder}/a.ts`, `export const a${declares[0]}`),
      file(`${folder}/b.ts`, `export const b${declares[0]}`),
      manifest(`of-${folder.replaceAll('/', '-')}`, { '.': posix.relative('packages/x', `${folder}/index.ts`) }, {}),
    ]),
  ]
}

function manifest(folder: string, exports: object, dependencies: object, devDependencies = {}): SourceFile {
  const text = JSON.stringify({ name: `@sluice/${folder}`, exports, dependencies, devDependencies })
  return file(`packages/${folder}/package.json`, text)
}
