/** What a plan and a receipt say, and whether they can be true. */

import { createHash } from "node:crypto";
import { basename, dirname } from "node:path";

import { Failure } from "../../errors.ts";
import { printableName } from "../../files/system-path.ts";
import { bytesAt, sizeAt, within } from "../../places/place.ts";

/** The first field of both, by which they are told. */
const PLAN = "pith shard plan";
const RECEIPT = "pith shard receipt";
const VERSION = 1;
/** Bytes of a plan at most: those of a million units. */
const MOST_PLAN = 2 ** 29;
const MOST_RECEIPT = 4096;

/** What is done with units. */
export const UNIT_KIND_NAMES = ["compress", "analyze", "count"] as const;
export type UnitKindName = (typeof UNIT_KIND_NAMES)[number];

/** What decides which bytes a unit becomes. */
interface UnitSettings {
  readonly unit: UnitKindName;
  /** Of those that are compressed: level, whether what is packed is opened, and bytes of a block; null: by level. */
  readonly level: number;
  readonly open: boolean;
  readonly blockSize: number | null;
  /** Bytes of memory that doing it may take. */
  readonly memoryLimit: number;
  /** Of those that are counted; null: the usual ones. */
  readonly alphabet: string | null;
  readonly window: { readonly before: number; readonly after: number } | null;
}

/** A range of an input. */
export interface Unit {
  /** Its number among the inputs. */
  readonly input: number;
  /** Bytes of it: from `start` up to, but without, `end`. */
  readonly start: number;
  readonly end: number;
  /** SHA-256 of these bytes. */
  readonly sha256: string;
}

export interface Plan {
  /** Version of the program: another one may make other bytes. */
  readonly program: string;
  readonly settings: UnitSettings;
  /** Absolute paths, or names of objects: `s3://BUCKET/KEY`. */
  readonly inputs: readonly { readonly path: string; readonly size: number }[];
  readonly units: readonly Unit[];
}

/** A plan as it was read. */
export interface ReadPlan extends Plan {
  /** SHA-256 of the file: two plans are the same if their files are. */
  readonly hash: string;
}

/** What says that a unit is done. */
export interface Receipt {
  /** {@link ReadPlan.hash}. */
  readonly plan: string;
  readonly unit: number;
  /** Of the file beside it. */
  readonly length: number;
  readonly sha256: string;
}

export function writePlan(plan: Plan): Uint8Array {
  return encodeJson({ kind: PLAN, version: VERSION, ...plan });
}

export function writeReceipt(receipt: Receipt): Uint8Array {
  return encodeJson({ kind: RECEIPT, version: VERSION, ...receipt });
}

/**
 * @param program the version of this program
 * @throws Failure if it is none, or of another version
 */
export async function readPlan(path: string, program: string): Promise<ReadPlan> {
  const bytes = await bytesAt(path, MOST_PLAN);
  const value = parse(bytes);
  const name = printableName(path);
  if (!isObject(value) || value.kind !== PLAN)
    throw new Failure(`expected a plan of pith shard plan, got another file: ${name}`);
  if (value.version !== VERSION)
    throw new Failure(`expected a plan of version ${VERSION}, got ${text(value.version)}; make it again`);
  if (value.program !== program) {
    throw new Failure(
      `the plan is of pith ${text(value.program)}, and this is pith ${program}, which may make other bytes of the same; ` +
        "use the same on all machines, or make the plan again",
    );
  }
  const { settings, inputs, units } = value;
  if (!isSettings(settings) || !isListOf(inputs, isInput) || !isListOf(units, isUnit) || !areInRow(inputs, units)) {
    throw new Failure("the plan was changed: it contradicts itself; make it again with pith shard plan");
  }
  return { program, settings, inputs, units, hash: createHash("sha256").update(bytes).digest("hex") };
}

/** @returns undefined if there is none, or it is not of that unit of that plan */
export async function readReceipt(path: string, plan: ReadPlan, unit: number): Promise<Receipt | undefined> {
  const size = await sizeAt(path);
  if (size === undefined || size > MOST_RECEIPT) return undefined;
  const value = parse(await bytesAt(path, MOST_RECEIPT));
  if (!isObject(value) || value.kind !== RECEIPT || value.version !== VERSION) return undefined;
  const { plan: hash, unit: number, length, sha256 } = value;
  if (hash !== plan.hash || number !== unit || !isLength(length) || !isHash(sha256)) return undefined;
  return { plan: hash, unit: number, length, sha256 };
}

/** Where the units of a plan lie. */
export function shardFolder(plan: string, named: string | undefined): string {
  return named ?? within(dirname(plan), `${basename(plan).replace(/\.json$/, "")}.shards`);
}

/** The file of a unit, and its receipt. */
export function shardPaths(folder: string, unit: number): { readonly shard: string; readonly receipt: string } {
  const name = `${unit}`.padStart(6, "0");
  return { shard: within(folder, `${name}.pith`), receipt: within(folder, `${name}.json`) };
}

function encodeJson(value: unknown): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(value, undefined, 1)}\n`);
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}

/** What may be said in any of them, before it is known to be so. */
type Fields = Readonly<
  Partial<
    Record<
      | "kind"
      | "version"
      | keyof Plan
      | keyof UnitSettings
      | keyof Unit
      | keyof Receipt
      | "path"
      | "size"
      | "before"
      | "after",
      unknown
    >
  >
>;

function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null;
}

function isListOf<Type>(value: unknown, isOne: (item: unknown) => item is Type): value is readonly Type[] {
  return Array.isArray(value) && value.every(isOne);
}

function isLength(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isHash(value: unknown): value is string {
  return typeof value === "string" && /^[0-9a-f]{64}$/.test(value);
}

function isSettings(value: unknown): value is UnitSettings {
  if (!isObject(value)) return false;
  const { unit, level, open, blockSize, memoryLimit, alphabet, window } = value;
  const isNamed = UNIT_KIND_NAMES.some((name) => name === unit);
  const isBlock = blockSize === null || isLength(blockSize);
  const isCount = (alphabet === null || typeof alphabet === "string") && (window === null || isWindow(window));
  return isNamed && isLength(level) && typeof open === "boolean" && isBlock && isLength(memoryLimit) && isCount;
}

function isWindow(value: unknown): boolean {
  return isObject(value) && isLength(value.before) && isLength(value.after);
}

function isInput(value: unknown): value is Plan["inputs"][number] {
  return isObject(value) && typeof value.path === "string" && isLength(value.size);
}

function isUnit(value: unknown): value is Unit {
  return (
    isObject(value) && isLength(value.input) && isLength(value.start) && isLength(value.end) && isHash(value.sha256)
  );
}

/** Whether units are all of all inputs, in their order. */
function areInRow(inputs: Plan["inputs"], units: readonly Unit[]): boolean {
  let [input, at] = [0, 0];
  for (const unit of units) {
    while (input < inputs.length && at === inputs[input].size && !(unit.input === input && unit.start === at))
      [input, at] = [input + 1, 0];
    if (unit.input !== input || unit.start !== at || unit.end < at || unit.end > (inputs.at(input)?.size ?? -1))
      return false;
    at = unit.end;
  }
  return units.length > 0 && input === inputs.length - 1 && at === inputs[input].size;
}

/** What stands in a field, for an error. */
function text(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? `${value}`.slice(0, 40) : "none";
}
