import type { Queue } from '../queue.ts'

/** A standard function of message mappings. */
export interface MappingFunction {
  /** What it gives, for the reference page. */
  readonly doc: string
  readonly inputs: number
  /** Binds the parameters of one use. Returns a problem when they cannot be used, which keeps the mapping from compiling. */
  bind(parameters: Parameters, world: FunctionWorld): Apply | { readonly problem: string }
}

/** A function with its parameters. */
export type Apply = (...queues: readonly Queue[]) => Queue | Promise<Queue>

/** The parameters of one use, by name, as the editor wrote them. */
export type Parameters = Readonly<Record<string, Parameter>>

/** A text, or a table such as that of `FixValues`. */
export type Parameter = string | { readonly [key: string]: string }

/** What functions may ask besides their inputs. */
export interface FunctionWorld {
  /** Milliseconds since 1970. */
  now(): number
  /** Empty when there is none. */
  header(name: string): string
  /** Empty when there is none. */
  property(name: string): string
  lookUp(
    sourceAgency: string,
    sourceIdentifier: string,
    sourceValue: string,
    targetAgency: string,
    targetIdentifier: string,
  ): Promise<string | undefined>
}

/** A parameter that is a text; the empty text when it is missing. */
export function textOf(parameters: Parameters, name: string): string {
  const value = parameters[name]
  return typeof value === 'string' ? value : ''
}

/** A parameter that is a table; empty when it is missing. */
export function tableOf(parameters: Parameters, name: string): Readonly<Record<string, string>> {
  const value = parameters[name]
  return typeof value === 'object' ? value : {}
}

/** A parameter that is a whole number. */
export function numberOf(parameters: Parameters, name: string, otherwise: number): number {
  const text = textOf(parameters, name).trim()
  return /^-?\d+$/.test(text) ? Number(text) : otherwise
}

/** Booleans as mappings read them: `true` in any case and `1` are true, everything else is false (documented). */
export function isTrue(text: string): boolean {
  return text === '1' || text.toLowerCase() === 'true'
}
