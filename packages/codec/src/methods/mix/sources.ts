/** Where the trained weights of the models come from. */
import { checkHash, ModelSource } from "@pith/core/models";
import { hashOfNetwork, type MixContent, modelOfNetwork } from "./networks.ts";

export const MIX_SOURCES = [new ModelSource(modelOfNetwork("english"), loadEnglish)];

/** @throws PithError `unsupported-version` if `@pith/weights` has others */
async function loadEnglish(): Promise<MixContent> {
  const [{ mixNetworkEnglish }, { unpackMixNetwork }] = await Promise.all([
    import("@pith/weights/mix-network-english"),
    import("@pith/weights"),
  ]);
  checkHash("mix-english", hashOfNetwork("english"), mixNetworkEnglish.hash);
  return { weights: unpackMixNetwork(mixNetworkEnglish).weights };
}
