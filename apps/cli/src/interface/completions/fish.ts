import type { Option } from "../option.ts";
import { choicesOf, type Places } from "./places.ts";

export function fish({ usual, all, firstWords, verbFlags, lettersWithValue }: Places): string {
  const options = [...new Set(all.flatMap((place) => place.options))];
  const verbsOf = (option: Option): string =>
    all
      .filter((place) => place.options.includes(option))
      .map(({ verb }) => quote(verb))
      .join(" ");
  return `# fish completion for pith, made by: pith completion fish
function __pith_verb
  set -l words (commandline -opc)
  switch "$words[2]"
${firstWords.map(({ word, seconds }) => `    case ${word}\n      echo ${seconds.length === 0 ? word : `"${word} $words[3]"`}\n      return\n`).join("")}  end
  for word in $words[2..-1]
    switch $word
${verbFlags
  .filter(({ flag }) => flag.startsWith("--"))
  .map(({ flag, verb }) => `      case ${flag}\n        echo ${verb}\n        return\n`)
  .join("")}      case '--*'
      case '-*'
        switch (string replace -r '[${lettersWithValue}].*' '' -- $word)
${verbFlags
  .filter(({ flag }) => !flag.startsWith("--"))
  .map(({ flag, verb }) => `          case '*${flag[1]}*'\n            echo ${verb}\n            return\n`)
  .join("")}        end
    end
  end
  echo ${usual}
end
function __pith_first
  test (count (commandline -opc)) -eq 1
end
function __pith_does
  contains -- (__pith_verb) $argv
end
# Names of files that end in $argv[1], and of folders.
function __pith_files
  set -l word (string unescape -- (commandline -ct))
  for name in $word*
    if test -d $name
      echo $name/
    else if string match -q -- "*$argv[1]" $name
      echo $name
    end
  end
end
${firstWords.map(({ word, text }) => `complete -c pith -n __pith_first -a ${word} -d ${quote(text)}\n`).join("")}${firstWords
    .filter(({ seconds }) => seconds.length > 0)
    .map(
      ({ word, seconds }) =>
        `complete -c pith -f -n '__pith_does ${quoted(`${word} `)}' -a ${quote(seconds.join(" "))}\n`,
    )
    .join("")}${all
    .flatMap(({ verb, operand: { suffix, choices } }) => {
      const offered = choices?.join(" ") ?? (suffix === undefined ? undefined : `(__pith_files ${suffix})`);
      return offered === undefined
        ? []
        : [`complete -c pith -f -n '__pith_does ${quoted(verb)}' -a ${quote(offered)}\n`];
    })
    .join("")}${options.flatMap((option) => fishOption(option, verbsOf(option))).join("")}`;
}

/** One line an option where its flags mean the same, one a flag where each is a value. */
function fishOption(option: Option, verbs: string): string[] {
  const forms = option.label === undefined ? [option.flags] : option.flags.map((flag) => [flag]);
  const choices = choicesOf(option);
  const value =
    choices.length > 0
      ? ` -x -a ${quote(choices.join(" "))}`
      : option.value?.file
        ? " -r -F"
        : option.value
          ? " -x"
          : "";
  return forms.map((flags) => {
    const names = flags.map((flag) => (flag.startsWith("--") ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`));
    return `complete -c pith -n ${quote(`__pith_does ${verbs}`)} ${names.join(" ")}${value} -d ${quote(option.text)}\n`;
  });
}

function quote(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}

/** Quotes within quotes. */
function quoted(text: string): string {
  return quote(text).replaceAll("'", "\\'");
}
