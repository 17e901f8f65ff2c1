/** `@pith/cluster`, which is not installed with the command: it brings a client of Redis, and most need none. */

import type * as library from "@pith/cluster";

import { Failure } from "../../errors.ts";
import type { ClusterSettings } from "./settings.ts";

/** @throws Failure if it is not installed */
export async function loadLibrary(): Promise<typeof library> {
  try {
    return await import("@pith/cluster");
  } catch (error) {
    if (!(error instanceof Error) || !("code" in error) || error.code !== "ERR_MODULE_NOT_FOUND") throw error;
    throw new Failure("@pith/cluster is not installed; npm install it where pith is: npm install -g @pith/cluster");
  }
}

/** Connects to the queue for as long as something takes. */
export async function withCluster<Result>(
  { url, queue }: ClusterSettings,
  use: (cluster: library.Cluster) => Promise<Result>,
): Promise<Result> {
  const { openCluster } = await loadLibrary();
  const cluster = await openCluster({ url, queue });
  try {
    return await use(cluster);
  } finally {
    await cluster.close();
  }
}
