/** Cuts what deduplication leaves of an archive, or of a file of tensors, into parts, so that each is opened as a block is. */
import type { Block } from "../block/encode.ts";
import type { PartPlan } from "../block/parted.ts";
import { MAX_PARTS } from "../format/constants.ts";
import type { Member } from "../kinds/kind.ts";
import type { BlockSettings } from "../plan/settings.ts";
import type { Deduplicated, Stretch } from "../transforms/dedupe/encode.ts";

/** How long parts are. In bytes. */
interface PartLengths {
  /** Where nothing is known of it. */
  readonly usual: number;
  /** So that no member is cut. */
  readonly most: number;
}

/** A block of the content, and what is known of it. */
type Known = Pick<Block, "values" | "tensors"> & { readonly length: number };

/**
 * @param members where they lie in the content
 * @param blocks that the content was cut into
 * @param settings of a part
 */
export function memberParts(
  { output, headLength, first }: Deduplicated,
  members: readonly Member[],
  blocks: readonly Known[],
  settings: BlockSettings,
  lengths: PartLengths,
): PartPlan[] {
  const head = { content: output.subarray(0, headLength), number: 0, last: headLength === output.length };
  const parts: PartPlan[] = [{ block: head, settings: { ...settings, method: "stored", isPart: true } }];
  const left = inOutput(members, first, headLength);
  const typed = together(
    inOutput(typedAmong(blocks), first, headLength).filter(
      ({ dataStart, dataEnd, length }) => dataEnd - dataStart === length,
    ),
  ).slice(0, MOST_TYPED);
  // Parts have half of the usual length at least, but for the last and those of values.
  const usual = Math.max(lengths.usual, Math.ceil((2 * output.length) / (MAX_PARTS - 2 * typed.length - 2)));
  const most = Math.max(usual, lengths.most);
  let next = 0;
  let nextTyped = 0;
  for (let from = headLength; from < output.length;) {
    const values = typed.at(nextTyped);
    const isTyped = values?.dataStart === from;
    const end = values === undefined || isTyped ? output.length : values.dataStart;
    const to = isTyped ? values.dataEnd : endOfPart(left, next, from, { usual, most }, end);
    if (isTyped) nextTyped++;
    const within: Member[] = [];
    for (; next < left.length && left[next].dataStart < to; next++) {
      const { dataStart, dataEnd } = left[next];
      within.push({ dataStart: Math.max(from, dataStart) - from, dataEnd: Math.min(to, dataEnd) - from });
      if (dataEnd > to) break;
    }
    const block = { content: output.subarray(from, to), number: parts.length, last: to === output.length };
    const known = isTyped ? { values: values.values, tensors: values.tensors } : { members: within };
    parts.push({ block: { ...block, ...known }, settings });
    from = to;
  }
  return parts;
}

/** Most blocks of values that are parts of their own. */
const MOST_TYPED = MAX_PARTS / 4;

/** Values of a block, or those of them that may be taken out by themselves, and where they lie. */
type Typed = Known & Member & { readonly block: number };

/** Blocks of values, as members of the content; of several runs of values each. */
function typedAmong(blocks: readonly Known[]): Typed[] {
  let next = 0;
  return blocks.flatMap((known, block): Typed[] => {
    const { values, tensors, length } = known;
    const dataStart = next;
    next += length;
    if (values === undefined || values.length < 2) {
      return values === undefined && tensors === undefined ? [] : [{ ...known, block, dataStart, dataEnd: next }];
    }
    let at = dataStart;
    return values.map((run) => {
      const start = at;
      at += run.length;
      return { values: [run], tensors: undefined, length: run.length, block, dataStart: start, dataEnd: at };
    });
  });
}

/** Runs of a block that are still side by side are one again. */
function together(typed: readonly Typed[]): Typed[] {
  const joined: Typed[] = [];
  for (const each of typed) {
    const last = joined.at(-1);
    if (
      last?.block !== each.block ||
      last.values === undefined ||
      each.values === undefined ||
      last.dataEnd !== each.dataStart
    ) {
      joined.push(each);
      continue;
    }
    const { dataEnd, values } = each;
    joined[joined.length - 1] = {
      ...last,
      dataEnd,
      length: dataEnd - last.dataStart,
      values: [...last.values, ...values],
    };
  }
  return joined;
}

/** Behind the last member that ends within the usual length or, where that is short, behind the one that would be cut. */
function endOfPart(
  left: readonly Member[],
  next: number,
  from: number,
  { usual, most }: PartLengths,
  end: number,
): number {
  if (end - from <= usual) return end;
  let last = from;
  let i = next;
  for (; i < left.length && left[i].dataEnd <= from + usual; i++) last = Math.max(last, left[i].dataEnd);
  if (2 * (last - from) >= usual) return last;
  const whole = i < left.length ? left[i].dataEnd : Infinity;
  return whole - from <= most ? whole : from + usual;
}

/** Where members lie in what is left, which stretches of the content make up. */
function inOutput<Place extends Member>(
  members: readonly Place[],
  stretches: readonly Stretch[],
  headLength: number,
): Place[] {
  let i = 0;
  /** Bytes of the stretches before. */
  let before = headLength;
  const placeOf = (place: number): number => {
    for (; i < stretches.length && stretches[i].start + stretches[i].length <= place; i++)
      before += stretches[i].length;
    return before + (i < stretches.length ? Math.max(0, place - stretches[i].start) : 0);
  };
  return members.map((member) => ({
    ...member,
    dataStart: placeOf(member.dataStart),
    dataEnd: placeOf(member.dataEnd),
  }));
}
