/** Headers that belong to one connection (RFC 9110 section 7.6.1) or are made by whoever sends: never copied. */
const ofTheConnection = new Set([
  'cache-control',
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'pragma',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'via',
  'warning',
])

/** The same for answers, of which a flow may want to know age and length. */
const ofTheAnswer = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'trailer',
  'transfer-encoding',
  'upgrade',
])

/** Whether a list of names between `|` has the name. Only a `*` alone means all: there are no patterns. */
function lists(list: string, name: string): boolean {
  const names = list.split('|').map(entry => entry.trim().toLowerCase())
  return (names.length === 1 && names[0] === '*') || names.includes(name)
}

/** "All Camel-specific headers and the below listed HTTP protocol headers are excluded even if you specify them." */
export function isSent(list: string, name: string): boolean {
  const lower = name.toLowerCase()
  return (
    !lower.startsWith('camel') &&
    !lower.startsWith('org.apache.camel') &&
    !ofTheConnection.has(lower) &&
    lists(list, lower)
  )
}

/** A sender that is not trusted must not set what the engine reads: `Camel…` headers of an answer are dropped. */
export function isReceived(list: string, name: string): boolean {
  const lower = name.toLowerCase()
  return !lower.startsWith('camel') && !ofTheAnswer.has(lower) && lists(list, lower)
}
