// Short texts to learn the units of messages from: lines of chat, sentences, paragraphs, and cuts of longer texts.
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

const SHORTEST = 2;
/** Bytes of a text at most. */
export const LONGEST = 600;
/** A cut has 100 to 349 bytes. */
const SHORTEST_CUT = 100;
const CUTS = 250;
/** Characters of a paragraph that is not parted into sentences, and of sentences that stay together. */
const PARAGRAPH = 500;
const SENTENCES = 300;
/** Share of each book; half of it in paragraphs, half in cuts. */
const SHARE = 0.35;
/** Characters before a book's text. */
const FRONT = 2000;

/**
 * @param {string} folder English texts: chat with times and names (`*irc*`), sentences a line whose tokens are apart
 *   (`*sentences*`), a folder `novels`; of others, cuts
 * @returns {Promise<Buffer[]>} in an order that is the same each time
 */
export async function readTexts(folder) {
  const random = randomNumbers(7);
  const texts = [];
  const add = (text) => {
    const bytes = Buffer.from(text, "latin1");
    if (bytes.length >= SHORTEST && bytes.length <= LONGEST) texts.push(bytes);
  };
  const cut = (text) => {
    for (let at = 0; at < text.length;) {
      const length = SHORTEST_CUT + Math.floor(random() * CUTS);
      add(text.slice(at, at + length));
      at += length;
    }
  };
  // Bytes as characters, so that lengths are bytes.
  const read = (...path) => readFile(join(folder, ...path), "latin1");

  for (const file of (await readdir(folder)).sort()) {
    if (!file.endsWith(".txt")) continue;
    const text = await read(file);
    // A text without capitals and punctuation says nothing of how messages are written.
    if (!/[A-Z]/.test(text.slice(0, 10_000))) continue;
    if (file.includes("irc")) linesOfChat(text).forEach(add);
    else if (file.includes("sentences")) sentencesOf(text).forEach(add);
    else cut(text);
  }
  for (const file of (await readdir(join(folder, "novels"))).sort()) {
    const text = await read("novels", file);
    const part = text.slice(FRONT, FRONT + Math.floor(text.length * SHARE));
    const half = Math.floor(part.length / 2);
    cut(part.slice(0, half));
    paragraphsOf(part.slice(half)).forEach(add);
  }
  return shuffled(texts, random);
}

/** What people say, without when, and without what the server says. */
function linesOfChat(text) {
  return text
    .split("\n")
    .filter((line) => !line.startsWith("==="))
    .map((line) => line.replace(/^\[\d\d:\d\d\] +<[^>]*> /, ""));
}

/** Each sentence; of three, two together. */
function sentencesOf(text) {
  const lines = withoutSpacesBetweenTokens(text).split("\n");
  const found = [];
  for (let i = 0; i < lines.length; i++) {
    if (i % 3 === 0 && i + 1 < lines.length) found.push(`${lines[i]} ${lines[++i]}`);
    else found.push(lines[i]);
  }
  return found;
}

function withoutSpacesBetweenTokens(text) {
  return text
    .replace(/ ([,.;:?!)\]%]|'s\b|'t\b|n't\b|')/g, "$1")
    .replace(/([([$]) /g, "$1")
    .replace(/`` ?/g, '"')
    .replace(/ ?''/g, '"')
    .replace(/ " ([^"]*?) "/g, ' "$1"');
}

/** Paragraphs in one line each; long ones in parts of whole sentences. */
function paragraphsOf(text) {
  const found = [];
  for (const lines of text.split(/\n\n+/)) {
    const paragraph = lines.replace(/\s*\n\s*/g, " ").trim();
    if (paragraph.length <= PARAGRAPH) {
      found.push(paragraph);
      continue;
    }
    let part = "";
    for (const sentence of paragraph.match(/[^.!?]+[.!?]+["']?\s*/g) ?? [paragraph]) {
      if (part.length + sentence.length > SENTENCES) {
        found.push(part.trim());
        part = "";
      }
      part += sentence;
    }
    found.push(part.trim());
  }
  return found;
}

/** Numbers from 0 to 1 by xorshift32. */
function randomNumbers(seed) {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

function shuffled(items, random) {
  for (let i = items.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [items[i], items[j]] = [items[j], items[i]];
  }
  return items;
}
