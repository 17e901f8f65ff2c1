/** How the network learns, by setting. */
import { PAPER_LEARNING, SOONER_LEARNING, TUNED_LEARNING, type Network } from "../methods.ts";
import type { Setting } from "./results.ts";

export const LEARNING: Readonly<Record<Setting, Network>> = {
  paper: PAPER_LEARNING,
  sooner: SOONER_LEARNING,
  tuned: TUNED_LEARNING,
};
