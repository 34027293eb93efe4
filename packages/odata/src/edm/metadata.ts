import { attributes, xmlDeclaration, xmlNamespaces } from '../format/xml.ts'
import type { ComplexType, EntitySet, EntityType, FunctionImport, Model, Navigation, Property } from './model.ts'

/** The `$metadata` document ([MC-EDMX] 1.0, [MC-CSDL] 2.0), shaped like the original's: one schema, one container. */
export function renderMetadata(model: Model): string {
  const lines = [
    ...model.sets.map(({ type }) => entityType(model, type)),
    ...complexTypes(model).map(complexType),
    ...associations(model).map(link => association(model, link)),
    `<EntityContainer${attributes({ Name: model.container, 'm:IsDefaultEntityContainer': 'true' })}>`,
    ...model.sets.map(
      set => `<EntitySet${attributes({ EntityType: qualified(model, set.type.name), Name: set.name })}/>`,
    ),
    ...associations(model).map(link => associationSet(model, link)),
    ...model.functionImports.map(declared => functionImport(model, declared)),
    '</EntityContainer>',
  ]
  return [
    xmlDeclaration,
    `<edmx:Edmx${attributes({ 'xmlns:edmx': xmlNamespaces.edmx, Version: '1.0' })}>`,
    `<edmx:DataServices${attributes({ 'xmlns:m': xmlNamespaces.metadata, 'm:DataServiceVersion': '2.0' })}>`,
    `<Schema${attributes({ xmlns: xmlNamespaces.edm, Namespace: model.namespace })}>`,
    ...lines,
    '</Schema>',
    '</edmx:DataServices>',
    '</edmx:Edmx>',
    '',
  ].join('\n')
}

interface Link {
  readonly name: string
  readonly from: EntitySet
  readonly to: EntitySet
  readonly toRole: string
  readonly many: boolean
}

/** Named as the original names most of them: `Type_2_r_Navigation`, with the roles `Type` and `r_Navigation`. */
function associations(model: Model): Link[] {
  return model.sets.flatMap(from =>
    Object.entries(from.type.navigations ?? {}).map(([navigation, declaration]) => ({
      name: associationName(from.type, navigation, declaration),
      from,
      to: model.targetOf(declaration),
      toRole: `r_${navigation}`,
      many: declaration.many,
    })),
  )
}

function associationName({ name }: EntityType, navigation: string, { association }: Navigation): string {
  return association ?? `${name}_2_r_${navigation}`
}

function complexTypes(model: Model): ComplexType[] {
  const found = new Map<string, ComplexType>()
  for (const { type } of model.sets) {
    for (const property of Object.values(type.properties)) {
      if (typeof property.type !== 'string') found.set(property.type.name, property.type)
    }
  }
  return [...found.values()]
}

const qualified = (model: Model, name: string): string => `${model.namespace}.${name}`

function entityType(model: Model, type: EntityType): string {
  return [
    `<EntityType${attributes({ Name: type.name, 'm:HasStream': type.hasStream ? 'true' : undefined })}>`,
    '<Key>',
    ...type.key.map(name => `<PropertyRef${attributes({ Name: name })}/>`),
    '</Key>',
    ...properties(model, type.properties),
    ...Object.entries(type.navigations ?? {}).map(entry => navigationProperty(model, type, entry)),
    '</EntityType>',
  ].join('\n')
}

function properties(model: Model, declared: Readonly<Record<string, Property>>): string[] {
  return Object.entries(declared).map(([Name, { type, nullable = true }]) => {
    const Type = typeof type === 'string' ? type : qualified(model, type.name)
    return `<Property${attributes({ Name, Nullable: String(nullable), Type })}/>`
  })
}

function navigationProperty(model: Model, type: EntityType, [name, declaration]: [string, Navigation]): string {
  const Relationship = qualified(model, associationName(type, name, declaration))
  return `<NavigationProperty${attributes({ FromRole: type.name, Name: name, Relationship, ToRole: `r_${name}` })}/>`
}

function complexType(type: ComplexType): string {
  const lines = Object.entries(type.properties).map(
    ([Name, { type: Type, nullable = true }]) => `<Property${attributes({ Name, Nullable: String(nullable), Type })}/>`,
  )
  return [`<ComplexType${attributes({ Name: type.name })}>`, ...lines, '</ComplexType>'].join('\n')
}

function association(model: Model, { name, from, to, toRole, many }: Link): string {
  const end = (Multiplicity: string, Role: string, set: EntitySet) =>
    `<End${attributes({ Multiplicity, Role, Type: qualified(model, set.type.name) })}/>`
  return [
    `<Association${attributes({ Name: name })}>`,
    end('1', from.type.name, from),
    end(many ? '*' : '0..1', toRole, to),
    '</Association>',
  ].join('\n')
}

function associationSet(model: Model, { name, from, to, toRole }: Link): string {
  return [
    `<AssociationSet${attributes({ Association: qualified(model, name), Name: name })}>`,
    `<End${attributes({ EntitySet: from.name, Role: from.type.name })}/>`,
    `<End${attributes({ EntitySet: to.name, Role: toRole })}/>`,
    '</AssociationSet>',
  ].join('\n')
}

function functionImport(model: Model, { name, returnType, method, parameters }: FunctionImport): string {
  const returned =
    typeof returnType === 'string'
      ? { Name: name, ReturnType: returnType }
      : {
          EntitySet: returnType.entitySet,
          Name: name,
          ReturnType: qualified(model, model.targetOf(returnType).type.name),
        }
  return [
    `<FunctionImport${attributes({ ...returned, 'm:HttpMethod': method })}>`,
    ...Object.entries(parameters).map(
      ([Name, { type: Type, nullable = true }]) =>
        `<Parameter${attributes({ Name, Nullable: String(nullable), Type })}/>`,
    ),
    '</FunctionImport>',
  ].join('\n')
}
