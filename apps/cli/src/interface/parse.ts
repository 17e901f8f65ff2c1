/** From the words of the command line to a verb, what was given of its options, and its operands. */

import { UsageError } from "../errors.ts";
import { readWords, type Given } from "./arguments.ts";
import { checkOperands, checkOptions } from "./check.ts";
import { COMMON_OPTIONS } from "./common-options.ts";
import { givenByEnvironment } from "./environment.ts";
import { heeds, nameOf, type Arguments, type Option, type OptionTable } from "./option.ts";
import { didYouMean, nearest } from "./suggest.ts";
import { firstWordsOf, secondWordsOf, type Families, type Family, type Verb } from "./verb.ts";

/** A command line that makes sense. */
export interface Invocation {
  readonly family: Family;
  /** Undefined where only a family was named, which is fit for nothing but help. */
  readonly verb: Verb | undefined;
  /** Whether it was named, by a word or an option. */
  readonly named: boolean;
  /** What was given of the family's options. */
  readonly given: Arguments<typeof COMMON_OPTIONS>;
  readonly operands: readonly string[];
}

/** What lies around the command line. */
export interface Surroundings {
  /** What is at a path. */
  readonly lookUp: (path: string) => "file" | "folder" | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * @param words the arguments after the command's name
 * @throws UsageError
 */
export async function parse(
  words: readonly string[],
  families: Families,
  { lookUp, environment }: Surroundings,
): Promise<Invocation> {
  const place = placeOf(words, families, lookUp);
  const { family } = place;
  const table: OptionTable = { ...COMMON_OPTIONS, ...(await family.loadOptions()) };
  const { given, unknown, operands } = readWords(place.rest, table);
  const byOption = verbOfOptions(family, given);
  if (byOption !== undefined && place.verb !== undefined && byOption !== place.verb)
    throw twoVerbs(place.verb, byOption);
  const isMain = family === families[0];
  const verb = place.verb ?? byOption ?? (isMain ? family.verbs[0] : undefined);
  const named = place.named || byOption !== undefined;
  if (unknown.length > 0) throw await explainUnknown(unknown[0], family, verb, families);

  const byEnvironment = isMain && verb !== undefined ? givenByEnvironment(environment, table, verb) : [];
  const kept = withoutOverridden([...byEnvironment, ...given]);
  const asked = argumentsOf(verb, kept);
  if (verb !== undefined && asked.help !== true && asked.version !== true) {
    if (!named && !words.includes("--")) refuseSlip(operands, families, lookUp);
    checkOptions(verb.name, kept);
    checkOperands(verb.name, verb.operand, operands.length);
  }
  return { family, verb, named, given: asked, operands };
}

/** What the first words say, and the words that are left. */
interface Place {
  readonly family: Family;
  readonly verb: Verb | undefined;
  readonly named: boolean;
  readonly rest: readonly string[];
}

/** A verb is the first word, and only there: a file of that name further on is a file. */
function placeOf(words: readonly string[], families: Families, lookUp: Surroundings["lookUp"]): Place {
  const [first, second] = words;
  const family = words.length === 0 ? undefined : families.find((each) => firstWordsOf(each).includes(first));
  if (family === undefined) return { family: families[0], verb: undefined, named: false, rest: words };
  if (lookUp(first) === "file" && second !== "--") {
    throw new UsageError(
      `${first}: is a verb, and a file here has that name; write ./${first} for the file, or ${first} -- FILE… for the verb`,
    );
  }
  if (family.name === undefined) {
    const verb = family.verbs.find(({ name }) => name === first);
    return { family, verb, named: true, rest: words.slice(1) };
  }
  const verb = family.verbs.find(({ name }) => name === `${first} ${second}`);
  return { family, verb, named: true, rest: words.slice(verb === undefined ? 1 : 2) };
}

/** The verb that options such as `-d` stand for. */
function verbOfOptions(family: Family, given: readonly Given[]): Verb | undefined {
  let chosen: Verb | undefined;
  for (const { option } of given) {
    const verb = family.verbs.find(({ name }) => name === option.verb);
    if (verb !== undefined && chosen !== undefined && verb !== chosen) throw twoVerbs(chosen, verb);
    chosen ??= verb;
  }
  return chosen;
}

function twoVerbs(one: Verb, other: Verb): UsageError {
  return new UsageError(`${one.name} and ${other.name}: expected one thing to do, got two`);
}

/** Of options that take each other back, the last ones. */
function withoutOverridden(given: readonly Given[]): Given[] {
  return given.filter(({ key }, i) => !given.slice(i + 1).some(({ option }) => option.overrides?.includes(key)));
}

/** @throws UsageError if the verb does not have the option, or its value is not to be read */
function argumentsOf(verb: Verb | undefined, given: readonly Given[]): Invocation["given"] {
  const values: Record<string, unknown> = {};
  for (const { key, option, flag, text } of given) {
    if (verb !== undefined && !heeds(verb.name, option) && !option.tolerated?.includes(verb.name)) {
      throw new UsageError(`${nameOf(option)}: expected with ${option.verbs?.join(", ")}, got with ${verb.name}`);
    }
    const value = option.read?.(text, option.label === undefined ? nameOf(option) : flag) ?? true;
    const before = values[key] as readonly unknown[] | undefined;
    values[key] = option.several ? [...(before ?? []), value] : value;
  }
  return values;
}

/** Says of a flag that the family does not have whose it is, or what it could have been. */
async function explainUnknown(
  flag: string,
  family: Family,
  verb: Verb | undefined,
  families: Families,
): Promise<UsageError> {
  const got = verb?.name ?? family.name ?? "";
  const flags: string[] = [];
  const found: { readonly name: string; readonly verbs: readonly string[] }[] = [];
  // Its own options first: of what is equally near, the first is meant.
  for (const each of [family, ...families.filter((other) => other !== family)]) {
    const options: readonly Option[] = [
      ...Object.values(await each.loadOptions()),
      ...Object.values<Option>(COMMON_OPTIONS),
    ];
    const option = options.find((other) => other.flags.includes(flag));
    if (option !== undefined) {
      found.push({ name: nameOf(option), verbs: option.verbs ?? each.verbs.map(({ name }) => name) });
    }
    flags.push(...options.flatMap((other) => other.flags).filter((other) => other.startsWith("--")));
  }
  if (found.length > 0) {
    const verbs = found.flatMap((each) => each.verbs).join(", ");
    return new UsageError(`${found[0].name}: expected with ${verbs}, got with ${got}`);
  }
  return new UsageError(`${flag}: no such option${flag.startsWith("--") ? didYouMean(flag, flags) : ""}`);
}

/** @throws UsageError if the first operand is no file, but like a verb */
function refuseSlip(operands: readonly string[], families: Families, lookUp: Surroundings["lookUp"]): void {
  const first = operands.at(0);
  if (first === undefined || !/^[a-z]+$/i.test(first) || lookUp(first) !== undefined) return;
  const words = new Map<string, string>([
    ["help", "--help"],
    ["version", "--version"],
  ]);
  for (const family of families) {
    for (const word of firstWordsOf(family)) words.set(word, word);
    for (const word of secondWordsOf(family)) if (!words.has(word)) words.set(word, `${family.name} ${word}`);
  }
  const near = words.has(first) ? first : nearest(first, words.keys());
  if (near === undefined) return;
  const hint = words.get(near) === first ? "a verb is the first word" : "no verb";
  throw new UsageError(`${first}: no such file, and ${hint}; did you mean pith ${words.get(near)}?`);
}

/** @throws UsageError that names the verbs of a family */
export function requireVerb({ family, verb, operands }: Invocation): Verb {
  if (verb !== undefined) return verb;
  const got = operands.length === 0 ? "nothing" : operands[0];
  const words = secondWordsOf(family);
  const near = operands.length === 0 ? "" : didYouMean(got, words);
  throw new UsageError(`${family.name}: expected ${words.join(", ")}, got ${got}${near}`);
}
