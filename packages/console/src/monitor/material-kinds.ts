/** A piece of security material. What is secret of it is never told. */
export interface Material {
  readonly Name: string
  readonly Description: string | null
  readonly SecurityArtifactDescriptor?: { readonly DeployedBy: string | null; readonly DeployedOn: string | null }
  readonly DeployedBy: string | null
  readonly DeployedOn: string | null
  readonly Kind?: string
  readonly User?: string
  readonly CompanyId?: string | null
  readonly TokenServiceUrl?: string
  readonly ClientId?: string
  readonly ClientAuthentication?: string
  readonly Scope?: string | null
  readonly ScopeContentType?: string | null
  readonly Resource?: string | null
  readonly Audience?: string | null
}

type TextProperty =
  | 'User'
  | 'CompanyId'
  | 'Kind'
  | 'TokenServiceUrl'
  | 'ClientId'
  | 'ClientAuthentication'
  | 'Scope'
  | 'ScopeContentType'
  | 'Resource'
  | 'Audience'

/** What a form asks for besides name and description. */
export interface MaterialField {
  readonly property: TextProperty
  readonly label: `security.${'user' | 'userKind' | 'companyId' | 'tokenUrl' | 'clientId' | 'authentication' | 'scope' | 'scopeContentType' | 'resource' | 'audience'}`
  readonly required?: boolean
  /** The values to choose from; the first is the usual one. */
  readonly options?: readonly (readonly [value: string, label: OptionLabel])[]
  readonly when?: (values: Readonly<Record<string, string>>) => boolean
}

type OptionLabel =
  `security.options.${'default' | 'successfactors' | 'openconnectors' | 'body' | 'header' | 'form' | 'json'}`

/** A kind of security material: its entity set, what is shown of it and asked for. */
export interface MaterialKind {
  readonly name: string
  readonly set: string
  readonly title: `security.${'users' | 'clients' | 'parameters'}`
  /** Property with the secret. */
  readonly secret: 'Password' | 'ClientSecret' | 'SecureParam'
  readonly secretLabel: `security.${'password' | 'clientSecret' | 'secureParam'}`
  readonly columns: readonly { readonly property: TextProperty; readonly label: MaterialField['label'] }[]
  readonly fields: readonly MaterialField[]
}

const users: MaterialKind = {
  name: 'user',
  set: 'UserCredentials',
  title: 'security.users',
  secret: 'Password',
  secretLabel: 'security.password',
  columns: [{ property: 'User', label: 'security.user' }],
  fields: [
    {
      property: 'Kind',
      label: 'security.userKind',
      options: [
        ['default', 'security.options.default'],
        ['successfactors', 'security.options.successfactors'],
        ['openconnectors', 'security.options.openconnectors'],
      ],
    },
    { property: 'User', label: 'security.user', required: true },
    { property: 'CompanyId', label: 'security.companyId', when: ({ Kind }) => Kind === 'successfactors' },
  ],
}

const clients: MaterialKind = {
  name: 'oauth2-client',
  set: 'OAuth2ClientCredentials',
  title: 'security.clients',
  secret: 'ClientSecret',
  secretLabel: 'security.clientSecret',
  columns: [
    { property: 'ClientId', label: 'security.clientId' },
    { property: 'TokenServiceUrl', label: 'security.tokenUrl' },
  ],
  fields: [
    { property: 'TokenServiceUrl', label: 'security.tokenUrl', required: true },
    { property: 'ClientId', label: 'security.clientId', required: true },
    {
      property: 'ClientAuthentication',
      label: 'security.authentication',
      options: [
        ['body', 'security.options.body'],
        ['header', 'security.options.header'],
      ],
    },
    { property: 'Scope', label: 'security.scope' },
    {
      property: 'ScopeContentType',
      label: 'security.scopeContentType',
      options: [
        ['urlencoded', 'security.options.form'],
        ['json', 'security.options.json'],
      ],
    },
    { property: 'Resource', label: 'security.resource' },
    { property: 'Audience', label: 'security.audience' },
  ],
}

const parameters: MaterialKind = {
  name: 'secure-parameter',
  set: 'SecureParameters',
  title: 'security.parameters',
  secret: 'SecureParam',
  secretLabel: 'security.secureParam',
  columns: [],
  fields: [],
}

/** All kinds that the console deploys. */
export const materialKinds = [users, clients, parameters] as const
