/** Categories as the original names them. */
export const auditCategories = ['audit.security-events', 'audit.configuration', 'audit.data-modification'] as const

export type AuditCategory = (typeof auditCategories)[number]

/*
 * What the rows of the audit log say by numbers: places in these lists. So names are added at the end of a list, and none
 * is moved or taken out.
 */

/** Of `audit.security-events`: what happens to credentials, tokens and sessions. */
const securityObjects = [
  'access-token',
  'jwt-access-token',
  'refresh-token',
  'authorization-code',
  'authorization',
  'consent',
  'client-authentication',
  'user-session',
  'password',
] as const

/** Of `audit.configuration`: what administrators and developers change. */
const configurationObjects = [
  'client',
  'client-secret',
  'scope',
  'branding',
  'user',
  'role',
  'role-assignment',
  'group',
  'group-membership',
  'identity-provider',
  'signing-key',
  'security-material',
  'keystore-entry',
  'certificate-user-mapping',
  'access-policy',
  'deployment',
  'artifact',
  'artifact-lock',
  'package',
  'partner-directory',
  'number-range',
  'log-level',
  'queue',
  'tenant-settings',
] as const

/** Of `audit.data-modification`: messages and what flows keep of them. */
const dataObjects = ['message', 'data-store-entry', 'variable', 'processed-message'] as const

/** What an event is about. */
export type AuditObject =
  | (typeof securityObjects)[number]
  | (typeof configurationObjects)[number]
  | (typeof dataObjects)[number]

/** What was done or tried. */
export const auditActions = [
  'create',
  'update',
  'delete',
  'issue',
  'redeem',
  'revoke',
  'introspect',
  'authenticate',
  'give',
  'refuse',
  'sign-in',
  'sign-out',
  'lock',
  'unlock',
  'assign',
  'unassign',
  'deploy',
  'undeploy',
  'rotate',
  'import',
  'cancel',
  'resend',
] as const

export type AuditAction = (typeof auditActions)[number]

/** How it was done: the grant of a token, the way a user signed in, or what brought it about. */
export const auditMethods = [
  'client_credentials',
  'authorization_code',
  'refresh_token',
  'urn:ietf:params:oauth:grant-type:saml2-bearer',
  'password',
  'openid-connect',
  'saml2',
  'certificate',
  'reuse',
  'registered-to-skip',
  'start',
  'schedule',
] as const

export type AuditMethod = (typeof auditMethods)[number]

/** Numbers of the first object of each category; those of changes that people make come after those of what happens by itself. */
const firstNumbers: Readonly<Record<AuditCategory, number>> = {
  'audit.security-events': 0,
  'audit.configuration': 100,
  'audit.data-modification': 200,
}

/** Numbers from which on rows are about changes of configuration and data. */
export const firstChangeNumber = firstNumbers['audit.configuration']

const objectsOf: Readonly<Record<AuditCategory, readonly AuditObject[]>> = {
  'audit.security-events': securityObjects,
  'audit.configuration': configurationObjects,
  'audit.data-modification': dataObjects,
}

/** Everything that events are about, with the category of each. */
export const auditObjects: ReadonlyMap<AuditObject, AuditCategory> = new Map(
  auditCategories.flatMap(category => objectsOf[category].map(object => [object, category] as const)),
)

const numbers = new Map<AuditObject, number>(
  auditCategories.flatMap(category =>
    objectsOf[category].map((object, index) => [object, firstNumbers[category] + index] as const),
  ),
)
const objects = new Map([...numbers].map(([object, number]) => [number, object]))

/** The number that rows have for an object. */
export function numberOfObject(object: AuditObject): number {
  return numbers.get(object) ?? unknownName(object)
}

/** What a number of a row says. */
export function objectOfNumber(number: number): AuditObject {
  return objects.get(number) ?? unknownName(String(number))
}

/** The categories in the order of their objects' numbers, and the numbers at which the second and the third begin. */
export const categoriesByNumber = {
  names: auditCategories,
  bounds: [firstNumbers['audit.configuration'], firstNumbers['audit.data-modification']],
} as const

/** The objects of a category, as numbers. */
export function numbersOfCategory(category: AuditCategory): number[] {
  return objectsOf[category].map(numberOfObject)
}

function unknownName(name: string): never {
  throw new Error(`Expected something of the audit log's catalogue, found "${name}"`)
}
