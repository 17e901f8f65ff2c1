/** `pith message` and `pith prior`: short texts and records, and what is known of them beforehand. */

import type { Family } from "../../interface/verb.ts";
import { loading } from "../shared/loading.ts";

export const MESSAGE: Family = {
  loadOptions: async () => (await import("./options.ts")).MESSAGE_OPTIONS,
  verbs: [
    {
      name: "message",
      text: "write a short text or record with one byte of overhead",
      operand: { name: "[FILE]", most: 1 },
      detail:
        "FILE has at most 64 KiB. The message goes to standard output. With --decode, FILE is a message and what it holds comes out. A message has no " +
        "checksum. With --lines, each line is a message; how long they get is shown beside what brotli -q 11 makes of them.",
      load: loading(
        async () => (await import("./settings.ts")).messagesSettings,
        () => import("./message.ts"),
      ),
    },
  ],
};

export const PRIOR: Family = {
  name: "prior",
  text: "what messages are to be compressed with",
  detail: "A prior holds records like those that messages will hold. Whoever reads the messages needs it, too.",
  loadOptions: async () => (await import("./options.ts")).PRIOR_OPTIONS,
  verbs: [
    {
      name: "prior train",
      text: "make a prior of all FILEs, each line of which is a sample",
      operand: { name: "FILE…", least: 1 },
      detail: "Tens of kilobytes are enough. What is in them can be read from the prior.",
      load: loading(
        async () => (await import("./settings.ts")).priorSettings,
        () => import("./train.ts"),
      ),
    },
  ],
};
