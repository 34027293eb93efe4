import type { OnProgress } from '../api/http.ts'
import { callFunction, change, createEntity, entityPath } from '../api/odata.ts'

/** A package. Dates are milliseconds as text. */
export interface IntegrationPackage {
  readonly Id: string
  readonly Name: string
  readonly ShortText: string
  readonly Description: string | null
  readonly Version: string | null
  readonly Vendor: string | null
  readonly Mode: string | null
  readonly ModifiedBy: string | null
  readonly ModifiedDate: string | null
}

export function packagePath(id: string): string {
  return entityPath('IntegrationPackages', id)
}

/** Where a package is shown. */
export function packagePage(id: string): string {
  return `/design/packages/${encodeURIComponent(id)}`
}

export function createPackage(id: string, name: string, shortText: string): Promise<IntegrationPackage> {
  return createEntity('IntegrationPackages', { Id: id, Name: name, ShortText: shortText })
}

/** Imports an exported package (base64); with `overwrite` into the one that there is. */
export function importPackage(zip: string, overwrite: boolean, onProgress: OnProgress): Promise<IntegrationPackage> {
  const options = overwrite ? '?Overwrite=true' : ''
  return createEntity(`IntegrationPackages${options}`, { PackageContent: zip }, onProgress)
}

/** Copies a package: `.` and the suffix are added to all IDs and names. */
export async function copyPackage(id: string, suffix: string): Promise<void> {
  await callFunction('CopyIntegrationPackage', { Id: id, ImportMode: 'CREATE_COPY', Suffix: suffix })
}

/** Deletes a package and its artifacts. */
export async function deletePackage(id: string): Promise<void> {
  await change('DELETE', packagePath(id))
}

/** An ID for a name: what IDs do not have is left out. */
export function idFor(name: string): string {
  return name
    .replace(/[^\p{L}\p{N}_.-]/gu, '')
    .replace(/^[.-]+/, '')
    .slice(0, 150)
}
