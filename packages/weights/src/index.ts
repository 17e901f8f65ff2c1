export { packWeights, unpackWeights, type PackedResolver, type ResolverWeights } from "./resolver-model.ts";
export {
  packLetterTable,
  unpackLetterTable,
  type LetterTableWeights,
  type PackedLetterTable,
} from "./letter-table-model.ts";
