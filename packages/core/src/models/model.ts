/**
 * Models that are loaded when they are needed, since they are too large to be carried along. This store knows none of
 * them: each is defined where it is used.
 */
import { PithError } from "../error.ts";

/** A model that is there, as it goes to workers: plain data. */
export interface InstalledModel {
  readonly name: string;
  readonly content: unknown;
}

/** What this thread has, by name. */
const contents = new Map<string, unknown>();

/** Makes a model known to this thread. */
export function installModel({ name, content }: InstalledModel): void {
  contents.set(name, content);
}

/** A model as its user knows it; where it comes from, a `ModelSource` knows, so that workers need not carry that. */
export class Model<Content = unknown, Name extends string = string> {
  /** Among all models. */
  readonly name: Name;

  constructor(name: Name) {
    this.name = name;
  }

  /** Its content; undefined where this thread does not have it. */
  get content(): Content | undefined {
    return contents.get(this.name) as Content | undefined;
  }

  /** Its content, for those who know that it was loaded. @throws TypeError if it was not */
  toEncode(): Content {
    if (this.content !== undefined) return this.content;
    throw new TypeError(`expected ${this.#remedy()} before a function that returns at once`);
  }

  /**
   * Its content, for a block that names it.
   *
   * @param offset of the block's payload
   * @throws PithError `unknown-method` if it was not loaded
   */
  toDecode(offset: number): Content {
    if (this.content !== undefined) return this.content;
    throw new PithError("unknown-method", "the block's model is not there before a function that returns at once", {
      offset,
      expected: this.#remedy(),
    });
  }

  #remedy(): string {
    return `await loadModels("${this.name}")`;
  }
}
