import { Problem } from '../../http/problem.ts'
import { dataStoreSubject, variableSubject } from '../odata/protected-subjects.ts'
import type { Subject } from '../odata/protection.ts'
import { type CommandContext, type Parameters, textIn } from './command.ts'

/** The data store in which the original keeps variables. */
export const variablesStore = 'sap_global_store'

/** A data store (`storeName`) of one flow (`qualifier`), or of the whole tenant. */
export interface StoreReference {
  readonly store: string
  readonly flowId: string
}

/** Throws `Problem` (400). */
export function wantedStore(parameters: Parameters): StoreReference {
  const store = textIn(parameters, 'storeName')
  if (store === undefined) {
    throw new Problem(400, 'missing-parameter', 'Expected the name of a data store in "storeName", found none.')
  }
  return { store, flowId: textIn(parameters, 'qualifier') ?? '' }
}

/** The same with an entry (`id`). Throws `Problem` (400). */
export function wantedEntry(parameters: Parameters): StoreReference & { readonly id: string } {
  const id = textIn(parameters, 'id')
  if (id === undefined) throw new Problem(400, 'missing-parameter', 'Expected the ID of an entry in "id", found none.')
  return { ...wantedStore(parameters), id }
}

export function unknownEntry({ store, id }: { readonly store: string; readonly id: string }): Problem {
  return new Problem(404, 'unknown-entry', `Expected an entry of data store "${store}", found none with ID "${id}".`)
}

/** What protects an entry, or a variable. */
export function storedSubject(
  { store, flowId }: StoreReference,
  id: string,
  context: CommandContext,
): Promise<Subject> {
  return store === variablesStore ? variableSubject(flowId, id, context) : dataStoreSubject(flowId, store, context)
}
