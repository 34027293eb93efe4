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
  readonly ends: readonly [LinkEnd, LinkEnd]
}

interface LinkEnd {
  readonly set: EntitySet
  readonly role: string
  readonly multiplicity: '1' | '0..1' | '*'
}

/** One for each navigation property, or for the two that lead both ways under one name. */
function associations(model: Model): Link[] {
  const links = new Map<string, Link>()
  for (const from of model.sets) {
    for (const [navigation, declaration] of Object.entries(from.type.navigations ?? {})) {
      const name = associationName(from.type, navigation, declaration)
      if (!links.has(name)) links.set(name, { name, ends: linkEnds(model, from, navigation, declaration) })
    }
  }
  return [...links.values()]
}

function linkEnds(model: Model, from: EntitySet, navigation: string, declaration: Navigation): Link['ends'] {
  const back = wayBack(model, from.type, declaration)
  return [
    { set: from, role: fromRole(model, from.type, declaration), multiplicity: back ? multiplicityOf(back[1]) : '1' },
    { set: model.targetOf(declaration), role: `r_${navigation}`, multiplicity: multiplicityOf(declaration) },
  ]
}

function multiplicityOf({ many, required }: Navigation): LinkEnd['multiplicity'] {
  if (many) return '*'
  return required ? '1' : '0..1'
}

/** The roles are `Type` and `r_Navigation` as the original names them, or `r_` and the name of each navigation property. */
function fromRole(model: Model, type: EntityType, declaration: Navigation): string {
  const back = wayBack(model, type, declaration)
  return back ? `r_${back[0]}` : type.name
}

/** The navigation property in the other direction: it has the same association. */
function wayBack(model: Model, type: EntityType, declaration: Navigation): [name: string, Navigation] | undefined {
  const { association } = declaration
  if (association === undefined) return undefined
  const navigations = Object.entries(model.targetOf(declaration).type.navigations ?? {})
  return navigations.find(([, other]) => other.association === association && model.targetOf(other).type === type)
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
  const FromRole = fromRole(model, type, declaration)
  return `<NavigationProperty${attributes({ FromRole, Name: name, Relationship, ToRole: `r_${name}` })}/>`
}

function complexType(type: ComplexType): string {
  const lines = Object.entries(type.properties).map(
    ([Name, { type: Type, nullable = true }]) => `<Property${attributes({ Name, Nullable: String(nullable), Type })}/>`,
  )
  return [`<ComplexType${attributes({ Name: type.name })}>`, ...lines, '</ComplexType>'].join('\n')
}

function association(model: Model, { name, ends }: Link): string {
  const lines = ends.map(({ multiplicity, role, set }) => {
    return `<End${attributes({ Multiplicity: multiplicity, Role: role, Type: qualified(model, set.type.name) })}/>`
  })
  return [`<Association${attributes({ Name: name })}>`, ...lines, '</Association>'].join('\n')
}

function associationSet(model: Model, { name, ends }: Link): string {
  const lines = ends.map(({ set, role }) => `<End${attributes({ EntitySet: set.name, Role: role })}/>`)
  return [
    `<AssociationSet${attributes({ Association: qualified(model, name), Name: name })}>`,
    ...lines,
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
