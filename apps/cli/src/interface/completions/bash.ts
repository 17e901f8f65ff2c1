import type { Option } from "../option.ts";
import { choicesOf, type Place, type Places } from "./places.ts";

/** For bash 3.2, which macOS has, and later ones. */
export function bash({ usual, all, firstWords, verbFlags, lettersWithValue }: Places): string {
  const words = firstWords.map(({ word }) => word);
  return `# bash completion for pith, made by: pith completion bash
_pith_words() {
  COMPREPLY+=($(compgen -W "$1" -- "$word"))
}
# Names of files that end in $1, and of folders: a name a line, whatever else is in it.
_pith_files() {
  local name
  while IFS= read -r name; do COMPREPLY+=("$name"); done < <(
    compgen -d -- "$word"
    compgen -f -X "!*$1" -- "$word" | while IFS= read -r name; do [[ -d $name ]] || printf '%s\\n' "$name"; done
  )
}
_pith() {
  local IFS=$' \\t\\n' word="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" verb=${usual} before i
  COMPREPLY=()
  # --option=value comes as three words.
  if [[ $word == = ]]; then
    word=
  elif [[ $previous == = ]]; then
    previous="\${COMP_WORDS[COMP_CWORD-2]}"
  fi
  # A name that was begun with quotes or backslashes.
  word="\${word#[\\"\\']}"
  word="\${word//\\\\/}"
  for ((i = 1; i < COMP_CWORD; i++)); do
    before="\${COMP_WORDS[i]}"
    case "$before" in
${verbFlags
  .filter(({ flag }) => flag.startsWith("--"))
  .map(({ flag, verb }) => `      ${flag}) verb=${verb} ;;\n`)
  .join("")}      --*) ;;
      -*)
        before="\${before%%[${lettersWithValue}]*}"
        case "$before" in
${verbFlags
  .filter(({ flag }) => !flag.startsWith("--"))
  .map(({ flag, verb }) => `          *${flag[1]}*) verb=${verb} ;;\n`)
  .join("")}        esac ;;
    esac
  done
  if ((COMP_CWORD > 1)); then
    case "\${COMP_WORDS[1]}" in
${firstWords.map(({ word, seconds }) => `      ${word}) ${bashFirstWord(word, seconds)} ;;\n`).join("")}    esac
  fi
  case "$verb" in
${all.map(bashPlace).join("")}  esac
  if ((COMP_CWORD == 1)) && [[ $word != -* ]]; then _pith_words "${words.join(" ")}"; fi
}
complete -o filenames -F _pith pith
`;
}

function bashFirstWord(word: string, seconds: readonly string[]): string {
  if (seconds.length === 0) return `verb=${word}`;
  return `if ((COMP_CWORD == 2)) && [[ $word != -* ]]; then _pith_words "${seconds.join(" ")}"; return; fi
        verb="${word} \${COMP_WORDS[2]}"`;
}

function bashPlace({ verb, operand, options }: Place): string {
  const values = options
    .filter(({ value }) => value !== undefined)
    .map((option) => `        ${option.flags.join("|")}) ${bashValue(option)}return ;;\n`);
  const operands =
    operand.choices === undefined
      ? `_pith_files ${operand.suffix ?? '""'}`
      : `_pith_words "${operand.choices.join(" ")}"`;
  return `    "${verb}")
      case "$previous" in
${values.join("")}      esac
      if [[ $word == -* ]]; then
        _pith_words "${options.flatMap(({ flags }) => flags).join(" ")}"
      else
        ${operands}
      fi ;;
`;
}

function bashValue(option: Option): string {
  const choices = choicesOf(option);
  if (choices.length > 0) return `_pith_words "${choices.join(" ")}"; `;
  return option.value?.file ? '_pith_files ""; ' : "";
}
