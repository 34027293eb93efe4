import { flag, tab, text } from '../../compile/props.ts'
import type { StepContext } from '../../compile/step.ts'
import { decompressionLimits } from '../../formats/gzip.ts'
import { readTar } from '../../formats/tar.ts'
import { listZip } from '../../formats/zip.ts'
import { Failure } from '../../run/failure.ts'
import type { Operation } from '../../run/plan.ts'
import { type Split, splitterOperation } from './splitter-operation.ts'

/** What splitters of archives can be told. */
export const archiveProps = tab('Processing', {
  fileNamePattern: text(
    'File Name Pattern',
    'Which files become parts, by their names without folders: `*` stands for any number of characters, `?` for one. Empty: all.',
    { default: '' },
  ),
  StopOnExecution: flag(
    'Stop on Exception',
    'Whether a failing part fails the step and no part behind it runs; otherwise all run, and the message fails in the end.',
    { default: true },
  ),
})

/** The files of an archive, one after the other: only two of them are unpacked at a time. */
export type Files = (bytes: Uint8Array, fits: (name: string) => boolean) => ReturnType<Split>

/** What a splitter of archives does. Undefined when something was reported. */
export function archiveOperation(
  files: Files,
  { fileNamePattern, StopOnExecution }: { readonly fileNamePattern: string; readonly StopOnExecution: boolean },
  context: StepContext,
): Promise<Operation | undefined> {
  const fits = fitting(fileNamePattern)
  const split: Split = ({ body, charset }) => files(body.bytes(charset), fits)
  return splitterOperation(
    split,
    { grouping: '', Streaming: true, StopOnExecution, ParallelProcessing: false, SplitterThreads: 1, timeOut: 1 },
    context,
  )
}

export const filesOfZip: Files = function* (bytes, fits) {
  const { bytesMin, ratioMax } = decompressionLimits
  const max = Math.max(bytesMin, bytes.length * ratioMax)
  let length = 0
  for (const entry of listZip(bytes)) {
    if (!fits(entry.name)) continue
    let content: Uint8Array | undefined
    yield entry.read().then(read => {
      content = read
    })
    if (content === undefined) return
    length += content.length
    if (length > max) {
      throw new Failure(`Expected at most ${max} bytes in the files of the archive, found more.`, {
        code: 'size-limit',
      })
    }
    yield { name: entry.name, bytes: content }
  }
}

export const filesOfTar: Files = function* (bytes, fits) {
  for (const file of readTar(bytes)) {
    if (fits(file.name)) yield file
  }
}

function fitting(pattern: string): (name: string) => boolean {
  if (pattern.trim() === '') return () => true
  const source = pattern
    .trim()
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*+/g, '.*')
    .replaceAll('?', '.')
  const expression = new RegExp(`^${source}$`, 's')
  return name => expression.test(name.slice(name.lastIndexOf('/') + 1))
}
