import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type Person, signIn, sitDown, withoutChromium } from './browser.ts'
import { consolePages, nameOf, pathOf } from './pages.ts'
import { fillWithSample, type Sample } from './sample.ts'

const guest = { user: 'guest', password: 'nothing may be entered by me' }

describe('every page, for a person without its role', { skip: withoutChromium ?? false }, () => {
  let person: Person
  let sample: Sample

  before(async () => {
    person = await sitDown({
      fill: async server => {
        sample = await fillWithSample(server)
        await sample.flows.tenant.send('POST', '/api/identity/v1/users', 201, {
          name: guest.user,
          password: guest.password,
          mustChangePassword: false,
        })
      },
    })
    await person.page.goto('/test')
    await signIn(person.page, guest)
    await person.page.getByRole('heading', { name: 'Test', level: 2 }).waitFor()
  })

  after(() => person.close())

  test('they are led to what they may see, and the navigation shows nothing else', async () => {
    const { page } = person
    await page.goto('/')
    await page.getByRole('heading', { name: 'Test', level: 2 }).waitFor()
    await page.getByRole('treeitem', { name: 'Test' }).waitFor()
    assert.equal(await page.getByRole('treeitem').count(), 1)
    await person.checkAccessibility()
  })

  for (const each of consolePages.filter(({ path }) => path !== '/test')) {
    test(`${nameOf(each)} says which role is missing`, async () => {
      const { page } = person
      // Two pages may lack the same role.
      await person.follow('/test')
      await page.getByRole('heading', { name: 'Test', level: 2 }).waitFor()
      await person.follow(pathOf(each, sample))
      const told = page.getByRole('alert').getByText(/guest needs role [\w.]+ of application \w+ to see this page/)
      await told.waitFor()
      assert.equal(await page.title(), 'A role is missing – Sluice')
      await person.checkAccessibility()
    })
  }
})
