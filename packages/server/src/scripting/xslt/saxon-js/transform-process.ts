import { checkXml, Failure, type StylesheetInput, type StylesheetOutput } from '@sluice/iflow'
import { serveRequests } from '../../../processes/serve-requests.ts'
import { sandboxedSaxon, uriOf } from './saxon.ts'

/** A document for a compiled stylesheet. */
export interface TransformRequest {
  /** What processes keep the stylesheet by. */
  readonly id: number
  readonly file: string
  /** Undefined at first: the process may have it. */
  readonly stylesheet: CompiledStylesheet | undefined
  readonly input: StylesheetInput
}

/** What the compiler made of a stylesheet, and what it may read. */
export interface CompiledStylesheet {
  readonly compiled: string
  readonly files: ReadonlyMap<string, string>
}

/** The result and what `xsl:message` said, or that the process needs the stylesheet. */
export type TransformReply = (StylesheetOutput & { readonly messages: readonly string[] }) | 'unknown'

/** How many stylesheets a process keeps ready. */
const keptMax = 100

interface Ready {
  readonly parsed: unknown
  readonly files: ReadonlyMap<string, string>
}

const withoutDeclaration = { method: 'xml', 'omit-xml-declaration': true }

const kept = new Map<number, Ready>()
const sandboxed = sandboxedSaxon()

serveRequests(({ id, file, stylesheet, input }: TransformRequest): TransformReply => {
  const ready = kept.get(id) ?? (stylesheet && keep(id, stylesheet))
  if (ready === undefined) return 'unknown'
  checkXml(input.document)
  try {
    return transform(ready, file, input)
  } catch (error) {
    throw stylesheetFailure(error, file)
  }
})

function transform({ parsed, files }: Ready, file: string, input: StylesheetInput) {
  const { saxon } = sandboxed
  const messages: string[] = []
  sandboxed.serve(files)
  sandboxed.changes = []
  const { principalResult } = saxon.transform(
    {
      stylesheetInternal: parsed,
      stylesheetBaseURI: uriOf(file),
      sourceNode: saxon.getPlatform().parseXmlFromString(input.document),
      stylesheetParams: Object.fromEntries(
        Array.from(input.parameters, ([name, value]) => [`Q{}${name}`, saxon.XS.untypedAtomic.fromString(value)]),
      ),
      destination: 'serialized',
      deliverMessage: message => void messages.push(saxon.serialize(message, withoutDeclaration)),
      logLevel: 0,
    },
    'sync',
  )
  return { text: principalResult ?? '', changes: sandboxed.changes, messages }
}

function keep(id: number, { compiled, files }: CompiledStylesheet): Ready {
  const ready = { parsed: JSON.parse(compiled), files }
  kept.set(id, ready)
  const [oldest] = kept.keys()
  if (kept.size > keptMax && oldest !== undefined) kept.delete(oldest)
  return ready
}

/** Whatever is thrown is the stylesheet's doing: endless recursion ends in a RangeError, for example. */
function stylesheetFailure(error: unknown, file: string): Failure {
  const { message, code, xsltLineNr, xsltModule } = error as Error & Record<string, string | undefined>
  const reason = code === undefined ? message : `${message} (${code.replace(/^Q\{[^}]*\}/, '')})`
  const module = xsltModule && file.endsWith(decodeURIComponent(xsltModule)) ? file : (xsltModule ?? file)
  const place = xsltLineNr ? `${module}:${xsltLineNr}` : module
  return new Failure(`Expected the stylesheet to run, found: ${reason} [${place}]`, { code: 'stylesheet' })
}
