/**
 * The parts of a context-mixing model by name. A model's description lists, kind by kind, which parts it has; the kernel's
 * source says what each is, and calls it by the same name:
 *
 *     context("order-2", last4 & 0xffff, 2);
 *
 * When a model is compiled, the name becomes the part's place in the list, or −1 if it is not there; the call, inlined,
 * then comes to nothing. `has("contexts", "order-2")` becomes true or false, and so does `usesThisFile()`: whether the
 * model has any of the parts that the file defines.
 */

/** The function that defines the parts of each kind; of those that have none, `has` is all there is. */
const DEFINERS = {
  contexts: "context",
  contextInputs: undefined,
  matches: "match",
  tables: undefined,
  sets: "weightSet",
  finals: "finalMixer",
  estimations: "estimation",
};

export const KINDS = Object.keys(DEFINERS);

/** Kinds by their definers. */
const KIND_OF = new Map(Object.entries(DEFINERS).map(([kind, definer]) => [definer, kind]));

const CALL = /\b(context|match|weightSet|finalMixer|estimation)\("([^"]*)"/g;
const QUESTION = /\bhas\("(\w+)", "([^"]*)"\)/g;

/** Puts places for names in the sources of one model's kernel, and keeps count of the names. */
export class NamedParts {
  #model;
  /** Sources that were asked for already: the compiler may read one twice. */
  #replaced = new Map();
  /** For each kind the names that the sources have. */
  #named = new Map(KINDS.map((kind) => [kind, new Set()]));
  #defined = new Map(KINDS.map((kind) => [kind, new Map()]));

  /** @param {Record<string, string[]>} model names of its parts, by kind */
  constructor(model) {
    this.#model = model;
  }

  /**
   * @param {string} source
   * @param {string} file for error messages
   */
  replace(source, file) {
    if (!this.#replaced.has(file)) this.#replaced.set(file, this.#replaceOnce(source, file));
    return this.#replaced.get(file);
  }

  #replaceOnce(source, file) {
    let used = false;
    const called = source.replace(CALL, (_, definer, name) => {
      const kind = KIND_OF.get(definer);
      const elsewhere = this.#defined.get(kind).get(name);
      if (elsewhere !== undefined) throw new Error(`${file}: ${kind}: "${name}" is defined already, in ${elsewhere}`);
      this.#defined.get(kind).set(name, file);
      this.#named.get(kind).add(name);
      const place = this.#model[kind].indexOf(name);
      used ||= place >= 0;
      return `${definer}(${place}`;
    });
    return called
      .replace(QUESTION, (_, kind, name) => {
        if (!KINDS.includes(kind)) throw new Error(`${file}: has: expected one of ${KINDS.join(", ")}, got "${kind}"`);
        this.#named.get(kind).add(name);
        return String(this.#model[kind].includes(name));
      })
      .replaceAll("usesThisFile()", String(used));
  }

  /** After all sources. @throws Error if the model has parts that no source defines, or asks for some */
  check() {
    for (const kind of KINDS) {
      const known = DEFINERS[kind] === undefined ? this.#named.get(kind) : new Set(this.#defined.get(kind).keys());
      for (const name of new Set([...this.#model[kind], ...this.#named.get(kind)])) {
        if (known.has(name)) continue;
        throw new Error(`${kind}: the kernel has no "${name}", but ${[...known].sort().join(", ")}`);
      }
    }
  }
}
