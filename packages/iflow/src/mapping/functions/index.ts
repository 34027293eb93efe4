import { arithmeticFunctions } from './arithmetic.ts'
import { booleanFunctions } from './boolean.ts'
import { constantFunctions } from './constants.ts'
import { dateFunctions } from './date.ts'
import type { MappingFunction } from './function.ts'
import { nodeFunctions } from './node.ts'
import { textFunctions } from './text.ts'

/** Every standard function of message mappings, by its name in mapping files. */
export const mappingFunctions: ReadonlyMap<string, MappingFunction> = new Map(
  Object.entries({
    ...arithmeticFunctions,
    ...booleanFunctions,
    ...constantFunctions,
    ...dateFunctions,
    ...nodeFunctions,
    ...textFunctions,
  }),
)
