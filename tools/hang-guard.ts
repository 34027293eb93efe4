import { machineShare } from '@sluice/server/machine-share'

/**
 * Preloaded into every test file's process by `run-tests.ts`: a file that is not done in time, because a test never ends
 * or something is left open, fails and says what it waits for, instead of holding up the whole run. Time counts by the share
 * of the machine that there was for each process: a file fails for what it does, not for what others do beside it.
 */
const limitMs = 120_000
const lookEveryMs = 5_000

if (process.env.NODE_TEST_CONTEXT === 'child-v8') {
  let leftMs = limitMs
  const timer = setInterval(() => {
    leftMs -= lookEveryMs * machineShare()
    if (leftMs > 0) return
    const waitingFor = process.getActiveResourcesInfo().join(', ')
    process.stderr.write(
      `Expected ${process.argv[1]} to end within ${limitMs / 1000} s, found it waiting for ${waitingFor}\n`,
    )
    process.exit(1)
  }, lookEveryMs)
  timer.unref()
}
