/** Contents that are the same at every run. */

/** Numbers from 0 to 2^32 − 1, in an order that looks random. */
function numbers(seed: number): () => number {
  let state = seed | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}

/** Bytes that do not compress. */
export function noise(length: number, seed = 1): Buffer {
  const next = numbers(seed);
  const words = Uint32Array.from({ length: Math.ceil(length / 4) }, next);
  return Buffer.from(words.buffer, 0, length);
}

const WORDS =
  "the stem of a tree has its pith in the middle and around it one ring for each summer it has stood there".split(" ");

/** Sentences of few words, about as long as asked. */
export function prose(length: number, seed = 1): Buffer {
  const next = numbers(seed);
  let text = "";
  while (text.length < length) {
    const words = Array.from({ length: 4 + (next() % 12) }, () => WORDS[next() % WORDS.length]);
    text += `${words.join(" ")}. `;
  }
  return Buffer.from(text.slice(0, length));
}

/** A sequence of bases in lines of 70, as FASTA. */
export function bases(length: number, seed = 1): Buffer {
  const next = numbers(seed);
  const sequence = Array.from({ length }, () => "ACGT"[next() >>> 30]).join("");
  return Buffer.from(`>made up\n${sequence.replace(/.{70}/g, "$&\n")}\n`);
}

/** What looks like records of a program: numbers of 4 bytes that grow, flags, and some noise. */
export function records(count: number, seed = 1): Buffer {
  const next = numbers(seed);
  const content = Buffer.alloc(count * 16);
  for (let i = 0; i < count; i++) {
    content.writeUInt32LE(4096 + 12 * i, 16 * i);
    content.writeUInt32LE(next() % 50, 16 * i + 4);
    content.writeUInt32LE(next() & 0x0f000001, 16 * i + 8);
    content.writeUInt32LE(0xffff_0000, 16 * i + 12);
  }
  return content;
}
