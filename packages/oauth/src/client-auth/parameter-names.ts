/** Names of the parameters that tell who a client is, wherever clients authenticate. */
export const clientParameterNames = ['client_id', 'client_secret', 'client_assertion', 'client_assertion_type'] as const
