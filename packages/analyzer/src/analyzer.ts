import type { Analysis } from "./analysis.ts";
import { type AnalyzerOptions, type AnalyzerSettings, checkOptions, tableSizes } from "./options.ts";
import { PatternCounter } from "./patterns/pattern-counter.ts";
import type { PatternState } from "./patterns/state.ts";
import { assemble } from "./results/assemble.ts";
import { checkSize } from "./size.ts";
import { ByteCounter, STRETCH } from "./statistics/byte-counter.ts";
import { byteStatistics } from "./statistics/byte-statistics.ts";
import type { StatisticsState } from "./statistics/state.ts";

/** What one analyzer counted of its part of a file, as plain data that a worker or a file can carry. */
export interface AnalyzerState {
  readonly settings: AnalyzerSettings;
  readonly patterns: PatternState;
  readonly statistics: StatisticsState;
}

/** Options of {@link createAnalyzer}. */
export interface ShardOptions extends AnalyzerOptions {
  /** Where in the file the first byte lies: a multiple of {@link shardUnit}. Default 0. */
  readonly start?: number | undefined;
}

/**
 * Analyses a stream on this thread, in memory that does not depend on its length.
 *
 * A file can be analysed in parts: one analyzer for each, with its `start`, whose states are merged in any order and
 * grouping. The result is the same, to the last bit, as that of one analyzer that saw the whole.
 */
export interface Analyzer {
  /** Takes what comes next, of any size. @throws RangeError for more than 2^32 − 1 blocks */
  push(chunk: Uint8Array): void;
  /** Ends the input and gives what was counted, for another analyzer to merge. */
  state(): AnalyzerState;
  /**
   * Adds what another analyzer counted of another part of the file.
   *
   * @throws RangeError if it had other options
   */
  merge(state: AnalyzerState): void;
  /**
   * Ends the input and makes the report.
   *
   * @throws PithError `truncated` for less data than a block
   * @throws RangeError if parts of the file are missing
   */
  finish(): Analysis;
}

/**
 * Makes an analyzer.
 *
 * @example
 * const analyzer = createAnalyzer({ blockSize: 1000 });
 * for (const chunk of chunks) analyzer.push(chunk);
 * const { levels, statistics, achievable } = analyzer.finish();
 *
 * @throws TypeError, RangeError for options that are not as {@link AnalyzerOptions} says
 */
export function createAnalyzer(options: ShardOptions = {}): Analyzer {
  const settings = checkOptions(options);
  const { start = 0 } = options;
  const unit = shardUnit(settings.blockSize);
  if (!(Number.isSafeInteger(start) && start >= 0 && start % unit === 0)) {
    throw new RangeError(`start: expected a multiple of ${unit}, got ${start}`);
  }
  return new WholeAnalyzer(settings, start);
}

/** Parts of a file that are analysed by themselves start at multiples of this: of a block and of 64 KiB. */
export function shardUnit(blockSize: number): number {
  let a = blockSize;
  let b = STRETCH;
  while (b > 0) [a, b] = [b, a % b];
  return (blockSize / a) * STRETCH;
}

class WholeAnalyzer implements Analyzer {
  readonly #settings: AnalyzerSettings;
  readonly #patterns: PatternCounter;
  readonly #bytes: ByteCounter;
  #ended = false;

  constructor(settings: AnalyzerSettings, start: number) {
    this.#settings = settings;
    const { blockSize, signature, memoryLimit } = settings;
    const { patterns, quadruples } = tableSizes(memoryLimit, signature);
    this.#patterns = new PatternCounter({ blockSize, signature, tables: patterns, firstBlock: start / blockSize });
    this.#bytes = new ByteCounter(quadruples, start);
  }

  push(chunk: Uint8Array): void {
    if (this.#ended) throw new TypeError("push: the input has ended");
    this.#patterns.push(chunk);
    this.#bytes.push(chunk);
  }

  state(): AnalyzerState {
    this.#end();
    return { settings: this.#settings, patterns: this.#patterns.state(), statistics: this.#bytes.state() };
  }

  merge({ settings, patterns, statistics }: AnalyzerState): void {
    const [own, other] = [this.#settings, settings].map((value) => JSON.stringify(value));
    if (own !== other) throw new RangeError(`state: expected one of the options ${own}, got ${other}`);
    this.#end();
    this.#patterns.merge(patterns);
    this.#bytes.merge(statistics);
  }

  finish(): Analysis {
    this.#end();
    const { size, end } = this.#bytes;
    if (size !== end) throw new RangeError(`parts of the file are missing: of ${end} bytes, ${size} were analysed`);
    checkSize(size, this.#settings.blockSize);
    return assemble(this.#settings, size, this.#patterns, byteStatistics(this.#bytes));
  }

  #end(): void {
    if (!this.#ended) this.#bytes.close();
    this.#ended = true;
  }
}
