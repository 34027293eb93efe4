import assert from 'node:assert/strict'
import { after, afterEach, before, describe, test } from 'node:test'
import { type Person, signIn, sitDown, withoutChromium } from './browser.ts'
import { type ConsolePage, consolePages, nameOf, pathOf } from './pages.ts'
import { fillWithSample, type Sample } from './sample.ts'

const afterSessionMs = 31 * 60_000

const half = Math.floor(consolePages.length / 2)
const halves = [consolePages.slice(0, half), consolePages.slice(half)] as const

/** Pages that ask before what was typed on them is left. */
const asksBeforeLeaving = /^(flow-editor|resources)\//

/** Presses the last button. False where there is none any more: the console tries again by itself every few seconds. */
function pressLast(buttons: readonly object[]): boolean {
  const last = buttons.at(-1)
  if (last && 'click' in last && typeof last.click === 'function') last.click()
  return buttons.length > 0
}

/** The console loads a page anew whose code it did not get, as soon as the server answers: maybe while the button is looked for. */
function unlessLoadedAnew(error: Error): false {
  if (/Execution context was destroyed/.test(error.message)) return false
  throw error
}

/**
 * Tests of pages while the server is away and after the session has ended. `part` has the pages of one half of the console
 * open when it happens, and opens those of the other half from them, of which nothing is known yet. One file has no time for
 * all on a busy machine.
 */
export function describeInterruptedPages(part: 0 | 1): void {
  describe('every page while the server is away and the session ends', { skip: withoutChromium ?? false }, () => {
    let person: Person
    let sample: Sample
    let pressed = 0
    /** Where a page can be opened from as it is: all that is known is what this page shows. */
    let from: ConsolePage | undefined

    before(async () => {
      person = await sitDown({
        fill: async server => {
          sample = await fillWithSample(server)
        },
      })
      await person.open('/test')
    })

    after(() => person.close())

    afterEach(() => person.page.context().setOffline(false))

    const told = () => person.page.getByRole('main').getByRole('alert').getByText('The server does not answer').first()

    const headingOf = ({ title }: ConsolePage) =>
      person.page.getByRole('heading', { level: 2, name: title, exact: true })

    function testOpenPage(each: ConsolePage): void {
      test(`${nameOf(each)} says so when it is open, goes on after another sign-in, and keeps what was typed`, async () => {
        const { page, server } = person
        from = undefined
        await person.open(pathOf(each, sample))
        await headingOf(each).waitFor()
        await person.settle()
        const field = page.getByRole('main').getByRole('textbox').first()
        const isTyped = (await field.count()) > 0 && (await field.isEditable())
        if (isTyped) await field.fill('typed')
        await page.context().setOffline(true)
        await person.comeBack()
        await told().waitFor()
        await page.context().setOffline(false)
        server.clock.advance(afterSessionMs)
        await person.comeBack()
        await page.getByRole('heading', { name: /Your session has ended/ }).waitFor()
        await signIn(page, server.admin)
        await page.getByRole('dialog', { name: 'Sign in' }).waitFor({ state: 'hidden' })
        await told().waitFor({ state: 'hidden' })
        const isCode = isTyped && (await field.getAttribute('contenteditable')) === 'true'
        if (isTyped) assert.equal(await (isCode ? field.innerText() : field.inputValue()), 'typed')
        if (!asksBeforeLeaving.test(each.file)) from = each
      })
    }

    function testOpenedPage(each: ConsolePage): void {
      test(`${nameOf(each)} says so when it is opened, and shows itself when the server is back`, async () => {
        const { page } = person
        if (from === undefined) {
          // What is known of other pages is forgotten.
          await page.goto(each.path === '/test' ? '/design' : '/test')
          await page.getByRole('heading', { level: 2 }).first().waitFor()
          await person.settle()
        }
        from = undefined
        await page.context().setOffline(true)
        await person.follow(pathOf(each, sample))
        await person.comeBack()
        await told().waitFor()
        // What is said above every page may be there before the page is, or what is in its place without its code.
        const inPlace = page.getByRole('main').getByRole('alert').getByRole('button', { name: 'Try again' })
        await inPlace.or(headingOf(each)).first().waitFor()
        await page.context().setOffline(false)
        const again = page.getByRole('button', { name: 'Try again' })
        if (await again.evaluateAll(pressLast).catch(unlessLoadedAnew)) pressed += 1
        await headingOf(each).waitFor()
        await told().waitFor({ state: 'hidden' })
      })
    }

    const opened = halves[1 - part] ?? []
    const open = halves[part]
    for (let index = 0; index < Math.max(open.length, opened.length); index++) {
      const [before, next] = [open[index], opened[index]]
      if (before) testOpenPage(before)
      if (next) testOpenedPage(next)
    }

    test('the button to try again was there on most of them', () => assert.ok(pressed > opened.length / 2))
  })
}
