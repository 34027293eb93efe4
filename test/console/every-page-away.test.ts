import { after, afterEach, before, describe, test } from 'node:test'
import { type Person, sitDown, withoutChromium } from './browser.ts'
import { consolePages, nameOf, pathOf } from './pages.ts'
import { fillWithSample, type Sample } from './sample.ts'

describe('every page that is opened while the server is away', { skip: withoutChromium ?? false }, () => {
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
      await page.getByRole('button', { name: 'Try again' }).last().click()
      await page.getByRole('heading', { level: 2, name: each.title, exact: true }).waitFor()
      await told.first().waitFor({ state: 'hidden' })
    })
  }
})
