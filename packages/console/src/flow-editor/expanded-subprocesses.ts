/**
 * The text with all subprocesses drawn open, for the modeler only: files of Cloud Integration do not say so, and a closed one
 * would lose what is inside of it.
 */
export function withExpandedSubprocesses(text: string): string {
  const ids = new Set(
    Array.from(text.matchAll(/<(?:[\w.-]+:)?subProcess\b[^>]*?\sid\s*=\s*["']([^"']*)["']/g), ([, id]) => id),
  )
  return text.replace(/<(?:[\w.-]+:)?BPMNShape\b[^>]*/g, tag => {
    const id = /\sbpmnElement\s*=\s*["']([^"']*)["']/.exec(tag)?.[1]
    if (!ids.has(id) || /\sisExpanded\s*=/.test(tag)) return tag
    const end = tag.endsWith('/') ? tag.length - 1 : tag.length
    return `${tag.slice(0, end)} isExpanded="true"${tag.slice(end)}`
  })
}
