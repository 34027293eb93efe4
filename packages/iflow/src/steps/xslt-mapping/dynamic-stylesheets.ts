import type { Ports } from '../../ports.ts'
import type { Exchange } from '../../run/exchange.ts'
import { Failure } from '../../run/failure.ts'
import { asText } from '../../run/value.ts'
import { loadStylesheet, type Stylesheet } from './load-stylesheet.ts'

/** How many stylesheets of the partner directory a step keeps at a time. */
const keptMax = 100

type Resources = ReadonlyMap<string, Uint8Array>

/**
 * Finds the stylesheet that a header names: a path in the artifact, or `pd:PARTNER:ID:Binary`. Those of the partner directory
 * are loaded again when they have changed. Rejects with a `Failure` of code `stylesheet` when there is none.
 */
export function dynamicStylesheets(
  header: string,
  resources: Resources,
): (exchange: Exchange, ports: Ports) => Promise<Stylesheet> {
  const kept = new Map<string, Resources>()
  return async ({ headers }, ports) => {
    const name = asText(headers.get(header)).trim()
    if (name === '') throw refused(`Expected header "${header}" to name a stylesheet, found nothing.`)
    if (!name.startsWith('pd:')) return loadedOrThrow(pathIn(resources, name), resources)
    const value = await partnerStylesheet(name, ports)
    const known = kept.get(name)
    const current = known && equal(known.get(name), value) ? known : new Map([[name, value]])
    kept.delete(name)
    kept.set(name, current)
    const [oldest] = kept.keys()
    if (kept.size > keptMax && oldest !== undefined) kept.delete(oldest)
    return loadedOrThrow(name, current)
  }
}

/** With or without the folders above, the folder `mapping` and the extension. */
function pathIn(resources: Resources, name: string): string {
  const path = name.replace(/^dir:\/\/mapping\/xslt\//, '').replace(/^\/?(?:src\/main\/resources\/)?/, '')
  const candidates = [path, `mapping/${path}`].flatMap(base => [base, `${base}.xsl`, `${base}.xslt`])
  return candidates.find(candidate => resources.has(candidate)) ?? path
}

async function partnerStylesheet(uri: string, { partnerDirectory }: Ports): Promise<Uint8Array> {
  const [, partner = '', id = '', kind = ''] = uri.split(':')
  if (partner === '' || id === '' || kind.toLowerCase() !== 'binary') {
    throw refused(`Expected pd:PARTNER:ID:Binary, found "${uri}".`)
  }
  const parameter = await partnerDirectory.binaryParameter(partner, id)
  if (parameter !== undefined) return parameter.value
  throw refused(`Expected the binary parameter "${id}" of partner "${partner}", found none.`)
}

function loadedOrThrow(file: string, resources: Resources): Stylesheet {
  const stylesheet = loadStylesheet(file, resources)
  if ('code' in stylesheet) throw refused(stylesheet.message)
  return stylesheet
}

function equal(left: Uint8Array | undefined, right: Uint8Array): boolean {
  return left !== undefined && left.length === right.length && left.every((byte, index) => byte === right[index])
}

function refused(message: string): Failure {
  return new Failure(message, { code: 'stylesheet' })
}
