import type { Channel } from '../bpmn/model.ts'
import type { AnswerCall, MockOptions, ReceiverAnswer, ReceiverCall } from './mock-channels.ts'

/** An answer, and the calls that it is for; without `when` for all. */
export interface ScriptedAnswer extends ReceiverAnswer {
  readonly when?: (call: ReceiverCall) => boolean | Promise<boolean>
}

/**
 * How a receiver answers: always the same; or in turn, where each call takes the first answer that matches and was not given
 * yet, and the last one that matches is given again; or as a function says.
 */
export type ReceiverScript = ScriptedAnswer | readonly ScriptedAnswer[] | AnswerCall

/** Receivers that answer by the name or ID of their channel, and remember their calls. One for each message. */
export class MockedReceivers implements MockOptions {
  /** In the order in which they came. */
  readonly calls: ReceiverCall[] = []
  readonly #scripts: ReadonlyMap<string, ReceiverScript>
  readonly #given = new Set<ScriptedAnswer>()

  constructor(scripts: Readonly<Record<string, ReceiverScript>>) {
    this.#scripts = new Map(Object.entries(scripts))
  }

  readonly isMocked = (channel: Channel): boolean => this.#scriptOf(channel) !== undefined

  readonly answer: AnswerCall = async call => {
    this.calls.push(call)
    const script = this.#scriptOf(call.channel)
    if (typeof script === 'function') return script(call)
    return this.#next(script === undefined ? [] : [script].flat(), call)
  }

  #scriptOf({ id, name }: Channel): ReceiverScript | undefined {
    return this.#scripts.get(id) ?? this.#scripts.get(name)
  }

  async #next(answers: readonly ScriptedAnswer[], call: ReceiverCall): Promise<ReceiverAnswer | undefined> {
    let last: ScriptedAnswer | undefined
    for (const answer of answers) {
      if (answer.when !== undefined && !(await answer.when(call))) continue
      last = answer
      if (!this.#given.has(answer)) break
    }
    if (last !== undefined) this.#given.add(last)
    return last
  }
}
