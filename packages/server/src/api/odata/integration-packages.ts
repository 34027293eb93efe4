import { type EntityBody, type EntityRow, ODataError } from '@sluice/odata'
import type { IntegrationPackage } from '../../store/store.ts'
import { checkPackageUnlocked } from './change-artifact.ts'
import { checkId, checkLength } from './check-id.ts'
import { contentId } from './content-id.ts'
import { packageTags, tagFilter } from './custom-tags.ts'
import { type EntitySetApi, type ODataContext, textOf } from './definition.ts'
import { artifactsOfPackage } from './designtime-artifacts.ts'
import { integrationFlows } from './integration-designtime-artifacts.ts'
import { messageMappings } from './message-mapping-designtime-artifacts.ts'
import { exportPackage } from './package-export.ts'
import { readPackageUpload, storePackage } from './package-import.ts'
import { readDesign, writeDesign } from './permissions.ts'
import { packageSubject, packageSubjects } from './protected-subjects.ts'
import { scriptCollections } from './script-collection-designtime-artifacts.ts'
import { valueMappings } from './value-mapping-designtime-artifacts.ts'

/** Integration packages: what artifacts are kept in. Creation and modification dates are strings of milliseconds. */
export const integrationPackages: EntitySetApi = {
  clients: [
    'cig',
    'contiva',
    'cpilint',
    'documentation',
    'FlashPipe',
    'mcp-integration-suite',
    'odata-mcp-proxy',
    'Postman',
  ],
  options: ['Overwrite'],
  set: {
    name: 'IntegrationPackages',
    type: {
      name: 'IntegrationPackage',
      key: ['Id'],
      hasStream: true,
      properties: {
        Id: { type: 'Edm.String', nullable: false },
        Name: { type: 'Edm.String', nullable: false },
        ResourceId: { type: 'Edm.String', nullable: false },
        Description: { type: 'Edm.String' },
        ShortText: { type: 'Edm.String', nullable: false },
        Version: { type: 'Edm.String' },
        Vendor: { type: 'Edm.String' },
        PartnerContent: { type: 'Edm.Boolean' },
        UpdateAvailable: { type: 'Edm.Boolean' },
        Mode: { type: 'Edm.String' },
        SupportedPlatform: { type: 'Edm.String' },
        ModifiedBy: { type: 'Edm.String' },
        CreationDate: { type: 'Edm.String' },
        ModifiedDate: { type: 'Edm.String' },
        CreatedBy: { type: 'Edm.String' },
        Products: { type: 'Edm.String' },
        Keywords: { type: 'Edm.String' },
        Countries: { type: 'Edm.String' },
        Industries: { type: 'Edm.String' },
        LineOfBusiness: { type: 'Edm.String' },
        PackageContent: { type: 'Edm.Binary' },
      },
      navigations: {
        IntegrationDesigntimeArtifacts: { target: 'IntegrationDesigntimeArtifacts', many: true },
        ValueMappingDesigntimeArtifacts: { target: 'ValueMappingDesigntimeArtifacts', many: true },
        MessageMappingDesigntimeArtifacts: { target: 'MessageMappingDesigntimeArtifacts', many: true },
        ScriptCollectionDesigntimeArtifacts: { target: 'ScriptCollectionDesigntimeArtifacts', many: true },
        CustomTags: { target: 'CustomTags', many: true },
      },
    },
  },
  roles: readDesign,
  async list(query, context) {
    const tags = await tagFilter(context)
    return (await context.store.packages.list({ ...query, tags })).map(packageRow)
  },
  count: async (query, context) => context.store.packages.count({ ...query, tags: await tagFilter(context) }),
  async find(key, { store }) {
    const found = await store.packages.find(textOf(key, 'Id'))
    return found && packageRow(found)
  },
  guard: {
    reads: ['media'],
    async subjects(values, context, use) {
      const id = String(values.Id ?? '')
      return use === 'read' || use === 'delete' ? packageSubjects(id, context) : [await packageSubject(id, context)]
    },
  },
  create: { roles: writeDesign, run: createPackage },
  update: { roles: writeDesign, status: 202, run: updatePackage },
  delete: {
    roles: writeDesign,
    status: 202,
    async run(row, context) {
      await checkPackageUnlocked(textOf(row, 'Id'), context)
      await context.store.packages.delete(textOf(row, 'Id'))
    },
  },
  async media(row, context) {
    const found = await context.store.packages.find(textOf(row, 'Id'))
    return found && exportPackage(found, context)
  },
  navigations: {
    IntegrationDesigntimeArtifacts: artifactsOfPackage(integrationFlows),
    ValueMappingDesigntimeArtifacts: artifactsOfPackage(valueMappings),
    MessageMappingDesigntimeArtifacts: artifactsOfPackage(messageMappings),
    ScriptCollectionDesigntimeArtifacts: artifactsOfPackage(scriptCollections),
    CustomTags: packageTags,
  },
}

