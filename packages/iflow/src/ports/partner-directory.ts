/** What the tenant knows about its partners, as the operator maintains it. Names and IDs are compared with regard to case. */
export interface PartnerDirectory {
  /** Undefined when the partner has no text under this ID. */
  stringParameter(partnerId: string, id: string): Promise<string | undefined>
  /** Undefined when the partner has no content under this ID. */
  binaryParameter(partnerId: string, id: string): Promise<BinaryParameter | undefined>
  /** The partner that the agency knows as `id` in its scheme. */
  partnerId(agency: string, scheme: string, id: string): Promise<string | undefined>
  /** What the agency calls the partner in its scheme; the first by the alphabet where there are several. */
  alternativePartnerId(agency: string, scheme: string, partnerId: string): Promise<string | undefined>
  /** The partner for which a user may call; users are compared without regard to case. */
  partnerIdOfAuthorizedUser(user: string): Promise<string | undefined>
  /** The users that may call for a partner, by the alphabet; in lower case. */
  authorizedUsers(partnerId: string): Promise<readonly string[]>
}

/** Content that belongs to a partner, such as an XSLT or a schema. */
export interface BinaryParameter {
  /** As the operator gave it: `xsl`, `xml`, `json`, `txt`, `zip`, `gz`, `zlib`, `crt` or `xsd`, with an encoding where it has one (`xml; encoding=UTF-8`). */
  readonly contentType: string
  readonly value: Uint8Array
}
