import assert from 'node:assert/strict'
import { after, afterEach, before, describe, test } from 'node:test'
import { type Person, sitDown, withoutChromium } from './browser.ts'
import { consolePages, nameOf, pathOf } from './pages.ts'
import { fillWithSample, type Sample } from './sample.ts'

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

describe('every page that is opened while the server is away', { skip: withoutChromium ?? false }, () => {
  let person: Person
  let sample: Sample
  let pressed = 0

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

  for (const each of consolePages) {
    test(`${nameOf(each)} says so, and shows itself when the server is back`, async () => {
      const { page } = person
      // What is known of other pages is forgotten.
      await page.goto(each.path === '/test' ? '/design' : '/test')
      await page.getByRole('heading', { level: 2 }).first().waitFor()
      await person.settle()
      await page.context().setOffline(true)
      await person.follow(pathOf(each, sample))
      await person.comeBack()
      const told = page.getByRole('main').getByRole('alert').getByText('The server does not answer')
      await told.first().waitFor()
      await page.context().setOffline(false)
      const again = page.getByRole('button', { name: 'Try again' })
      if (await again.evaluateAll(pressLast).catch(unlessLoadedAnew)) pressed += 1
      await page.getByRole('heading', { level: 2, name: each.title, exact: true }).waitFor()
      await told.first().waitFor({ state: 'hidden' })
    })
  }

  test('the button to try again was there on most of them', () => assert.ok(pressed > consolePages.length / 2))
})
