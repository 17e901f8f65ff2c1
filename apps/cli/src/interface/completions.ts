/** Completions for the shells, made of the tables of options and verbs. */

import { membersOf, standsAlone, VERBS } from "../verbs/registry.ts";
import { heeds, OPTIONS, type Option } from "./options.ts";

export const SHELLS = ["bash", "zsh", "fish"] as const;

export type Shell = (typeof SHELLS)[number];

export function completionOf(shell: Shell): string {
  return { bash, zsh, fish }[shell]();
}

/** Options that are offered in one place. */
interface Context {
  /** The words of a verb of a family; undefined: any other. */
  readonly words: string | undefined;
  readonly options: readonly Option[];
}

function contexts(): Context[] {
  const members = VERBS.flatMap((verb) => membersOf(verb));
  const alone = VERBS.filter(standsAlone);
  return [
    ...members.map(({ name }) => ({ words: name, options: OPTIONS.filter((option) => heeds(name, option)) })),
    { words: undefined, options: OPTIONS.filter((option) => alone.some(({ name }) => heeds(name, option))) },
  ];
}

/** First words of the command, with what they are for. */
function firstWords(): { readonly name: string; readonly text: string }[] {
  return VERBS.filter(({ name }) => !name.includes(" "));
}

/** First words after which one of some words comes: shells, or the verbs of a family. */
function secondWords(): { readonly name: string; readonly choices: readonly string[] }[] {
  return VERBS.flatMap(({ name, operand: { choices } }) => (choices === undefined ? [] : [{ name, choices }]));
}

function choicesOf({ value }: Option): readonly string[] {
  return value?.choices ?? [];
}

function bash(): string {
  const places = contexts().map(({ words, options }) => {
    const values = options
      .filter(({ value }) => value !== undefined)
      .map((option) => `        ${option.flags.join("|")}) ${bashValue(option)}; return ;;\n`);
    return `    ${words === undefined ? "*" : `"${words}"`})
      case "$previous" in
${values.join("")}      esac
      flags="${options.flatMap(({ flags }) => flags).join(" ")}" ;;
`;
  });
  const seconds = secondWords().map(
    ({ name, choices }) => `      ${name}) COMPREPLY=($(compgen -W "${choices.join(" ")}" -- "$word")); return ;;\n`,
  );
  return `# bash completion for pith, made by: pith completion bash
_pith() {
  local word="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" flags
  case "\${COMP_WORDS[1]} \${COMP_WORDS[2]}" in
${places.join("")}  esac
  if [[ "$word" == -* ]]; then
    COMPREPLY=($(compgen -W "$flags" -- "$word"))
    return
  fi
  if [[ $COMP_CWORD -eq 2 ]]; then
    case "$previous" in
${seconds.join("")}    esac
  fi
  COMPREPLY=($(compgen -f -- "$word"))
  if [[ $COMP_CWORD -eq 1 ]]; then
    COMPREPLY+=($(compgen -W "${firstWords()
      .map(({ name }) => name)
      .join(" ")}" -- "$word"))
  fi
}
complete -o filenames -F _pith pith
`;
}

function bashValue(option: Option): string {
  const words = choicesOf(option);
  if (words.length > 0) return `COMPREPLY=($(compgen -W "${words.join(" ")}" -- "$word"))`;
  return option.value?.file ? 'COMPREPLY=($(compgen -f -- "$word"))' : "COMPREPLY=()";
}

function zsh(): string {
  const quote = (text: string): string => text.replaceAll("'", "'\\''").replace(/[[\]:]/g, "\\$&");
  const describe = (option: Option): string[] =>
    option.flags.map((flag) => {
      const words = choicesOf(option);
      const action = words.length > 0 ? `(${words.join(" ")})` : option.value?.file ? "_files" : " ";
      const value = option.value === undefined ? "" : `:${quote(option.value.name)}:${action}`;
      return `        '*${flag}[${quote(option.text)}]${value}'\n`;
    });
  const places = contexts().map(
    ({ words, options }) => `    ${words === undefined ? "*" : `'${words}'`})
      options=(
${options.flatMap(describe).join("")}      ) ;;
`,
  );
  const verbs = firstWords().map(({ name, text }) => `    '${name}:${quote(text)}'\n`);
  const seconds = secondWords().map(({ name, choices }) => `    ${name}) compadd ${choices.join(" ")} ;;\n`);
  return `#compdef pith
# zsh completion for pith, made by: pith completion zsh
_pith_first() {
  local -a verbs=(
${verbs.join("")}  )
  _describe verb verbs
  _files
}
_pith_second() {
  case "$words[2]" in
${seconds.join("")}    *) _files ;;
  esac
}
_pith() {
  local -a options
  case "$words[2] $words[3]" in
${places.join("")}  esac
  _arguments -s -S $options '1:verb or file:_pith_first' '2:verb or file:_pith_second' '*:file:_files'
}
if [[ "$funcstack[1]" == _pith ]]; then _pith "$@"; else compdef _pith pith; fi
`;
}

function fish(): string {
  const quote = (text: string): string => `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
  const verbs = firstWords().map(
    ({ name, text }) => `complete -c pith -n __fish_is_first_token -a ${name} -d ${quote(text)}\n`,
  );
  const seconds = secondWords().map(({ name, choices }) => {
    const words = choices.join(" ");
    const place = `__fish_seen_subcommand_from ${name}; and not __fish_seen_subcommand_from ${words}`;
    return `complete -c pith -f -n '${place}' -a ${quote(words)}\n`;
  });
  const options = OPTIONS.flatMap((option) => {
    // One line an option where its flags mean the same, one a flag where each is a value.
    const forms = option.label === undefined ? [option.flags] : option.flags.map((flag) => [flag]);
    return forms.flatMap((flags) => {
      const names = flags.map((flag) => (flag.startsWith("--") ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`));
      const words = choicesOf(option);
      const value =
        words.length > 0
          ? ` -x -a ${quote(words.join(" "))}`
          : option.value?.file
            ? " -r -F"
            : option.value
              ? " -x"
              : "";
      return fishPlaces(option).map(
        (place) => `complete -c pith${place} ${names.join(" ")}${value} -d ${quote(option.text)}\n`,
      );
    });
  });
  return `# fish completion for pith, made by: pith completion fish\n${[...verbs, ...seconds, ...options].join("")}`;
}

/** Conditions of the places where an option is offered, each ` -n '…'`: after the verbs of a family that heed it, or elsewhere. */
function fishPlaces(option: Option): string[] {
  if (option.verbs === undefined) return [""];
  const families = VERBS.filter((verb) => membersOf(verb).length > 0);
  const inFamilies = families.flatMap((family) => {
    const heeding = membersOf(family).filter(({ name }) => heeds(name, option));
    const words = heeding.map(({ name }) => name.slice(family.name.length + 1)).join(" ");
    return words === ""
      ? []
      : [` -n '__fish_seen_subcommand_from ${family.name}; and __fish_seen_subcommand_from ${words}'`];
  });
  if (!VERBS.some((verb) => standsAlone(verb) && heeds(verb.name, option))) return inFamilies;
  const names = families.map(({ name }) => name).join(" ");
  return [...inFamilies, ` -n 'not __fish_seen_subcommand_from ${names}'`];
}
