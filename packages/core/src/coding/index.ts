export { giveKernel, takeKernel } from "./idle-kernel.ts";
export {
  decodeSlices,
  encodeSlices,
  inSlices,
  view,
  type Coded,
  type Extent,
  type Marks,
  type SlicedKernel,
} from "./slices.ts";
export { withKernel } from "./with-kernel.ts";
