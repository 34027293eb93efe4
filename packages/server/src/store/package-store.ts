import type { Listable, ListQuery, NewArtifact } from './store.ts'

/** A package of artifacts. Values that are lists in an exported package are separated by commas. */
export interface IntegrationPackage {
  readonly id: string
  readonly name: string
  /** 32 hexadecimal digits: what exported packages call it. */
  readonly resourceId: string
  readonly shortText: string
  readonly description: string
  readonly version: string
  readonly vendor: string
  readonly partnerContent: boolean
  readonly supportedPlatform: string
  readonly products: string
  readonly keywords: string
  readonly countries: string
  readonly industries: string
  readonly lineOfBusiness: string
  readonly createdBy: string
  readonly createdAt: number
  readonly modifiedBy: string
  readonly modifiedAt: number
}

/** Packages that have one of the values in each of these tags. */
export type TagFilter = ReadonlyMap<string, readonly string[]>

/** One entry of the index of an exported package, as it was imported. */
export interface PackageResource {
  /** 32 hexadecimal digits. */
  readonly id: string
  /** `ContentPackage`, `IFlow`, `Url`, `File`, … */
  readonly type: string
  /** The ID of an artifact or the package; something else of documents. */
  readonly uniqueId: string
  /** How the package refers to it: `Default`, `Licenses`, …; empty for its own entry. */
  readonly relation: string
  /** The entry itself, a JSON object. */
  readonly entry: string
  /** Of documents; those of artifacts are with the artifacts. */
  readonly content: Uint8Array | undefined
}

/** A whole package on its way into the store. */
export interface PackageContent {
  readonly package: IntegrationPackage
  /** Tags that it does not mention stay. */
  readonly tags: ReadonlyMap<string, string>
  readonly artifacts: readonly { readonly artifact: NewArtifact; readonly content: Uint8Array }[]
  readonly resources: readonly PackageResource[]
}

/** `create`: there must be no such package. `merge`: what is configured stays. `replace`: configured values go. */
export type PackageImportMode = 'create' | 'merge' | 'replace'

export interface Packages extends Listable<IntegrationPackage> {
  list(query: ListQuery & { readonly tags?: TagFilter }): Promise<IntegrationPackage[]>
  count(query: Pick<ListQuery, 'filter'> & { readonly tags?: TagFilter }): Promise<number>
  /** Throws `DuplicateError`. */
  create(value: IntegrationPackage): Promise<void>
  find(id: string): Promise<IntegrationPackage | undefined>
  update(value: IntegrationPackage): Promise<boolean>
  /** Also deletes its artifacts; running deployments go on. False when there was none. */
  delete(id: string): Promise<boolean>
  tags(id: string): Promise<ReadonlyMap<string, string>>
  /** Of a package that exists. */
  setTag(id: string, name: string, value: string): Promise<void>
  /** In the order of the import; empty for a package that was not imported. */
  resources(id: string): Promise<PackageResource[]>
  /**
   * Stores a package, all of it or nothing. Artifacts and documents that are in the package already are replaced, others
   * stay. Throws `DuplicateError` when the package exists (`create`), or an artifact does in another package.
   */
  import(content: PackageContent, mode: PackageImportMode): Promise<void>
}

/** What custom tags there are for packages: one JSON text for the tenant. */
export interface CustomTagConfigurations {
  find(): Promise<string | undefined>
  /** Throws `DuplicateError` when there is one and `overwrite` is false. */
  put(content: string, overwrite: boolean): Promise<void>
}
