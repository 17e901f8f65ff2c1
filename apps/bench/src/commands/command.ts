/** A sub-command of the benchmark. */
export interface Command {
  readonly name: string;
  /** Arguments, one line. */
  readonly usage: string;
  /** What it does and its options, in full. */
  readonly help: string;
  /** @returns the exit code */
  run(args: readonly string[]): Promise<number>;
}
