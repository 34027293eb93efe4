import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type Person, sitDown, withoutChromium } from './browser.ts'
import { consolePages, nameOf, pathOf } from './pages.ts'
import { fillWithSample, type Sample } from './sample.ts'

/** A tablet both ways, and 1280 px at 400 % (WCAG 1.4.10). */
const sizes = [
  { width: 1024, height: 768 },
  { width: 768, height: 1024 },
  { width: 320, height: 640 },
]

describe('every page on a narrow screen', { skip: withoutChromium ?? false }, () => {
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

  for (const each of consolePages) {
    test(`${nameOf(each)} needs no scrolling to the side`, async () => {
      const { page } = person
      await person.follow(pathOf(each, sample))
      await page.getByRole('heading', { level: 2, name: each.title, exact: true }).waitFor()
      await person.settle()
      for (const size of sizes) {
        // What is drawn in two dimensions may need it (WCAG 1.4.10).
        if (size.width === 320 && each.file.startsWith('flow-editor/')) continue
        await page.setViewportSize(size)
        const widest = await page.evaluate<string>(widestInMain)
        assert.equal(widest, '', `at ${size.width} px`)
      }
    })
  }
})

/** Runs in the page once it is laid out: what sticks out of the page, outside of boxes that scroll by themselves. */
const widestInMain = `new Promise(resolve => requestAnimationFrame(() => setTimeout(() => {
  const main = document.getElementById('content')
  const section = [...main.querySelectorAll('.section')].find(each => each.scrollWidth > each.clientWidth)
  if (section) return resolve('sticks out of: ' + section.outerHTML.slice(0, 200))
  if (main.scrollWidth <= main.clientWidth && document.documentElement.scrollWidth <= innerWidth) return resolve('')
  const edge = main.getBoundingClientRect().right
  const out = [...main.querySelectorAll('*')].find(element => element.getBoundingClientRect().right > edge + 1)
  resolve('sticks out: ' + (out?.outerHTML ?? '').slice(0, 200))
}, 100)))`
