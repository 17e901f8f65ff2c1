/** What the command's exit codes mean: the one table, from which help, man page and README are made. */
export const EXIT_STATUS = [
  ["0", "All is well."],
  ["1", "An error; every other file was done all the same."],
  ["2", "A warning: a file was left out, or changed while it was read."],
  ["129, 130, 143", "Ended by SIGHUP, SIGINT (Ctrl-C) or SIGTERM."],
  ["141", "Whoever read standard output stopped reading."],
] as const;
