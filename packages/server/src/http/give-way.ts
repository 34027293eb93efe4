/** How long a request that does many things computes before others have their turn. */
const turnMs = 10

/** A function to call between the things that one request does: it waits for the others when it is time. */
export function turns(): () => Promise<void> {
  let since = performance.now()
  return async () => {
    if (performance.now() - since < turnMs) return
    await new Promise(resolve => setImmediate(resolve))
    since = performance.now()
  }
}
