export { type LoopFigures, loopFigures, loopProbeArgs } from './loop-figures.ts'
export { startTestServer, type TestServer, type TestServerOptions } from './start-test-server.ts'
export { TestClock } from './test-clock.ts'
export { TestTerminal } from './test-terminal.ts'
