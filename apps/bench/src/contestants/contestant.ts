/** A compressor that takes part, as an entry of a table. */

/** One run of a program. */
export interface Command {
  /** Program and arguments; nothing goes through a shell. */
  readonly argv: readonly string[];
  /** The program writes its result to standard output, which goes to the output file. */
  readonly toStandardOutput?: boolean;
  /** The program prints `{"seconds": …, "cpuSeconds": …}`, which counts instead of the time of the whole process. */
  readonly timesItself?: boolean;
}

/** A compressor at one setting. */
export interface Contestant {
  /** Short name for `--peers` and the JSON: letters, digits, hyphens. */
  readonly id: string;
  /** Name in tables. */
  readonly name: string;
  /** Debian package that brings the program; undefined where it is part of this repository. */
  readonly aptPackage?: string;
  /** Prints the version, anywhere in its output. */
  readonly version: readonly string[];
  /** Of compressed files, with the dot. */
  readonly extension: string;
  compress(input: string, output: string): Command;
  /** @param original the file that was compressed, for a warm-up at most */
  decompress(input: string, output: string, original: string): Command;
}
