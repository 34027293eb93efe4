/**
 * Node's HTTP server. An `import` of `node:http` would read all its exports, `WebSocket` too, and so load Node's HTTP
 * client: 12 MB that a server does not use.
 */
export const { createServer, STATUS_CODES } = process.getBuiltinModule('node:http')
