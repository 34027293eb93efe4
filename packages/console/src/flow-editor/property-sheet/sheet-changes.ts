import type { NamedFile } from '../../api/components.ts'
import { type ModdleChange, type ModdleElement, propertyChanges, readProperties } from '../ifl-properties.ts'

/**
 * Whether the name of an element stands beside it, where it has a place of its own. bpmn-js takes care of that; of any other
 * element it would note in the file that its name has no place.
 */
export function hasLabel({ $type }: ModdleElement): boolean {
  return /(?:Event|Gateway|Flow)$/.test($type)
}

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

/** What an element has when a file is chosen: by it, and by what else has to be said of it. */
export function fileProperties(resource: NamedFile, path: string): Readonly<Record<string, string>> {
  const file = path.slice(resource.folder.length + 1)
  const name = file.replace(/\.[^./]*$/, '')
  const written = (template: string) => template.replaceAll('{file}', file).replaceAll('{name}', name)
  return Object.fromEntries(Object.entries(resource.values).map(([key, template]) => [key, written(template)]))
}

/** The files that a value may name, of those there are. */
export function fittingFiles({ folder, endings }: NamedFile, files: readonly string[]): readonly string[] {
  return files.filter(
    path => path.startsWith(`${folder}/`) && endings.some(ending => path.toLowerCase().endsWith(`.${ending}`)),
  )
}

/** The file that a property names. */
export function namedFile(
  { key, resource }: { readonly key: string; readonly resource: NamedFile },
  value: string,
  files: readonly string[],
): string | undefined {
  return files.find(path => fileProperties(resource, path)[key] === value)
}
