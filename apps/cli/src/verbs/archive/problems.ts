/** What could not be done with members of an archive. */

import { Failure, systemCode } from "../../errors.ts";
import { AlreadyThere } from "../../files/extract/already-there.ts";
import { printableName } from "../../files/system-path.ts";
import type { Session } from "../../session.ts";

/** Files that are there already and are named one by one: of a tree that was extracted before there are thousands. */
const NAMED = 5;

/** Whether an error is about one member, so that the others can be extracted all the same. */
export function isOfMember(error: unknown): boolean {
  return error instanceof Failure || (systemCode(error) !== undefined && !ENDING.has(systemCode(error) ?? ""));
}

/** What the next member would meet as well. */
const ENDING = new Set(["ENOSPC", "EDQUOT", "EROFS", "EMFILE", "EIO"]);

/** Tells of members that were left out. */
export class Problems {
  readonly #session: Session;
  #there = 0;

  constructor(session: Session) {
    this.#session = session;
  }

  /** @param name of the member */
  readonly tell = (name: string, error: unknown): void => {
    if (error instanceof AlreadyThere) this.#there++;
    if (error instanceof AlreadyThere && this.#there > NAMED && !this.#session.settings.json) return;
    this.#session.report(printableName(name), error);
  };

  /** Sums up what was not told. @param archive in which they are */
  finish(archive: string): void {
    const more = this.#there - NAMED;
    if (more <= 0 || this.#session.settings.json) return;
    const message = `${more} more exist already; overwrite them with -f, or extract elsewhere with -C`;
    this.#session.report(archive, new Failure(message));
  }
}
