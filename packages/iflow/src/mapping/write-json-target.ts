import { TextBuilder } from '../formats/text-builder.ts'
import { arrayRoot } from './structures/json.ts'
import type { TargetCursor } from './target-values.ts'

/** Writes the target as JSON. What the structure calls a number or boolean is written bare when it is spelt like one. */
export function writeJsonTarget(root: TargetCursor): string {
  const builder = new TextBuilder()
  if (root.node.path.startsWith(`/${arrayRoot}`)) {
    builder.add('[')
    items(root, builder)
    builder.add(']')
  } else root.instances(value => item(root, value, builder))
  return builder.text()
}

function items(cursor: TargetCursor, builder: TextBuilder): void {
  let isFirst = true
  cursor.instances(value => {
    if (!isFirst) builder.add(',')
    isFirst = false
    item(cursor, value, builder)
  })
}

function item(cursor: TargetCursor, value: string, builder: TextBuilder): void {
  const { node, children } = cursor
  if (!node.hasElements) {
    builder.add(node.json === 'bare' && isBare(value) ? value : JSON.stringify(value))
    return
  }
  let next = '{'
  for (const child of children) {
    const isArray = child.node.maxOccurs > 1
    let isOpen = false
    child.instances(text => {
      builder.add(isOpen ? ',' : `${next}${JSON.stringify(child.node.name)}:${isArray ? '[' : ''}`)
      isOpen = true
      item(child, text, builder)
    })
    if (isOpen) next = ','
    if (isOpen && isArray) builder.add(']')
  }
  builder.add(next === '{' ? '{}' : '}')
}

function isBare(value: string): boolean {
  return /^(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false)$/.test(value)
}
