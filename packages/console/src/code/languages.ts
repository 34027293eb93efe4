import { StreamLanguage, type StreamParser } from '@codemirror/language'
import type { Extension } from '@codemirror/state'

/** What can be coloured. `simple` is Camel's expression language, `text` nothing. */
export type CodeLanguage = 'groovy' | 'javascript' | 'json' | 'properties' | 'simple' | 'text' | 'xml' | 'xpath'

/** Colours, indentation and brackets of a language; loaded when it is first asked for. */
export async function loadLanguage(language: CodeLanguage): Promise<Extension> {
  switch (language) {
    case 'groovy':
      return StreamLanguage.define((await import('@codemirror/legacy-modes/mode/groovy')).groovy)
    case 'javascript':
      return (await import('@codemirror/lang-javascript')).javascript()
    case 'json':
      return loadJson()
    case 'properties':
      return StreamLanguage.define((await import('@codemirror/legacy-modes/mode/properties')).properties)
    case 'simple':
      return StreamLanguage.define(simple)
    case 'xml':
      return (await import('@codemirror/lang-xml')).xml()
    case 'xpath':
      return StreamLanguage.define((await import('@codemirror/legacy-modes/mode/xquery')).xQuery)
    default:
      return []
  }
}

/** JSON also tells where it is broken. */
async function loadJson(): Promise<Extension> {
  const [{ json, jsonParseLinter }, { linter, lintGutter }] = await Promise.all([
    import('@codemirror/lang-json'),
    import('@codemirror/lint'),
  ])
  return [json(), linter(jsonParseLinter()), lintGutter()]
}

const tokens: readonly [pattern: RegExp, name: string][] = [
  [/^\$\{[^}]*\}/, 'keyword'],
  [/^\{\{[^}]*\}\}/, 'atom'],
  [/^'[^']*'/, 'string'],
  [/^(?:and|or|not|in|contains|regex|null|true|false)\b/, 'operator'],
  [/^-?\d+(?:\.\d+)?\b/, 'number'],
]

const simple: StreamParser<unknown> = {
  name: 'simple',
  token(stream) {
    for (const [pattern, name] of tokens) if (stream.match(pattern)) return name
    stream.next()
    stream.eatWhile(/[^$ {'\d\s]/)
    return null
  },
}

const byEnding: ReadonlyMap<string, CodeLanguage> = new Map([
  ...['edmx', 'iflw', 'mmap', 'opmap', 'project', 'propdef', 'wsdl', 'xml', 'xsd', 'xsl', 'xslt'].map(
    (ending): [string, CodeLanguage] => [ending, 'xml'],
  ),
  ['groovy', 'groovy'],
  ['gsh', 'groovy'],
  ['js', 'javascript'],
  ['json', 'json'],
  ['mf', 'properties'],
  ['prop', 'properties'],
  ['properties', 'properties'],
])

/** The language of a file by the ending of its name. */
export function languageOfFile(name: string): CodeLanguage {
  return byEnding.get(/\.([^.]*)$/.exec(name.toLowerCase())?.[1] ?? '') ?? 'text'
}
