import { flag, text, when, wholeNumber } from '../../compile/props.ts'

/** Property `splitExprValue` of every splitter: where the parts are. */
export const splitPath = text(
  'XPath Expression',
  'A path such as `/orders/order` or `//order`, or a Simple expression for one. Names without a prefix fit in whatever namespace.',
  { default: '', expression: 'xpath' },
)

/** What the splitters of all kinds can be told. */
export const splitterProps = {
  grouping: text('Grouping', 'Elements or lines in one part: a whole number, or a Simple expression. Empty: 1.', {
    default: '',
    expression: 'simple',
  }),
  Streaming: flag(
    'Streaming',
    'Whether parts run while the rest is still being read; then only the last part knows how many there are.',
    { default: true },
  ),
  ParallelProcessing: flag('Parallel Processing', 'Whether parts run at the same time.', { default: false }),
  ...when('ParallelProcessing', ['true', '1'], {
    SplitterThreads: wholeNumber('Number of Concurrent Processes', 'Parts at the same time.', {
      default: 10,
      min: 1,
      max: 50,
    }),
    timeOut: wholeNumber(
      'Timeout (in s)',
      'Seconds after which, when parts run at the same time, no further part runs and those that are late are left out.',
      // Real flows give weeks where they mean never.
      { default: 300, min: 1, max: 2_147_483_647 },
    ),
  }),
  StopOnExecution: flag(
    'Stop on Exception',
    'Whether a failing part fails the step and no part behind it runs; otherwise all run, and the message fails in the end.',
    { default: true },
  ),
}
