/** A certificate for `localhost` that nobody vouches for, made for these tests, valid until 2126. */
export const selfSigned = {
  key: [
    '-----BEGIN PRIVATE KEY-----',
    'MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgYBInu5VYVzmDec/I',
    'hsbBUz1gUIq/GlLW1k6ywPkJh+6hRANCAAR5LCnHyKP1y7mwoSAIPQYVOAKpBRvl',
    'HzVSNFmWOlI80O9C/Recqv7NHU7WGdJvvqpnWV52DdlFXEqfcTxJq69V',
    '-----END PRIVATE KEY-----',
  ].join('\n'),
  cert: [
    '-----BEGIN CERTIFICATE-----',
    'MIIBgDCCASWgAwIBAgIUcUAluyA4KYrX4oJgXafVaD9lKlwwCgYIKoZIzj0EAwIw',
    'FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMjE0MjExMloYDzIxMjYxMDI5',
    'MTQyMTEyWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO',
    'PQMBBwNCAAR5LCnHyKP1y7mwoSAIPQYVOAKpBRvlHzVSNFmWOlI80O9C/Recqv7N',
    'HU7WGdJvvqpnWV52DdlFXEqfcTxJq69Vo1MwUTAdBgNVHQ4EFgQURLB0/7oIqgXg',
    'dg0nq8ab4I+5x3gwHwYDVR0jBBgwFoAURLB0/7oIqgXgdg0nq8ab4I+5x3gwDwYD',
    'VR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNJADBGAiEApuMZNxkbrFMPACGPY/C8',
    'hv6opWzU1SgcsIAychmzfwICIQCYpX+re3Pf8Kq9GMaE1qfGI91s2uYWQA8wi49/',
    'emZJ6g==',
    '-----END CERTIFICATE-----',
  ].join('\n'),
}
