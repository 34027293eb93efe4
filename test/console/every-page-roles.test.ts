import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type Person, sitDown, withoutChromium } from './browser.ts'
import { consolePages, nameOf, pathOf } from './pages.ts'
import { fillWithSample, type Sample } from './sample.ts'

describe('every page, for a person without its role', { skip: withoutChromium ?? false }, () => {
  let person: Person
  let sample: Sample

  before(async () => {
    person = await sitDown({
      fill: async server => {
        sample = await fillWithSample(server)
        const { tenant } = sample.flows
        const path = `/authorization/v1/accounts/dev/users/roles?userId=${server.admin.user}`
        const { roles } = JSON.parse(await tenant.send('GET', path, 200))
        const names = roles.map((role: AssignedRole) => `${role.applicationName}:${role.name}`)
        await tenant.send('DELETE', `${path}&roles=${names.join(';')}`, 200)
      },
    })
    await person.open('/test')
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
      await page.goto(pathOf(each, sample))
      const told = page.getByRole('alert').getByText(/admin needs role [\w.]+ of application \w+ to see this page/)
      await told.waitFor()
      assert.equal(await page.title(), 'A role is missing – Sluice')
      await person.checkAccessibility()
    })
  }
})

interface AssignedRole {
  readonly name: string
  readonly applicationName: string
}
