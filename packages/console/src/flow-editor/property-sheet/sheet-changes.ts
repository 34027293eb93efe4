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

/** A file of the artifact as a property names it: scripts by their name, mappings and schemas by their path. */
export function resourceValue(key: string, path: string): string {
  if (key === 'script') return path.replace(/^script\//, '')
  if (key === 'mappinguri')
    return `dir://${path.endsWith('.mmap') ? 'mmap' : 'mapping/xslt'}/src/main/resources/${path}`
  return `/${path}`
}

/** What else a step has to say of a file that it names. */
export function resourceProperties(key: string, path: string): Readonly<Record<string, string>> {
  const value = resourceValue(key, path)
  if (key !== 'mappinguri') return { [key]: value }
  const stem = path.replace(/\.[^./]*$/, '')
  return { [key]: value, mappingname: stem.replace(/^.*\//, ''), mappingpath: `src/main/resources/${stem}` }
}

/** The file that a property names, of those there are. */
export function resourceOf(key: string, value: string, files: readonly string[]): string | undefined {
  return files.find(path => resourceValue(key, path) === value || path === value.replace(/^\//, ''))
}
