/**
 * The parts of `node:http` that are used. An `import` of that module would read all its exports, `WebSocket` too, and so
 * load what is behind `fetch`: up to 12 MB that nothing here uses.
 */
export const { Agent, createServer, request, STATUS_CODES } = process.getBuiltinModule('node:http')
