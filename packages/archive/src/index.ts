export { type Member, type MemberHeader, type MemberType } from "./member.ts";
export { openArchive, readArchive, type Archive, type ArchiveOptions } from "./open.ts";
export { packArchive, tarLength, type PackedMember } from "./pack.ts";
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
