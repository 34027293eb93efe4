/**
 * A parsed `cmdVariantUri`, for example
 * `ctype::AdapterVariant/cname::sap:HTTPS/tp::HTTPS/mp::None/direction::Sender/version::1.5.2`.
 * `cname` comes without a `sap:` prefix.
 */
export interface Variant {
  readonly ctype: string
  readonly cname: string
  readonly transportProtocol: string | undefined
  readonly messageProtocol: string | undefined
  readonly direction: string | undefined
  readonly vendor: string | undefined
  readonly version: string | undefined
}
