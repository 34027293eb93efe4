import type { Locator } from 'playwright-core'

/** Resolves when a field holds a text: components draw what they are given a frame later. */
export async function holds(field: Locator, text: string): Promise<void> {
  const element = await field.elementHandle()
  await field
    .page()
    .waitForFunction('([element, text]) => (element.value ?? element.textContent) === text', [element, text])
}
