import assert from 'node:assert/strict'
import { after, afterEach, before, describe, test } from 'node:test'
import { type Person, signIn, sitDown, withoutChromium } from './browser.ts'
import { consolePages, nameOf, pathOf } from './pages.ts'
import { fillWithSample, type Sample } from './sample.ts'

const afterSessionMs = 31 * 60_000

describe('every page that is open while the server goes away and the session ends', {
  skip: withoutChromium ?? false,
}, () => {
  let person: Person
  let sample: Sample

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
    test(`${nameOf(each)} says so, goes on after another sign-in, and keeps what was typed`, async () => {
      const { page, server } = person
      await person.open(pathOf(each, sample))
      await page.getByRole('heading', { level: 2, name: each.title, exact: true }).waitFor()
      await person.settle()
      const field = page.getByRole('main').getByRole('textbox').first()
      const isTyped = (await field.count()) > 0 && (await field.isEditable())
      if (isTyped) await field.fill('typed')
      await page.context().setOffline(true)
      await person.comeBack()
      const told = page.getByRole('main').getByRole('alert').getByText('The server does not answer')
      await told.first().waitFor()
      await page.context().setOffline(false)
      server.clock.advance(afterSessionMs)
      await person.comeBack()
      await page.getByRole('heading', { name: /Your session has ended/ }).waitFor()
      await signIn(page, server.admin)
      await page.getByRole('dialog', { name: 'Sign in' }).waitFor({ state: 'hidden' })
      await told.first().waitFor({ state: 'hidden' })
      const isCode = isTyped && (await field.getAttribute('contenteditable')) === 'true'
      if (isTyped) assert.equal(await (isCode ? field.innerText() : field.inputValue()), 'typed')
    })
  }
})
