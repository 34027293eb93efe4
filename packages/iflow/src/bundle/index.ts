/** The files of an artifact: manifest, parameters, resources. A map of names to bytes; no archive, no disk. */

export { type Bundle, type BundleType, openBundle, withParameterValues } from './bundle.ts'
export { parseProperties, withProperties } from './java-properties.ts'
export { parseManifest, withManifestHeaders } from './manifest.ts'
export {
  isPackagedArtifact,
  isPackageExport,
  type PackagedResource,
  type PackageEntry,
  packageAttribute,
  readPackage,
  withPackageAttributes,
  writePackage,
} from './package-export.ts'
export type { ParameterDefinition } from './parameter-definitions.ts'
export { resolveParameters, type Substituted, substituteParameters } from './parameters.ts'
