import { letterTable } from "@pith/weights/letter-table";
import { mixNetworkEnglish } from "@pith/weights/mix-network-english";
import { resolverLarge } from "@pith/weights/resolver-large";
import { resolverMedium } from "@pith/weights/resolver-medium";
import { resolverSmall } from "@pith/weights/resolver-small";
import { resolverThreeBit } from "@pith/weights/resolver-three-bit";
import { staticDna } from "@pith/weights/static-dna";
import { staticEnglish } from "@pith/weights/static-english";
import { unitsFourBit } from "@pith/weights/units-four-bit";
import { unitsThreeBit } from "@pith/weights/units-three-bit";

/** The models of @pith/weights, packed, in base64. */
export const MODELS: Readonly<Record<string, string>> = Object.fromEntries(
  [
    letterTable,
    mixNetworkEnglish,
    resolverLarge,
    resolverMedium,
    resolverSmall,
    resolverThreeBit,
    staticDna,
    staticEnglish,
    unitsFourBit,
    unitsThreeBit,
  ].map(({ name, packed }) => [name, packed]),
);
