import { namespaceReader, refuseDepth } from '../run/xml-reader.ts'
import type { SourcePlan } from './plan.ts'
import type { Context } from './queue.ts'
import { SourceCursor, SourceQueues } from './source-queues.ts'

interface Open {
  readonly cursors: readonly SourceCursor[]
  /** Where its markup starts in the text; -1: nobody asks. */
  readonly start: number
  text: string
  hasElements: boolean
}

/**
 * Reads the fields of a plan out of XML, front to back. An element with elements in it has the empty text. Throws a `Failure`
 * of code `not-well-formed`.
 */
export function readXmlSource(text: string, plan: SourcePlan): readonly (readonly Context[])[] {
  const queues = new SourceQueues(plan)
  const parser = namespaceReader()
  const open: Open[] = []
  let depth = 0
  /** Elements that no field is on or below. */
  let skipped = 0
  const root: Open = { cursors: [SourceCursor.of(plan.root)], start: -1, text: '', hasElements: false }
  parser.on('opentag', tag => {
    refuseDepth(depth)
    depth += 1
    const parent = open.at(-1) ?? root
    parent.hasElements = true
    if (skipped > 0) {
      skipped += 1
      return
    }
    const [only] = parent.cursors
    const cursors =
      only !== undefined && parent.cursors.length === 1
        ? only.children(tag.local, tag.uri)
        : parent.cursors.flatMap(cursor => cursor.children(tag.local, tag.uri))
    if (cursors.length === 0) {
      skipped = 1
      return
    }
    for (const { node } of cursors) {
      queues.enter(node)
      for (const attribute of node.attributes) {
        for (const { local, uri, value } of Object.values(tag.attributes)) {
          if (SourceCursor.isAttribute(attribute, local, uri)) queues.add(attribute.fields, value)
        }
      }
    }
    const isMarkup = cursors.some(({ node }) => node.markups.length > 0)
    open.push({
      cursors,
      start: isMarkup ? text.lastIndexOf('<', parser.position - 1) : -1,
      text: '',
      hasElements: false,
    })
  })
  const append = (data: string) => {
    const element = open.at(-1)
    if (skipped === 0 && element !== undefined) element.text += data
  }
  parser.on('text', append)
  parser.on('cdata', append)
  parser.on('closetag', () => {
    depth -= 1
    if (skipped > 0) {
      skipped -= 1
      return
    }
    const element = open.pop()
    if (element === undefined) return
    for (const { node } of element.cursors) {
      queues.add(node.texts, element.hasElements ? '' : element.text)
      if (node.markups.length > 0) queues.add(node.markups, text.slice(element.start, parser.position))
    }
  })
  parser.write(text).close()
  return queues.queues
}
