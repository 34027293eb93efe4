import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { consolePages, nameOf } from './pages.ts'

const root = join(import.meta.dirname, '../..')
const source = join(root, 'packages/console/src')
const bytesOfPictureMax = 150_000

test('every component of a route is a page of the table, and each has a picture that is in the guide', () => {
  const routed = globSync('**/routes.ts{,x}', { cwd: source }).flatMap(path => {
    const imports = readFileSync(join(source, path), 'utf8').matchAll(/import\('(\S+?)\.tsx'\)/g)
    return [...imports].map(([, file = '']) => join(dirname(path), file))
  })
  // Layouts are around pages, and links lead to other pages.
  const files = routed.filter(file => !/-(layout|link)$/.test(file))
  assert.deepEqual([...new Set(files)].sort(), [...new Set(consolePages.map(({ file }) => file))].sort())
  const guide = readFileSync(join(root, 'docs/console/README.md'), 'utf8')
  for (const name of ['sign-in', ...consolePages.map(nameOf)]) {
    const picture = join(root, 'docs/console', `${name}.png`)
    assert.ok(existsSync(picture), `Expected ${picture}, found none: npm run screenshots -- ${name}`)
    assert.ok(statSync(picture).size <= bytesOfPictureMax, `Expected ${picture} to have at most 150 kB`)
    assert.ok(guide.includes(`(${name}.png)`), `Expected ${name} in docs/console/README.md: npm run screenshots`)
  }
})
