import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type Person, signIn, sitDown, withoutChromium } from './browser.ts'

describe('a person at the keyboard, on a tablet, and of another language', { skip: withoutChromium ?? false }, () => {
  let person: Person

  before(async () => {
    person = await sitDown()
    await person.open('/design')
    await person.page.getByText('There are no packages.').waitFor()
  })

  after(() => person.close())

  const cockpit = () => person.page.getByRole('treeitem', { name: 'Cockpit' })
  const navigation = () => person.page.getByRole('button', { name: 'Places' })

  test('skips what is before the content', async () => {
    const { page } = person
    await page.reload()
    await page.getByText('There are no packages.').waitFor()
    await page.keyboard.press('Tab')
    const skip = page.getByRole('link', { name: 'Skip to content' })
    assert.equal(await page.evaluate('document.activeElement.textContent'), 'Skip to content')
    assert.ok(((await skip.boundingBox())?.x ?? -1) >= 0)
    await page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.getByRole('dialog', { name: 'New package' }).waitFor()
  })

  test('gets into a dialog and, with Escape or Cancel, back to where they were', async () => {
    const { page } = person
    await page.keyboard.type('Typed at once')
    assert.equal(await page.getByRole('textbox', { name: 'Name' }).inputValue(), 'Typed at once')
    await page.keyboard.press('Escape')
    await page.getByRole('dialog', { name: 'New package' }).waitFor({ state: 'hidden' })
    await page.keyboard.press('Enter')
    await page.getByRole('dialog', { name: 'New package' }).waitFor()
    await page.getByRole('button', { name: 'Cancel' }).press('Enter')
    await page.getByRole('dialog', { name: 'New package' }).waitFor({ state: 'hidden' })
    await page.keyboard.press('Enter')
    await page.getByRole('dialog', { name: 'New package' }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog', { name: 'New package' }).waitFor({ state: 'hidden' })
  })

  test('folds the navigation, which stays so', async () => {
    const { page } = person
    await cockpit().waitFor()
    await navigation().click()
    await cockpit().waitFor({ state: 'hidden' })
    await page.reload()
    await page.getByText('There are no packages.').waitFor()
    assert.ok(await cockpit().isHidden())
    await person.checkAccessibility()
    await navigation().click()
    await cockpit().waitFor()
  })

  for (const size of [
    { width: 1024, height: 768 },
    { width: 768, height: 1024 },
    { width: 320, height: 640 },
  ]) {
    test(`has a dialog in sight at ${size.width} x ${size.height}`, async () => {
      const { page } = person
      await page.setViewportSize(size)
      await page.getByRole('button', { name: 'Create' }).click()
      const dialog = page.getByRole('dialog', { name: 'New package' })
      await dialog.waitFor()
      await page.locator('ui5-dialog').getByRole('button', { name: 'Create' }).click({ trial: true })
      await page.getByRole('button', { name: 'Cancel' }).click()
      await dialog.waitFor({ state: 'hidden' })
    })
  }

  test('reads a title whole on a telephone, however long its words are', async () => {
    const { page } = person
    const name = `user.${'without.a.break.'.repeat(6)}`
    await page.goto(`/cockpit/authorizations/users?user=${name}`)
    const title = page.getByRole('heading', { level: 2, name: `User ${name}` })
    await title.waitFor()
    assert.equal(await title.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth), 0)
    await page.goto('/design')
    await page.getByText('There are no packages.').waitFor()
  })

  test('goes through the places on a telephone', async () => {
    const { page } = person
    await cockpit().waitFor({ state: 'hidden' })
    await navigation().click()
    await page.getByRole('treeitem', { name: 'Test' }).click()
    await page.getByRole('heading', { name: 'Test', level: 2 }).waitFor()
    await cockpit().waitFor({ state: 'hidden' })
    await person.checkAccessibility()
    await page.setViewportSize({ width: 1280, height: 720 })
    await cockpit().waitFor()
  })

  test('chooses German for the pages and all that is in them, which stays so', async () => {
    const { page, server } = person
    await page.getByRole('button', { name: 'admin' }).click()
    await page.getByRole('menuitem', { name: 'Deutsch' }).click()
    await page.getByText('Zugriffstoken').first().waitFor()
    await page.reload()
    await page.getByText('Zugriffstoken').first().waitFor()
    assert.equal(await page.evaluate('document.documentElement.lang'), 'de')
    // A text of the components themselves.
    await page.getByRole('button', { name: 'admin' }).click()
    await page.getByRole('button', { name: 'Abmelden' }).click()
    await page.getByRole('textbox', { name: 'Benutzername' }).fill(server.admin.user)
    await page.evaluate(`localStorage.clear()`)
    await page.goto('/test')
    await signIn(page, server.admin)
    await page.getByRole('heading', { name: 'Test', level: 2 }).waitFor()
  })
})
