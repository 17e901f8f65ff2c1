/** The families of verbs. A new one is a folder beside this file and an entry here. */

import type { Families } from "../interface/verb.ts";
import { ANALYZE } from "./analyze/verbs.ts";
import { ARCHIVE } from "./archive/verbs.ts";
import { CLUSTER } from "./cluster/verbs.ts";
import { CODING } from "./coding/verbs.ts";
import { completionFamily } from "./completion/verbs.ts";
import { MESSAGE, PRIOR } from "./messages/verbs.ts";
import { PAIRS } from "./pairs/verbs.ts";
import { RECORDS } from "./records/verbs.ts";
import { SHARD } from "./shard/verbs.ts";
import { STATS } from "./stats/verbs.ts";
import { TRAIN } from "./train/verbs.ts";
import { WEIGHTS } from "./weights/verbs.ts";

/** The first verb of the first family is the default. */
export const FAMILIES: Families = [
  CODING,
  ARCHIVE,
  SHARD,
  CLUSTER,
  ANALYZE,
  WEIGHTS,
  TRAIN,
  STATS,
  PAIRS,
  MESSAGE,
  PRIOR,
  RECORDS,
  completionFamily(() => FAMILIES),
];
