import type { EndpointAnswer } from '../api/message-endpoint.ts'

/** More than anybody reads, and little enough to be drawn at once. */
export const shownCharactersMax = 262_144

/** What helps with an answer that the flow did not give. `detail`: the server's own words. */
export interface AnswerHint {
  readonly kind: 'csrf' | 'failed' | 'forbidden' | 'noEndpoint' | 'unauthorized'
  readonly detail: string
}

/** The first value of a header; names are compared without regard to case. */
export function headerOf({ headers }: Pick<EndpointAnswer, 'headers'>, name: string): string | undefined {
  return headers.find(([known]) => known.toLowerCase() === name.toLowerCase())?.[1]
}

/**
 * What to do about an answer: refusals of the server are problem details (RFC 9457) with a code, failed messages have the ID
 * of their log. Undefined where the flow answered as it wanted to.
 */
export function answerHint(answer: Pick<EndpointAnswer, 'headers' | 'status' | 'text'>): AnswerHint | undefined {
  const { status, text = '' } = answer
  if (headerOf(answer, 'SAP_MessageProcessingLogID') !== undefined) {
    return status >= 500 ? { kind: 'failed', detail: '' } : undefined
  }
  const { code, detail } = problemIn(text)
  if (status === 401) return { kind: 'unauthorized', detail }
  if (status === 404 && code === 'no-endpoint') return { kind: 'noEndpoint', detail }
  if (status !== 403) return undefined
  return { kind: code === 'csrf-token-required' ? 'csrf' : 'forbidden', detail }
}

function problemIn(text: string): { readonly code: string; readonly detail: string } {
  try {
    const { code, detail } = JSON.parse(text)
    return { code: String(code ?? ''), detail: String(detail ?? '') }
  } catch {
    return { code: '', detail: text.slice(0, 1_000) }
  }
}
