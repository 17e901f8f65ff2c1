/** `pith extract`: what `pith FOLDER` has packed, back again; `pith salvage`: what is left of a file that is damaged. */

import type { Family } from "../../interface/verb.ts";
import { loading } from "../shared/loading.ts";

export const ARCHIVE: Family = {
  loadOptions: async () => (await import("./options.ts")).ARCHIVE_OPTIONS,
  verbs: [
    {
      name: "extract",
      text: "give back the files of ARCHIVE, or those that are named",
      operand: { name: "ARCHIVE [NAME|GLOB…]", suffix: ".pith", least: 1 },
      detail:
        "ARCHIVE is what pith makes of a folder, or any compressed tar; - is standard input. NAME is a file or folder as " +
        "pith list --files names it, with all that is in it. In GLOB, * and ? stand for characters of a name and ** also for " +
        "those between folders; without / it means any file or folder of that name. Of an archive with an index only the blocks are decoded in " +
        "which what is named lies. A file gets its name once it is whole; what is there already stays, unless -f is given. " +
        "Absolute names, names with .., and symbolic links that may lead out of the folder are errors, and so is whatever lies " +
        "behind a symbolic link; everything else is extracted all the same.",
      load: loading(
        async () => (await import("./settings.ts")).archiveSettings,
        () => import("./extract.ts"),
      ),
    },
    {
      name: "salvage",
      text: "give back what is whole of a damaged file",
      operand: { name: "DAMAGED", suffix: ".pith", least: 1, most: 1 },
      detail:
        "Every block that is whole comes back, and of an archive every member; of a block in which what comes again is coded once, also what its " +
        "whole parts make up. What is missing is told byte by byte: where in the file, how much of the content, and of which " +
        "members. Nothing comes out that no checksum stands for: the pieces are put one behind the other unless --zeros is given, and a member that is not " +
        "whole is not given back. The exit code is 2 if something is missing. Behind a damaged place blocks are found by the index " +
        "of their frame, which is at its end, or by the next frame.",
      load: loading(
        async () => (await import("./settings.ts")).archiveSettings,
        () => import("./salvage.ts"),
      ),
    },
  ],
};
