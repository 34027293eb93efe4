import { chromium, type Page } from 'playwright-core'
import { quantile } from './statistics.ts'

const usage = `npm run bench:console -- <URL> <user> <password>

Measures how long the console takes from the click on "Show more" of Message processing until the rows of the next page are
drawn. Needs a started server with at least 600 message logs, and somebody who may see them.
`

const [url = '', user = '', password = '', ...others] = process.argv.slice(2)
if (password === '' || others.length > 0 || !URL.canParse(url)) {
  console.error(usage)
  process.exit(2)
}
const pages = 19
/** Each from the first page on: with one, the 95th percentile is the worst page, and says more about the machine. */
const rounds = 5
const pageSize = 30

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium'
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
const page = await browser.newPage({ baseURL: url, locale: 'en-US', viewport: { width: 1280, height: 720 } })
await page.goto('/monitor/messages?period=all')
await page.getByRole('textbox', { name: 'User name' }).fill(user)
await page.getByLabel('Password').fill(password)
await page.keyboard.press('Enter')
const times: number[] = []
for (let round = 1; round <= rounds; round++) {
  if (round > 1) await page.reload()
  await page.getByText(`${pageSize} of `).waitFor()
  const ofRound: number[] = []
  for (let count = 2; count <= pages + 1; count++) ofRound.push(await millisecondsUntil(page, count * pageSize))
  console.log(`round ${round}: ${ofRound.map(time => Math.round(time)).join(', ')}`)
  times.push(...ofRound)
}
await browser.close()
const [p50, p95] = [0.5, 0.95].map(share => Math.round(quantile(times, share)))
console.log(`next page of messages: p50 ${p50} ms, p95 ${p95} ms of ${times.length}`)

/** Measured in the page: frames count, the way to the browser does not. */
function millisecondsUntil(page: Page, rows: number): Promise<number> {
  return page.evaluate<number>(`(async () => {
    const button = [...document.querySelectorAll('ui5-button')].find(({ textContent }) => textContent === 'Show more')
    const began = performance.now()
    button.click()
    const frame = () => new Promise(resolve => requestAnimationFrame(resolve))
    const shown = () => [...document.querySelectorAll('main span[aria-live]')].some(({ textContent }) => textContent.startsWith('${rows} of '))
    while (!shown()) await frame()
    await frame()
    return performance.now() - began
  })()`)
}
