const warningMs = 30 * 86_400_000

/** Whether a certificate has ended, or ends within the next 30 days. */
export function certificateState(validUntil: Date, now: Date): 'valid' | 'ends' | 'ended' {
  const left = validUntil.getTime() - now.getTime()
  if (left <= 0) return 'ended'
  return left < warningMs ? 'ends' : 'valid'
}
