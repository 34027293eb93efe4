import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { type Person, sitDown, withoutChromium } from './browser.ts'
import { consolePages, nameOf, pathOf } from './pages.ts'
import { fillWithSample, type Sample } from './sample.ts'

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

for (const [locale, language, signIn] of [
  ['en-US', 'en', 'Sign in'],
  ['de-DE', 'de', 'Anmelden'],
] as const) {
  describe(`every page in ${locale}`, { skip: withoutChromium ?? false }, () => {
    let person: Person
    let sample: Sample

    before(async () => {
      person = await sitDown({
        locale,
        fill: async server => {
          sample = await fillWithSample(server)
        },
      })
      const { page, server } = person
      await page.goto('/')
      await page.locator('input').first().fill(server.admin.user)
      await page.locator('input').last().fill(server.admin.password)
      await person.checkAccessibility()
      await page.getByRole('button', { name: signIn }).click()
      await page.getByRole('navigation').waitFor()
    })

    after(() => person.close())

    for (const each of consolePages) {
      test(`${nameOf(each)} has a title, and axe finds nothing serious`, async () => {
        const { page } = person
        await page.goto(pathOf(each, sample))
        await page.getByRole('heading', { level: 2 }).first().waitFor()
        await person.settle()
        const [, title = ''] = /^(.+) – Sluice$/.exec(await page.title()) ?? []
        assert.ok(
          await page.getByRole('heading', { level: 2, name: title, exact: true }).isVisible(),
          `found "${title}"`,
        )
        if (language === 'en') assert.equal(title, each.title)
        assert.equal(await page.evaluate('document.documentElement.lang'), language)
        await person.checkAccessibility()
      })
    }
  })
}
