import type { Activation } from "@pith/predictors";
import type { Settings } from "../shared/routes.ts";

/** Which letters share a code. */
export const PAIRINGS = {
  thesis: "the thesis’s, found by a search",
  alphabetical: "as in the alphabet",
  hungarian: "most different, by the Hungarian algorithm",
  exact: "most different, by exact matching",
  resolver: "as the resolvers have them",
  own: "my own",
} as const;
export type PairingName = keyof typeof PAIRINGS;

/** Who tells the letters of a code apart. */
export const DECODERS = {
  small: "a small resolver",
  medium: "a medium resolver",
  large: "a large resolver",
  statistics: "statistics, as in the thesis",
  trained: "a trained table, for the thesis’s pairs",
} as const;
export type DecoderName = keyof typeof DECODERS;

/** What is done to the number of each neighbour. */
export const ACTIVATIONS: Readonly<Record<Activation, string>> = {
  identity: "identity",
  sigmoid: "sigmoid",
  selu: "SELU",
  tanh: "tanh",
};

/** What the numbers of each distance are multiplied with. */
export const MULTIPLIERS = {
  none: "none",
  base: "the thesis’s, Base",
  plato: "the thesis’s, Plato",
  own: "my own",
} as const;
type MultipliersName = keyof typeof MULTIPLIERS;

/** How a message is written and read. */
export interface PairsSettings {
  readonly pairing: PairingName;
  /** Groups, as `parseCodeTable` reads them, for the pairing `own`. */
  readonly groups: string;
  readonly decoder: DecoderName;
  /** For the decoder `statistics`, as are the multipliers. */
  readonly activation: Activation;
  readonly multipliers: MultipliersName;
  /** Numbers with spaces between them, for the multipliers `own`. */
  readonly numbers: string;
}

export const DEFAULT_PAIRS: PairsSettings = {
  pairing: "resolver",
  groups: "ab cd ef gh ij kl mn op qr st uv wx yz _ .",
  decoder: "medium",
  activation: "tanh",
  multipliers: "plato",
  numbers: "1.05 1.09 1.3 2 1.8 1.4 1.16",
};

/** Settings as they stand in the address; what it does not say, or says wrong, has its default. */
export function pairsSettingsOf(settings: Settings): PairsSettings {
  const pairing = oneOf(PAIRINGS, settings["pairing"]);
  const decoder = oneOf(DECODERS, settings["decoder"]);
  const others: PairsSettings = {
    ...DEFAULT_PAIRS,
    groups: settings["groups"] ?? DEFAULT_PAIRS.groups,
    activation: oneOf(ACTIVATIONS, settings["activation"]) ?? DEFAULT_PAIRS.activation,
    multipliers: oneOf(MULTIPLIERS, settings["multipliers"]) ?? DEFAULT_PAIRS.multipliers,
    numbers: settings["numbers"] ?? DEFAULT_PAIRS.numbers,
  };
  // What the address does not say fits what it says.
  const decoded = decoder === undefined ? others : withPairsSetting(others, "decoder", decoder);
  return pairing === undefined ? decoded : withPairsSetting(decoded, "pairing", pairing);
}

function oneOf<Name extends string>(
  names: Readonly<Record<Name, string>>,
  value: string | undefined,
): Name | undefined {
  return value !== undefined && Object.hasOwn(names, value) ? (value as Name) : undefined;
}

const isResolver = (decoder: DecoderName): boolean => ["small", "medium", "large"].includes(decoder);

/** Settings with one changed, and with it what no longer fits: some decoders know only certain pairs. */
export function withPairsSetting<Name extends keyof PairsSettings>(
  settings: PairsSettings,
  name: Name,
  value: PairsSettings[Name],
): PairsSettings {
  const next = { ...settings, [name]: value };
  const { decoder, pairing } = next;
  if (name === "decoder") {
    if (isResolver(decoder)) return { ...next, pairing: "resolver" };
    if (decoder === "trained" || pairing === "resolver") return { ...next, pairing: "thesis" };
  }
  if (name === "pairing") {
    if (pairing === "resolver" && !isResolver(decoder)) return { ...next, decoder: "medium" };
    if (pairing !== "resolver" && isResolver(decoder)) return { ...next, decoder: "statistics" };
    if (pairing !== "thesis" && decoder === "trained") return { ...next, decoder: "statistics" };
  }
  return next;
}

/**
 * The numbers of a text, with spaces between them.
 *
 * @throws RangeError if one is no number
 */
export function parseNumbers(text: string): number[] {
  return text
    .split(/\s+/u)
    .filter((word) => word !== "")
    .map((word) => {
      const number = Number(word);
      if (!Number.isFinite(number)) throw new RangeError(`multipliers: expected numbers with spaces, got ${word}`);
      return number;
    });
}
