import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { type Person, signIn, sitDown, withoutChromium } from './browser.ts'
import { consolePages, nameOf, pathOf } from './pages.ts'
import { fillWithSample, type Sample } from './sample.ts'

const bytesMax = 500_000

/** Classes that only the libraries of the flow editor and of the editors of files have. */
const editorMarks = /djs-container|cm-editor/

describe('the first load', { skip: withoutChromium ?? false }, () => {
  let person: Person
  let sample: Sample
  let page: Page

  before(async () => {
    person = await sitDown({
      fill: async server => {
        sample = await fillWithSample(server)
      },
    })
    // A person's own page has a clock that keeps no times of what was loaded.
    const context = await person.page.context().browser()?.newContext({ baseURL: person.server.url })
    assert.ok(context)
    context.setDefaultTimeout(60_000)
    page = await context.newPage()
  })

  after(() => person.close())

  /** What a browser that knows nothing yet loads for an address: what others have loaded counts, though it is known by now. */
  async function load(path: string): Promise<{ bytes: number; hasEditor: boolean }> {
    await page.goto(path)
    // A page that computes for long asks for nothing meanwhile, as if it had all.
    await page.getByRole('main').getByRole('heading').first().waitFor()
    await page.waitForLoadState('networkidle')
    const parts = await page.evaluate<{ name: string; bytes: number }[]>(
      `[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
        .map(({ name, encodedBodySize }) => ({ name, bytes: encodedBodySize }))`,
    )
    const texts = await Promise.all(parts.map(({ name }) => (name.endsWith('.js') ? textOf(name) : '')))
    return {
      bytes: parts.reduce((sum, { bytes }) => sum + bytes, 0),
      hasEditor: texts.some(text => editorMarks.test(text)),
    }
  }

  const scripts = new Map<string, Promise<string>>()

  function textOf(url: string): Promise<string> {
    const known = scripts.get(url) ?? fetch(url).then(answer => answer.text())
    scripts.set(url, known)
    return known
  }

  test('of the sign-in page is small', async t => {
    const { bytes, hasEditor } = await load('/')
    t.diagnostic(`sign-in: ${bytes} bytes`)
    assert.ok(bytes > 100_000 && bytes <= bytesMax, `Expected at most ${bytesMax} bytes, found ${bytes}`)
    assert.equal(hasEditor, false)
    await signIn(page, person.server.admin)
    await page.getByRole('navigation').waitFor()
  })

  // A list is the page of a set: of its things there are pages of their own.
  for (const each of consolePages.filter(({ file }) =>
    /s-page$|overview|keystore-page|material|branding|api-page/.test(file),
  )) {
    test(`of ${nameOf(each)} is small`, async t => {
      const { bytes, hasEditor } = await load(pathOf(each, sample))
      t.diagnostic(`${nameOf(each)}: ${bytes} bytes`)
      assert.ok(bytes > 100_000 && bytes <= bytesMax, `Expected at most ${bytesMax} bytes, found ${bytes}`)
      assert.equal(hasEditor, false)
    })
  }

  test('of the flow editor brings its libraries, so that it is seen where they would be', async () => {
    const editor = consolePages.find(({ file }) => file === 'flow-editor/flow-page')
    assert.ok(editor)
    assert.equal((await load(pathOf(editor, sample))).hasEditor, true)
  })
})
