import { experimentalWordIn, experimentalWords, namesAndLabels } from "../experimental.js";
import { defineRule, type Violation } from "../rule.js";
import type { SeenObject } from "../seen.js";
import type { StackView } from "../stack-view.js";

export const experimentsStayOutOfProduction = defineRule({
  name: "experiments-stay-out-of-production",
  title: "Experiments and production share no project and no key",
  why: "Spikes of an experiment eat the limits of production, and its failures hide incidents in the same history.",
  enforces: ["A-11", "A-26", "O-07", "O-32"],
  level: "mandatory",
  settings: { words: experimentalWords },
  check: (view, { settings: { words } }) => [
    ...view.of("Project").flatMap((project) => experimentalProject(project, words)),
    ...view.of("ApiKey").flatMap((key) => [...mixedKey(view, key), ...experimentalKey(view, key, words)]),
  ],
  example: {
    bad: `
projects:
  live: { name: Live, environment: production, keys: { trials: { environment: development, consumer: trials } } }`,
    good: `
projects:
  live: { name: Live, environment: production, launch: { owner: lin@acme.example } }
  trials: { name: Trials, environment: development, launch: { owner: lin@acme.example }, keys: { trials: { consumer: trials } } }`,
  },
});

const ELSEWHERE = "Move it to a project of its own environment.";

function wordOfProject({ inputs: { name, slug, labels } }: SeenObject<"Project">, words: readonly string[]): string | undefined {
  return experimentalWordIn(namesAndLabels([name, slug], labels), words);
}

function experimentalProject(project: SeenObject<"Project">, words: readonly string[]): readonly Violation[] {
  const word = project.inputs.environment === "production" ? wordOfProject(project, words) : undefined;
  if (word === undefined) return [];
  const advice = "Write `environment: other` on it and give production a project of its own.";
  return [{ object: project, property: "environment", what: `is a production project and experimental ("${word}")`, advice }];
}

/** A key of one environment in a project that is another one, where either is production. */
function mixedKey(view: StackView, key: SeenObject<"ApiKey">): readonly Violation[] {
  const property = key.inputs.project === undefined ? "defaultProject" : "project";
  const project = view.target<"Project">(key, property);
  const [own, its] = [key.inputs.environment, project?.inputs.environment];
  if (project === undefined || typeof own !== "string" || typeof its !== "string") return [];
  if (own === its || (own !== "production" && its !== "production")) return [];
  return [{ object: key, property: "environment", what: `is a ${own} key of ${project.name}, a ${its} project`, advice: ELSEWHERE }];
}

function experimentalKey(view: StackView, key: SeenObject<"ApiKey">, words: readonly string[]): readonly Violation[] {
  if (view.environmentOf(key) !== "production") return [];
  const { name, labels, consumer, environment } = key.inputs;
  const own = experimentalWordIn(namesAndLabels([name, consumer], labels), words);
  if (own !== undefined) {
    const advice = "Write `environment: other` on it, in a project for experiments.";
    return [{ object: key, property: "environment", what: `is a production key and experimental ("${own}")`, advice }];
  }
  const project = view.projectOf(key);
  // A key that takes its environment from its project is told with the project.
  const word = project === undefined || environment === undefined ? undefined : wordOfProject(project, words);
  if (word === undefined) return [];
  const what = `is a production key of ${project?.name}, which is experimental ("${word}")`;
  return [{ object: key, property: "environment", what, advice: ELSEWHERE }];
}
