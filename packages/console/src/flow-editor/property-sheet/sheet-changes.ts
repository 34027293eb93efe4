import type { NamedFile } from '../../api/components.ts'
import { type ModdleChange, type ModdleElement, propertyChanges, readProperties } from '../ifl-properties.ts'

/**
 * What goes along with another name: a process is called as its pool, a channel has its name and that of its participant
 * among its properties.
 */
export function namingChanges(
  element: ModdleElement,
  name: string,
  channels: readonly ModdleElement[],
): ModdleChange[] {
  if (element.$type === 'bpmn:MessageFlow') {
    return readProperties(element).has('Name') ? propertyChanges(element, { Name: name }) : []
  }
  if (element.$type !== 'bpmn:Participant') return []
  const process = element.get('processRef') as ModdleElement | undefined
  if (process) return [{ target: process, properties: { name } }]
  return channels
    .filter(channel => channel.get('sourceRef') === element || channel.get('targetRef') === element)
    .filter(channel => readProperties(channel).has('system'))
    .flatMap(channel => propertyChanges(channel, { system: name }))
}

/** What a step has to say of a file that it names, by the key of the property. */
export function resourceProperties({ folder, values }: NamedFile, path: string): Readonly<Record<string, string>> {
  const file = path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : path
  const name = file.replace(/\.[^./]*$/, '')
  const filled = (pattern: string) => pattern.replace(/\{(file|name)\}/g, (_, part) => (part === 'file' ? file : name))
  return Object.fromEntries(Object.entries(values).map(([key, pattern]) => [key, filled(pattern)]))
}

/** The file that the value of a property names, of those there are. */
export function resourceOf(
  key: string,
  value: string,
  resource: NamedFile,
  files: readonly string[],
): string | undefined {
  return files.find(path => resourceProperties(resource, path)[key] === value || path === value.replace(/^\//, ''))
}
