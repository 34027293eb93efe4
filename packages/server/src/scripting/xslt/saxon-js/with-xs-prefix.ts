const schema = 'http://www.w3.org/2001/XMLSchema'

/**
 * The stylesheet with `xs` in sequence types where it has another prefix for XML Schema: SaxonJS 2.7 does not know
 * `as="xsd:string"` (XPST0051). Lines stay where they are.
 */
export function withXsPrefix(text: string): string {
  const prefixes = [...text.matchAll(/\sxmlns:([\w.-]+)\s*=\s*["']http:\/\/www\.w3\.org\/2001\/XMLSchema["']/g)]
    .map(([, prefix]) => prefix ?? '')
    .filter(prefix => prefix !== 'xs')
  if (prefixes.length === 0) return text
  const names = new RegExp(`(?<![\\w.-])(?:${[...new Set(prefixes)].join('|')}):(?=[A-Za-z])`, 'g')
  const renamed = text.replace(/\sas\s*=\s*(["'])[\s\S]*?\1/g, type => type.replace(names, 'xs:'))
  if (renamed === text || /\sxmlns:xs\s*=/.test(text)) return renamed
  const root = /^(?:<\?[\s\S]*?\?>|<!--[\s\S]*?-->|\s)*<[^\s/>]+/.exec(renamed)?.[0] ?? ''
  return `${root} xmlns:xs="${schema}"${renamed.slice(root.length)}`
}
