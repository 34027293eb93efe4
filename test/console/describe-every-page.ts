import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type Person, sitDown, withoutChromium } from './browser.ts'
import { consolePages, nameOf, pathOf } from './pages.ts'
import { fillWithSample, type Sample } from './sample.ts'

/** Tests of all pages in a language, in a file for each: `signIn` is what the button says that signs in. */
export function describeEveryPage(locale: 'en-US' | 'de-DE', signIn: string): void {
  const language = locale.slice(0, 2)
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
