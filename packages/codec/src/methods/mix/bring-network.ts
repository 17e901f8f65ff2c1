import { checkHash } from "../../models/models.ts";
import { hashOfNetwork, nameOfNetwork, type MixContent, type MixNetwork } from "./networks.ts";

/** Brings trained weights. @throws PithError `unsupported-version` if `@pith/weights` has others */
export async function bringNetwork(network: MixNetwork): Promise<MixContent> {
  const [{ mixNetworkEnglish }, { unpackMixNetwork }] = await Promise.all([
    import("@pith/weights/mix-network-english"),
    import("@pith/weights"),
  ]);
  checkHash(nameOfNetwork(network), hashOfNetwork(network), mixNetworkEnglish.hash);
  return { weights: unpackMixNetwork(mixNetworkEnglish).weights };
}
