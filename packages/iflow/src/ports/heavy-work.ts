/** Where work is done that would keep other messages waiting: in processes beside the one that all messages share. */
export interface HeavyWork {
  /**
   * Runs the task on copies of its input and resolves with a copy of its result. Rejects with the `Failure` that the task
   * threw, or with one of code `work-limit` when it took more time or memory than the host allows.
   */
  run<Input, Output>(task: HeavyTask<Input, Output>, input: Input): Promise<Output>
}

/**
 * A pure function whose work grows with the content of a message. Input and result are plain values: texts, bytes, numbers,
 * arrays, objects, maps and sets. Processes find it in `heavyTasks` by its name.
 */
export interface HeavyTask<Input, Output> {
  readonly name: string
  run(input: Input): Output | Promise<Output>
}
