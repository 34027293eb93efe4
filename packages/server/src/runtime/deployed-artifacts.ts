import {
  type Bundle,
  type Diagnostic,
  type LookUpValue,
  readValueMapping,
  type ValueGroup,
  type ValueMappings,
  valueTable,
} from '@sluice/iflow'

/** What is deployed besides flows, in memory: value mappings, and artifacts that flows refer to. */
export class DeployedArtifacts implements ValueMappings {
  readonly #bundles = new Map<string, Bundle>()
  readonly #groups = new Map<string, readonly ValueGroup[]>()
  #table: LookUpValue | undefined

  /** By symbolic name. Flows that are built keep what they found. */
  get bundles(): ReadonlyMap<string, Bundle> {
    return this.#bundles
  }

  /** Deploys an artifact in place of the one of its name. Errors are returned, and leave what was there. */
  put(bundle: Bundle): readonly Diagnostic[] {
    const { groups, diagnostics } = bundle.type === 'ValueMapping' ? readValueMapping(bundle) : noGroups
    if (diagnostics.length > 0) return diagnostics
    this.#bundles.set(bundle.id, bundle)
    this.#groups.set(bundle.id, groups)
    this.#table = undefined
    return []
  }

  /** Undeploys an artifact, if it is one of these. */
  delete(id: string): void {
    this.#bundles.delete(id)
    this.#groups.delete(id)
    this.#table = undefined
  }

  /**
   * Looks into all value mappings. Of several that translate the same value the one with the first name wins (chosen: the
   * documentation advises against it).
   */
  async lookup(...names: Parameters<LookUpValue>): Promise<string | undefined> {
    this.#table ??= valueTable([...this.#groups].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([, groups]) => groups))
    return this.#table(...names)
  }
}

const noGroups: ReturnType<typeof readValueMapping> = { groups: [], diagnostics: [] }
