/** A relative reference of a file, as a path in the artifact; others as they are, so that nothing is found there. */
export function resolveReference(from: string, reference: string): string {
  const href = reference.replace(/#.*$/, '')
  if (/^[a-z][a-z0-9+.-]*:/i.test(href)) return href
  const segments = href.startsWith('/') ? [] : from.split('/').slice(0, -1)
  for (const segment of decoded(href).split('/')) {
    if (segment === '..') segments.pop()
    else if (segment !== '.' && segment !== '') segments.push(segment)
  }
  return segments.join('/')
}

function decoded(href: string): string {
  try {
    return decodeURIComponent(href)
  } catch {
    return href
  }
}
