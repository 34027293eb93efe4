import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ClientProofs } from '../api/oauth.ts'
import { emptyProofs, type ProofDraft, proofDraftOf, proofsOf, wrongProofs } from './client-proofs.ts'

const jwks = { keys: [{ kty: 'EC' }] }

const sent: readonly (readonly [Partial<ProofDraft>, object])[] = [
  [{}, {}],
  [{ keys: 'typed before', certificate: 'typed before', name: 'typed before' }, {}],
  [
    { method: 'private_key_jwt', keys: JSON.stringify(jwks) },
    { tokenEndpointAuthMethod: 'private_key_jwt', jwks },
  ],
  [
    { method: 'self_signed_tls_client_auth', certificate: 'pem' },
    { tokenEndpointAuthMethod: 'self_signed_tls_client_auth', certificate: 'pem' },
  ],
  [
    { method: 'tls_client_auth', nameKind: 'tlsClientAuthSanDns', name: ' a.example ' },
    { tokenEndpointAuthMethod: 'tls_client_auth', tlsClientAuthSanDns: 'a.example' },
  ],
  [{ binding: 'dpop' }, { dpopBoundAccessTokens: true }],
  [{ binding: 'certificate' }, { tlsClientCertificateBoundAccessTokens: true }],
  [{ requirePushed: true }, { requirePushedAuthorizationRequests: true }],
]

for (const [changes, expected] of sent) {
  test(`${JSON.stringify(changes)} is sent as ${JSON.stringify(expected)}, and comes back as it was`, () => {
    const proofs = proofsOf({ ...emptyProofs, ...changes }, { confidential: true, isCode: true })
    assert.deepEqual(proofs, expected)
    const client = { tokenEndpointAuthMethod: 'client_secret_basic', ...proofs } as Parameters<typeof proofDraftOf>[0]
    assert.deepEqual(proofsOf(proofDraftOf(client), { confidential: true, isCode: true }), expected)
  })
}

test('what is no JWKS is sent as it was typed, for the server to read or refuse', () => {
  for (const keys of ['-----BEGIN PUBLIC KEY-----', '{', '1']) {
    const typed: ProofDraft = { ...emptyProofs, method: 'private_key_jwt', keys }
    assert.equal(proofsOf(typed, { confidential: true, isCode: false }).jwks, keys)
  }
})

test('a public client authenticates by nothing, and client credentials push no requests', () => {
  const typed: ProofDraft = {
    ...emptyProofs,
    method: 'private_key_jwt',
    keys: 'x',
    binding: 'dpop',
    requirePushed: true,
  }
  const expected: ClientProofs = { dpopBoundAccessTokens: true }
  assert.deepEqual(proofsOf(typed, { confidential: false, isCode: false }), expected)
})

test('what a method needs and is empty is wrong', () => {
  const wrong = (
    ['client_secret_basic', 'private_key_jwt', 'self_signed_tls_client_auth', 'tls_client_auth'] as const
  ).map(method => wrongProofs({ ...emptyProofs, method })[0])
  assert.deepEqual(wrong, [undefined, 'jwks', 'certificate', 'tlsClientAuthSubjectDn'])
})
