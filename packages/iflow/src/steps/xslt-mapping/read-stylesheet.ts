import { notWellFormed } from '../../run/xml.ts'
import { namespaceReader } from '../../run/xml-reader.ts'

const xslt = 'http://www.w3.org/1999/XSL/Transform'

/** What must be known of a stylesheet before a host compiles it. */
export interface StylesheetOutline {
  /** Names of its parameters, those of namespaces and static ones left out. */
  readonly parameters: readonly string[]
  /** What it imports and includes, as written. */
  readonly references: readonly string[]
  /** Of the result, as its unnamed `xsl:output` says. */
  readonly encoding: string | undefined
}

/** Reads the declarations of a stylesheet. Throws a `Failure` of code `not-well-formed`, also for other XML. */
export function readStylesheet(text: string): StylesheetOutline {
  const parameters: string[] = []
  const references: string[] = []
  let encoding: string | undefined
  let depth = 0
  const parser = namespaceReader()
  parser.on('opentag', ({ uri, local, attributes }) => {
    const value = (name: string) => attributes[name]?.value
    if (depth === 0 && uri !== xslt && !Object.values(attributes).some(({ uri: of }) => of === xslt)) {
      throw notWellFormed(`Expected a stylesheet, found the element "${local}".`)
    }
    depth += 1
    if (depth !== 2 || uri !== xslt) return
    if (local === 'import' || local === 'include') references.push(value('href') ?? '')
    const name = value('name')?.trim()
    if (local === 'param' && name && !/[:{]/.test(name) && !/^(yes|true|1)$/.test(value('static')?.trim() ?? '')) {
      parameters.push(name)
    }
    if (local === 'output' && name === undefined) encoding = value('encoding')?.trim() ?? encoding
  })
  parser.on('closetag', () => {
    depth -= 1
  })
  parser.write(text).close()
  return { parameters, references, encoding }
}
