import { Failure } from "../../errors.ts";

/** A file is there where a member would lie, and must stay. */
export class AlreadyThere extends Failure {}
