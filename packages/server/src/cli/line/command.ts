import type { Terminal } from './terminal.ts'

/** A positional argument. Only the last one may be optional or repeatable. */
export interface ArgumentDeclaration {
  readonly doc: string
  readonly optional?: true
  /** One or more values. */
  readonly repeatable?: true
}

/** `--name`. Without `value` it is a switch. */
export interface OptionDeclaration {
  /** One sentence. */
  readonly doc: string
  /** What stands for the value in help, for example `file`. */
  readonly value?: string
  /** One letter. */
  readonly short?: string
  /** Environment variable that is read when the option is not given. */
  readonly env?: string
  readonly default?: string
  readonly repeatable?: true
  readonly choices?: readonly string[]
}

export type ArgumentDeclarations = Readonly<Record<string, ArgumentDeclaration>>
export type OptionDeclarations = Readonly<Record<string, OptionDeclaration>>

type ArgumentValue<D> = D extends { repeatable: true }
  ? readonly string[]
  : D extends { optional: true }
    ? string | undefined
    : string

type OptionText<D> = D extends { choices: readonly (infer Choice)[] } ? Choice : string

type OptionValue<D> = D extends { value: string }
  ? D extends { repeatable: true }
    ? readonly string[]
    : D extends { default: string }
      ? OptionText<D>
      : OptionText<D> | undefined
  : boolean

export type ArgumentValues<A> = { readonly [Name in keyof A]: ArgumentValue<A[Name]> }
export type OptionValues<O> = { readonly [Name in keyof O]: OptionValue<O[Name]> }

export interface Example {
  /** The whole line as typed. */
  readonly line: string
  readonly doc: string
}

/** A command: what help, completion and the reference page show, and what it does. */
export interface CommandDeclaration<A extends ArgumentDeclarations, O extends OptionDeclarations> {
  /** One word, or two for a command of a group: `client create`. */
  readonly name: string
  /** What it does, in a few words that start with a verb. */
  readonly summary: string
  readonly description: string
  readonly arguments: A
  readonly options: O
  readonly examples: readonly Example[]
  /** Resolves with the exit code: 0 ok, 1 the operation failed. Throws `CommandError` or `UsageError`. */
  run(
    given: ArgumentValues<A>,
    options: OptionValues<O>,
    terminal: Terminal,
    commands: readonly Command[],
  ): Promise<number>
}

/** A command with the types of its values erased, as the registry keeps it. */
export interface Command extends Omit<CommandDeclaration<ArgumentDeclarations, OptionDeclarations>, 'run'> {
  run(given: never, options: never, terminal: Terminal, commands: readonly Command[]): Promise<number>
}

/** Infers the types of arguments and options from their declarations. */
export function defineCommand<const A extends ArgumentDeclarations, const O extends OptionDeclarations>(
  declaration: CommandDeclaration<A, O>,
): CommandDeclaration<A, O> {
  return declaration
}
