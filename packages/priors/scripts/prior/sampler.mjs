/** A word trigram model that writes sentences of its own. It never follows one place of its corpus for long. */

const TOKEN = / ?[A-Za-z]+(?:'[a-z]+)?| ?\d+| ?[^\sA-Za-z\d]| +/g;
/** Tokens that may come one after the other as they do at one place of the corpus. */
const LONGEST_RUN = 4;
/** Followers that are looked at. */
const MOST_FOLLOWERS = 200;
const LONGEST_SENTENCE = 60;
const END = 0;
const SHIFT = 2 ** 21;

export class Sampler {
  #words = [""];
  #tokens = [END, END];
  /** By the one or two tokens before: the last place behind them; by place: the one before. */
  #last = new Map();
  #before = { pair: [0, 0], word: [0, 0] };

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
      this.#add(END);
      this.#add(END);
    }
  }

  #add(token) {
    const place = this.#tokens.push(token) - 1;
    const previous = this.#tokens[place - 1];
    const pair = this.#tokens[place - 2] * SHIFT + previous;
    this.#before.pair[place] = this.#last.get(pair) ?? 0;
    this.#last.set(pair, place);
    this.#before.word[place] = this.#last.get(-1 - previous) ?? 0;
    this.#last.set(-1 - previous, place);
  }

  #followers(key, before) {
    const places = [];
    for (let place = this.#last.get(key) ?? 0; place > 0 && places.length < MOST_FOLLOWERS; place = before[place]) {
      places.push(place);
    }
    return places;
  }

  /** Writes a sentence. @param {{ below(bound: number): number }} random */
  sample(random) {
    let [older, old, place, run] = [END, END, -1, 0];
    let text = "";
    for (let count = 0; count < LONGEST_SENTENCE; count++) {
      let places = this.#followers(older * SHIFT + old, this.#before.pair);
      if (places.length < 2 || run >= LONGEST_RUN) places = this.#followers(-1 - old, this.#before.word);
      const choice = run >= LONGEST_RUN ? places.filter((other) => other !== place + 1) : places;
      if (choice.length === 0) return undefined;
      const next = choice[random.below(choice.length)];
      run = next === place + 1 ? run + 1 : 0;
      place = next;
      const token = this.#tokens[place];
      if (token === END) return text;
      text += this.#words[token];
      [older, old] = [old, token];
    }
    return undefined;
  }
}
