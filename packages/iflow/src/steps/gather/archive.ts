import type { StepContext } from '../../compile/step.ts'
import type { ZipFile } from '../../formats/zip.ts'
import type { Exchange } from '../../run/exchange.ts'
import { Failure } from '../../run/failure.ts'
import type { RunScope } from '../../run/scope.ts'
import { asText } from '../../run/value.ts'

/** An archive of the bodies that are not empty. Undefined when something was reported. */
export async function compileArchive<T>(
  nameExpression: string,
  context: StepContext,
  make: (files: readonly ZipFile[], modifiedAt: number) => T,
) {
  const nameOf = await context.value('simple', nameExpression)
  if (nameOf === undefined) return undefined
  return (parts: readonly Exchange[], scope: RunScope): T => {
    const files = new Map<string, ZipFile>()
    for (const [index, part] of parts.entries()) {
      if (part.body.isEmpty) continue
      const given = asText(nameOf(part, scope)) || asText(part.headers.get('CamelFileName'))
      const name = given || `${scope.messageGuid}-${index + 1}`
      if (files.has(name)) {
        throw new Failure(`Expected files of different names in the archive, found "${name}" twice.`, { code: 'step' })
      }
      files.set(name, { name, bytes: part.body.bytes(part.charset) })
    }
    return make([...files.values()], scope.ports.clock.now())
  }
}
