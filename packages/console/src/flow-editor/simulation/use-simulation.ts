import { useCallback, useEffect, useRef, useState } from 'react'
import { type EditedFiles, type Simulation, type SimulationRequest, simulate } from '../../api/flow-trials.ts'
import type { Diagram, ElementRegistry } from '../diagram.ts'
import { keepInput, keptInput, requestOf, type SimulationInput } from './simulation-input.ts'

/** A simulation that has ended. */
export interface SimulationResult {
  readonly request: SimulationRequest
  readonly simulation: Simulation
}

/** What a person does with simulations of a flow. */
export interface Simulating {
  readonly input: SimulationInput
  readonly change: (changed: Partial<SimulationInput>) => void
  readonly result: SimulationResult | undefined
  readonly isRunning: boolean
  readonly error: Error | undefined
  /** Index of the step that is looked at. */
  readonly step: number
  readonly goTo: (step: number) => void
  readonly run: () => void
  readonly cancel: () => void
  /** Forgets the result. */
  readonly clear: () => void
}

interface State {
  readonly result: SimulationResult | undefined
  readonly running: AbortController | undefined
  readonly error: Error | undefined
  readonly step: number
}

const idle: State = { result: undefined, running: undefined, error: undefined, step: 0 }

/** Simulates a flow with what is typed for it. `read` gives the flow as it then is. */
export function useSimulation(id: string, diagram: Diagram, read: () => Promise<EditedFiles>): Simulating {
  const [input, setInput] = useState(() => keptInput(id, sessionStorage))
  const [state, setState] = useState<State>(idle)
  useEffect(() => keepInput(id, input, sessionStorage), [id, input])
  const running = useRef<AbortController>(undefined)
  useEffect(() => () => running.current?.abort(), [])
  const run = useCallback(async () => {
    const aborting = new AbortController()
    running.current = aborting
    setState({ ...idle, running: aborting })
    try {
      const elements = diagram.get<ElementRegistry>('elementRegistry')
      const request = requestOf(input, await read(), element => elements.get(element) !== undefined)
      const simulation = await simulate(request, aborting.signal)
      setState({ ...idle, result: { request, simulation }, step: firstToSee(simulation) })
    } catch (error) {
      if (!aborting.signal.aborted) setState({ ...idle, error: error as Error })
    }
  }, [diagram, input, read])
  return {
    input,
    change: useCallback(changed => setInput(known => ({ ...known, ...changed })), []),
    result: state.result,
    isRunning: state.running !== undefined,
    error: state.error,
    step: state.step,
    goTo: useCallback(step => setState(known => ({ ...known, step })), []),
    run: () => void run(),
    cancel() {
      state.running?.abort()
      setState(idle)
    },
    clear: () => setState(idle),
  }
}

/** The step that failed, else the first. */
function firstToSee({ steps }: Simulation): number {
  return Math.max(
    0,
    steps.findIndex(({ error }) => error !== undefined),
  )
}
