import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { type FlowNode, parseIflow } from '@sluice/iflow/bpmn'
import { type Flow, readFlows } from '../corpus/measure.ts'
import { type Person, sitDown, withoutChromium } from './browser.ts'
import { readFlowFile } from './flow-file.ts'
import { Flows } from './flows.ts'

const recipes = join(process.env.SLUICE_CORPUS ?? '', 'Recipes/for')
const skip = withoutChromium ?? (existsSync(recipes) ? false : 'no SLUICE_CORPUS: see "Real flows" in CONTRIBUTING.md')

/** Real flows, spread over all that there are. */
const howMany = 25
/** More would be too small on the screen to be clicked. */
const nodesMax = 30

/** A real flow with a script step of the main process. */
interface Sample extends Flow {
  readonly step: FlowNode
}

function sampleOf(flow: Flow): Sample[] {
  const processes = parseIflow(flow.text, flow.file).document?.model.processes ?? []
  const nodes = processes.flatMap(process => [...process.nodes.values()])
  const step = nodes.find(({ variant }) => variant?.cname === 'GroovyScript')
  return step && nodes.length <= nodesMax ? [{ ...flow, step }] : []
}

/** Tests that change one property of real flows in the editor: those with the numbers from `first` to `last`, of 25. */
export function describeRoundTrip(first: number, last: number): void {
  describe('a person who changes one property of a real flow', { skip }, () => {
    let person: Person
    let flows: Flows
    let samples: readonly Sample[]

    before(async () => {
      person = await sitDown()
      flows = await Flows.start(person.server)
      const all = (await readFlows(recipes)).flows.flatMap(sampleOf)
      samples = Array.from({ length: howMany }, (_, index) => all[Math.floor((index * all.length) / howMany)] as Sample)
    })

    after(() => person.close())

    for (let number = first; number <= last; number++)
      test(`saves nothing but that in flow ${number} of ${howMany}`, async t => {
        const { text, file, source, step } = samples[number - 1] as Sample
        t.diagnostic(source)
        const id = `real${number}`
        await flows.import(id, text)
        const { page } = person
        await person.open(`/design/packages/${id}Package/IntegrationFlow/${id}/flow`)
        await page.getByRole('button', { name: 'Fit to view' }).click()
        const box = await page.locator(`[data-element-id="${step.id}"] .djs-visual`).first().boundingBox()
        assert.ok(box)
        await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2)
        await page.locator(`[data-element-id="${step.id}"].selected`).waitFor()
        const sheet = page.getByRole('region', { name: 'Properties', exact: true })
        await sheet.getByRole('tab', { name: 'Processing', exact: true }).click()
        const field = sheet.getByRole('textbox', { name: 'Script Function', exact: true })
        await field.fill('changed')
        await field.press('Enter')
        await page.getByRole('button', { name: 'Save', exact: true }).click()
        await page.getByText('Draft').waitFor()
        const expected = parseIflow(text, file).document?.withProperty(step.id, 'scriptFunction', 'changed').text
        assert.ok((await readFlowFile(flows.tenant, id)) === expected, `Expected one value of ${source} to be another`)
      })
  })
}
