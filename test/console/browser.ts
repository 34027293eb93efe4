import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { startTestServer, type TestServer, type TestServerOptions } from '@sluice/server/testing'
import { type Browser, chromium, type Page } from 'playwright-core'
import { slowDown } from './slow-network.ts'

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium'

/** Why tests in a browser are skipped; undefined where they run. */
export const withoutChromium: string | undefined = existsSync(executablePath)
  ? undefined
  : `needs Chromium at ${executablePath}, or where CHROMIUM says: apt-get install chromium`

/** A started server, and somebody in front of a browser. */
export interface Person {
  readonly server: TestServer
  readonly page: Page
  /** Goes to an address of the console as the administrator. */
  open(path: string): Promise<void>
  /** Goes to an address without loading the page anew, as a link does. */
  follow(path: string): Promise<void>
  /** Looks at the tab again, after looking at others. */
  comeBack(): Promise<void>
  /** Resolves when the page has loaded what it shows. */
  settle(): Promise<void>
  /** Fails for what axe finds serious or critical on the page as it is. */
  checkAccessibility(): Promise<void>
  /** Also fails when a page asked another server for something, broke the content security policy, lacks an icon or threw. */
  close(): Promise<void>
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What may differ from one person to the next. */
export interface PersonOptions extends TestServerOptions {
  /** English (`en-US`) unless told otherwise. */
  readonly locale?: string
  /** The address of another site that the person visits. */
  readonly mayAlsoAsk?: string
  /** Fills the server before anybody looks at it. */
  readonly fill?: (server: TestServer) => Promise<void>
}

/** Starts a server and a browser that is in Berlin. */
export async function sitDown({ locale = 'en-US', mayAlsoAsk, fill, ...options }: PersonOptions = {}): Promise<Person> {
  const server = await startTestServer(options)
  await fill?.(server)
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
  const page = await newPage(browser, server.url, locale)
  // A person's watch shows about the server's time; timers go on.
  await page.clock.setFixedTime(server.clock.now())
  const problems = watch(page, [server.url, 'data:', ...(mayAlsoAsk === undefined ? [] : [mayAlsoAsk])])
  return {
    server,
    page,
    async open(path) {
      await page.goto(path)
      const user = page.getByRole('textbox', { name: 'User name' })
      // The page that asks for a password has headings, too, which may be drawn before its fields.
      await user.or(page.locator('#content').getByRole('heading')).first().waitFor()
      if (!(await user.isVisible())) return
      await signIn(page, server.admin)
      // Who goes on to another address before the answer is there is not signed in.
      await user.waitFor({ state: 'hidden' })
    },
    async follow(path) {
      const place = JSON.stringify(path)
      await page.evaluate(`history.pushState(null, '', ${place}); dispatchEvent(new PopStateEvent('popstate'))`)
    },
    async comeBack() {
      await page.evaluate(`document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))`)
    },
    async settle() {
      await page.locator('[ui5-busy-indicator][active]').first().waitFor({ state: 'detached' })
      await page.evaluate('document.fonts.ready')
    },
    async checkAccessibility() {
      await holdStill(page)
      if (await page.evaluate('typeof axe === "undefined"')) await page.evaluate(axe)
      const found = await page.evaluate<{ id: string; nodes: string[] }[]>(
        `axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] }).then(({ violations }) => violations
          .filter(({ impact }) => impact === 'serious' || impact === 'critical')
          .map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html) })))`,
      )
      assert.deepEqual(found, [])
    },
    async close() {
      await browser.close()
      await server.close()
      assert.deepEqual(problems, [])
    },
  }
}

/** Resolves when popups are where they stay: UI5 opens them in the frame after the one that they belong to, and moves them. */
async function holdStill(page: Page): Promise<void> {
  await page.evaluate('new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))')
  await page.locator(':popover-open').evaluateAll(async popups => {
    const places = () => JSON.stringify(popups.map(popup => popup.getBoundingClientRect()))
    for (let before = ''; before !== places(); ) {
      before = places()
      await new Promise(requestAnimationFrame)
      await new Promise(requestAnimationFrame)
    }
  })
}

async function newPage(browser: Browser, baseURL: string, locale: string): Promise<Page> {
  const context = await browser.newContext({
    baseURL,
    locale,
    timezoneId: 'Europe/Berlin',
    viewport: { width: 1280, height: 720 },
  })
  // What is wrong is waited for so long; what is right may come late on a busy machine.
  context.setDefaultTimeout(60_000)
  const page = await context.newPage()
  await slowDown(page)
  return page
}

function watch(page: Page, allowed: readonly string[]): string[] {
  const problems: string[] = []
  page.on('request', request => {
    if (!allowed.some(start => request.url().startsWith(start))) problems.push(`asked ${request.url()}`)
  })
  page.on('pageerror', error => problems.push(`threw ${error.message}`))
  page.on('console', message => {
    if (/Content Security Policy|No loader registered for the SAP-icons/.test(message.text()))
      problems.push(message.text())
  })
  return problems
}

/** Fills in the sign-in form that is on the page. */
export async function signIn(page: Page, { user, password }: { user: string; password: string }): Promise<void> {
  await page.getByRole('textbox', { name: 'User name' }).fill(user)
  await page.getByLabel('Password', { exact: true }).fill(password)
  // The preview of the sign-in page has such a button, too, before the dialog's.
  await page.getByRole('button', { name: 'Sign in', exact: true }).last().click()
}
