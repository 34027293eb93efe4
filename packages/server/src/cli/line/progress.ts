import type { Terminal } from './terminal.ts'

/** Runs `work`; from its second second on, a person at the terminal sees what is going on and for how long. */
export async function withProgress<T>(
  terminal: Terminal,
  label: string,
  work: (say: (label: string) => void) => Promise<T>,
): Promise<T> {
  if (!terminal.interactive) return work(() => {})
  let current = label
  let seconds = 0
  const timer = setInterval(() => {
    seconds += 1
    terminal.err(`\r\u001b[K${current} (${seconds} s)`)
  }, 1000)
  try {
    return await work(next => {
      current = next
    })
  } finally {
    clearInterval(timer)
    if (seconds > 0) terminal.err('\r\u001b[K')
  }
}
