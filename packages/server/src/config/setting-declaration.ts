/** How a setting is written: `flag` on the command line, `env` in the environment. The flag wins. */
interface Declaration {
  readonly env: `SLUICE_${string}`
  readonly flag: string
  /** One sentence for help and reference; says the unit. */
  readonly doc: string
  /** Never shown, not even its default. */
  readonly secret?: true
}

interface TextDeclaration extends Declaration {
  readonly type: 'text'
  readonly default: string
  /** What a value must match, and how a person would say it. */
  readonly pattern?: { readonly test: Pick<RegExp, 'test'>; readonly expected: string }
}

interface IntegerDeclaration extends Declaration {
  readonly type: 'integer'
  readonly default: number
  readonly min: number
  readonly max: number
}

/** One of several words. */
export interface ChoiceDeclaration<Choice extends string> extends Declaration {
  readonly type: 'choice'
  readonly default: Choice
  readonly choices: readonly Choice[]
}

/** One setting: its names, what it means, its type and limits. */
export type SettingDeclaration = TextDeclaration | IntegerDeclaration | ChoiceDeclaration<string>
