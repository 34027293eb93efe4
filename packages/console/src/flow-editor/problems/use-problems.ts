import { useEffect, useState } from 'react'
import { checkFlow, type EditedFiles } from '../../api/flow-trials.ts'
import type { Diagram, EventBus } from '../diagram.ts'
import { type FlowProblem, problemsOf } from './flow-problem.ts'
import { LiveChecks } from './live-checks.ts'

/** What is wrong with a flow, as far as it is known. */
export interface Problems {
  /** Undefined until the first check has ended. */
  readonly found: readonly FlowProblem[] | undefined
  readonly isChecking: boolean
  /** Why the last check could not be made. */
  readonly error: Error | undefined
  readonly checkAgain: () => void
}

/** Checks a flow when it is opened, and whenever it has been changed. `read` gives it as it then is. */
export function useProblems(diagram: Diagram, read: () => Promise<EditedFiles>): Problems {
  const [state, setState] = useState<Omit<Problems, 'checkAgain'>>({
    found: undefined,
    isChecking: true,
    error: undefined,
  })
  const [checks, setChecks] = useState<LiveChecks<readonly FlowProblem[]>>()
  useEffect(() => {
    const started = new LiveChecks(async signal => problemsOf(await checkFlow(await read(), signal)), {
      began: () => setState(known => ({ ...known, isChecking: true })),
      found: found => setState({ found, isChecking: false, error: undefined }),
      failed: error => setState(known => ({ ...known, isChecking: false, error })),
    })
    setChecks(started)
    void started.now()
    const events = diagram.get<EventBus>('eventBus')
    events.on('commandStack.changed', started.changed)
    return () => {
      events.off('commandStack.changed', started.changed)
      started.end()
    }
  }, [diagram, read])
  return { ...state, checkAgain: () => void checks?.now() }
}
