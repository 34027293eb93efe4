import type { Model } from '../edm/model.ts'
import { parseQueryOptions, type QueryOptions } from './query-options.ts'
import { type Resource, resolveResource } from './resource.ts'
import { splitUrl } from './split-url.ts'

/** A request URL in terms of the model. */
export interface ODataRequest {
  readonly resource: Resource
  readonly options: QueryOptions
  /** Every query option by its decoded name; of repeated ones the last. Function parameters and custom options are here. */
  readonly custom: ReadonlyMap<string, string>
}

/**
 * Understands a URL relative to the service root, such as `IntegrationPackages('x')?$format=json`, still percent-encoded.
 * The same call serves a request line and a part of a batch. Throws `ODataError`.
 */
export function parseRequest(model: Model, url: string): ODataRequest {
  const { segments, options } = splitUrl(url)
  return {
    resource: resolveResource(model, segments),
    options: parseQueryOptions(options),
    custom: new Map(options),
  }
}
