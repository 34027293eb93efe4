import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type Person, sitDown, withoutChromium } from './browser.ts'
import { type ConsolePage, consolePages, nameOf, pathOf } from './pages.ts'
import { fillWithSample, type Sample } from './sample.ts'

/** A tablet both ways, and 1280 px at 400 % (WCAG 1.4.10). */
const sizes = [
  { width: 1024, height: 768 },
  { width: 768, height: 1024 },
  { width: 320, height: 640 },
]

const usualSize = { width: 1280, height: 720 }

/**
 * Tests of the pages of some places in a language, each of which is gone to as by a link; in English also on narrow screens.
 * One file has no time for all on a busy machine.
 */
export function describePages(locale: 'en-US' | 'de-DE', places: readonly string[]): void {
  const language = locale.slice(0, 2)
  const signIn = language === 'de' ? 'Anmelden' : 'Sign in'
  const pages = consolePages.filter(({ path }) => places.some(place => path.startsWith(place)))
  describe(`every page of ${places.join(', ')} in ${locale}`, { skip: withoutChromium ?? false }, () => {
    let person: Person
    let sample: Sample
    let shown: ConsolePage | undefined

    before(async () => {
      person = await sitDown({
        locale,
        fill: async server => {
          sample = await fillWithSample(server)
        },
      })
      const { page, server } = person
      await page.goto('/test')
      await page.locator('input').first().fill(server.admin.user)
      await page.locator('input').last().fill(server.admin.password)
      await person.checkAccessibility()
      await page.getByRole('button', { name: signIn }).click()
      await page.getByRole('navigation').waitFor()
      await page.getByRole('main').getByRole('heading', { level: 2 }).waitFor()
      await person.settle()
    })

    after(() => person.close())

    /** Shows a page that is not shown yet, and resolves when it has loaded what it shows. */
    async function show(each: ConsolePage): Promise<void> {
      const { page } = person
      if (shown === each) return
      // A page of the same component may have the same title, and keep it.
      if (shown?.file === each.file) await page.goto(pathOf(each, sample))
      else {
        await page.evaluate('document.title = ""')
        await person.follow(pathOf(each, sample))
        await page.locator('head > title:not(:empty)').waitFor({ state: 'attached' })
      }
      await page.getByRole('heading', { level: 2 }).first().waitFor()
      await person.settle()
      shown = each
    }

    for (const each of pages) {
      test(`${nameOf(each)} has a title, and axe finds nothing serious`, async () => {
        const { page } = person
        await show(each)
        const [, title = ''] = /^(.+) – Sluice$/.exec(await page.title()) ?? []
        assert.ok(
          await page.getByRole('heading', { level: 2, name: title, exact: true }).isVisible(),
          `found "${title}"`,
        )
        if (language === 'en') assert.equal(title, each.title)
        assert.equal(await page.evaluate('document.documentElement.lang'), language)
        await person.checkAccessibility()
      })

      if (language === 'de') continue
      test(`${nameOf(each)} needs no scrolling to the side`, async () => {
        const { page } = person
        await show(each)
        try {
          for (const size of sizes) {
            // What is drawn in two dimensions may need it (WCAG 1.4.10).
            if (size.width === 320 && each.file.startsWith('flow-editor/')) continue
            await page.setViewportSize(size)
            assert.equal(await page.evaluate<string>(widestInMain), '', `at ${size.width} px`)
          }
        } finally {
          await page.setViewportSize(usualSize)
        }
      })
    }
  })
}

/** Runs in the page once it is laid out: what sticks out of the page, outside of boxes that scroll by themselves. */
const widestInMain = `new Promise(resolve => requestAnimationFrame(() => setTimeout(() => {
  const main = document.getElementById('content')
  const section = [...main.querySelectorAll('.section')].find(each => each.scrollWidth > each.clientWidth)
  if (section) return resolve('sticks out of: ' + section.outerHTML.slice(0, 200))
  if (main.scrollWidth <= main.clientWidth && document.documentElement.scrollWidth <= innerWidth) return resolve('')
  const edge = main.getBoundingClientRect().right
  const out = [...main.querySelectorAll('*')].find(element => element.getBoundingClientRect().right > edge + 1)
  resolve('sticks out: ' + (out?.outerHTML ?? '').slice(0, 200))
}, 100)))`
