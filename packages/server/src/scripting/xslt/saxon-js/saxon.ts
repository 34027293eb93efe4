import { createRequire } from 'node:module'
import type { StylesheetChange } from '@sluice/iflow'
import { withXsPrefix } from './with-xs-prefix.ts'

/** What is used of `saxon-js`, which comes without types. */
export interface SaxonJs {
  transform(options: TransformOptions, mode: 'sync'): { readonly principalResult: string | null }
  serialize(value: unknown, parameters: Readonly<Record<string, unknown>>): string
  getPlatform(): Platform
  registerExtensionFunctions(functions: {
    readonly namespace: string
    readonly signatures: Readonly<Record<string, ExtensionFunction>>
  }): void
  readonly XPath: { evaluate(expression: string, context: unknown, options?: { readonly resultForm: string }): unknown }
  readonly XS: { readonly untypedAtomic: { fromString(text: string): unknown } }
  readonly XError: new (message: string, code: string) => Error
}

interface TransformOptions {
  readonly stylesheetInternal: unknown
  readonly stylesheetBaseURI: string
  readonly sourceNode: unknown
  readonly stylesheetParams: Readonly<Record<string, unknown>>
  readonly destination: 'serialized'
  readonly deliverMessage: (message: unknown) => void
  readonly logLevel: number
}

interface ExtensionFunction {
  readonly sig: string
  readonly impl: (args: readonly { expand(): readonly unknown[] }[]) => unknown
}

/** How it reaches the machine; every way out is closed by `sandboxedSaxon`. */
interface Platform {
  readFile(uri: unknown): string
  resourcePromise(resource: { readonly file?: string; readonly location?: unknown }): Promise<string>
  writeFileSync(): void
  writeFileAsync(uri: unknown, text: string): Promise<void>
  makeHttpRequest(): never
  parseXmlFromString(text: string): unknown
}

/** The Saxon of one thread, which runs one stylesheet at a time. */
export interface SandboxedSaxon {
  readonly saxon: SaxonJs
  /** Lets it read these files, by path, and nothing else. */
  serve(files: ReadonlyMap<string, string>): void
  /** What the functions of `http://sap.com/it/` were called with. */
  changes: StylesheetChange[]
}

const require = createRequire(import.meta.url)

/** The URI under which Saxon knows a file of a program. */
export function uriOf(path: string): string {
  return `file:///${path.split('/').map(encodeURIComponent).join('/')}`
}

/** Loads Saxon so that it reads nothing but the files it is given, and knows the functions of the original. */
export function sandboxedSaxon(): SandboxedSaxon {
  const saxon: SaxonJs = require('saxon-js')
  let served: ReadonlyMap<string, string> = new Map()
  const sandboxed: SandboxedSaxon = {
    saxon,
    serve(files) {
      served = new Map(Array.from(files, ([path, text]) => [uriOf(path), withXsPrefix(text)]))
    },
    changes: [],
  }
  const read = (uri: string): string => {
    const text = served.get(uri)
    if (text !== undefined) return text
    throw new saxon.XError(`Expected nothing but files of the artifact, found ${uri}`, 'FODC0002')
  }
  const denied = (): never => {
    throw new saxon.XError('Expected one result, found a further result document', 'FODC0002')
  }
  Object.assign(saxon.getPlatform(), {
    readFile: uri => read(String(uri)),
    resourcePromise: async ({ file, location }) =>
      read(file === undefined || file.startsWith('file:') ? String(file ?? location) : uriOf(file.replace(/^\//, ''))),
    writeFileSync: denied,
    writeFileAsync: denied,
    makeHttpRequest: denied,
  } satisfies Partial<Platform>)
  registerFunctions(sandboxed)
  return sandboxed
}

function registerFunctions(sandboxed: SandboxedSaxon): void {
  const { saxon } = sandboxed
  const result = (expression: string, context: unknown = null) =>
    saxon.XPath.evaluate(expression, context, { resultForm: 'iterator' })
  const textOf = (argument: { expand(): readonly unknown[] } | undefined) =>
    (argument?.expand() ?? []).map(item => String(saxon.XPath.evaluate('string(.)', item))).join(' ')
  const set = (kind: StylesheetChange['kind']): ExtensionFunction => ({
    sig: '1F r[*] a[*,*,*]',
    impl([, name, value]) {
      sandboxed.changes.push({ kind, name: textOf(name), value: textOf(value) })
      return result('()')
    },
  })
  saxon.registerExtensionFunctions({
    namespace: 'http://sap.com/it/',
    signatures: { setHeader: set('header'), setProperty: set('property') },
  })
  saxon.registerExtensionFunctions({
    namespace: 'http://saxon.sf.net/',
    signatures: {
      parse: {
        sig: '1F r[?ND] a[?AS]',
        impl: ([text]) => result('.', saxon.getPlatform().parseXmlFromString(textOf(text))),
      },
    },
  })
}
