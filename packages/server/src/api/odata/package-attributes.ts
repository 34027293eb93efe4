import { type PackageEntry, packageAttribute, withPackageAttributes } from '@sluice/iflow'
import type { IntegrationPackage } from '../../store/store.ts'

/** Properties of a package whose values exported packages keep as additional attributes of its entry. */
const texts = {
  shortText: 'shortText',
  description: 'Description',
  version: 'Version',
  vendor: 'Vendor',
  supportedPlatform: 'SupportedPlatform',
} as const

/** The same, of properties that may have several values. */
const lists = {
  products: 'Product',
  keywords: 'Keyword',
  countries: 'Country',
  industries: 'Industries',
  lineOfBusiness: 'LineOfBusiness',
} as const

const partnerContent = 'partnerContent'

/** Attributes that custom tags cannot take the name of. */
export const packageAttributes: ReadonlySet<string> = new Set([
  ...Object.values(texts),
  ...Object.values(lists),
  partnerContent,
])

type Described = Pick<IntegrationPackage, keyof typeof texts | keyof typeof lists | 'partnerContent'>

/** What the entry of an exported package says about it. */
export function readPackageAttributes(entry: PackageEntry): Described {
  const of = (names: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(names).map(([name, attribute]) => [name, joined(entry, attribute)]))
  return { ...of(texts), ...of(lists), partnerContent: joined(entry, partnerContent) === 'true' } as Described
}

/** The entry, saying that. Lists that have not changed stay as they were divided. */
export function writePackageAttributes(entry: PackageEntry, value: Described): PackageEntry {
  const changed: Record<string, readonly string[]> = { [partnerContent]: [String(value.partnerContent)] }
  for (const [name, attribute] of Object.entries(texts)) changed[attribute] = [value[name as keyof typeof texts]]
  for (const [name, attribute] of Object.entries(lists)) {
    const text = value[name as keyof typeof lists]
    const before = packageAttribute(entry, attribute)
    changed[attribute] = before.length > 0 && before.join(',') === text ? before : text.split(',')
  }
  return withPackageAttributes(entry, changed)
}

function joined(entry: PackageEntry, attribute: string): string {
  return packageAttribute(entry, attribute).join(',')
}
