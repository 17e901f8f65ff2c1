import { compileKernel } from "@pith/core";

export { compress, decompress } from "@pith/codec";
export { decompress as decode } from "@pith/codec/decode";

/** What is said of a kernel that is not imported but compiled: the eight bytes are a module of nothing. */
export async function KernelErrorProbe() {
  try {
    await compileKernel({ name: "probe", base64: "AGFzbQEAAAA=" });
    return "compiled";
  } catch (error) {
    return error.code;
  }
}
