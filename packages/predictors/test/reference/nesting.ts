/** Brackets and tags that are open, and keys. */
import { hash } from "./hash.ts";
import type { Lines } from "./lines.ts";
import { max } from "./numbers.ts";

/** What was around: as deep as wished, but what lies 64 deeper takes its place. */
class Surroundings {
  readonly #kept = new Array<number>(64).fill(0);
  #depth = 0;

  enter(around: number): void {
    this.#kept[this.#depth % 64] = around;
    this.#depth++;
  }

  /** What is around again. */
  leave(): number {
    this.#depth = max(0, this.#depth - 1);
    return this.#kept[this.#depth % 64];
  }
}

type Markup = "outside" | "opened" | "name" | "behind" | "closing";

export class Nesting {
  readonly #lines: Lines;
  readonly #nests = new Surroundings();
  readonly #tags = new Surroundings();
  #markup: Markup = "outside";
  #lastCharacter = "";
  nest = 0;
  tag = 0;
  key = 0;
  lastKey = 0;

  constructor(lines: Lines) {
    this.#lines = lines;
  }

  update(c: number): void {
    const character = String.fromCharCode(c);
    if (":=".includes(character)) {
      this.lastKey = this.key;
      this.key = this.#lines.lastToken;
    } else if ("{[(".includes(character)) {
      this.#nests.enter(this.nest);
      this.nest = hash(this.nest, hash(c, this.key));
    } else if ("}])".includes(character)) this.nest = this.#nests.leave();
    this.#updateMarkup(character);
    this.#lastCharacter = character;
  }

  #updateMarkup(character: string): void {
    if (character === "<") {
      this.#markup = "opened";
      return;
    }
    const inToken = this.#lines.token !== 0;
    if (this.#markup === "opened") {
      this.#markup = character === "/" ? "closing" : inToken ? "name" : "outside";
      if (inToken) this.#tags.enter(this.tag);
    } else if (this.#markup === "name" && !inToken) {
      this.tag = this.#lines.lastToken;
      this.#markup = "behind";
    }
    if (character !== ">") return;
    const empty = this.#markup === "behind" && this.#lastCharacter === "/";
    if (this.#markup === "closing" || empty) this.tag = this.#tags.leave();
    this.#markup = "outside";
  }
}
