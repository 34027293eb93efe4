import type { Generated, Kysely, Transaction } from 'kysely'
import type { IdentitySchema } from './identity-schema.ts'

/** The tables as the code of this version sees them. Times are milliseconds since 1970, truth values are 0 and 1. */
export interface Schema extends IdentitySchema {
  /** `object`, `action` and `method` are numbers of the catalogue; `ids` and `changes` have a line each. */
  audit_log: {
    key: Generated<number>
    time: number
    object: number
    action: number
    method: number | null
    count: number | null
    ids: string | null
    user_name: string | null
    client_id: string | null
    address: string | null
    reason: string | null
    changes: string | null
  }
  /** Changes that nobody has told `audit_log` of so far: those under way, and those during which a server ended. */
  begun_changes: Omit<Schema['audit_log'], 'count' | 'reason'>
  packages: {
    id: string
    name: string
    short_text: string
    description: string
    version: string
    vendor: string
    resource_id: string
    products: string
    keywords: string
    countries: string
    industries: string
    line_of_business: string
    supported_platform: string
    partner_content: number
    created_by: string
    created_at: number
    modified_by: string
    modified_at: number
  }
  /** What came with an imported package: its own entry, those of its artifacts, and whatever else it holds. */
  package_resources: {
    package_id: string
    /** 32 hexadecimal digits. */
    id: string
    position: number
    type: string
    unique_id: string
    /** How the package refers to it; empty for its own entry. */
    relation: string
    /** A JSON object. */
    entry: string
    /** Of documents; artifacts have theirs elsewhere. */
    content: Uint8Array | null
  }
  package_tags: { package_id: string; name: string; value: string }
  /** `content` is JSON. */
  custom_tag_configurations: { id: string; content: string }
  artifacts: ArtifactColumns
  /** Saved versions; what they do not have is the same for all versions of an artifact. */
  artifact_versions: Pick<
    ArtifactColumns,
    'version' | 'content_number' | 'name' | 'description' | 'sender' | 'receiver' | 'configurations'
  > & { artifact_id: string; modified_by: string; modified_at: number }
  /**
   * A view: what is current, and the versions that another content than the current one has. `is_current` is 0 or 1.
   */
  artifact_states: ArtifactColumns & { is_current: number }
  artifact_locks: { artifact_id: string; locked_by: string; locked_at: number; expires_at: number }
  /** Apart from `artifacts` so that lists do not read the zips. `number` is the revision that brought it. */
  artifact_contents: { artifact_id: string; number: number; content: Uint8Array }
  /** Bidirectional mappings of value mappings that were configured. */
  configured_value_schemas: {
    artifact_id: string
    source_agency: string
    source_id: string
    target_agency: string
    target_id: string
  }
  /** The latest try to deploy. */
  deployments: {
    id: string
    name: string
    type: string
    version: string
    status: string
    deployed_by: string
    deployed_at: number
    error: string | null
    /** Null when the server that wrote it knew none. */
    task_id: string | null
  }
  /** The latest try that succeeded. */
  running_contents: {
    deployment_id: string
    content: Uint8Array
    /** A JSON object. */
    parameters: string
    deployed_at: number
  }
  deploy_tasks: { task_id: string; artifact_id: string; status: string; created_at: number }
  message_logs: {
    key: Generated<number>
    message_guid: string
    correlation_id: string
    artifact_id: string
    artifact_name: string
    package_id: string
    status: string
    custom_status: string | null
    log_start: number
    log_end: number
    sender: string | null
    receiver: string | null
    application_message_id: string | null
    application_message_type: string | null
    error: string | null
    error_step_id: string | null
    /** Null for INFO. */
    log_level: string | null
  }
  message_custom_headers: OfMessage & { name: string; value: string }
  message_adapter_attributes: OfMessage & {
    adapter_id: string
    adapter_message_id: string
    name: string
    value: string
  }
  /** Of messages with several tries. */
  message_runs: OfMessage & {
    id: string
    started_at: number
    stopped_at: number
    status: string
    log_level: string
  }
  /** `content` is sealed; `size` is its size before that. */
  message_attachments: OfMessage & {
    created_at: number
    name: string
    content_type: string
    size: number
    content: Uint8Array
  }
  /** `value` is empty where `sealed` has it. */
  variables: {
    flow_id: string
    name: string
    value: string
    sealed: Uint8Array | null
    written_at: number
    expires_at: number
  }
  /** `content` is sealed where `encrypted` says so; `size` is that of the body. */
  data_store_entries: {
    flow_id: string
    store: string
    id: string
    message_guid: string
    created_at: number
    overdue_at: number
    expires_at: number
    encrypted: number
    size: number
    content: Uint8Array
  }
  /** Steps of runs that were debugged or traced, in the order in which the runs ended. */
  run_steps: {
    key: Generated<number>
    run_id: string
    step: number
    started_at: number
    stopped_at: number
    element_id: string
    element_name: string
    process_id: string
    call_depth: number
    branch: string
    error: string | null
  }
  /** Messages before and after steps that were traced, in this order. `content` is sealed. */
  trace_messages: {
    key: Generated<number>
    message_guid: string
    run_id: string
    step: number
    element_id: string
    mime_type: string | null
    payload_size: number
    expires_at: number
    size: number
    content: Uint8Array
  }
  /** `temporary` holds until `until`, `level` from then on. */
  log_levels: { flow_id: string; level: string; temporary: string | null; until: number | null }
  persisted_messages: {
    id: string
    flow_id: string
    message_guid: string
    step_id: string
    created_at: number
    expires_at: number
    encrypted: number
    /** How many it has. */
    attachments: Generated<number>
    content: Uint8Array
  }
  /** Encrypted like their message. */
  persisted_attachments: {
    id: string
    message_id: string
    number: number
    name: string
    content_type: string
    content: Uint8Array
  }
  /** What Idempotent Process Call steps have processed. */
  processed_messages: {
    flow_id: string
    step_id: string
    message_id: string
    created_at: number
    expires_at: number
  }
  number_ranges: {
    name: string
    description: string
    min_value: number
    max_value: number
    current_value: number
    field_length: number
    rotate: number
    /** Null for ranges of older versions. */
    deployed_by: string | null
    deployed_at: number | null
  }
  /** The last tick of each timer, and until when its run counts as under way. */
  timer_ticks: { flow_id: string; step_id: string; tick: number; busy_until: number }
  credentials: {
    name: string
    kind: string
    description: string
    user_name: string | null
    user_kind: string | null
    company_id: string | null
    token_service_url: string | null
    client_id: string | null
    client_authentication: string | null
    scope: string | null
    scope_content_type: string | null
    resource: string | null
    audience: string | null
    /** A JSON list. */
    custom_parameters: string | null
    /** Of credentials that belong to the partner directory. */
    partner_id: string | null
    parameter_id: string | null
    /** Sealed. */
    secret: Uint8Array
    deployed_by: string
    deployed_at: number
  }
  certificate_user_mappings: Audited & { id: string; user_name: string; certificate: Uint8Array; valid_until: number }
  access_policies: { key: Generated<number>; role_name: string; description: string }
  artifact_references: {
    key: Generated<number>
    policy: number
    name: string
    description: string
    type: string
    condition_attribute: string
    condition_value: string
    condition_type: string
  }
  /** `active` is 0 for a queue that is stopped. */
  queues: { name: string; access: string; active: Generated<number> }
  queue_messages: {
    /** The order of arrival. */
    key: Generated<number>
    queue: string
    id: string
    message_guid: string
    correlation_id: string
    created_at: number
    overdue_at: number
    expires_at: number
    /** `ready`, `claimed` or `blocked`. */
    state: string
    next_at: number
    failures: number
    crashes: number
    /** Of the runs that have failed: all tries of a message have one log. */
    run_guid: string | null
    /** Of the content as it is stored, in bytes. */
    size: number
  }
  queue_contents: { id: string; content: Uint8Array; compressed: number; encrypted: number }
  keystore_entries: Audited & {
    keystore: string
    alias_lower: string
    alias: string
    /** The alias's UTF-8 in upper-case hex. */
    hex_alias: string
    kind: string
    /** A JSON list of certificates in base64. */
    certificates: string
    /** Sealed; null for certificates. */
    private_key: Uint8Array | null
    /** From here on: what the first of the certificates says. */
    version: number
    subject: string
    issuer: string
    serial_number: string
    valid_from: number
    valid_to: number
    key_type: string
    key_size: number | null
    curve: string | null
    signature_algorithm: string | null
    sha1: string
    sha256: string
    sha512: string
  }
  /** Who has changed a keystore last: also its entries that are gone. */
  keystores: { name: string; modified_by: string; modified_at: number }
  partner_string_parameters: Audited & { partner_id: string; id: string; value: string }
  partner_binary_parameters: Audited & { partner_id: string; id: string; content_type: string; value: Uint8Array }
  alternative_partners: Audited & { agency: string; scheme: string; id: string; partner_id: string }
  authorized_users: Audited & { user_lower: string; partner_id: string }
  /** `value` is sealed. */
  sealed_keys: { name: string; value: Uint8Array }
  /** `private_key` is sealed. */
  signing_keys: {
    number: number
    kid: string
    private_key: Uint8Array
    created_at: number
    signs_from: number | null
    signs_until: number | null
  }
}

interface ArtifactColumns {
  id: string
  package_id: string
  type: string
  name: string
  /** `Bundle-Version`, of a draft too. */
  version: string
  description: string
  sender: string
  receiver: string
  created_by: string
  created_at: number
  modified_by: string
  modified_at: number
  draft: number
  /** Counts the changes; configured values aside. */
  revision: number
  content_number: number
  /** A JSON object of texts. */
  configurations: string
}

/** `number` counts the details of a log from 1. */
interface OfMessage {
  message_guid: string
  number: number
}

interface Audited {
  created_by: string
  created_at: number
  modified_by: string
  modified_at: number
}

export type Database = Kysely<Schema>

/** A read or write inside the transaction of a group. */
export type Tx = Transaction<Schema>
