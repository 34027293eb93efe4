import { escapeAttribute, escapeText } from '../bpmn/escape.ts'
import { TextBuilder } from '../formats/text-builder.ts'
import type { TargetCursor } from './target-values.ts'

/** Writes the target as XML with a declaration, without white space between elements. */
export function writeXmlTarget(root: TargetCursor): string {
  const builder = new TextBuilder()
  builder.add('<?xml version="1.0" encoding="UTF-8"?>')
  root.instances(value => element(root, value, builder))
  return builder.text()
}

function element({ node, children }: TargetCursor, value: string, builder: TextBuilder): void {
  builder.add(`<${node.name}${node.declarations}`)
  let isOpen = true
  const close = () => {
    if (isOpen) builder.add('>')
    isOpen = false
  }
  if (!node.hasElements && value !== '') {
    for (const child of children) child.instances(text => attribute(child, text, builder))
    close()
    builder.add(escapeText(value))
  } else {
    for (const child of children) {
      child.instances(text => {
        if (child.node.isAttribute) attribute(child, text, builder)
        else {
          close()
          element(child, text, builder)
        }
      })
    }
  }
  builder.add(isOpen ? '/>' : `</${node.name}>`)
}

function attribute({ node }: TargetCursor, value: string, builder: TextBuilder): void {
  builder.add(` ${node.name}="${escapeAttribute(value)}"`)
}
