import { isDeepStrictEqual } from 'node:util'
import { type FlowModel, type IflowDocument, type ModelElement, parseIflow } from '@sluice/iflow/bpmn'

/**
 * What is lost when a flow is read, edited and edited back; undefined when nothing is. The text of an unedited flow has to
 * be the same, byte for byte; one property is then set to a text that needs escaping, a property is added, and both edits
 * are taken back: the model has to show each edit and nothing else, and in the end be what it was.
 */
export function lossOf(text: string, file: string): string | undefined {
  const { document } = parseIflow(text, file)
  if (document === undefined) return 'it cannot be read'
  if (document.text !== text) return 'its text has changed'
  const { element, key, value } = hardest(document.model)
  const other = `${value}<a & "b'>\n{{x}}`
  const edited = document.withProperty(element.id, key, other)
  if (valueIn(edited, element.id, key) !== other) return `the edit of ${element.id}.${key} is not there`
  if (isDeepStrictEqual(edited.model, document.model)) return 'the edit did not reach the model'
  const added = edited.withProperty(element.id, 'added by a test', 'yes')
  if (valueIn(added, element.id, 'added by a test') !== 'yes') return `the new property of ${element.id} is not there`
  const restored = added.withProperty(element.id, 'added by a test', undefined).withProperty(element.id, key, value)
  return isDeepStrictEqual(restored.model, document.model)
    ? undefined
    : `an edit of ${element.id}.${key} leaves a trace`
}

/** The property with the most to escape: a table of rows, where there is one. */
function hardest(model: FlowModel): { element: ModelElement; key: string; value: string } {
  const [first] = elementsOf(model)
    .flatMap(element => Array.from(element.properties, ([key, value]) => ({ element, key, value })))
    .map(property => ({ ...property, escapes: property.value.match(/[<>&"'\n]/g)?.length ?? 0 }))
    .sort((left, right) => right.escapes - left.escapes)
  if (first === undefined) throw new Error(`Expected a property in ${model.file}, found none`)
  return first
}

function valueIn({ model }: IflowDocument, id: string, key: string): string | undefined {
  return elementsOf(model)
    .find(element => element.id === id)
    ?.properties.get(key)
}

/** Elements with an id of their own, each once. */
function elementsOf(model: FlowModel): readonly ModelElement[] {
  const containers = model.processes.flatMap(process => [process, ...process.exceptionSubprocesses])
  return [
    model,
    ...model.participants.values(),
    ...model.channels,
    ...containers.flatMap(container => [container, ...container.nodes.values(), ...container.flows.values()]),
  ]
}
