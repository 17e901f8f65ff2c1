import { Failure } from "../../errors.ts";
import type { Facts, Session } from "../../session.ts";
import { withCluster } from "./library.ts";
import type { ClusterSettings } from "./settings.ts";

export async function run(session: Session<ClusterSettings>): Promise<void> {
  await withCluster(session.settings, async (cluster) => {
    await session.forEach(session.operands, async (flow): Promise<Facts> => {
      if (!(await cluster.cancel(flow)))
        throw new Failure("no such flow; pith cluster status shows those that there are");
      return { cancelled: true };
    });
  });
}
