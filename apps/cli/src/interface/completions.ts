/** Completions for the shells, made of the tables of options and verbs. */

import { VERBS } from "../verbs/registry.ts";
import { OPTIONS, type Option } from "./options.ts";

export const SHELLS = ["bash", "zsh", "fish"] as const;

export type Shell = (typeof SHELLS)[number];

export function completionOf(shell: Shell): string {
  return { bash, zsh, fish }[shell]();
}

function choicesOf({ value }: Option): readonly string[] {
  return value?.choices ?? [];
}

function bash(): string {
  const withValue = OPTIONS.filter((option) => option.value !== undefined);
  const cases = withValue.map((option) => {
    const words = choicesOf(option);
    const reply =
      words.length > 0
        ? `COMPREPLY=($(compgen -W "${words.join(" ")}" -- "$word"))`
        : option.value?.file
          ? 'COMPREPLY=($(compgen -f -- "$word"))'
          : "COMPREPLY=()";
    return `    ${option.flags.join("|")}) ${reply}; return ;;\n`;
  });
  const operands = VERBS.flatMap(({ name, operand }) =>
    operand.choices === undefined
      ? []
      : [`    ${name}) COMPREPLY=($(compgen -W "${operand.choices.join(" ")}" -- "$word")); return ;;\n`],
  );
  return `# bash completion for pith, made by: pith completion bash
_pith() {
  local word="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}"
  case "$previous" in
${[...cases, ...operands].join("")}  esac
  if [[ "$word" == -* ]]; then
    COMPREPLY=($(compgen -W "${OPTIONS.flatMap(({ flags }) => flags).join(" ")}" -- "$word"))
  elif [[ $COMP_CWORD -eq 1 ]]; then
    COMPREPLY=($(compgen -W "${VERBS.map(({ name }) => name).join(" ")}" -- "$word") $(compgen -f -- "$word"))
  else
    COMPREPLY=($(compgen -f -- "$word"))
  fi
}
complete -o filenames -F _pith pith
`;
}

function zsh(): string {
  const quote = (text: string): string => text.replaceAll("'", "'\\''").replace(/[[\]:]/g, "\\$&");
  const options = OPTIONS.flatMap((option) =>
    option.flags.map((flag) => {
      const words = choicesOf(option);
      const action = words.length > 0 ? `(${words.join(" ")})` : option.value?.file ? "_files" : " ";
      const value = option.value === undefined ? "" : `:${option.value.name}:${action}`;
      return `    '*${flag}[${quote(option.text)}]${value.replaceAll("START:END", "START\\:END")}' \\\n`;
    }),
  );
  const verbs = VERBS.map(({ name, text }) => `    '${name}:${quote(text)}'\n`);
  const operands = VERBS.flatMap(({ name, operand }) =>
    operand.choices === undefined ? [] : [`    ${name}) compadd ${operand.choices.join(" ")} ;;\n`],
  );
  return `#compdef pith
# zsh completion for pith, made by: pith completion zsh
_pith_first() {
  local -a verbs=(
${verbs.join("")}  )
  _describe verb verbs
  _files
}
_pith_rest() {
  case "$words[2]" in
${operands.join("")}    *) _files ;;
  esac
}
_pith() {
  _arguments -s -S \\
${options.join("")}    '1:verb or file:_pith_first' \\
    '*:file:_pith_rest'
}
if [[ "$funcstack[1]" == _pith ]]; then _pith "$@"; else compdef _pith pith; fi
`;
}

function fish(): string {
  const quote = (text: string): string => `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
  const verbs = VERBS.map(
    ({ name, text }) => `complete -c pith -n __fish_is_first_token -a ${name} -d ${quote(text)}\n`,
  );
  const operands = VERBS.flatMap(({ name, operand }) =>
    operand.choices === undefined
      ? []
      : [`complete -c pith -f -n '__fish_seen_subcommand_from ${name}' -a ${quote(operand.choices.join(" "))}\n`],
  );
  const options = OPTIONS.flatMap((option) => {
    // One line an option where its flags mean the same, one a flag where each is a value.
    const forms = option.label === undefined ? [option.flags] : option.flags.map((flag) => [flag]);
    return forms.map((flags) => {
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
      return `complete -c pith ${names.join(" ")}${value} -d ${quote(option.text)}\n`;
    });
  });
  return `# fish completion for pith, made by: pith completion fish\n${[...verbs, ...operands, ...options].join("")}`;
}
