import type { ExpressionLanguage } from '../expressions/language.ts'
import type { Adapter } from './adapter.ts'
import type { Step } from './step.ts'

/** Everything a compilation knows how to do. Passed in by the caller; there is no global registry. */
export interface Registry {
  readonly steps: readonly Step[]
  readonly adapters: readonly Adapter[]
  readonly expressions: readonly ExpressionLanguage[]
}
