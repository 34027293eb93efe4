import type { Locator, Page } from 'playwright-core'

export interface Point {
  readonly x: number
  readonly y: number
}

/** The diagram of a flow, and a hand with a mouse. */
export class FlowCanvas {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  /** The drawing of an element. */
  drawing(id: string): Locator {
    return this.page.locator(`[data-element-id="${id}"] .djs-visual`)
  }

  /** Where the middle of an element is on the screen. */
  async middle(id: string): Promise<Point> {
    return middleOf(this.drawing(id))
  }

  /** IDs of what is drawn, as far as they begin so. */
  async ids(prefix: string): Promise<readonly string[]> {
    const found = await this.page.locator(`.djs-container [data-element-id^="${prefix}_"]`).all()
    const ids = await Promise.all(found.map(element => element.getAttribute('data-element-id')))
    return ids.flatMap(id => (id && !id.endsWith('_label') ? [id] : []))
  }

  async drag(from: Point, to: Point): Promise<void> {
    const { mouse } = this.page
    await mouse.move(from.x, from.y)
    await mouse.down()
    await mouse.move(from.x + 10, from.y + 10)
    await mouse.move(to.x, to.y, { steps: 4 })
    await mouse.up()
  }

  /** Drags an item of the palette to a place. */
  async add(item: string, to: Point): Promise<void> {
    await this.page.getByRole('searchbox', { name: 'Search steps' }).fill(item)
    await this.drag(await middleOf(this.page.getByRole('button', { name: item, exact: true })), to)
  }

  async select(id: string): Promise<void> {
    const selected = this.page.locator(`[data-element-id="${id}"].selected`)
    if ((await selected.count()) > 0) return
    // What is beside the element that was selected before may be in front.
    const canvas = await this.page.locator('.djs-container').boundingBox()
    if (canvas) await this.page.mouse.click(canvas.x + canvas.width - 140, canvas.y + canvas.height - 12)
    const { x, y } = await this.middle(id)
    await this.page.mouse.click(x, y)
    await selected.waitFor()
  }

  /** Draws a connection from one element to another. */
  async connect(from: string, to: string): Promise<void> {
    await this.select(from)
    await this.page.getByRole('button', { name: 'Connect' }).click()
    const { x, y } = await this.middle(to)
    await this.page.mouse.move(x - 5, y, { steps: 3 })
    await this.page.mouse.move(x, y)
    await this.page.mouse.click(x, y)
  }

  /** Puts a step behind an element, by its name among the steps. */
  async append(id: string, step: string): Promise<void> {
    await this.select(id)
    await this.page.getByRole('button', { name: 'Add next step' }).click()
    await this.page.getByRole('searchbox', { name: 'Search', exact: true }).fill(step)
    await this.page.keyboard.press('Enter')
  }
}

async function middleOf(drawing: Locator): Promise<Point> {
  const box = await drawing.boundingBox()
  if (!box) throw new Error('Expected the element to be drawn')
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}
