import type { HeavyTask } from '../../ports/heavy-work.ts'
import { Failure } from '../../run/failure.ts'
import { checkXml } from '../../run/xml-reader.ts'
import type { Schema } from './load-schema.ts'

/** What is wrong with a document, a sentence each; `fatal`: it is no XML. */
export interface Findings {
  readonly problems: readonly string[]
  readonly isFatal: boolean
}

/** How many problems are told. */
const toldMax = 20

type Library = typeof import('libxml2-wasm')
type Validator = ReturnType<Library['XsdValidator']['fromDoc']>

/** Each is freed by the library when nothing refers to it any more. */
const validators = new WeakMap<Schema, Validator>()

/** Compiles the schema, once for each object, and resolves with what is wrong with it, a sentence each. */
export async function checkSchema(schema: Schema): Promise<readonly string[]> {
  const found = validatorOf(await import('libxml2-wasm'), schema)
  return 'problems' in found ? found.problems : []
}

/** Validates a document. Rejects with a `Failure` of code `validation` when the schema cannot be used. */
export async function validate(schema: Schema, document: string): Promise<Findings> {
  try {
    checkXml(document)
  } catch (error) {
    if (error instanceof Failure) return { problems: [error.message], isFatal: true }
    throw error
  }
  const library = await import('libxml2-wasm')
  const validator = validatorOf(library, schema)
  if ('problems' in validator) throw new Failure(validator.problems.join(' '), { code: 'validation' })
  const parsed = parse(library, document, undefined)
  try {
    validator.validate(parsed)
    return { problems: [], isFatal: false }
  } catch (error) {
    return { problems: sentences(library, error), isFatal: false }
  } finally {
    parsed.dispose()
  }
}

/** The same, elsewhere; without a document: only the schema is checked. */
export const validateTask: HeavyTask<{ readonly schema: Schema; readonly document: string | undefined }, Findings> = {
  name: 'xml-validator',
  run: async ({ schema, document }) =>
    document === undefined ? { problems: await checkSchema(schema), isFatal: false } : validate(schema, document),
}

function validatorOf(library: Library, schema: Schema): Validator | { readonly problems: readonly string[] } {
  const known = validators.get(schema)
  if (known !== undefined) return known
  const { XmlBufferInputProvider, XsdValidator, xmlCleanupInputProvider, xmlRegisterInputProvider } = library
  // The only files that there are while the schema is compiled.
  const files = Array.from(schema.files, ([path, bytes]): [string, Uint8Array] => [urlOf(path), bytes])
  xmlRegisterInputProvider(new XmlBufferInputProvider(Object.fromEntries(files)))
  try {
    const source = parse(library, schema.files.get(schema.file) ?? new Uint8Array(), urlOf(schema.file))
    const validator = XsdValidator.fromDoc(source)
    validators.set(schema, validator)
    return validator
  } catch (error) {
    const found = sentences(library, error).join(' ')
    return { problems: [`Expected a schema that can be used, found: ${found} [${schema.file}]`] }
  } finally {
    xmlCleanupInputProvider()
  }
}

/** Texts are UTF-8 for the parser, whatever their declaration says. */
function parse({ ParseOption, XmlDocument }: Library, content: string | Uint8Array, url: string | undefined) {
  const { XML_PARSE_HUGE, XML_PARSE_NO_XXE, XML_PARSE_NONET, XML_PARSE_BIG_LINES, XML_PARSE_IGNORE_ENC } = ParseOption
  const option = XML_PARSE_HUGE | XML_PARSE_NO_XXE | XML_PARSE_NONET | XML_PARSE_BIG_LINES
  return typeof content === 'string'
    ? XmlDocument.fromString(content, { option: option | XML_PARSE_IGNORE_ENC })
    : XmlDocument.fromBuffer(content, { option, ...(url !== undefined && { url }) })
}

function sentences({ XmlLibError }: Library, error: unknown): readonly string[] {
  if (!(error instanceof XmlLibError)) throw error
  const problems = error.details.filter(({ level }) => level > 1)
  const told = problems.slice(0, toldMax).map(({ message, line, file }) => {
    const place = file ? `${file.replace(/^artifact:\/\/\//, '')}:${line}` : `line ${line}`
    return `${place}: ${message.trim()}`
  })
  return problems.length > toldMax ? [...told, `and ${problems.length - toldMax} more.`] : told
}

function urlOf(path: string): string {
  return `artifact:///${path.split('/').map(encodeURIComponent).join('/')}`
}
