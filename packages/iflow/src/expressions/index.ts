import type { ExpressionLanguage } from './language.ts'
import { simple } from './simple.ts'
import { xpath } from './xpath.ts'

/** Every expression language, sorted by type. */
export const expressions: readonly ExpressionLanguage[] = [simple, xpath]
