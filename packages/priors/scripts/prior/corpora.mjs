/** Texts by the manner in which they are written: each manner is sampled from a model of its own. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

const SENTENCE = /(?<=[.!?]["”’']?) +(?=["“‘'A-Z])/;

/** Sentences of a text that is broken into lines: lines of a paragraph are joined. */
function sentencesOf(text) {
  return text
    .split(/\n\s*\n/)
    .flatMap((paragraph) => paragraph.replace(/\s+/g, " ").trim().split(SENTENCE))
    .map((sentence) => sentence.replace(/[“”]/g, '"').replace(/[‘’]/g, "'").replace(/—/g, "--"))
    .filter((sentence) => sentence.length >= 20 && sentence.length <= 300 && /^[\x20-\x7e]+$/.test(sentence));
}

/** What people said in a chat, without names and times. */
function saidIn(text) {
  return text
    .split("\n")
    .map((line) => /^\[\d\d:\d\d\] <[^>]+> (?:[^ ]+[:,] )?(.*)$/.exec(line)?.[1] ?? "")
    .filter(
      (line) => line.length >= 10 && line.length <= 200 && /^[\x20-\x7e]+$/.test(line) && !/https?:|@/.test(line),
    );
}

/** Sentences whose punctuation stands by itself, written as usual. */
function closedUp(text) {
  return text
    .split("\n")
    .map((line) =>
      line
        .replace(/ ([,.;:!?)\]%])/g, "$1")
        .replace(/([([$]) /g, "$1")
        .replace(/ '(s|t|re|ve|ll|d|m)\b/g, "'$1")
        .replace(/" ([^"]*?) "/g, '"$1"')
        .replace(/' ([^']*?) '/g, "'$1'"),
    )
    .filter((line) => line.length >= 30 && line.length <= 250 && /^[A-Z][\x20-\x7e]+$/.test(line));
}

/** @param {string} folder english/train @returns {Promise<Record<string, string[]>>} sentences by manner */
export async function readCorpora(folder) {
  const read = (name) => readFile(join(folder, name), "utf8");
  const novels = (await readdir(join(folder, "novels"))).sort();
  const prose = [];
  for (const name of novels) prose.push(...sentencesOf(await read(`novels/${name}`)));
  return {
    prose,
    speech: [...sentencesOf(await read("inaugural.txt")), ...sentencesOf(await read("state_union.txt"))],
    jargon: sentencesOf(await read("jargon.txt")),
    facts: closedUp(await read("wikisplit_sentences.txt")),
    chat: saidIn(await read("ubuntu_irc.txt")),
  };
}
