import { ODataError } from '../error.ts'

/** How entities and errors are written. */
export type Format = 'atom' | 'json'

const formats: Readonly<Record<string, Format>> = {
  json: 'json',
  'application/json': 'json',
  atom: 'atom',
  xml: 'atom',
  'application/atom+xml': 'atom',
  'application/xml': 'atom',
  'text/xml': 'atom',
  'application/*': 'atom',
  '*/*': 'atom',
}

/** What an `Accept` header asks for: the known type it prefers, by weight and then by order; Atom when it names none. */
export function acceptedFormat(accept: string | undefined): Format {
  let best: { format: Format; weight: number } | undefined
  for (const range of (accept ?? '').split(',')) {
    const [type = '', ...parameters] = range.split(';').map(part => part.trim().toLowerCase())
    const weight = Number(parameters.find(part => part.startsWith('q='))?.slice(2) ?? 1)
    const format = type.includes('/') && Object.hasOwn(formats, type) ? formats[type] : undefined
    if (format && weight > (best?.weight ?? 0)) best = { format, weight }
  }
  return best?.format ?? 'atom'
}

/** `$format` wins over `Accept` (OData V2 URI conventions, section 4.7). Throws `ODataError` (406) for another format. */
export function negotiate(format: string | undefined, accept: string | undefined): Format {
  if (format === undefined) return acceptedFormat(accept)
  const [name = ''] = format.split(';')
  const known = name.trim().toLowerCase()
  const found = Object.hasOwn(formats, known) ? formats[known] : undefined
  if (found) return found
  throw new ODataError('not-acceptable', `Expected "json", "atom" or "xml" in $format, found "${format}"`)
}
