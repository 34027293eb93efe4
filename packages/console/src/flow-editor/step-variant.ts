import { parseVariant } from '@sluice/iflow/bpmn'
import { type ModdleElement, readProperties } from './ifl-properties.ts'

/**
 * What an element is, as `iconOf` knows it: the name of its variant; in old files without one what its properties, or its
 * event definition, say.
 */
export function variantOf(element: ModdleElement): string {
  const properties = readProperties(element)
  const cname = parseVariant(properties.get('cmdVariantUri') ?? '')?.cname
  if (cname) return cname
  const ifl = element.$attrs['ifl:type']
  if (ifl !== undefined) return ifl
  for (const key of ['subActivityType', 'mappingType', 'encoderType', 'splitType', 'operation', 'activityType']) {
    const value = properties.get(key)
    if (value) return value
  }
  const definition = ((element.get('eventDefinitions') ?? []) as readonly ModdleElement[])[0]?.$type
  const kind = definition?.replace('bpmn:', '').replace('EventDefinition', '') ?? ''
  return `${kind}${element.$type.replace('bpmn:', '')}`
}
