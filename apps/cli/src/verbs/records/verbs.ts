/** The verbs of `pith records`. */

import type { Family } from "../../interface/verb.ts";
import { loading } from "../shared/loading.ts";

const settings = async (): Promise<typeof import("./settings.ts").recordsSettings> =>
  (await import("./settings.ts")).recordsSettings;

export const RECORDS: Family = {
  name: "records",
  text: "many short records in one store, each read by itself",
  detail:
    "Records of up to 64 KiB are coded as messages are, and the store has some bits of index and check for each. By default it " +
    "keeps a prior that is made of its records.",
  loadOptions: async () => (await import("./options.ts")).RECORDS_OPTIONS,
  verbs: [
    {
      name: "records create",
      text: "write a store of all FILEs, each of them a record; with --lines, each line of them",
      operand: { name: "FILE…", least: 1 },
      detail: "The store goes to the file that -o names. FILEs are held in memory.",
      load: loading(settings, () => import("./create.ts")),
    },
    {
      name: "records append",
      text: "write further records behind those of STORE",
      operand: { name: "STORE FILE…", least: 2 },
      detail:
        "What stands in STORE stays as it is: if the run is killed, STORE has the records that it had. One run at a time may " +
        "append.",
      load: loading(settings, () => import("./append.ts")),
    },
    {
      name: "records get",
      text: "write out records of STORE by their numbers, the first of which is 0",
      operand: { name: "STORE N…", least: 2 },
      detail: "N is a number, or the first and the last one of several: 10-19. Of STORE only what is needed is read.",
      load: loading(settings, () => import("./get.ts")),
    },
    {
      name: "records list",
      text: "write out all records of a STORE of lines, a line feed behind each",
      operand: { name: "STORE", least: 1, most: 1 },
      detail: "Records that are no lines are written out one by one, by records get.",
      load: loading(settings, () => import("./list.ts")),
    },
    {
      name: "records info",
      text: "show how many records STOREs have, and in how many bytes",
      operand: { name: "STORE…", least: 1 },
      detail:
        "Unused bytes are earlier indexes, and what an append that was killed has left. A store that is made of what records list " +
        "writes out has none.",
      load: loading(settings, () => import("./info.ts")),
    },
  ],
};
