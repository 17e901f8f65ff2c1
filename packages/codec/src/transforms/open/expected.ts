import { headerBehind, memberBehind } from "../../kinds/tar/index.ts";
import { GLUE } from "./items.ts";

/** What the literals so far say of the lengths of the next ones: the headers of a tar tell how long its members are. */
export class Expected {
  #member: number | undefined;

  /** The length that the next literal of a stream probably has; undefined where nothing is known. */
  lengthIn(stream: number): number | undefined {
    if (this.#member === undefined) return undefined;
    return stream === GLUE ? headerBehind(this.#member) : this.#member;
  }

  /** Takes in a literal. */
  see(stream: number, bytes: Uint8Array): void {
    if (stream === GLUE) this.#member = memberBehind(bytes);
  }
}
