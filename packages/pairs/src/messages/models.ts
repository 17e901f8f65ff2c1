/** The models of messages, brought when the first message asks for them. */
import { PithError } from "@pith/core";
import { unpackWeights, type PackedResolver, type ResolverWeights } from "@pith/weights";

/** What messages in codes of a number of bits need. */
export interface MessageModels {
  /** groups[c] holds the characters that code c stands for. */
  readonly groups: readonly string[];
  /** Tells letters apart. */
  readonly resolver: ResolverWeights;
  /** Predicts units. */
  readonly units: ResolverWeights;
}

interface Source {
  /** As of the generation of messages that this program writes and reads. */
  readonly hash: string;
  readonly load: () => Promise<PackedResolver>;
}

const SOURCES: Readonly<Record<3 | 4, Readonly<Record<"resolver" | "units", Source>>>> = {
  3: {
    resolver: {
      hash: "fbbe33eeb8df0c46",
      load: async () => (await import("@pith/weights/resolver-three-bit")).resolverThreeBit,
    },
    units: {
      hash: "3df1a0e8d574a8af",
      load: async () => (await import("@pith/weights/units-three-bit")).unitsThreeBit,
    },
  },
  4: {
    resolver: {
      hash: "3aa635955238a424",
      load: async () => (await import("@pith/weights/resolver-medium")).resolverMedium,
    },
    units: { hash: "f86ee38762a9dd54", load: async () => (await import("@pith/weights/units-four-bit")).unitsFourBit },
  },
};

/** Characters that have a code to themselves, behind those of the letters. */
const SINGLE = { 3: [" "], 4: [" ", "."] } as const;

/** groups[c] holds the characters that code c stands for in messages of `bits` bits. */
export async function messageGroups(bits: 3 | 4): Promise<readonly string[]> {
  const { groups } = await SOURCES[bits].resolver.load();
  return [...groups, ...SINGLE[bits]];
}

/** Brings the models of codes of `bits` bits. @throws PithError `unsupported-version` for models of another generation */
export async function loadMessageModels(bits: 3 | 4): Promise<MessageModels> {
  const { resolver, units } = SOURCES[bits];
  const [letters, model] = await Promise.all([bring(resolver), bring(units)]);
  return { groups: [...letters.groups, ...SINGLE[bits]], resolver: letters, units: model };
}

async function bring({ hash, load }: Source): Promise<ResolverWeights> {
  const packed = await load();
  if (packed.hash === hash) return unpackWeights(packed);
  throw new PithError("unsupported-version", `the package @pith/weights has another model ${packed.name}`, {
    expected: hash,
    got: packed.hash,
  });
}
