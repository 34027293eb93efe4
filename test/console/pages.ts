import type { Sample } from './sample.ts'

/** A page of the console, as the tests of all pages and the pictures in `docs/console` open it. */
export interface ConsolePage {
  /** Its component's file below `packages/console/src`, without its ending. */
  readonly file: string
  /** Of its picture, where the file's name does not do. */
  readonly name?: string
  /** Where it is; `{completed}` and `{failed}` are the IDs of messages of the sample. */
  readonly path: string
  /** Its title in English. */
  readonly title: string
  /** What it is for: a sentence of the guide. */
  readonly about: string
}

/** Every page behind sign-in, one line each, in the order of the navigation. The component of each route is one of these. */
export const consolePages: readonly ConsolePage[] = [
  // Cockpit
  {
    file: 'cockpit/clients-page',
    path: '/cockpit/oauth/clients',
    title: 'Clients',
    about: 'The OAuth clients of the subaccount. Register one to give a sender an ID and a secret.',
  },
  {
    file: 'cockpit/client-page',
    path: '/cockpit/oauth/clients/client/shop',
    title: 'Client Web shop',
    about:
      'A client with its secrets, the user that it is, the role that flows ask for, and the `curl` lines to try it.',
  },
  {
    file: 'cockpit/client-page',
    name: 'register-client-page',
    path: '/cockpit/oauth/clients/client',
    title: 'Register New Client',
    about: 'What a client is registered with. Problems are told at their fields.',
  },
  {
    file: 'cockpit/branding-page',
    path: '/cockpit/oauth/branding',
    title: 'Branding',
    about: 'Colours, logo and legal links of the sign-in page, and the addresses that senders need.',
  },
  {
    file: 'cockpit/scopes-page',
    path: '/cockpit/oauth/scopes',
    title: 'OAuth Scopes',
    about: 'What users can let clients do in their name.',
  },
  {
    file: 'cockpit/signing-keys-page',
    path: '/cockpit/oauth/signing-keys',
    title: 'Signing Keys',
    about:
      'The keys of tokens in JWT form: which one signs, when the next one takes over; revoke one that got into wrong hands.',
  },
  {
    file: 'cockpit/platform-api-page',
    path: '/cockpit/oauth/platform-api',
    title: 'Platform API',
    about: 'Clients of the authorization and OAuth APIs, for scripts.',
  },
  {
    file: 'cockpit/users-page',
    path: '/cockpit/authorizations/users?user=jane',
    title: 'User jane',
    about: 'The roles and groups of a user: of a person, or of a client (`oauth_client_…`).',
  },
  {
    file: 'cockpit/groups-page',
    path: '/cockpit/authorizations/groups',
    title: 'Groups',
    about: 'Groups give several users the same roles.',
  },
  {
    file: 'cockpit/group-page',
    path: '/cockpit/authorizations/groups/group?group=Developers',
    title: 'Group Developers',
    about: 'Members and roles of a group.',
  },
  {
    file: 'cockpit/roles-page',
    path: '/cockpit/authorizations/roles?application=deviflmap',
    title: 'Roles of Applications',
    about: 'The roles of an application; custom ones are created here for channels to ask for.',
  },
  {
    file: 'cockpit/role-page',
    path: '/cockpit/authorizations/roles/role?application=deviflmap&role=ESBMessaging.send',
    title: 'Role ESBMessaging.send of deviflmap',
    about: 'Who has a role.',
  },
  {
    file: 'cockpit/tokens-page',
    path: '/cockpit/authorizations/tokens',
    title: 'Tokens',
    about: 'The opaque tokens that are valid and what users allowed clients, to look one up or revoke it.',
  },
  {
    file: 'cockpit/local-users-page',
    path: '/cockpit/trust/local-users',
    title: 'Local identity provider',
    about: 'The users who sign in with a password: create one, and hand over the initial password.',
  },
  {
    file: 'cockpit/local-user-page',
    path: '/cockpit/trust/local-users/user?name=jane',
    title: 'User jane',
    about: 'A user who signs in with a password: disable, unlock, delete, reset the password.',
  },
  {
    file: 'cockpit/identity-providers-page',
    path: '/cockpit/trust/identity-providers',
    title: 'Identity providers',
    about: 'Who else vouches for users, and what SAML providers have to know of this server.',
  },
  {
    file: 'cockpit/identity-provider-page',
    path: '/cockpit/trust/identity-providers/provider?name=corporate',
    title: 'Identity provider corporate',
    about: 'How a provider is recognised, when its certificates end, and which groups it gives its users.',
  },
  {
    file: 'cockpit/identity-provider-page',
    name: 'add-identity-provider-page',
    path: '/cockpit/trust/identity-providers/provider?kind=saml',
    title: 'Add SAML Provider',
    about: 'What a provider is registered with, typed or from its metadata, and the rules of its groups.',
  },
  {
    file: 'cockpit/external-users-page',
    path: '/cockpit/trust/external-users',
    title: 'External users',
    about: 'The users for whom identity providers have vouched. Forget one, and another account may have the name.',
  },
  {
    file: 'cockpit/audit-log-page',
    path: '/cockpit/audit-log?category=audit.configuration',
    title: 'Audit log',
    about: 'Who changed what, which tokens were issued, and what was refused: to search and to export.',
  },
  // Design
  {
    file: 'design/packages-page',
    path: '/design',
    title: 'Integration packages',
    about: 'The packages of the tenant. Create one, or import one by dropping its zip file on the list.',
  },
  {
    file: 'design/package-page',
    path: '/design/packages/ordersPackage',
    title: 'orders',
    about: 'The artifacts of a package, and what is deployed of them.',
  },
  {
    file: 'design/artifact-page',
    path: '/design/packages/helloPackage/IntegrationFlow/hello',
    title: 'hello',
    about: 'An artifact: its parameters, its versions, its deployment.',
  },
  {
    file: 'flow-editor/flow-page',
    path: '/design/packages/helloPackage/IntegrationFlow/hello/flow',
    title: 'hello',
    about: 'The editor of flows: what is selected has its properties below; problems and simulation are beside them.',
  },
  {
    file: 'resources/resource-page',
    path: '/design/packages/ordersPackage/IntegrationFlow/orders/resource?name=Note.js&type=js',
    title: 'Note.js',
    about: 'A script, stylesheet, schema or JSON file of an artifact, to edit it.',
  },
  {
    file: 'versions/compare-page',
    path: '/design/packages/ordersPackage/ScriptCollection/scripts/compare?from=1.0.1&to=active',
    title: 'Compare versions of Scripts',
    about: 'In which files two versions of an artifact differ, side by side; of a flow also by its elements.',
  },
  // Monitor
  {
    file: 'monitor/overview-page',
    path: '/monitor',
    title: 'Overview',
    about: 'How the tenant is, at a glance. Each number leads to its list.',
  },
  {
    file: 'monitor/messages-page',
    path: '/monitor/messages',
    title: 'Message processing',
    about: 'The messages of a time, by status, flow, ID or custom header.',
  },
  {
    file: 'monitor/message-page',
    path: '/monitor/messages/{completed}',
    title: 'Message of orders',
    about: 'Everything that is known of a message: log, runs, headers, attachments, what was persisted.',
  },
  {
    file: 'monitor/message-page',
    name: 'failed-message-page',
    path: '/monitor/messages/{failed}',
    title: 'Message of orders',
    about: 'Why a message failed, and at which step.',
  },
  {
    file: 'monitor/artifacts-page',
    path: '/monitor/artifacts',
    title: 'Integration content',
    about: 'What is deployed, and how it is.',
  },
  {
    file: 'monitor/artifact-page',
    name: 'deployed-artifact-page',
    path: '/monitor/artifacts/orders',
    title: 'orders',
    about: 'A deployed artifact: its endpoints and its log level.',
  },
  {
    file: 'monitor/security-material-page',
    path: '/monitor/security-material',
    title: 'Security material',
    about: 'Credentials that flows use by name. Their secrets are never shown.',
  },
  {
    file: 'monitor/keystore-page',
    path: '/monitor/keystore',
    title: 'Keystore',
    about: 'Key pairs and certificates, and how long they are valid.',
  },
  {
    file: 'monitor/keystore-entry-page',
    path: '/monitor/keystore/6c6f63616c686f7374',
    title: 'localhost',
    about: 'A certificate with its fingerprints and its chain.',
  },
  {
    file: 'monitor/data-stores-page',
    path: '/monitor/data-stores',
    title: 'Data stores',
    about: 'The data stores that flows write into.',
  },
  {
    file: 'monitor/data-store-page',
    path: '/monitor/data-stores/entries?store=Shipments&flow=shipments',
    title: 'Entries of Shipments',
    about: 'The entries of a data store, to download or delete.',
  },
  {
    file: 'monitor/variables-page',
    path: '/monitor/variables',
    title: 'Variables',
    about: 'The variables that flows have written.',
  },
  {
    file: 'monitor/queues-page',
    path: '/monitor/queues',
    title: 'Message queues',
    about: 'The queues of JMS adapters. Stop one, or try its messages again.',
  },
  {
    file: 'monitor/queue-page',
    path: '/monitor/queues/Invoices',
    title: 'Invoices',
    about: 'The messages of a queue, to move, try again or delete.',
  },
  {
    file: 'monitor/number-ranges-page',
    path: '/monitor/number-ranges',
    title: 'Number ranges',
    about: 'The number ranges that flows take numbers from.',
  },
  {
    file: 'monitor/access-log-page',
    path: '/monitor/access-log?path=/http/',
    title: 'Access log',
    about: 'The requests that the server has answered, and its log files to download.',
  },
  {
    file: 'monitor/usage-page',
    path: '/monitor/usage',
    title: 'Usage',
    about: 'Messages, failures and durations by flow over time; what is stored, and the tokens that were issued.',
  },
  // Test
  {
    file: 'try-out/test-page',
    path: '/test',
    title: 'Test',
    about: 'Get a token as a client does, call a flow with it, and read the answer.',
  },
]

/** The address of a page in the sample. */
export function pathOf({ path }: ConsolePage, { completed, failed }: Sample): string {
  return path.replace('{completed}', completed).replace('{failed}', failed)
}

/** The name of a page's picture, without its ending. */
export function nameOf({ file, name }: ConsolePage): string {
  return name ?? file.slice(file.indexOf('/') + 1)
}
