import { type EntityBody, type EntityRow, ODataError } from '@sluice/odata'
import type { IntegrationPackage } from '../../store/store.ts'
import { checkId } from './check-id.ts'
import { type EntitySetApi, type ODataContext, textOf } from './definition.ts'
import { artifactsOfPackage } from './designtime-artifacts.ts'
import { integrationFlows } from './integration-designtime-artifacts.ts'
import { messageMappings } from './message-mapping-designtime-artifacts.ts'
import { readDesign, writeDesign } from './permissions.ts'
import { scriptCollections } from './script-collection-designtime-artifacts.ts'
import { valueMappings } from './value-mapping-designtime-artifacts.ts'

/** Integration packages: what artifacts are kept in. Creation and modification dates are strings of milliseconds. */
export const integrationPackages: EntitySetApi = {
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
      },
    },
  },
  roles: readDesign,
  list: async (query, { store }) => (await store.packages.list(query)).map(packageRow),
  count: (query, { store }) => store.packages.count(query),
  async find(key, { store }) {
    const found = await store.packages.find(textOf(key, 'Id'))
    return found && packageRow(found)
  },
  create: { roles: writeDesign, run: createPackage },
  update: { roles: writeDesign, status: 202, run: updatePackage },
  delete: {
    roles: writeDesign,
    status: 202,
    async run(row, { store }) {
      await store.packages.delete(textOf(row, 'Id'))
    },
  },
  navigations: {
    IntegrationDesigntimeArtifacts: artifactsOfPackage(integrationFlows),
    ValueMappingDesigntimeArtifacts: artifactsOfPackage(valueMappings),
    MessageMappingDesigntimeArtifacts: artifactsOfPackage(messageMappings),
    ScriptCollectionDesigntimeArtifacts: artifactsOfPackage(scriptCollections),
  },
}

function packageRow(value: IntegrationPackage): EntityRow {
  return {
    Id: value.id,
    Name: value.name,
    ResourceId: value.id,
    Description: value.description,
    ShortText: value.shortText,
    Version: value.version,
    Vendor: value.vendor,
    PartnerContent: false,
    UpdateAvailable: false,
    Mode: 'EDIT_ALLOWED',
    SupportedPlatform: 'SAP Cloud Integration',
    ModifiedBy: value.modifiedBy,
    CreationDate: String(value.createdAt),
    ModifiedDate: String(value.modifiedAt),
    CreatedBy: value.createdBy,
  }
}

async function createPackage(body: EntityBody, { store, now, user }: ODataContext): Promise<EntityRow> {
  if (body.PackageContent) {
    throw new ODataError(
      'invalid-value',
      'Expected the properties of a package, found PackageContent: whole packages cannot be imported; upload each artifact',
    )
  }
  const id = checkId('Id', body.Id)
  const created = { createdBy: user, createdAt: now, modifiedBy: user, modifiedAt: now }
  const empty = { id, name: '', shortText: '', description: '', version: '', vendor: '', ...created }
  const value = withBody(empty, body)
  if (value.name === '') throw new ODataError('invalid-value', 'Expected a value for "Name", found none')
  await store.packages.create(value)
  return packageRow(value)
}

async function updatePackage(row: EntityRow, body: EntityBody, { store, now, user }: ODataContext): Promise<void> {
  const found = await store.packages.find(textOf(row, 'Id'))
  if (found) await store.packages.update({ ...withBody(found, body), modifiedBy: user, modifiedAt: now })
}

/** Properties that the body does not mention, or sets to null, stay as they are. */
function withBody(value: IntegrationPackage, body: EntityBody): IntegrationPackage {
  const text = (name: string, otherwise: string) => String(body[name] ?? otherwise)
  return {
    ...value,
    name: text('Name', value.name),
    shortText: text('ShortText', value.shortText),
    description: text('Description', value.description),
    version: text('Version', value.version),
    vendor: text('Vendor', value.vendor),
  }
}
