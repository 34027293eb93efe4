import type { Bundle } from '@sluice/iflow'
import { type FlowModel, parseIflow } from '@sluice/iflow/bpmn'

const known = new WeakMap<Bundle, ReadonlyMap<string, string>>()

/** Names of a flow's channels and steps, by ID; empty for those without. */
export function elementNames(bundle: Bundle): ReadonlyMap<string, string> {
  const names = known.get(bundle) ?? readNames(bundle)
  known.set(bundle, names)
  return names
}

/** The ID of the channel or step that is called so, by name or ID. */
export function elementIdOf(bundle: Bundle, called: string): string | undefined {
  const names = elementNames(bundle)
  return names.has(called) ? called : [...names].find(([, name]) => name === called)?.[0]
}

function readNames({ flow }: Bundle): ReadonlyMap<string, string> {
  const model: FlowModel | undefined = flow && parseIflow(flow.text, flow.file).document?.model
  const containers = model?.processes.flatMap(process => [process, ...process.exceptionSubprocesses]) ?? []
  const nodes = containers.flatMap(container => [...container.nodes.values()])
  return new Map([...(model?.channels ?? []), ...nodes].map(({ id, name }) => [id, name]))
}
