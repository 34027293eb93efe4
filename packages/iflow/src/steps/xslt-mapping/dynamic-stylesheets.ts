import type { Ports } from '../../ports.ts'
import type { Exchange } from '../../run/exchange.ts'
import { Failure } from '../../run/failure.ts'
import { asText } from '../../run/value.ts'
import { resourceFinder } from '../resource-source/resource-finder.ts'
import { loadStylesheet, type Stylesheet } from './load-stylesheet.ts'

type Resources = ReadonlyMap<string, Uint8Array>

/**
 * Finds the stylesheet that a header names: a path in the artifact, or `pd:PARTNER:ID:Binary`. Those of the partner directory
 * are loaded again when they have changed. Rejects with a `Failure` of code `stylesheet` when there is none.
 */
export function dynamicStylesheets(
  header: string,
  resources: Resources,
): (exchange: Exchange, ports: Ports) => Promise<Stylesheet> {
  const find = resourceFinder(resources, 'mapping', ['.xsl', '.xslt'], refused)
  return async ({ headers }, ports) => {
    const name = asText(headers.get(header)).trim()
    if (name === '') throw refused(`Expected header "${header}" to name a stylesheet, found nothing.`)
    const { path, files } = await find(name, ports)
    return loadedOrThrow(path, files)
  }
}

function loadedOrThrow(file: string, resources: Resources): Stylesheet {
  const stylesheet = loadStylesheet(file, resources)
  if ('code' in stylesheet) throw refused(stylesheet.message)
  return stylesheet
}

function refused(message: string): Failure {
  return new Failure(message, { code: 'stylesheet' })
}
