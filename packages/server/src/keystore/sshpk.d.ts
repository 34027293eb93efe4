/** The part of sshpk that is used: it has no types of its own. */
declare module 'sshpk' {
  interface Key {
    comment?: string
    toString(format: 'ssh' | 'pkcs8'): string
  }
  const sshpk: {
    parseKey(data: string | Buffer, format: 'pem'): Key
    parsePrivateKey(data: string | Buffer, format: 'auto', options: { readonly passphrase?: string }): Key
  }
  export default sshpk
}
