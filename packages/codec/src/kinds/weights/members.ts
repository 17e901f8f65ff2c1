/** Files of tensors in archives that are not compressed: tar, and members of ZIP that are stored, as NumPy's .npz has them. */
import { tarMemberAt } from "../tar/index.ts";
import { zipMemberAt } from "../zip/index.ts";
import { tensorsAt } from "./files.ts";
import { ALONE, type PlacedTensor } from "./placed-tensor.ts";

/** A member with tensors that are long enough to have blocks to themselves. */
interface TensorMember {
  /** Where its header begins. */
  readonly at: number;
  /** Places count from there. */
  readonly tensors: readonly PlacedTensor[];
}

/**
 * The first member with long tensors, from the start of content on.
 *
 * @param content begins with a member of an archive, where there is to be any
 */
export function tensorMemberIn(content: Uint8Array): TensorMember | undefined {
  for (let at = 0; at < content.length;) {
    const member = tarMemberAt(content, at) ?? zipMemberAt(content, at);
    if (member === undefined) return undefined;
    const { dataStart, dataEnd, next, isStored } = member;
    const tensors = isStored ? (tensorsAt(content.subarray(dataStart, dataEnd)) ?? []) : [];
    if (tensors.some(({ length, form }) => length >= ALONE && form !== undefined)) {
      const shift = dataStart - at;
      return { at, tensors: tensors.map((tensor) => ({ ...tensor, offset: shift + tensor.offset })) };
    }
    at = next;
  }
  return undefined;
}
