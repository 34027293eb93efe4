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
      await person.settle()
      await takePicture(page, nameOf(each))
    }
  } finally {
    await person.close()
  }
  await writeGuide()
}

async function takePicture(page: Page, name: string): Promise<void> {
  await page.evaluate(`(${replaceRandom})()`)
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled', caret: 'hide' })
}

/** Runs in the page: puts a fixed text for what differs from run to run, so that a picture changes when its page does. */
const replaceRandom = `() => {
  const fixed = [
    [/localhost:\\d+/g, 'localhost:8080'],
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
