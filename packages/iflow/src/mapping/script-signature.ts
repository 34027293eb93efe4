/**
 * What a Groovy function of a message mapping takes, by the way it is declared: one with arrays or an `Output` gets all
 * values of a context, any other single values. Undefined when the script declares no function of this name.
 */
export function functionTakes(source: string, name: string): 'values' | 'contexts' | undefined {
  const code = source.replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, ' ')
  const escaped = name.replace(/[^\w]/g, character => `\\${character}`)
  const declared = new RegExp(`[\\w\\]>]\\s+["']?${escaped}["']?\\s*\\(([^)]*)\\)\\s*(?:throws [\\w.,\\s]+)?\\{`).exec(
    code,
  )
  if (declared === null) return undefined
  return /\[\s*\]|\bOutput\b/.test(declared[1] ?? '') ? 'contexts' : 'values'
}
