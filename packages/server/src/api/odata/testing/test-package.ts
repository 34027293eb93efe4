import { type PackagedResource, withPackageAttributes, writePackage } from '@sluice/iflow'
import { writeArchive } from '../../../runtime/archive.ts'

/** A resource of a package that is made for a test. */
export function packaged(type: string, id: string, more: Partial<PackagedResource> = {}): PackagedResource {
  const entry = { id, resourceType: type, uniqueId: `unique ${id}`, displayName: `Name of ${id}`, ...more.entry }
  const base = { id, type, uniqueId: `unique ${id}`, name: `Name of ${id}`, relation: 'Default', content: undefined }
  return { ...base, ...more, entry: { ...entry, ...(more.uniqueId !== undefined && { uniqueId: more.uniqueId }) } }
}

/** The entry of the package itself. */
export function ownResource(uniqueId: string, attributes: Readonly<Record<string, readonly string[]>> = {}) {
  return packaged('ContentPackage', 'own', { uniqueId, relation: '', entry: withPackageAttributes({}, attributes) })
}

/** An exported package that holds these. */
export function packageZip(...resources: readonly PackagedResource[]): Promise<Uint8Array> {
  return writeArchive(writePackage(resources, { name: 'Test', exportedAt: 0 }))
}

/** An artifact that is nothing but its manifest, with more headers, and files. */
export function plainArtifact(
  type: string,
  id: string,
  files: Readonly<Record<string, string>> = {},
  headers = '',
): Promise<Uint8Array> {
  const encoder = new TextEncoder()
  const manifest = `Bundle-SymbolicName: ${id}\r\nBundle-Name: ${id}\r\nBundle-Version: 1.0.0\r\nSAP-BundleType: ${type}\r\n${headers}`
  const entries = Object.entries({ 'META-INF/MANIFEST.MF': manifest, ...files })
  return writeArchive(new Map(entries.map(([path, text]) => [path, encoder.encode(text)])))
}
