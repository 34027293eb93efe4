import { type Check, findingsOf, isCode } from './check.ts'
import { codeOf, matches } from './code.ts'

const drawers = new Set(['utils', 'util', 'helpers', 'helper', 'common', 'shared', 'lib', 'core', 'misc'])

/** A name that says nothing collects everything: no folder and no file is called so. */
export const tellingNames: Check = files =>
  findingsOf(
    files.filter(file => isCode(file.path)),
    file => {
      const names = file.path.split('/').map(segment => segment.replace(/\..*$/, ''))
      return names
        .filter(name => drawers.has(name))
        .map(name => `${file.path}:1: expected a name that says what is inside, found "${name}"`)
    },
  )

export const namedExports: Check = files =>
  findingsOf(
    files.filter(file => isCode(file.path)),
    file =>
      matches(file.path, codeOf(file.text), /^\s*export\s+default\b/gm, 'expected a named export, found a default one'),
  )

export const linesMax = 400

export const shortFiles: Check = files =>
  findingsOf(
    files.filter(file => isCode(file.path)),
    file => {
      const lines = linesOf(file.text)
      return lines > linesMax ? [`${file.path}:${lines}: expected at most ${linesMax} lines, found ${lines}`] : []
    },
  )

export function linesOf(text: string): number {
  return text.split('\n').length - (text.endsWith('\n') ? 1 : 0)
}

/** Half of the files are shorter than this many lines. */
export function medianOf(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0
}

/** Nothing is merged that still has to be fixed first. */
export const nothingUnfinished: Check = files =>
  findingsOf(files, file => matches(file.path, file.text, /\bFIX[M]E\b/g, 'expected finished work, found a marker'))

/** The repository works wherever it is put: no path of the machine it was written on, no package registry's address. */
export const placeless: Check = files =>
  findingsOf(files, file => [
    ...matches(file.path, file.text, /(?<![\w.~/-])\/(?:work|tmp\/brief)\//g, 'expected no path of one machine'),
    ...matches(
      file.path,
      file.text,
      /\bregistry\.(?:npmjs|yarnpkg)\.\w+|\bnpm\.pkg\.\w+/g,
      'expected no registry address',
    ),
  ])
