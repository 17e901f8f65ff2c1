export { packNetwork, unpackNetwork, type PackedNetwork } from "./network-model.ts";
export { packWeights, unpackWeights, type PackedResolver, type ResolverWeights } from "./resolver-model.ts";
export {
  packLetterTable,
  unpackLetterTable,
  type LetterTableWeights,
  type PackedLetterTable,
} from "./letter-table-model.ts";
export {
  packMixNetwork,
  unpackMixNetwork,
  type MixNetworkWeights,
  type PackedMixNetwork,
  type TrainedMixNetwork,
} from "./mix-network-model.ts";
