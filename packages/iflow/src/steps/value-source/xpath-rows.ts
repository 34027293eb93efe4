import { heavyXPath, type XPathWork, xpathValuesTask } from '../../expressions/heavy-xpath.ts'
import { variableNames } from '../../expressions/xpath.ts'
import type { Body } from '../../run/body.ts'
import type { Exchange } from '../../run/exchange.ts'
import type { RunScope } from '../../run/scope.ts'
import type { Datatype } from '../../run/value.ts'

interface Row {
  readonly source: string
  readonly datatype: Datatype
}

/**
 * The XPath rows of one step. A large body is looked at elsewhere, once for all rows that name neither header nor property:
 * those may have been set by the row before.
 */
export class XPathRows {
  readonly #namespaces: ReadonlyMap<string, string>
  readonly #together: Row[] = []
  readonly #found = new WeakMap<Body, Promise<unknown[]>>()

  constructor(namespaces: ReadonlyMap<string, string>) {
    this.#namespaces = namespaces
  }

  /** Adds a row. What is returned gives its value, or undefined when it is to be evaluated here. */
  add(row: Row): (exchange: Exchange, scope: RunScope) => Promise<unknown> | undefined {
    if (row.datatype === 'node' || row.datatype === 'nodes' || row.datatype === 'document') return () => undefined
    if (variableNames(row.source).length > 0) {
      return (exchange, scope) => this.#evaluate([row], exchange, scope)?.then(([value]) => value)
    }
    const index = this.#together.push(row) - 1
    return (exchange, scope) => {
      const found = this.#found.get(exchange.body) ?? this.#evaluate(this.#together, exchange, scope)
      if (found !== undefined) this.#found.set(exchange.body, found)
      return found?.then(values => values[index])
    }
  }

  #evaluate(rows: readonly Row[], exchange: Exchange, scope: RunScope): Promise<unknown[]> | undefined {
    const sources = rows.map(({ source }) => source)
    const work: XPathWork | undefined = heavyXPath(sources, this.#namespaces, exchange)
    if (work === undefined) return undefined
    return scope.ports.heavyWork.run(xpathValuesTask, { ...work, datatypes: rows.map(({ datatype }) => datatype) })
  }
}
