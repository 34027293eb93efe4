import { type ComplexType, type EntityBody, type EntityRow, ODataError, type RelatedBodies } from '@sluice/odata'
import type { CredentialAttribute, CredentialKind, CustomParameter, DeployedCredential } from '../../store/store.ts'
import { checkId } from './check-id.ts'
import { type EntitySetApi, textOf } from './definition.ts'
import { changeCredentials, readRuntime } from './permissions.ts'

/** Who deployed a piece of security material, when, and as what. */
export const securityArtifactDescriptor: ComplexType = {
  name: 'SecurityArtifactDescriptor',
  properties: {
    Type: { type: 'Edm.String' },
    DeployedBy: { type: 'Edm.String' },
    DeployedOn: { type: 'Edm.DateTime' },
    Status: { type: 'Edm.String' },
  },
}

/** What tells one kind of security material from another. */
export interface MaterialKind {
  readonly kind: CredentialKind
  /** The property with the secret. It is taken and never given out. */
  readonly secret: string
  /** Property to what the store calls it. */
  readonly attributes: Readonly<Record<string, CredentialAttribute>>
  row(credential: DeployedCredential): EntityRow
  /** What is wrong with the attributes, or undefined. */
  problem?(attributes: DeployedCredential['attributes']): string | undefined
  /** What the entities inside a body set; undefined when they are not mentioned. Throws `ODataError`. */
  customParameters?(related: RelatedBodies): readonly CustomParameter[] | undefined
}

/** Longest secret, description and attribute of any kind, in characters. */
const lengthMax = 4096

/** The operations of an entity set over one kind of security material. */
export function securityMaterial(material: MaterialKind): Omit<EntitySetApi, 'set'> {
  const { kind } = material
  return {
    roles: readRuntime,
    list: async (query, { store }) => (await store.credentials.ofKind(kind).list(query)).map(material.row),
    count: (query, { store }) => store.credentials.ofKind(kind).count(query),
    async find(key, { store }) {
      const found = await store.credentials.find(textOf(key, 'Name'))
      return found?.kind === kind ? material.row(found) : undefined
    },
    create: {
      roles: changeCredentials,
      async run(body, { store, user, now }, related) {
        const name = checkId('Name', body.Name)
        const secret = secretOf(body, material)
        if (secret === undefined) {
          throw new ODataError('invalid-value', `Expected a value for "${material.secret}", found none`)
        }
        const deployed = { deployedBy: user, deployedAt: now }
        const empty = { name, kind, description: '', attributes: {}, customParameters: [], ...deployed }
        const credential = withBody(empty, body, material, related)
        await store.credentials.create(credential, secret)
        return material.row(credential)
      },
    },
    update: {
      roles: changeCredentials,
      status: 202,
      async run(row, body, { store, user, now }, related) {
        const found = await store.credentials.find(textOf(row, 'Name'))
        if (!found) return
        const changed = withBody({ ...found, deployedBy: user, deployedAt: now }, body, material, related)
        await store.credentials.update(changed, secretOf(body, material))
      },
    },
    delete: {
      roles: changeCredentials,
      status: 202,
      async run(row, { store }) {
        await store.credentials.delete(textOf(row, 'Name'))
      },
    },
  }
}

/** Properties that the body does not mention, or sets to null, stay as they are. */
function withBody(
  credential: DeployedCredential,
  body: EntityBody,
  material: MaterialKind,
  related: () => RelatedBodies,
): DeployedCredential {
  const attributes: Partial<Record<CredentialAttribute, string>> = { ...credential.attributes }
  for (const [property, name] of Object.entries(material.attributes)) {
    const value = body[property]
    if (typeof value === 'string') attributes[name] = limited(property, value)
  }
  const problem = material.problem?.(attributes)
  if (problem !== undefined) throw new ODataError('invalid-value', problem)
  const customParameters = material.customParameters?.(related()) ?? credential.customParameters
  const description = limited('Description', String(body.Description ?? credential.description))
  return { ...credential, description, attributes, customParameters }
}

function secretOf(body: EntityBody, { secret }: MaterialKind): string | undefined {
  const value = body[secret]
  if (typeof value !== 'string' || value === '') return undefined
  return limited(secret, value)
}

function limited(property: string, value: string): string {
  if (value.length <= lengthMax) return value
  throw new ODataError('invalid-value', `Expected "${property}" to have at most ${lengthMax} characters, found more`)
}

/** The descriptor of a piece of security material. */
export function descriptorOf({ deployedBy, deployedAt }: DeployedCredential): EntityRow[string] {
  return { Type: 'CREDENTIALS', DeployedBy: deployedBy, DeployedOn: deployedAt, Status: 'DEPLOYED' }
}
