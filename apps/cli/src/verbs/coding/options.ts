/** The options of compress, decompress, test, list and bench. */

import type { Kind, MethodName } from "@pith/codec";

import { globFilter } from "../../files/glob.ts";
import { SUFFIX } from "../../files/names.ts";
import { ORDERS } from "../../files/order.ts";
import type { OptionTable } from "../../interface/option.ts";
import { choice, file, integer, number, size, suffix } from "../../interface/readers.ts";
import { RESOURCE_OPTIONS } from "../../interface/resource-options.ts";
import { MAX_LEVEL, parseLevels, parseRange } from "../../interface/values.ts";
import type { VerbName } from "../../interface/verb.ts";
import { NETWORK_KEYS, parseNetwork } from "./neural.ts";

export const MINIMUM_BLOCK_SIZE = 4096;
const MAXIMUM_BLOCK_SIZE = 2 ** 30;
const MAXIMUM_OUTPUT = 2 ** 50;

/** What holds where an option is not given. */
export const DEFAULTS = {
  level: 5,
  method: "auto",
  kind: "auto",
  prior: "none",
  rounds: 1,
  levels: [1, 5, 9],
} as const;

/** All names that the codec has, in the order of the help: one that is missing here does not compile. */
const METHODS = namesOf<MethodName>({
  auto: true,
  mix: true,
  ppm: true,
  dna: true,
  pairs: true,
  neural: true,
  rank: true,
  jpeg: true,
  lz: true,
  samples: true,
  weights: true,
  dedupe: true,
  stored: true,
});
const KINDS = namesOf<Kind>({
  auto: true,
  text: true,
  binary: true,
  dna: true,
  "weights:f64": true,
  "weights:f32": true,
  "weights:f16": true,
  "weights:bf16": true,
  "weights:f8": true,
  "weights:i8": true,
});

function namesOf<Name extends string>(names: Readonly<Record<Name, true>>): readonly Name[] {
  return Object.keys(names) as Name[];
}

const compressing: readonly VerbName[] = ["compress"];
const measuring: readonly VerbName[] = ["compress", "bench"];
const coding: readonly VerbName[] = ["compress", "decompress"];
/** Verbs that take names of files, of which some are those of compressed ones. */
const named: readonly VerbName[] = [...coding, "test", "list"];
const decoding: readonly VerbName[] = ["decompress", "test"];
const parallel: readonly VerbName[] = ["compress", ...decoding];

