import type { Command, CommandObject, CommandValue } from './command.ts'

/** The answer of a command in JSON: the object as it is. */
export function renderCommandJson(value: CommandObject): string {
  return JSON.stringify(value)
}

/** The answer in XML: an element named after the command, in it one for each value; lists are elements that repeat. */
export function renderCommandXml({ name }: Command, value: CommandObject): string {
  return `<?xml version="1.0" encoding="UTF-8"?>${element(name.replace(/Command$/, 'Response'), value)}`
}

function element(name: string, value: CommandValue): string {
  if (value === undefined) return ''
  if (isList(value)) return value.map(item => element(name, item)).join('')
  const inside =
    typeof value === 'object'
      ? Object.entries(value)
          .map(([child, content]) => element(child, content))
          .join('')
      : escaped(String(value))
  return `<${name}>${inside}</${name}>`
}

function isList(value: CommandValue): value is readonly CommandValue[] {
  return Array.isArray(value)
}

/** Control characters, of which XML 1.0 knows three, become spaces. */
function escaped(text: string): string {
  return text
    .toWellFormed()
    .replace(/[^\P{Cc}\t\n\r]|[\uFFFE\uFFFF]/gu, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
}
