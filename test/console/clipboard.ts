import type { Page } from 'playwright-core'

/** Lets the page read and write the clipboard. */
export async function allowClipboard(page: Page): Promise<void> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
}

/** Presses a button that copies, and resolves with what it has put on the clipboard. */
export async function copy(page: Page, button: string): Promise<string> {
  await page.evaluate(`navigator.clipboard.writeText('')`)
  await page.getByRole('button', { name: button, exact: true }).click()
  const found = await page.waitForFunction<string>('navigator.clipboard.readText()')
  return found.jsonValue()
}
