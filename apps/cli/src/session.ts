/** One run of the command: what was asked, what is reported, and the exit code that comes of it. */

import { writeSync } from "node:fs";

import { EXIT, ReaderGone, Skipped, UsageError } from "./errors.ts";
import { explain, type Problem } from "./explain.ts";
import { writeStandardOutput } from "./files/standard-output.ts";
import { printableName } from "./files/system-path.ts";
import { encode } from "./format.ts";
import type { MessageSettings } from "./interface/common-options.ts";
import type { VerbName } from "./interface/verb.ts";

/** What a verb says about a file in its JSON: numbers are bytes and seconds. */
export type Facts = Readonly<Record<string, unknown>>;

type Status = "ok" | "warning" | "skipped" | "error";

/** Reports results and problems, as text or at the end as JSON. */
export class Session<Settings extends MessageSettings = MessageSettings> {
  readonly verb: VerbName;
  /** What the options come to, for this family of verbs. */
  readonly settings: Settings;
  readonly operands: readonly string[];
  /** Set by whatever must disappear before a line is printed: the progress bar. */
  beforePrinting: (() => void) | undefined;
  /** Which of several files is in work, as progress says it: `2 of 3, `. */
  place = "";
  /** Set by a verb whose standard output carries data, so that results go to standard error. */
  dataOnStandardOutput = false;

  #exitCode: number = EXIT.ok;
  readonly #files: (Facts & { source: string; status: Status })[] = [];
  #result: Facts | undefined;
  #lines: readonly Facts[] | undefined;
  #failure: Problem | undefined;
  readonly #warnings = new Map<string, string[]>();

  constructor(verb: VerbName, settings: Settings, operands: readonly string[]) {
    this.verb = verb;
    this.settings = settings;
    this.operands = operands;
  }

  get exitCode(): number {
    return this.#exitCode;
  }

  /**
   * Does one file after the other. A problem with one is reported, and the others are done all the same.
   *
   * @param work returns the facts for the JSON
   * @throws ReaderGone, for then nothing more is to be done
   */
  async forEach(sources: readonly string[], work: (source: string, index: number) => Promise<Facts>): Promise<void> {
    for (const [index, source] of sources.entries()) {
      this.place = sources.length === 1 ? "" : `${index + 1} of ${sources.length}, `;
      try {
        const facts = await work(source, index);
        this.#files.push({ source, status: this.#warnings.has(source) ? "warning" : "ok", ...facts });
      } catch (error) {
        if (error instanceof ReaderGone) throw error;
        const skipped = error instanceof Skipped;
        this.#reportProblem(source, explain(error), skipped ? "skipped" : "error", skipped && error.asked);
      }
    }
  }

  /** What the verb has to say of all files together, for the JSON. */
  setResult(facts: Facts): void {
    this.#result = facts;
  }

  /** What the verb has to say of each line of its input, for the JSON. */
  setLines(lines: readonly Facts[]): void {
    this.#lines = lines;
  }

  /** A problem with something that is no source itself, such as a member of an archive; the rest is done all the same. */
  report(name: string, error: unknown): void {
    if (error instanceof ReaderGone) throw error;
    this.#reportProblem(name, explain(error), "error", false);
  }

  /** Something about a file that the user should know, though it was done. */
  warn(source: string, message: string): void {
    this.#raise(EXIT.warning);
    this.#warnings.set(source, [...(this.#warnings.get(source) ?? []), message]);
    if (!this.settings.quiet) this.#printProblem(`${displayName(source)}: warning: ${message}`);
  }

  /** A line about a file that was done, for -v. */
  note(line: string): void {
    if (this.settings.verbose && !this.settings.json) this.#printProblem(line, "");
  }

  /** Prints a result of the verb to standard output, unless it is to come as JSON. */
  async print(text: string): Promise<void> {
    if (this.settings.json) return;
    this.beforePrinting?.();
    await writeStandardOutput(encode(text));
  }

  /**
   * What kept the verb from being done, or from being done to its end.
   *
   * @throws ReaderGone, which is no problem
   */
  fail(error: unknown): void {
    if (error instanceof ReaderGone) throw error;
    this.#raise(EXIT.error);
    this.#failure = explain(error);
    this.#printProblem(describeFailure(error));
  }

  /** Prints the JSON document, if one was asked for. */
  async finish(): Promise<void> {
    if (!this.settings.json) return;
    const files = this.#files.map((file) => {
      const warnings = this.#warnings.get(file.source);
      return warnings === undefined ? file : { ...file, warnings };
    });
    const { verb, exitCode } = this;
    const contents = { verb, exitCode, error: this.#failure, files, result: this.#result, lines: this.#lines };
    await writeDocument(contents, this.dataOnStandardOutput);
  }

  #reportProblem(source: string, problem: Problem, status: "skipped" | "error", asked: boolean): void {
    this.#files.push({ source, status, ...problem });
    if (asked) {
      this.note(`${displayName(source)}: skipped: ${problem.message}`);
      return;
    }
    this.#raise(status === "error" ? EXIT.error : EXIT.warning);
    if (status === "error" || !this.settings.quiet) {
      this.#printProblem(`${displayName(source)}: ${status === "error" ? "" : "skipped: "}${problem.message}`);
    }
  }

  #printProblem(line: string, prefix = "pith: "): void {
    if (this.settings.json) return;
    this.beforePrinting?.();
    printError(`${prefix}${line}`);
  }

  /** An error outweighs a warning. */
  #raise(code: number): void {
    if (this.#exitCode !== EXIT.error) this.#exitCode = code;
  }
}

/**
 * Says what kept the command from finding out what is to be done: as the JSON document if one was asked for.
 *
 * @returns the exit code
 */
export async function reportFailure(error: unknown, json: boolean): Promise<number> {
  if (json) await writeDocument({ verb: null, exitCode: EXIT.error, error: explain(error), files: [] }, false);
  else printError(`pith: ${describeFailure(error)}`);
  return EXIT.error;
}

function describeFailure(error: unknown): string {
  return explain(error).message + (error instanceof UsageError ? "\nTry pith --help." : "");
}

async function writeDocument(contents: Facts, toStandardError: boolean): Promise<void> {
  const text = `${JSON.stringify(contents, jsonValue, 2)}\n`;
  if (toStandardError) await new Promise((resolve) => process.stderr.write(text, resolve));
  else await writeStandardOutput(encode(text));
}

/** What a source is called in messages. */
export function displayName(source: string): string {
  return source === "-" ? "standard input" : printableName(source);
}

/** A line to standard error; one that nobody can read is no reason to stop. */
export function printError(line: string): void {
  try {
    writeSync(2, `${line.replace(/[^\P{Cc}\n]/gu, "?")}\n`);
  } catch {
    // Standard error is closed or full: there is nowhere left to say so.
  }
}

function jsonValue(_key: string, value: unknown): unknown {
  return typeof value === "bigint" ? `${value}` : value;
}
