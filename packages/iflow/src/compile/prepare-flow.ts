import type { Diagnostic } from '../diagnostic.ts'
import type { Plan, PreparationPorts } from '../run/plan.ts'

/**
 * Has the host make ready what a flow needs, such as its scripts. Call it after compiling and before the first message:
 * what it returns keeps the flow from starting. Empty when all is ready.
 */
export async function prepareFlow({ preparations }: Plan, ports: PreparationPorts): Promise<readonly Diagnostic[]> {
  const found = await Promise.all(
    preparations.map(async ({ at, prepare }) =>
      (await prepare(ports)).map((message): Diagnostic => ({ code: 'not-ready', severity: 'error', message, at })),
    ),
  )
  return found.flat()
}
