/** Things that wait, by owner: each owner has its turn, however many things it has. */
export class FairQueue<Owner, Thing> {
  /** In the order of the turns. */
  readonly #waiting = new Map<Owner, Thing[]>();
  #length = 0;

  get length(): number {
    return this.#length;
  }

  add(owner: Owner, thing: Thing): void {
    const own = this.#waiting.get(owner);
    if (own === undefined) this.#waiting.set(owner, [thing]);
    else own.push(thing);
    this.#length++;
  }

  /** The first of the owner whose turn it is; undefined if nothing waits. */
  take(): { readonly owner: Owner; readonly thing: Thing } | undefined {
    const first = this.#waiting.entries().next();
    if (first.done === true) return undefined;
    const [owner, [thing, ...rest]] = first.value;
    this.#waiting.delete(owner);
    if (rest.length > 0) this.#waiting.set(owner, rest);
    this.#length--;
    return { owner, thing };
  }

  /** All that an owner has waiting, which then waits no longer. */
  remove(owner: Owner): readonly Thing[] {
    const own = this.#waiting.get(owner) ?? [];
    this.#waiting.delete(owner);
    this.#length -= own.length;
    return own;
  }
}