export const CODING_OPTIONS = {
  decompress: {
    flags: ["-d", "--decompress"],
    group: "What to do",
    common: true,
    text: "decompress, the same as the verb decompress",
    verb: "decompress",
  },
  test: {
    flags: ["-t", "--test"],
    group: "What to do",
    common: true,
    text: "decode everything, keep nothing, and say whether it is whole",
    verb: "test",
  },
  list: {
    flags: ["-l", "--list"],
    group: "What to do",
    common: true,
    text: "show what files are made of, without decoding them",
    verb: "list",
  },
  bench: {
    flags: ["-b", "--bench"],
    group: "What to do",
    text: "measure each level beside gzip and brotli",
    verb: "bench",
  },
  level: {
    flags: ["-1", "-2", "-3", "-4", "-5", "-6", "-7", "-8", "-9"],
    label: "-1 … -9",
    group: "How to compress",
    verbs: compressing,
    tolerated: decoding,
    common: true,
    text: "level: 1 is fast, 9 is small",
    range: "1 to 9",
    default: `${DEFAULTS.level}`,
    detail: "Decompression takes as long as compression did, and as much memory: a level is chosen for both.",
    overrides: ["max"],
    read: (_text, flag) => Number(flag.slice(1)),
  },
  max: {
    flags: ["--max"],
    group: "How to compress",
    verbs: compressing,
    tolerated: decoding,
    common: true,
    text: `level ${MAX_LEVEL}: smaller than -9, half as fast`,
    detail:
      "Mixes in a larger network, which for English begins with what it learnt of other texts. The same memory as -9.",
    overrides: ["level"],
  },
  method: {
    flags: ["-m", "--method"],
    ...choice("METHOD", METHODS),
    group: "How to compress",
    verbs: measuring,
    tolerated: decoding,
    text: "method of coding",
    default: DEFAULTS.method,
    detail:
      "auto tries what suits each block; mix mixes the predictions of many contexts; ppm asks one context at " +
      "a time, the longest first, which is several times as fast; dna packs bases in two bits and " +
      "predicts those; pairs gives two letters one code of four bits and works out from what is around it which was " +
      "meant, which is fast, for English; neural codes each symbol under the prediction of a network, rank by how many symbols " +
      "that thought likelier, both slowly; jpeg takes a JPEG file apart and predicts what its picture is made of; lz copies what was there before, which is quick to decode; samples is for pictures and sound that are not compressed, such as BMP and WAV; weights is for the numbers of models, which auto finds in .safetensors, .gguf and .npy files; dedupe is auto, but codes what comes again far away only once, as auto itself does where a " +
      "sample promises enough; stored only keeps the bytes. Every method gives every file back exactly.",
  },
  neural: {
    flags: ["--neural"],
    value: { name: "KEY=VALUE,…" },
    group: "How to compress",
    verbs: measuring,
    tolerated: decoding,
    text: "network of the methods neural and rank, such as architecture=gru,hidden=64",
    default: "by level",
    detail:
      `Keys and values: ${NETWORK_KEYS}. adaptive networks start from ` +
      "nothing and learn while they code, dynamic ones are trained on each block first, for so many epochs, and stored in " +
      "it, static ones come with the program, for English or for bases. chunk is how many symbols are learnt from at a time, context how many the network sees, orders how many select " +
      "weights of their own. A vocabulary makes tokens of strings of bytes first. coder is what codes the ranks of the " +
      "method rank.",
    requires: [{ oneOf: ["--method neural", "--method rank"] }],
    read: (text, name) => parseNetwork(text, name),
  },
  network: {
    flags: ["--network"],
    ...file("MODEL"),
    group: "How to compress",
    verbs: parallel,
    text: "network of the methods neural and rank that pith train wrote; to decompress, any that may be needed",
    detail:
      "It learns nothing more. The output only names it, by the hash that pith train prints: whoever decompresses needs " +
      "MODEL, too. The list of a file shows the hashes that it needs; to decompress, --network may be given several times.",
    requires: [{ verbs: compressing, oneOf: ["--method neural", "--method rank"] }],
    several: true,
  },
  kind: {
    flags: ["--kind"],
    ...choice("KIND", KINDS),
    group: "How to compress",
    verbs: measuring,
    tolerated: decoding,
    text: "what the data is",
    default: DEFAULTS.kind,
    detail:
      "auto looks at each block. weights: and a type is an array of such numbers, without a header, the lowest byte first. A wrong kind " +
      "costs size, never content.",
  },
  blockSize: {
    flags: ["--block-size"],
    ...size(MINIMUM_BLOCK_SIZE, MAXIMUM_BLOCK_SIZE),
    group: "How to compress",
    verbs: measuring,
    tolerated: decoding,
    text: "content in a block, such as 4MiB",
    default: "by level",
    detail:
      "Each block is coded by itself: small blocks give more threads work and make --range quicker, large blocks " +
      "compress better.",
  },
  recursive: {
    flags: ["-r", "--recursive"],
    group: "Which files",
    verbs: named,
    common: true,
    text: "of a folder, do the files in it and in the folders in it",
    detail:
      "Each by itself, where without -r a folder becomes one archive. Compressed files are left out when compressing, and all " +
      "others otherwise. Symbolic links in folders are not followed.",
  },
  filesFrom: {
    flags: ["--files-from"],
    ...file(),
    group: "Which files",
    verbs: named,
    text: "do the files that FILE names, one a line; - is standard input",
    several: true,
  },
  null: {
    flags: ["-0", "--null"],
    group: "Which files",
    verbs: named,
    text: "names of --files-from end with a byte of zero, as find -print0 writes them",
    requires: [{ oneOf: ["--files-from"] }],
  },
  order: {
    flags: ["--order"],
    ...choice("ORDER", ORDERS),
    group: "Archives",
    verbs: compressing,
    text: "in which order the files of a folder lie in its archive",
    default: ORDERS[0],
    detail:
      "kind has text first, by its paths, then other files by the ends of their names, and last what is no file; as-is is the " +
      "order in which they are named and found.",
  },
  exclude: {
    flags: ["--exclude"],
    value: { name: "GLOB" },
    group: "Archives",
    verbs: compressing,
    text: "leave out of an archive what GLOB means, with all that is in it",
    detail:
      "* and ? stand for characters of a name, ** also for those between folders, [a-z] for one of a few. Without /, any file or folder of " +
      "that name is meant; with one, a path as the archive has it: --exclude 'project/build'.",
    several: true,
    read: (text) => globFilter(text),
  },
  excludeVcs: {
    flags: ["--exclude-vcs"],
    group: "Archives",
    verbs: compressing,
    text: "leave out of an archive what programs for versions keep: .git, .svn, .hg and their like",
  },
  owners: {
    flags: ["--owners"],
    group: "Archives",
    verbs: compressing,
    text: "keep the numbers of owners and groups in an archive",
    detail: "Without it, an archive does not tell whose files they were.",
  },
  reference: {
    flags: ["--reference"],
    ...file("OLD"),
    group: "Archives",
    verbs: ["compress", "decompress", "test", "list"],
    text: "code only what is new or has changed since OLD: an archive for a folder, else an earlier version of the file",
    detail:
      "Of a file, what OLD has anywhere is copied, and the rest coded by a model that learns what is near it in OLD. OLD is held in memory. Of a safetensors file, tensors of the name, type and shape that they have in OLD, such as the model that one was trained from, are " +
      "coded as their difference, where that is shorter. OLD may be compressed by Pith. Who decompresses or tests needs it, too, by " +
      "--reference; another one is told by its checksum. Of a folder: what has the name, type, size, time, rights and owner that it has in OLD is not packed, and its content is not compared. Who opens " +
      "the archive needs OLD, too, and is told so by its fingerprint: it is looked for beside the archive, by its name, and among what " +
      "--reference names, which may be given several times: OLD may itself build on another.",
    several: true,
  },
  files: {
    flags: ["--files"],
    group: "Archives",
    verbs: ["list"],
    text: "show what is in an archive, a name a line; with -v, with type, rights, size and time",
  },
  noOpen: {
    flags: ["--no-open"],
    group: "How to compress",
    verbs: measuring,
    tolerated: decoding,
    text: "leave what is packed inside closed",
    detail:
      "Without it, streams of deflate (in gzip, ZIP, DOCX, JAR, PDF, PNG and others), JPEGs, base64, hexadecimal, UTF-16 " +
      "and the members of a tar are taken apart and coded as what they are, and come back bit for bit. That takes as long as what is inside takes.",
  },
  verify: {
    flags: ["--verify"],
    group: "How to compress",
    verbs: compressing,
    tolerated: decoding,
    text: "decode each block again before it is written",
    default: "those of model weights",
    detail:
      "Takes as long as decompressing. Nothing is written that does not come back. --no-verify leaves it out everywhere; --rm decodes the whole file in the end, whatever stands here.",
    overrides: ["noVerify"],
  },
  noVerify: {
    flags: ["--no-verify"],
    group: "How to compress",
    verbs: compressing,
    tolerated: decoding,
    text: "decode no block again",
    overrides: ["verify"],
  },
  prior: {
    flags: ["--prior"],
    ...file("PRIOR"),
    group: "How to compress",
    verbs: ["compress", "decompress", "test"],
    text: "code short files with what a prior knows: auto, the built-in one; or a file that pith prior train wrote",
    default: "none",
    detail:
      "Files of up to 64 KiB, and such ends of longer ones, are coded with it, where that is shorter. It knows English, JSON, logs, markup and " +
      "code, or what your own files are like. A file names it by its hash: to decompress or test, only one of your own has to be given. " +
      "Not with --method, and not for archives.",
  },
  excludeCompressed: {
    flags: ["--exclude-compressed"],
    group: "Which files",
    verbs: compressing,
    text: "leave out files that are compressed already: archives, pictures, films, sound",
    detail:
      "They are told by how they begin, not by their names. It is no warning that they are left out; -v names them.",
  },
  stdout: {
    flags: ["-c", "--stdout"],
    group: "Where the output goes",
    verbs: coding,
    common: true,
    text: "write to standard output; several files are joined",
    detail: "Joined files are one file whose content is that of all of them in turn.",
  },
  output: {
    flags: ["-o", "--output"],
    ...file(),
    group: "Where the output goes",
    verbs: coding,
    common: true,
    text: "write to FILE, or into a folder FILE/; - is standard output",
    default: "FILE.pith beside FILE, and back; of a folder FOLDER.tar.pith",
    detail:
      "A folder is made if it is not there; one that is there needs no slash. In it the outputs lie as their sources lie " +
      "under what was named: with -r, a/b/c goes to FILE/b/c.pith if a/b was named.",
    conflicts: ["--stdout"],
  },
  outputDirFlat: {
    flags: ["--output-dir-flat"],
    ...file("FOLDER"),
    group: "Where the output goes",
    verbs: coding,
    text: "write all outputs into FOLDER, side by side",
    detail: "Of two sources with the same name, the second is an error.",
    conflicts: ["--stdout", "--output"],
  },
  suffix: {
    flags: ["-S", "--suffix"],
    ...suffix(),
    group: "Where the output goes",
    verbs: named,
    text: "how the names of compressed files end",
    default: SUFFIX,
    detail: `A name that ends in ${SUFFIX} is that of a compressed file all the same.`,
  },
  flush: {
    flags: ["--flush"],
    ...number(0.01, 3600, "SECONDS"),
    group: "Where the output goes",
    verbs: compressing,
    tolerated: decoding,
    text: "have come out what was read so many seconds ago, though more may follow",
    default: "at the end of a block",
    detail:
      "For logs and messages that are read while they are written: tail -f log | pith --flush 1 | …; what decompresses gives " +
      "out each piece as it comes. Pieces do not know each other, so short ones compress less.",
  },
  noSparse: {
    flags: ["--no-sparse"],
    group: "Where the output goes",
    verbs: ["decompress"],
    text: "write zeros to the disk instead of holes",
    detail: "Without it, long runs of zeros in a decompressed file take no place on the disk.",
  },
  range: {
    flags: ["--range"],
    value: { name: "START:END" },
    group: "Where the output goes",
    verbs: ["decompress"],
    text: "decompress only the content bytes from START up to END",
    range: "0:0 to the length of the content; END may be left out",
    default: "everything",
    detail:
      "Only the blocks in which the range lies are decoded. The first byte is 0 and END itself is left out: 0:10 is " +
      "the first ten bytes. The output goes to standard output unless -o names a file.",
    read: (text, name) => parseRange(name, text),
  },
  force: {
    flags: ["-f", "--force"],
    group: "Where the output goes",
    verbs: coding,
    common: true,
    text: "overwrite; compress what is compressed already; write to a terminal",
    detail: "With -dc, what is no .pith file is given out as it is.",
  },
  keep: {
    flags: ["-k", "--keep"],
    group: "Where the output goes",
    verbs: coding,
    text: "keep the sources (the default)",
    overrides: ["remove"],
  },
  remove: {
    flags: ["--rm"],
    group: "Where the output goes",
    verbs: coding,
    common: true,
    text: "delete each source once its output is whole, checked and on the disk",
    detail:
      "After compressing, the output is decoded again and its checksums are compared, which takes as long as " +
      "decompression; only then is it given its name and the source deleted. A source that changed meanwhile is kept.",
    overrides: ["keep"],
    conflicts: ["--stdout", "--range"],
  },
  threads: { ...RESOURCE_OPTIONS.threads, verbs: parallel },
  memory: { ...RESOURCE_OPTIONS.memory, verbs: parallel },
  maxOutput: {
    flags: ["--max-output"],
    ...size(0, MAXIMUM_OUTPUT),
    group: "Resources",
    verbs: decoding,
    text: "content that a file may decompress to, such as 2GiB; more is an error",
    default: "any",
    detail:
      "A few bytes can stand for gigabytes: give a limit for files of others. It is checked before memory is taken; where " +
      "several blocks come, those within the limit are decoded first.",
  },
  levels: {
    flags: ["--levels"],
    value: { name: "LIST" },
    group: "Benchmark",
    verbs: ["bench"],
    text: "levels to measure, such as 1,5,9 or 1-3",
    range: `1 to ${MAX_LEVEL}`,
    default: DEFAULTS.levels.join(","),
    read: (text, name) => parseLevels(name, text),
  },
  rounds: {
    flags: ["--rounds"],
    ...integer(1, 99),
    group: "Benchmark",
    verbs: ["bench"],
    text: "times that everything is measured, in turn; medians are shown",
    detail: "On a machine that others use, more rounds say more: each takes as long as the first.",
    default: `${DEFAULTS.rounds}`,
  },
} as const satisfies OptionTable;
