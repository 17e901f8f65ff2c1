/** What the paper's Table 1 has below the networks: coders that predict nothing, and compressors of another kind. */
import { deflateSync } from "node:zlib";
import { encodeHuffman, encodeSymbols } from "@pith/entropy";
import type { Contestant } from "../contestants/contestant.ts";
import { PEERS } from "../contestants/peers.ts";
import { pithCommand } from "../contestants/pith.ts";

/** A coder that runs in this process, or a program. */
export interface Coder {
  /** As in the paper's table, if it is there. */
  readonly id: string;
  readonly name: string;
  readonly code: ((content: Uint8Array) => Uint8Array) | Contestant;
}

const peers = ["gzip", "bzip2", "xz", "brotli"].flatMap((id) => PEERS.filter((peer) => peer.id === id));

export const CODERS: readonly Coder[] = [
  { id: "arithmetic", name: "arithmetic, order 0", code: (content) => encodeSymbols(content, 256) },
  { id: "huffman", name: "Huffman", code: (content) => encodeHuffman(content, 256) },
  { id: "zlib", name: "zlib, level 9", code: (content) => deflateSync(content, { level: 9 }) },
  ...[...peers, pithCommand(9)].map((contestant) => ({
    id: contestant.id,
    name: contestant.name,
    code: contestant,
  })),
];