/** A package as the API shows it. */
export function packageRow(value: IntegrationPackage): EntityRow {
  return {
    Id: value.id,
    Name: value.name,
    ResourceId: value.resourceId,
    Description: value.description,
    ShortText: value.shortText,
    Version: value.version,
    Vendor: value.vendor,
    PartnerContent: value.partnerContent,
    UpdateAvailable: false,
    Mode: 'EDIT_ALLOWED',
    SupportedPlatform: value.supportedPlatform,
    ModifiedBy: value.modifiedBy,
    CreationDate: String(value.createdAt),
    ModifiedDate: String(value.modifiedAt),
    CreatedBy: value.createdBy,
    Products: value.products,
    Keywords: value.keywords,
    Countries: value.countries,
    Industries: value.industries,
    LineOfBusiness: value.lineOfBusiness,
  }
}

const emptyPackage = {
  name: '',
  shortText: '',
  description: '',
  version: '',
  vendor: '',
  partnerContent: false,
  supportedPlatform: 'SAP Cloud Integration',
  products: '',
  keywords: '',
  countries: '',
  industries: '',
  lineOfBusiness: '',
}

async function createPackage(body: EntityBody, context: ODataContext): Promise<EntityRow> {
  if (body.PackageContent) return importPackage(String(body.PackageContent), context)
  const { store, now, user } = context
  const id = checkId('Id', body.Id)
  const created = { createdBy: user, createdAt: now, modifiedBy: user, modifiedAt: now }
  const value = withBody({ ...emptyPackage, id, resourceId: contentId(id), ...created }, body)
  if (value.name === '') throw new ODataError('invalid-value', 'Expected a value for "Name", found none')
  await store.packages.create(value)
  return packageRow(value)
}

/** With query option `Overwrite=true` into the package that there is; what is configured there stays. */
async function importPackage(base64: string, context: ODataContext): Promise<EntityRow> {
  const content = await readPackageUpload(base64, context)
  const mode = context.options.get('Overwrite') === 'true' ? 'merge' : 'create'
  return packageRow(await storePackage(content, mode, context))
}

async function updatePackage(row: EntityRow, body: EntityBody, { store, now, user }: ODataContext): Promise<void> {
  const found = await store.packages.find(textOf(row, 'Id'))
  if (found) await store.packages.update({ ...withBody(found, body), modifiedBy: user, modifiedAt: now })
}

/** Properties that the body does not mention, or sets to null, stay as they are. */
function withBody(value: IntegrationPackage, body: EntityBody): IntegrationPackage {
  const text = (name: string, otherwise: string) => checkLength(name, String(body[name] ?? otherwise))
  return {
    ...value,
    name: text('Name', value.name),
    shortText: text('ShortText', value.shortText),
    description: text('Description', value.description),
    version: text('Version', value.version),
    vendor: text('Vendor', value.vendor),
    supportedPlatform: text('SupportedPlatform', value.supportedPlatform),
    products: text('Products', value.products),
    keywords: text('Keywords', value.keywords),
    countries: text('Countries', value.countries),
    industries: text('Industries', value.industries),
    lineOfBusiness: text('LineOfBusiness', value.lineOfBusiness),
  }
}
