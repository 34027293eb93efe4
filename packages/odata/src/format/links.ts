import { xmlContentType } from './atom.ts'
import type { Rendered } from './error-body.ts'
import { jsonContentType } from './json.ts'
import type { Format } from './negotiate.ts'
import { attributes, escapeText, xmlDeclaration, xmlNamespaces } from './xml.ts'

/** Absolute URIs of related entities, as `$links` shows them: one, or a page of many. */
export type Links =
  | { readonly uri: string }
  | { readonly uris: readonly string[]; readonly count: number | undefined; readonly next: string | undefined }

/** The document at `…/$links/Navigation` (OData V2, "Addressing Links between Entries"). */
export function renderLinks(links: Links, format: Format): Rendered {
  if (format === 'json') return { contentType: jsonContentType, body: JSON.stringify({ d: linksJson(links) }) }
  return { contentType: xmlContentType, body: `${xmlDeclaration}\n${linksXml(links)}` }
}

function linksJson(links: Links): object {
  if ('uri' in links) return links
  return {
    ...(links.count !== undefined && { __count: String(links.count) }),
    results: links.uris.map(uri => ({ uri })),
    ...(links.next !== undefined && { __next: links.next }),
  }
}

function linksXml(links: Links): string {
  const namespaces = attributes({ xmlns: xmlNamespaces.data, 'xmlns:m': xmlNamespaces.metadata })
  if ('uri' in links) return `<uri${namespaces}>${escapeText(links.uri)}</uri>`
  return [
    `<links${namespaces}>`,
    links.count === undefined ? '' : `<m:count>${links.count}</m:count>`,
    ...links.uris.map(uri => `<uri>${escapeText(uri)}</uri>`),
    links.next === undefined ? '' : `<next>${escapeText(links.next)}</next>`,
    '</links>',
  ].join('')
}
