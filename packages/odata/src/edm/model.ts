/** Primitive types in use, with the JavaScript value that stands for each in a row. */
export interface PrimitiveValues {
  'Edm.String': string
  'Edm.Boolean': boolean
  'Edm.Int32': number
  /** JSON carries it as a string, because it does not fit a double. */
  'Edm.Int64': bigint
  /** Finite. JSON carries it as a string, as the original's library does. */
  'Edm.Double': number
  /** Milliseconds since 1970-01-01T00:00:00Z; the type has no zone, SAP means UTC. */
  'Edm.DateTime': number
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  'Edm.DateTimeOffset': number
  'Edm.Binary': Uint8Array
}

/** Whether a value of `Edm.Int64` can be as large. */
export function isInt64(value: bigint): boolean {
  return BigInt.asIntN(64, value) === value
}

/** Name of a primitive type ([MC-CSDL] section 2.2.1), as far as it is in use. */
export type PrimitiveType = keyof PrimitiveValues

/** What a primitive property may hold, apart from null. */
export type PrimitiveValue = PrimitiveValues[PrimitiveType]

/** The value of a property in a row. Undefined and null both mean null. */
export type PropertyValue = PrimitiveValue | ComplexValue | null | undefined

export interface ComplexValue {
  readonly [property: string]: PrimitiveValue | null | undefined
}

/** One entity's own properties by name. Properties that are missing are null. */
export type EntityRow = Readonly<Record<string, PropertyValue>>

/** A type without a key of its own: its values are parts of an entity. Shown one level deep. */
export interface ComplexType {
  readonly name: string
  readonly properties: Readonly<Record<string, PrimitiveProperty>>
}

export interface PrimitiveProperty {
  readonly type: PrimitiveType
  /** Default true. */
  readonly nullable?: boolean
}

export interface ComplexProperty {
  readonly type: ComplexType
  readonly nullable?: boolean
}

/** What is declared of a property: its type, and whether it may be null. */
export type Property = PrimitiveProperty | ComplexProperty

/**
 * What is declared of a navigation property. The other end is exactly one entity, unless a navigation property of the
 * target leads back: two with the same `association` are one association.
 */
export interface Navigation {
  /** Name of the entity set it leads to. */
  readonly target: string
  readonly many: boolean
  /** To one that always exists: multiplicity `1`, not `0..1`. */
  readonly required?: true
  /** Name of the association, where it is not `Type_2_r_Navigation`. */
  readonly association?: string
  /** What clients call it in bodies by mistake. */
  readonly misspelled?: string
}

/** A type of entities; names, key and order of the properties are what `$metadata` says. */
export interface EntityType {
  readonly name: string
  readonly key: readonly string[]
  /** Entities have a media resource at `$value` (`m:HasStream`). */
  readonly hasStream?: boolean
  readonly properties: Readonly<Record<string, Property>>
  readonly navigations?: Readonly<Record<string, Navigation>>
}

/** A set of entities that can be addressed by `name`. */
export interface EntitySet {
  readonly name: string
  readonly type: EntityType
}

/** An operation with a name of its own: `POST /Name?Parameter='value'`. */
export interface FunctionImport {
  readonly name: string
  readonly method: 'GET' | 'POST'
  /** A value, or one entity of a set. */
  readonly returnType: PrimitiveType | { readonly entitySet: string }
  readonly parameters: Readonly<Record<string, PrimitiveProperty>>
}

export interface ModelDeclaration {
  readonly namespace: string
  readonly container: string
  readonly sets: readonly EntitySet[]
  readonly functionImports: readonly FunctionImport[]
}

/** An entity data model whose names are known to fit together. */
export interface Model extends ModelDeclaration {
  findSet(name: string): EntitySet | undefined
  findFunctionImport(name: string): FunctionImport | undefined
  /** The set that a navigation property leads to, or whose entity a function import returns. */
  targetOf(reference: { readonly target: string } | { readonly entitySet: string }): EntitySet
}

/**
 * Checks that keys are properties, navigations lead to sets and names are used once.
 * Throws `Error`: a wrong declaration is a bug.
 */
export function defineModel(declaration: ModelDeclaration): Model {
  const sets = new Map(declaration.sets.map(set => [set.name, set]))
  const functionImports = new Map(declaration.functionImports.map(value => [value.name, value]))
  if (new Set([...sets.keys(), ...functionImports.keys()]).size < sets.size + functionImports.size) {
    throw new Error('Expected each set and function import to have a name of its own')
  }
  if (sets.size < declaration.sets.length) throw new Error('Expected each entity set once in a model')
  for (const { type } of declaration.sets) checkType(type, sets)
  for (const { name, returnType } of declaration.functionImports) {
    if (typeof returnType !== 'string' && !sets.has(returnType.entitySet)) {
      throw new Error(`Expected "${name}" to return an entity of the model, found "${returnType.entitySet}"`)
    }
  }
  return {
    ...declaration,
    findSet: name => sets.get(name),
    findFunctionImport: name => functionImports.get(name),
    targetOf: reference => {
      const name = 'target' in reference ? reference.target : reference.entitySet
      const set = sets.get(name)
      if (!set) throw new Error(`Expected an entity set "${name}" in the model`)
      return set
    },
  }
}

function checkType(type: EntityType, sets: ReadonlyMap<string, EntitySet>): void {
  const unknownKey = type.key.find(name => !Object.hasOwn(type.properties, name))
  if (unknownKey !== undefined || type.key.length === 0) {
    throw new Error(`Expected the key of "${type.name}" to be its properties, found "${unknownKey ?? ''}"`)
  }
  for (const [name, { target }] of Object.entries(type.navigations ?? {})) {
    if (!sets.has(target)) {
      throw new Error(`Expected "${type.name}/${name}" to lead to an entity set of the model, found "${target}"`)
    }
    if (Object.hasOwn(type.properties, name)) throw new Error(`Expected "${type.name}/${name}" to be declared once`)
  }
}

/** Declared property or undefined; names that every object inherits are not properties. */
export function findProperty(
  type: { readonly properties: Readonly<Record<string, Property>> },
  name: string,
): Property | undefined {
  return Object.hasOwn(type.properties, name) ? type.properties[name] : undefined
}

export function findNavigation(type: EntityType, name: string): Navigation | undefined {
  const { navigations } = type
  return navigations && Object.hasOwn(navigations, name) ? navigations[name] : undefined
}

/** The type of `Name` or `Complex/Name`; undefined when the path leads nowhere. */
export function findPath(type: EntityType, path: string): Property['type'] | undefined {
  const [first = '', second, ...rest] = path.split('/')
  const property = findProperty(type, first)
  if (!property || rest.length > 0) return undefined
  if (second === undefined) return property.type
  return typeof property.type === 'string' ? undefined : findProperty(property.type, second)?.type
}
