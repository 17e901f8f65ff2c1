/**
 * Chooses texts that hold much of what is frequent: words, pairs and triples of words, and six characters. What a text
 * is worth is the sum over its parts of frequency^0.75, halved for each time that the part has been chosen before, over
 * its length. The best is taken until there is enough (greedily; worth only falls, so most need not be looked at again).
 */

const SLOTS = 2 ** 22;
const EXPONENT = 0.75;
const LEAST_FREQUENCY = 3;

function partsOf(text) {
  const parts = [];
  const words = text.match(/[A-Za-z']+|\d+|[^\sA-Za-z\d]/g) ?? [];
  for (let i = 0; i < words.length; i++) {
    for (let n = 1; n <= 3 && i + n <= words.length; n++) parts.push(slotOf(words.slice(i, i + n).join(" "), n));
  }
  for (let i = 0; i + 6 <= text.length; i++) parts.push(slotOf(text.slice(i, i + 6), 7));
  return parts;
}

function slotOf(text, salt) {
  let hash = salt * 0x9e3779b1;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash ^= hash >>> 15;
  return (Math.imul(hash, 0x2c1b3c6d) >>> 0) % SLOTS;
}

/** How often each part occurs. @param {Iterable<string>} texts */
export function countParts(texts, counts = new Float64Array(SLOTS), weight = 1) {
  for (const text of texts) for (const part of partsOf(text)) counts[part] += weight;
  return counts;
}

/**
 * @param {string[]} candidates
 * @param {Float64Array} counts of parts
 * @param {number} size characters to choose
 * @returns {string[]} the most valuable last
 */
export function cover(candidates, counts, size) {
  const worth = counts.map((count) => (count < LEAST_FREQUENCY ? 0 : count ** EXPONENT));
  const parts = candidates.map((text) => Uint32Array.from(partsOf(text)));
  const valueOf = (index) => {
    let value = 0;
    for (const part of parts[index]) value += worth[part];
    return value / (candidates[index].length + 1);
  };
  const heap = new Heap(candidates.map((_, index) => ({ index, value: valueOf(index) })));
  const chosen = [];
  for (let length = 0; length < size;) {
    const best = heap.pop();
    if (best === undefined) break;
    best.value = valueOf(best.index);
    if (best.value < heap.highest) {
      heap.push(best);
      continue;
    }
    chosen.push(candidates[best.index]);
    length += candidates[best.index].length + 1;
    for (const part of parts[best.index]) worth[part] /= 2;
  }
  return chosen.reverse();
}

/** The item of the highest value first. */
class Heap {
  #items = [];

  constructor(items) {
    this.#items = items.sort((a, b) => b.value - a.value);
  }

  get highest() {
    return this.#items[0]?.value ?? -Infinity;
  }

  push(item) {
    const items = this.#items;
    let at = items.push(item) - 1;
    while (at > 0 && items[(at - 1) >> 1].value < item.value) {
      items[at] = items[(at - 1) >> 1];
      at = (at - 1) >> 1;
    }
    items[at] = item;
  }

  pop() {
    const items = this.#items;
    const [first] = items;
    const item = items.pop();
    if (items.length === 0) return first;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= items.length) break;
      if (child + 1 < items.length && items[child + 1].value > items[child].value) child++;
      if (items[child].value <= item.value) break;
      items[at] = items[child];
      at = child;
    }
    items[at] = item;
    return first;
  }
}
