/** The value mappings that are deployed: tables that say how different systems spell the same value. */
export interface ValueMappings {
  /**
   * What `sourceValue`, which the agency `sourceAgency` knows as `sourceIdentifier`, is called by `targetAgency` as
   * `targetIdentifier`. Undefined when no table says so; what that means is the caller's affair. All names and values are
   * compared with regard to case. A table can be read in both directions.
   */
  lookup(
    sourceAgency: string,
    sourceIdentifier: string,
    sourceValue: string,
    targetAgency: string,
    targetIdentifier: string,
  ): Promise<string | undefined>
}
