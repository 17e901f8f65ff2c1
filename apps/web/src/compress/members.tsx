import { useEffect, useState } from "preact/hooks";
import { announce } from "../shared/announcer.tsx";
import { formatBytes, formatCounted } from "../shared/format.ts";
import { explain } from "../shared/problems.ts";
import { saveContent } from "../shared/save-content.ts";
import { archives } from "./files.ts";
import { canSaveAll, saveAll } from "./save-all.ts";
import type { Job } from "./queue.ts";
import type { ArchiveMember } from "./runner.ts";

/** Members that are listed at a time. */
const LISTED = 200;
/** Of those that are left out, so many are named. */
const NAMED = 5;

let lastId = 0;

/** What is in an archive, each file to be saved by itself: the rest of the archive is not decoded for it. */
export function Members({ job }: { readonly job: Job }) {
  const [members, setMembers] = useState<readonly ArchiveMember[]>();
  const [wanted, setWanted] = useState("");
  const [problem, setProblem] = useState<string>();
  const fail = (error: unknown): void => {
    const { what, remedy } = explain(error);
    setProblem(`${what}. ${remedy}`);
  };
  useEffect(() => {
    archives.members(job.file).then(setMembers, (error: unknown) => {
      setProblem(`The list of its files cannot be read: ${explain(error).what}.`);
    });
  }, [job.file]);
  if (members === undefined) return problem === undefined ? null : <p class="notice">{problem}</p>;
  const listed = members
    .map((member, index) => ({ ...member, index }))
    .filter(({ name, type }) => type === "file" && name.toLowerCase().includes(wanted.toLowerCase()));
  const saveOne = async (name: string, index: number): Promise<void> => {
    saveContent(await archives.extract(++lastId, job.file, index), name.split("/").at(-1) ?? name);
  };
  const saveListed = async (): Promise<void> => {
    setProblem(undefined);
    const saved = await saveAll(
      listed.map(({ name, index }) => ({ name, content: () => archives.extract(++lastId, job.file, index) })),
    );
    if (saved === undefined) return;
    const { leftOut } = saved;
    announce(`${formatCounted(listed.length - leftOut.length, "file")} saved`);
    if (leftOut.length === 0) return;
    const names = leftOut.slice(0, NAMED).join(", ") + (leftOut.length > NAMED ? " …" : "");
    setProblem(
      `${formatCounted(leftOut.length, "file")} left out, whose names lead out of the folder or are none here: ${names}.`,
    );
  };
  return (
    <details class="members">
      <summary>{formatCounted(listed.length, "file")} in it</summary>
      <p class="members-find">
        <label>
          Find <input type="text" value={wanted} onInput={({ currentTarget }) => setWanted(currentTarget.value)} />
        </label>
        {canSaveAll() && (
          <button type="button" class="plain" onClick={() => void saveListed().catch(fail)}>
            Save these in a folder
          </button>
        )}
      </p>
      <ul>
        {listed.slice(0, LISTED).map(({ name, size, index }) => (
          <li key={index}>
            <span class="member-name">{name}</span>
            <span class="bytes">{formatBytes(size)}</span>
            <button type="button" class="link" onClick={() => void saveOne(name, index).catch(fail)}>
              Save<span class="unseen"> {name}</span>
            </button>
          </li>
        ))}
      </ul>
      {listed.length > LISTED && <p class="aside">The first {LISTED}; find the others by their names.</p>}
      {problem !== undefined && <p class="notice">{problem}</p>}
    </details>
  );
}
