/** A model of three words before each that writes sentences of its own. It never follows one place of its corpus for long. */

const TOKEN = / ?[A-Za-z]+(?:'[a-z]+)?| ?\d+| ?[^\sA-Za-z\d]| +/g;
/** Tokens that may come one after the other as they do at one place of the corpus. */
const LONGEST_RUN = 5;
/** Followers that are looked at. */
const MOST_FOLLOWERS = 200;
const LONGEST_SENTENCE = 60;
const END = 0;
/** Places that a context must have been at, to be followed. */
const LEAST_CHOICE = 2;
const SHIFT = 2 ** 17;

/** One, two and three tokens before a place, as numbers; tokens of large numbers are told apart less well by three. */
function keysOf(tokens, place) {
  const [c, b, a] = [tokens[place - 1], tokens[place - 2], tokens[place - 3]];
  return [c, b * SHIFT + c, ((a % SHIFT) * SHIFT + b) * SHIFT + c];
}

export class Sampler {
  #words = [""];
  #tokens = [END, END, END];
  /** By the one, two or three tokens before, as a number: the last place behind them; by place: the one before. */
  #last = [new Map(), new Map(), new Map()];
  #before = [
    [0, 0, 0],
    [0, 0, 0],
    [0, 0, 0],
  ];

  /** @param {string[]} sentences */
  constructor(sentences) {
    const numbers = new Map();
    for (const sentence of sentences) {
      for (const word of sentence.match(TOKEN) ?? []) {
        let number = numbers.get(word);
        if (number === undefined) {
          number = this.#words.push(word) - 1;
          numbers.set(word, number);
        }
        this.#add(number);
      }
      for (let i = 0; i < 3; i++) this.#add(END);
    }
  }

  #add(token) {
    const place = this.#tokens.push(token) - 1;
    for (const [index, key] of keysOf(this.#tokens, place).entries()) {
      this.#before[index][place] = this.#last[index].get(key) ?? 0;
      this.#last[index].set(key, place);
    }
  }

  #followers(index, key) {
    const before = this.#before[index];
    const places = [];
    for (
      let place = this.#last[index].get(key) ?? 0;
      place > 0 && places.length < MOST_FOLLOWERS;
      place = before[place]
    ) {
      places.push(place);
    }
    return places;
  }

  /** Writes a sentence. @param {{ below(bound: number): number }} random */
  sample(random) {
    const tokens = [END, END, END];
    let [place, run] = [-1, 0];
    let text = "";
    for (let count = 0; count < LONGEST_SENTENCE; count++) {
      const keys = keysOf(tokens, tokens.length);
      // The longest context that is followed by something else than where the last token was taken from.
      let choice = [];
      for (let index = keys.length - 1; index >= 0 && choice.length < LEAST_CHOICE; index--) {
        const places = this.#followers(index, keys[index]);
        choice = run < LONGEST_RUN ? places : places.filter((other) => other !== place + 1);
      }
      if (choice.length === 0) return undefined;
      const next = choice[random.below(choice.length)];
      run = next === place + 1 ? run + 1 : 0;
      place = next;
      const token = this.#tokens[place];
      if (token === END) return text;
      text += this.#words[token];
      tokens.push(token);
    }
    return undefined;
  }
}
