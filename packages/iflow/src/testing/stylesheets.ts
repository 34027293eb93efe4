import type { StylesheetInput, StylesheetOutput, Stylesheets } from '../ports.ts'
import { Failure } from '../run/failure.ts'

/** What stylesheets make of a document, by their file. */
export type FakeTransformations = Readonly<Record<string, (input: StylesheetInput) => StylesheetOutput>>

/** A host that runs functions instead of stylesheets. */
export function fakeStylesheets(transformations: FakeTransformations = {}): Stylesheets {
  return {
    prepare: async () => [],
    async transform({ file }, input) {
      const transform = transformations[file]
      if (transform === undefined) {
        throw new Failure(`Expected the stylesheet ${file}, found none.`, { code: 'stylesheet' })
      }
      return transform(input)
    },
  }
}
