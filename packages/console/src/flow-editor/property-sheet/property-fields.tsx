import type { PropertyComponent } from '../../api/components.ts'
import { isShown } from './field-value.ts'
import { PropertyField } from './property-field.tsx'
import { useSheet } from './sheet.ts'

/** The fields of some properties: those that the element's other values leave, and of older versions those that it has. */
export function PropertyFields({ properties }: { readonly properties: readonly PropertyComponent[] }) {
  const { model, state } = useSheet()
  return properties
    .filter(({ key, until }) => until === undefined || model.values.has(key))
    .filter(property => isShown(property, model.properties, model.values, state.parameters))
    .map(property => <PropertyField key={property.key} property={property} />)
}
