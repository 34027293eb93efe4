import type { AuditedRoute } from '../../http/audited-routes.ts'
import type { LogLevel } from '../../runtime/log-levels.ts'
import type { Store } from '../../store/store.ts'
import type { Deployer, Roles } from '../odata/definition.ts'
import type { Subject } from '../odata/protection.ts'

/** Everything a command may use. */
export interface CommandContext {
  readonly store: Pick<
    Store,
    | 'accessPolicies'
    | 'artifacts'
    | 'credentials'
    | 'dataStores'
    | 'deployments'
    | 'messageLogs'
    | 'packages'
    | 'traces'
    | 'variables'
  >
  readonly deployer: Pick<Deployer, 'undeploy' | 'endpoints'>
  readonly logLevels: { of(flowId: string): LogLevel; set(flowId: string, level: LogLevel): Promise<void> }
  /** The tenant's ID. */
  readonly subaccount: string
  /** Milliseconds since 1970, the same during one command. */
  readonly now: number
}

/** A text, a number or truth value, a list, or an object of these; undefined is left out. */
export type CommandValue = string | number | boolean | undefined | readonly CommandValue[] | CommandObject

export interface CommandObject {
  readonly [name: string]: CommandValue
}

/** What a caller gave: the query's options, and those of a body that is a form or a JSON object. */
export type Parameters = Readonly<Record<string, unknown>>

/**
 * One of the original's commands outside of OData: what its web pages call, and with them people's browser extensions and scripts.
 * They are undocumented; names and fields are those that clients are known to send and read.
 */
export interface Command {
  /** Fully qualified, as in its path. */
  readonly name: string
  readonly method: 'GET' | 'POST'
  /** What it does and takes, for the reference and `/openapi.json`. */
  readonly doc: string
  readonly roles: Roles
  /** What the audit log is told of one that changes something; `ids`: of what. */
  readonly audit?: AuditedRoute & { ids(parameters: Parameters): readonly string[] }
  /** What access policies may protect from it. Throws `Problem`. */
  subjects?(parameters: Parameters, context: CommandContext): Promise<readonly Subject[]>
  /** Throws `Problem`. */
  run(parameters: Parameters, context: CommandContext): Promise<CommandObject>
}

/** A parameter that is a text. Undefined when it is missing or something else. */
export function textIn(parameters: Parameters, name: string): string | undefined {
  const value = parameters[name]
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** A parameter that is a list of texts, or texts with commas between them. */
export function textsIn(parameters: Parameters, name: string): string[] {
  const value = parameters[name]
  const parts = typeof value === 'string' ? value.split(',') : Array.isArray(value) ? value : []
  return parts
    .filter(part => typeof part === 'string')
    .map(part => part.trim())
    .filter(part => part !== '')
}
