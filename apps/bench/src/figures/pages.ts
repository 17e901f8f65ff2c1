/** The pages of results, each drawn from its JSON alone. */
import { readFileSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { toPage as patternsPage } from "../analyze/page.ts";
import { toPicture as patternsPicture } from "../analyze/picture.ts";
import type { PatternResults } from "../analyze/results.ts";
import { toPage as clusterPage, type ClusterResults } from "../cluster/page.ts";
import { toPage as machinesPage, type MachinesResults } from "../cluster/machines-command.ts";
import { toPage as dedupePage } from "../dedupe/page.ts";
import type { DedupeResults } from "../dedupe/results.ts";
import { toPage as foldersPage, type FolderResults } from "../folders/page.ts";
import { toPage as lettersPage } from "../letters/page.ts";
import type { LetterResults } from "../letters/results.ts";
import { toPage as messagesPage, type MessageResults } from "../messages/page.ts";
import { toPage as methodsPage } from "../methods/page.ts";
import type { MethodsResults } from "../methods/results.ts";
import { toPage as dictionaryPage } from "../neural/dictionary/page.ts";
import { toPicture as dictionaryPicture } from "../neural/dictionary/picture.ts";
import type { DictionaryResults } from "../neural/dictionary/results.ts";
import { toPage as dnaPage } from "../neural/dna/page.ts";
import type { DnaResults } from "../neural/dna/results.ts";
import { toPage as figure3Page } from "../neural/figure3/page.ts";
import { toPicture as figure3Picture } from "../neural/figure3/picture.ts";
import type { Figure3Results } from "../neural/figure3/results.ts";
import { toPage as figure4Page } from "../neural/figure4/page.ts";
import { toPicture as figure4Picture } from "../neural/figure4/picture.ts";
import type { Figure4Results } from "../neural/figure4/results.ts";
import { toPage as figure5Page } from "../neural/figure5/page.ts";
import { toPicture as figure5Picture } from "../neural/figure5/picture.ts";
import type { Figure5Results } from "../neural/figure5/results.ts";
import { toPage as staticPage, type StaticResults } from "../neural/static/page.ts";
import { toPage as neural1Page } from "../neural/table1/page.ts";
import { toPicture as neural1Picture } from "../neural/table1/picture.ts";
import type { Table1Results } from "../neural/table1/results.ts";
import { toPage as neural2Page } from "../neural/table2/page.ts";
import { toPicture as neural2Picture } from "../neural/table2/picture.ts";
import type { Table2Results } from "../neural/table2/results.ts";
import { toPage as packedPage } from "../packed/page.ts";
import type { PackedResults } from "../packed/results.ts";
import { toPage as patchesPage } from "../patches/page.ts";
import type { PatchesResults } from "../patches/results.ts";
import { toPage as predictorsPage } from "../predictors/page.ts";
import type { PredictorsResults } from "../predictors/results.ts";
import type { Results } from "../report/results.ts";
import { writeReport } from "../report/write.ts";
import { toPage as sizesPage, type SizesResults } from "../sizes/page.ts";
import { toPage as formsPage, type FormsResults } from "../forms/page.ts";
import { toPage as threadsPage } from "../threads/page.ts";
import type { ThreadsResults } from "../threads/results.ts";
import { toPage as weightsPage } from "../weights/page.ts";
import type { WeightsResults } from "../weights/results.ts";

/** Names of files and what is in them. */
type Drawn = Readonly<Record<string, string>>;

type Draw = (results: never, name: string) => Drawn;

/** A page and a picture beside it. */
function illustrated<R>(page: (results: R, picture: string) => string, picture: (results: R) => string) {
  return (results: R, name: string): Drawn => ({
    [`${name}.md`]: page(results, `${name}.svg`),
    [`${name}.svg`]: picture(results),
  });
}

/** A page alone. */
function plain<R>(page: (results: R) => string) {
  return (results: R, name: string): Drawn => ({ [`${name}.md`]: page(results) });
}

/** By the name of the JSON; what is not here is a comparison with peers, under the name of its folder. */
const DRAWN: Readonly<Record<string, Draw>> = {
  cluster: plain<ClusterResults>(clusterPage),
  dedupe: plain<DedupeResults>(dedupePage),
  folders: plain<FolderResults>(foldersPage),
  "letter-pairs": plain<LetterResults>(lettersPage),
  machines: plain<MachinesResults>((results) => machinesPage(results, results.measured, results.rows)),
  messages: plain<MessageResults>(messagesPage),
  methods: plain<MethodsResults>(methodsPage),
  "neural-dictionary": illustrated<DictionaryResults>(dictionaryPage, ({ runs }) => dictionaryPicture(runs[0])),
  "neural-dna": plain<DnaResults>(dnaPage),
  "neural-figure3": illustrated<Figure3Results>(figure3Page, figure3Picture),
  "neural-figure4": illustrated<Figure4Results>(figure4Page, figure4Picture),
  "neural-figure5": illustrated<Figure5Results>(figure5Page, figure5Picture),
  "neural-static": plain<StaticResults>(staticPage),
  "neural-table1": illustrated<Table1Results>(neural1Page, neural1Picture),
  "neural-table2": illustrated<Table2Results>(neural2Page, neural2Picture),
  packed: plain<PackedResults>(packedPage),
  patches: plain<PatchesResults>(patchesPage),
  patterns: illustrated<PatternResults>(patternsPage, ({ table }) => patternsPicture(table?.entries ?? [])),
  predictors: plain<PredictorsResults>(predictorsPage),
  sizes: plain<SizesResults>(sizesPage),
  "weights-forms": plain<FormsResults>(formsPage),
  threads: plain<ThreadsResults>(threadsPage),
  weights: plain<WeightsResults>(weightsPage),
};

function comparison(results: Results, name: string): Drawn {
  const drawn: Record<string, string> = {};
  writeReport(results, "", name, (file, text) => {
    if (!file.endsWith(".json")) drawn[file] = text;
  });
  return drawn;
}

/** All files that follow from the JSONs of a folder, by name. */
export function drawPages(folder: string): Drawn {
  const drawn: Record<string, string> = {};
  for (const file of readdirSync(folder).sort()) {
    if (!file.endsWith(".json")) continue;
    const name = basename(file, ".json");
    const draw = (DRAWN as Partial<typeof DRAWN>)[name] ?? comparison;
    Object.assign(drawn, draw(JSON.parse(readFileSync(join(folder, file), "utf8")) as never, name));
  }
  return drawn;
}
