/** Longer bodies are shown as they are: 2 MiB in characters. */
const charactersMax = 2_097_152

const jsonTokens = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g
const xmlTokens =
  /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<\?[\s\S]*?\?>|<!DOCTYPE[^<[>]*>|<[^!?"'>](?:"[^"]*"|'[^']*'|[^"'>])*>|[^<]+/g

/** A body for people: JSON and XML indented; everything else, and what is not well-formed, as it is. */
export function pretty(body: string, contentType: string): string {
  if (body.length > charactersMax) return body
  const start = body.trimStart().slice(0, 1)
  if (/\bjson\b/i.test(contentType) || start === '{' || start === '[') return isJson(body) ? indentJson(body) : body
  if (/\bxml\b/i.test(contentType) || start === '<') return indentXml(body) ?? body
  return body
}

function isJson(body: string): boolean {
  try {
    JSON.parse(body)
    return true
  } catch {
    return false
  }
}

/** By tokens, not by values, so that numbers stay digit by digit and doubled names stay. */
function indentJson(body: string): string {
  const parts: string[] = []
  let depth = 0
  let before = ''
  const line = () => `\n${'  '.repeat(depth)}`
  for (const [token] of body.matchAll(jsonTokens)) {
    const opened = before === '{' || before === '['
    if (token === '}' || token === ']') {
      depth -= 1
      parts.push(opened ? '' : line(), token)
    } else {
      parts.push(opened || before === ',' ? line() : '', token === ':' ? ': ' : token)
      if (token === '{' || token === '[') depth += 1
    }
    before = token
  }
  return parts.join('')
}

/** Elements on lines of their own; undefined where text stands among elements, because blanks mean something there. */
function indentXml(body: string): string | undefined {
  const tokens = (body.match(xmlTokens) ?? []).filter(token => token.trim() !== '')
  const lines: string[] = []
  let depth = 0
  for (let index = 0; index < tokens.length; index += 1) {
    const [token = '', next = '', after = ''] = tokens.slice(index, index + 3)
    const indent = '  '.repeat(Math.max(0, depth - (token.startsWith('</') ? 1 : 0)))
    if (!token.startsWith('<') || token.startsWith('<![CDATA[')) return undefined
    if (token.startsWith('</')) depth -= 1
    else if (!/^<[!?]|\/>$/.test(token)) {
      const isLeaf = (!next.startsWith('<') || next.startsWith('<![CDATA[')) && after.startsWith('</')
      if (isLeaf || next.startsWith('</')) {
        lines.push(indent + token + next + (isLeaf ? after : ''))
        index += isLeaf ? 2 : 1
        continue
      }
      depth += 1
    }
    lines.push(indent + token)
  }
  return depth === 0 && lines.length > 0 ? lines.join('\n') : undefined
}
