export { changesSince, openChain, type Changes } from "./chain.ts";
export { type ArchiveReference } from "./directory/reference.ts";
export { type Member, type MemberHeader, type MemberType } from "./member.ts";
export { openArchive, readArchive, type Archive, type ArchiveOptions } from "./open.ts";
export { packArchive, tarLength, type PackedMember, type PackOptions } from "./pack.ts";
export { type TarEntry } from "./tar/read.ts";
export {
  salvageIndex,
  salvageMembers,
  type LostMember,
  type PartlyKnownTar,
  type SalvagedIndex,
  type SalvagedMember,
  type TarRange,
} from "./salvage.ts";
