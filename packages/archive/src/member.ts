/** What an archive says of a member. */

/** What a member is. `other`: of a type that this program does not know. */
export type MemberType =
  "file" | "hard link" | "symbolic link" | "character device" | "block device" | "folder" | "fifo" | "other";

/** A member, without its content. */
export interface MemberHeader {
  /**
   * With `/` between folders, and none at the end. Bytes that are no UTF-8 are lone surrogates U+DC80 to U+DCFF. As the
   * archive has it: whoever writes files must look first where it leads.
   */
  readonly name: string;
  readonly type: MemberType;
  /** Bytes of content; 0 of what is no file, unless another program wrote it so. */
  readonly size: number;
  /** Rights, with the bits for set-user-ID, set-group-ID and sticky: 0 to 0o7777. */
  readonly mode: number;
  /** When the content was last changed: nanoseconds since 1970, before that negative. */
  readonly modified: bigint;
  /** Where a link leads: of a symbolic one any path, of a hard one the name of a member. Empty of all others. */
  readonly link: string;
  /** Numbers of owner and group. */
  readonly owner: number;
  readonly group: number;
  /** Of a device. */
  readonly device?: { readonly major: number; readonly minor: number };
}

/** A member, and where it lies in the tar. In bytes. */
export interface Member extends MemberHeader {
  /** Of its first header. */
  readonly offset: number;
  /** Of its content. */
  readonly dataOffset: number;
  /** What its content takes there; absent: its size. Of a sparse file of GNU tar, only what is between its holes. */
  readonly storedSize?: number;
}

/** Bytes that a member's content takes in the tar. */
export function storedSize({ size, storedSize: stored = size }: Member): number {
  return stored;
}
