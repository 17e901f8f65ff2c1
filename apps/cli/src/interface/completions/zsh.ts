import type { Option } from "../option.ts";
import { choicesOf, type Place, type Places } from "./places.ts";

export function zsh({ usual, all, firstWords, verbFlags, lettersWithValue }: Places): string {
  return `#compdef pith
# zsh completion for pith, made by: pith completion zsh
_pith_first() {
  local -a verbs=(
${firstWords.map(({ word, text }) => `    '${word}:${quote(text)}'\n`).join("")}  )
  _describe verb verbs
  _files
}
_pith() {
  if ((CURRENT == 2)) && [[ $words[2] != -* ]]; then _pith_first; return; fi
  local verb=${usual} before
  local -a options
  for before in \${words[2,CURRENT-1]}; do
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
  if ((CURRENT > 2)); then
    case "$words[2]" in
${firstWords.map(({ word, seconds }) => `      ${word}) ${zshFirstWord(word, seconds)} ;;\n`).join("")}    esac
  fi
  case "$verb" in
${all.map(zshPlace).join("")}  esac
}
if [[ "$funcstack[1]" == _pith ]]; then _pith "$@"; else compdef _pith pith; fi
`;
}

function zshFirstWord(word: string, seconds: readonly string[]): string {
  if (seconds.length === 0) return `verb=${word}; words=(pith "\${(@)words[3,-1]}"); ((CURRENT--))`;
  return `if ((CURRENT == 3)) && [[ $words[3] != -* ]]; then compadd ${seconds.join(" ")}; return; fi
        verb="${word} $words[3]"; words=(pith "\${(@)words[4,-1]}"); ((CURRENT -= 2))`;
}

function zshPlace({ verb, operand, options }: Place): string {
  const files = operand.suffix === undefined ? "_files" : `_files -g "*${operand.suffix}"`;
  const operands =
    operand.choices === undefined ? `'*:file:${files}'` : `'1:${operand.name}:(${operand.choices.join(" ")})'`;
  return `    '${verb}')
      _arguments -s -S \\
${options.flatMap(describe).join("")}        ${operands} ;;
`;
}

function describe(option: Option): string[] {
  return option.flags.map((flag) => {
    const choices = choicesOf(option);
    const action = choices.length > 0 ? `(${choices.map(quote).join(" ")})` : option.value?.file ? "_files" : " ";
    const value = option.value === undefined ? "" : `:${quote(option.value.name)}:${action}`;
    return `        '*${flag}[${quote(option.text)}]${value}' \\\n`;
  });
}

function quote(text: string): string {
  return text.replaceAll("'", "'\\''").replace(/[[\]:]/g, "\\$&");
}
