import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type Person, sitDown, withoutChromium } from './browser.ts'
import { consolePages, nameOf, pathOf } from './pages.ts'
import { fillWithSample, type Sample } from './sample.ts'

/** Tests of the pages of some places in a language. One file has no time for all on a busy machine. */
export function describePages(locale: 'en-US' | 'de-DE', places: readonly string[]): void {
  const language = locale.slice(0, 2)
  const signIn = language === 'de' ? 'Anmelden' : 'Sign in'
  const pages = consolePages.filter(({ path }) => places.some(place => path.startsWith(place)))
  describe(`every page of ${places.join(', ')} in ${locale}`, { skip: withoutChromium ?? false }, () => {
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

    for (const each of pages) {
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
