/** Tar archives (POSIX ustar, pax, GNU): where members begin and end. Their bytes stay; what is in them is looked at apart. */
import { hasTarChecksum, hasTarMagic, readPaxRecords, TAR, TAR_BLOCK, tarNumber } from "@pith/core/tar";
import type { Member, MemberPlace } from "../kind.ts";

/** Types of headers that say more about the member behind them: of pax, for one and for all; of GNU, names and links. */
const EXTENDED = new Set(Array.from("xgLK", (type) => type.charCodeAt(0)));
const PAX = "x".charCodeAt(0);

/** The members of an archive from the start of content on, as far as they are whole; none if there is no archive. */
export function tarMembers(content: Uint8Array): Member[] {
  const members: Member[] = [];
  for (let at = 0; ;) {
    const member = memberAt(content, at);
    // The end is two blocks of zeros; what follows is none of its business.
    if (member === undefined || member === "cut" || member.dataEnd > content.length) return members;
    members.push(member);
    at = blocksBehind(member.dataStart, member.dataEnd);
  }
}

/** Follows an archive that comes in pieces, from its start on. */
export class TarFollower {
  /** Bytes of the latest member that are still to come, and of those up to the header behind it. */
  #data = 0;
  #blocks = 0;

  /** Whether an archive begins with content. */
  static begins(content: Uint8Array): boolean {
    return typeof memberAt(content, 0) === "object";
  }

  /** Members in the next piece, cut where it ends; what is in no archive counts as one. Between them are headers. */
  next(content: Uint8Array): Member[] {
    const members: Member[] = [];
    const { length } = content;
    if (this.#data > 0) members.push({ dataStart: 0, dataEnd: Math.min(length, this.#data) });
    let at = Math.min(length, this.#blocks);
    this.#data -= Math.min(length, this.#data);
    this.#blocks -= at;
    while (at < length) {
      const member = memberAt(content, at);
      if (typeof member !== "object") {
        members.push({ dataStart: at, dataEnd: length });
        break;
      }
      const { dataStart, dataEnd } = member;
      members.push({ dataStart, dataEnd: Math.min(length, dataEnd) });
      at = blocksBehind(dataStart, dataEnd);
      this.#data = Math.max(0, dataEnd - length);
      this.#blocks = Math.max(0, at - length);
    }
    return members;
  }
}

/** Where the next member begins, if one begins at a place: content may end before that; Infinity if it ends in the header. */
export function behindTarMember(content: Uint8Array, at: number): number | undefined {
  const member = memberAt(content, at);
  return member === "cut" ? Infinity : member && blocksBehind(member.dataStart, member.dataEnd);
}

/** The member whose header begins at a place; undefined where there is none that is whole. */
export function tarMemberAt(content: Uint8Array, at: number): MemberPlace | undefined {
  const member = memberAt(content, at);
  if (member === undefined || member === "cut") return undefined;
  return { ...member, next: blocksBehind(member.dataStart, member.dataEnd), isStored: true };
}

/** Bytes of the member whose header some bytes end with; undefined if they end with none. Files depend on what it says. */
export function memberBehind(bytes: Uint8Array): number | undefined {
  const at = bytes.length - TAR_BLOCK;
  return at >= 0 && isHeader(bytes, at) ? octalSize(bytes, at) : undefined;
}

/** Bytes from the end of a member of so many bytes to the end of the header behind it. */
export function headerBehind(size: number): number {
  return (-size & (TAR_BLOCK - 1)) + TAR_BLOCK;
}

/** The member whose headers begin at a place, which may end behind the content; "cut" if the content ends in its headers. */
function memberAt(content: Uint8Array, start: number): Member | "cut" | undefined {
  let paxSize: number | undefined;
  for (let at = start; ;) {
    if (at + TAR_BLOCK > content.length) return "cut";
    if (!isHeader(content, at)) return undefined;
    const type = content[at + TAR.type.at];
    const own = tarNumber(content, at + TAR.size.at, TAR.size.length);
    const size = EXTENDED.has(type) ? own : (paxSize ?? own);
    if (size === undefined || size < 0) return undefined;
    const dataStart = at + TAR_BLOCK;
    const dataEnd = dataStart + size;
    if (!EXTENDED.has(type)) return { dataStart, dataEnd };
    if (dataEnd > content.length) return "cut";
    if (type === PAX) paxSize = sizeIn(content.subarray(dataStart, dataEnd));
    at = blocksBehind(dataStart, dataEnd);
  }
}

/** The size that an extended header names. */
function sizeIn(header: Uint8Array): number | undefined {
  const value = readPaxRecords(header)?.get("size");
  const digits = value === undefined ? "" : String.fromCharCode(...value.subarray(0, 17));
  return /^\d{1,16}$/.test(digits) ? Number(digits) : undefined;
}

function blocksBehind(dataStart: number, dataEnd: number): number {
  return dataStart + Math.ceil((dataEnd - dataStart) / TAR_BLOCK) * TAR_BLOCK;
}

function isHeader(content: Uint8Array, at: number): boolean {
  return hasTarMagic(content, at) && hasTarChecksum(content, at);
}

/** Without what others than POSIX have for larger ones. */
function octalSize(content: Uint8Array, at: number): number | undefined {
  return content[at + TAR.size.at] >= 0x80 ? undefined : tarNumber(content, at + TAR.size.at, TAR.size.length);
}
