import binaryen from "binaryen";

/**
 * A kernel that also exports whatever it may change beside its memory: its mutable globals, as `global0`, `global1`, ….
 * Memory and globals are all the state that an instance has, so a host that keeps both can go back to them.
 *
 * @param {Uint8Array} wasm
 * @returns {Uint8Array}
 */
export function exportGlobals(wasm) {
  const module = binaryen.readBinary(wasm);
  module.setFeatures(module.getFeatures() | binaryen.Features.MutableGlobals);
  try {
    for (let index = 0; index < module.getNumGlobals(); index++) {
      const { name, mutable } = binaryen.getGlobalInfo(module.getGlobalByIndex(index));
      if (mutable) module.addGlobalExport(name, `global${index}`);
    }
    return Buffer.from(module.emitBinary());
  } finally {
    module.dispose();
  }
}
