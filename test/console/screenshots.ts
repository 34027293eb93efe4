import { existsSync, readFileSync } from 'node:fs'
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { sitDown } from './browser.ts'
import { consolePages, nameOf, pathOf } from './pages.ts'
import { fillWithSample, type Sample } from './sample.ts'

const folder = join(import.meta.dirname, '../../docs/console')

/**
 * `npm run screenshots [-- part-of-a-name…]`: takes a picture of every page of the console, of a server with sample data, and
 * writes what each page is for to `docs/console/README.md`.
 */
async function main(words: readonly string[]): Promise<void> {
  await mkdir(folder, { recursive: true })
  let sample: Sample | undefined
  const person = await sitDown({
    fill: async server => {
      sample = await fillWithSample(server)
    },
  })
  try {
    if (!sample) throw new Error('Expected the sample to be there')
    const { page, server } = person
    await page.emulateMedia({ reducedMotion: 'reduce' })
    const isWanted = (name: string) => words.length === 0 || words.some(word => name.includes(word))
    await page.goto('/')
    await page.getByRole('textbox', { name: 'User name' }).fill(server.admin.user)
    await person.settle()
    if (isWanted('sign-in')) await takePicture(page, 'sign-in')
    for (const each of consolePages.filter(each => isWanted(nameOf(each)))) {
      await person.open(pathOf(each, sample))
      await page.getByRole('heading', { name: each.title, exact: true, level: 2 }).waitFor()
      await page.waitForLoadState('networkidle')
      await person.settle()
      await takePicture(page, nameOf(each))
    }
  } finally {
    await person.close()
  }
  await writeGuide()
}

async function takePicture(page: Page, name: string): Promise<void> {
  await page.evaluate(`(${replaceRandom})(${JSON.stringify(today.format(new Date()))})`)
  const path = join(folder, `${name}.png`)
  const picture = await page.screenshot({ animations: 'disabled', caret: 'hide' })
  if (existsSync(path) && (await isSame(page, readFileSync(path), picture))) return
  await writeFile(path, picture)
}

/** Whether nobody can tell two pictures apart: drawing the same twice may differ by a shade at round edges. */
async function isSame(page: Page, one: Buffer, other: Buffer): Promise<boolean> {
  const blank = await page.context().newPage()
  const both = JSON.stringify([one.toString('base64'), other.toString('base64')])
  const same = await blank.evaluate<boolean>(`Promise.all(${both}.map(async data => {
    const image = new Image()
    image.src = 'data:image/png;base64,' + data
    await image.decode()
    const context = new OffscreenCanvas(image.width, image.height).getContext('2d')
    context.drawImage(image, 0, 0)
    return context.getImageData(0, 0, image.width, image.height).data
  })).then(([one, other]) => one.length === other.length && one.every((shade, at) => Math.abs(shade - other[at]) < 16))`)
  await blank.close()
  return same
}

/** The access log has the machine's time. */
const today = new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeZone: 'Europe/Berlin' })

/** Runs in the page: puts a fixed text for what differs from run to run, so that a picture changes when its page does. */
const replaceRandom = `today => {
  const fixed = [
    [/localhost:\\d+/g, 'localhost:8080'],
    [new RegExp(today + ', [\\\\d:]+ [AP]M'), 'Dec 1, 2026, 9:52:00 AM'],
    [/^[\\d.]+ ms$/, '4 ms'],
    [/\\bAG[\\w-]{26}/g, 'AGiMMOtYloBEAB2FFRM9FNNoMf7t'],
    [/\\b[0-9a-f]{32}\\b/g, '3f0c9a4d7be2418896d5e1f7a2b08c64'],
    [/\\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\b/g, '5a7b6d0e-8c1f-4e52-9b3d-2f6a9c4e7d10'],
    [/\\b([0-9A-Fa-f]{2}:){15,}[0-9A-Fa-f]{2}\\b/g, print => print.replace(/[0-9A-Fa-f]{2}/g, (_, at) => (at * 37 % 256).toString(16).padStart(2, '0').toUpperCase())],
  ]
  const replaced = text => fixed.reduce((found, [pattern, value]) => found.replace(pattern, value), text)
  const visit = root => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.shadowRoot) visit(node.shadowRoot)
      if (node.nodeType === Node.TEXT_NODE && replaced(node.data) !== node.data) node.data = replaced(node.data)
      if (node instanceof HTMLInputElement && node.type === 'text') node.value = replaced(node.value)
    }
  }
  visit(document.body)
}`

async function writeGuide(): Promise<void> {
  const parts = consolePages.map(each => `## ${each.title}\n\n${each.about}\n\n![${each.title}](${nameOf(each)}.png)\n`)
  const names = new Set(['sign-in', ...consolePages.map(nameOf)].map(name => `${name}.png`))
  for (const file of await readdir(folder)) if (file.endsWith('.png') && !names.has(file)) await rm(join(folder, file))
  const beginning = [
    '<!-- Written by `npm run screenshots` from test/console/pages.ts. -->',
    '# The pages of the console',
    '',
    'Of a server with sample data. [The guide](../console.md) says how to work with them.',
    '',
    '![Sign in](sign-in.png)',
    '',
  ]
  await writeFile(join(folder, 'README.md'), [...beginning, parts.join('\n')].join('\n'))
}

await main(process.argv.slice(2))
