import { setTimeout as delay } from 'node:timers/promises'
import type { Page } from 'playwright-core'

/**
 * Has each answer of the server come up to 800 ms late, and the page compute four times slower, where SLUICE_SLOW_BROWSER
 * is a number, the seed. What a test does too early on a busy machine is seen with it on any. Times that tests measure
 * mean nothing then.
 */
export async function slowDown(page: Page): Promise<void> {
  const seed = process.env.SLUICE_SLOW_BROWSER
  if (seed === undefined) return
  let state = Number(seed)
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
  await page.route(/\/(api|oauth2|authorization|odata|itspaces|saml2|openid|http|console\/assets)\b/, async route => {
    await delay(next() * 800)
    await route.continue().catch(() => undefined)
  })
  await computeSlowly(page, 4)
}

/** Has a page compute so many times slower until what this resolves with is called. */
export async function computeSlowly(page: Page, rate: number): Promise<() => Promise<void>> {
  const session = await page.context().newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate })
  return () => session.detach()
}
