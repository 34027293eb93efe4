import type { ModelElement } from '../bpmn/model.ts'
import type { Report } from './reporter.ts'

/** The range of `componentVersion` that a declaration was written for, both ends included. */
export interface Versions {
  readonly from: string
  readonly to: string
}

/** A newer version may mean something else by the same properties, so it is worth a warning. */
export function checkVersion(element: ModelElement, versions: Versions, report: Report): void {
  const found = element.properties.get('componentVersion')?.trim()
  if (found === undefined || !/^\d+(\.\d+)*$/.test(found) || compare(found, versions.to) <= 0) return
  const message = `Expected component version ${versions.to} or lower, found ${found}: check what the step does.`
  report('newer-version', message, 'warning')
}

function compare(left: string, right: string): number {
  const [leftMajor = 0, leftMinor = 0] = left.split('.').map(Number)
  const [rightMajor = 0, rightMinor = 0] = right.split('.').map(Number)
  return leftMajor - rightMajor || leftMinor - rightMinor
}
