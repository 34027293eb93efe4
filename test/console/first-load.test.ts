import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type Person, sitDown, withoutChromium } from './browser.ts'
import { consolePages, nameOf, pathOf } from './pages.ts'
import { fillWithSample, type Sample } from './sample.ts'

const bytesMax = 500_000

/** Classes that only the libraries of the flow editor and of the editors of files have. */
const editorMarks = /djs-container|cm-editor/

describe('the first load', { skip: withoutChromium ?? false }, () => {
  let person: Person
  let sample: Sample

  before(async () => {
    person = await sitDown({
      fill: async server => {
        sample = await fillWithSample(server)
      },
    })
    await person.open('/test')
  })

  after(() => person.close())

  /** What a browser that knows nothing yet loads for an address. */
  async function load(path: string, isSignedIn: boolean): Promise<{ bytes: number; hasEditor: boolean }> {
    const { page, server } = person
    const state = isSignedIn ? { storageState: await page.context().storageState() } : {}
    const context = await page
      .context()
      .browser()
      ?.newContext({ baseURL: server.url, ...state })
    assert.ok(context)
    const fresh = await context.newPage()
    const loads: Promise<{ bytes: number; hasEditor: boolean }>[] = []
    fresh.on('requestfinished', request => {
      loads.push(
        (async () => {
          const { responseBodySize } = await request.sizes()
          const text = request.url().endsWith('.js') ? await (await request.response())?.text() : ''
          return { bytes: responseBodySize, hasEditor: editorMarks.test(text ?? '') }
        })(),
      )
    })
    await fresh.goto(path, { waitUntil: 'networkidle' })
    fresh.removeAllListeners('requestfinished')
    const parts = await Promise.all(loads)
    await context.close()
    return {
      bytes: parts.reduce((sum, { bytes }) => sum + bytes, 0),
      hasEditor: parts.some(({ hasEditor }) => hasEditor),
    }
  }

  test('of the sign-in page is small', async t => {
    const { bytes, hasEditor } = await load('/', false)
    t.diagnostic(`sign-in: ${bytes} bytes`)
    assert.ok(bytes > 100_000 && bytes <= bytesMax, `Expected at most ${bytesMax} bytes, found ${bytes}`)
    assert.equal(hasEditor, false)
  })

  // A list is the page of a set: of its things there are pages of their own.
  for (const each of consolePages.filter(({ file }) =>
    /s-page$|overview|keystore-page|material|branding|api-page/.test(file),
  )) {
    test(`of ${nameOf(each)} is small`, async t => {
      const { bytes, hasEditor } = await load(pathOf(each, sample), true)
      t.diagnostic(`${nameOf(each)}: ${bytes} bytes`)
      assert.ok(bytes > 100_000 && bytes <= bytesMax, `Expected at most ${bytesMax} bytes, found ${bytes}`)
      assert.equal(hasEditor, false)
    })
  }

  test('of the flow editor brings its libraries, so that it is seen where they would be', async () => {
    const editor = consolePages.find(({ file }) => file === 'flow-editor/flow-page')
    assert.ok(editor)
    assert.equal((await load(pathOf(editor, sample), true)).hasEditor, true)
  })
})
