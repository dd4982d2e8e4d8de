// Workspaces that mutations begin with: the examples of the rules, the fixtures, and real projects where they lie beside the repository.
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { RULES } from "../../server/src/rules/index";

export type File = readonly [path: string, text: string];
export type Seed = readonly File[];

/** Larger files and folders say nothing more; the sizes have tests of their own. */
const MAX_TEXT = 24_000;
const MAX_FILES = 8;

function filesOf(folder: string): readonly File[] {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) return [];
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();
  return paths
    .filter((path) => statSync(join(folder, path)).isFile() && statSync(join(folder, path)).size <= MAX_TEXT)
    .map((path) => [path, readFileSync(join(folder, path), "utf8")]);
}

const alone = (files: readonly File[]): readonly Seed[] => files.map((file) => [file]);

/** `root`: the folder of the repository. */
export function seedsOf(root: string): readonly Seed[] {
  const fixtures = join(root, "test/fixtures");
  const examples = join(root, "examples");
  const corpus = join(root, "../shared/corpus");
  const projects = existsSync(corpus) ? readdirSync(corpus).sort() : [];
  const all: readonly Seed[] = [
    ...RULES.flatMap((rule) => rule.examples.map((example): Seed => Object.entries(example.files))),
    ...readdirSync(examples).map((name) => filesOf(join(examples, name))),
    ...alone(filesOf(join(fixtures, "nginx"))),
    ...alone(filesOf(join(fixtures, "oracle")).filter(([path]) => /\.(?:ini|yaml|json|xml|part)$/.test(path))),
    ...projects.map((name) => filesOf(join(corpus, name))),
  ];
  return all.filter((seed) => seed.length > 0).map((seed) => seed.slice(0, MAX_FILES));
}
