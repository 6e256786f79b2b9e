import type { KindName } from "../../../schema/kinds/index.js";
import { defineRule, type Violation } from "../rule.js";
import { known, type SeenObject, UNKNOWN, type Unknown } from "../seen.js";
import type { StackView } from "../stack-view.js";
import { type UpstreamUse, upstreamUses } from "../upstream-uses.js";

type Projects = readonly SeenObject<"Project">[];
type Described = Pick<Violation, "what" | "onlyAdvice">;

/** Stands for an environment class that only an apply will know. */
const NOT_KNOWN = "not known yet";

/** How many projects a message names before it counts. */
const NAMED = 3;

export const productionCredentialIsSeparate = defineRule({
  name: "production-credential-is-separate",
  title: "A provider's key serves one project, and production shares none with another environment",
  why: "Whoever spends or leaks a shared provider's key stops everybody on it, production included.",
  enforces: ["A-25", "A-11", "O-07"],
  level: "mandatory",
  settings: {},
  check: (view) => {
    const groups = new Map<string, UpstreamUse[]>();
    for (const use of upstreamUses(view)) {
      const group = groups.get(use.source);
      if (group === undefined) groups.set(use.source, [use]);
      else group.push(use);
    }
    const described = new Map<Projects, Described>();
    return [...groups.values()].flatMap((uses) => {
      const projects = projectsOf(uses);
      const object = uses.findLast((use) => use.object.kind === "ProviderCredential")?.object ?? uses.at(-1)?.object;
      if (object === undefined) return [];
      if (projects.length < 2) return withinOne(view, object, uses);
      const { what, onlyAdvice } = described.get(projects) ?? describe(view, projects);
      described.set(projects, { what, onlyAdvice });
      return [
        {
          object,
          property: object.kind === "ProviderCredential" ? "value" : "apiKey",
          what,
          advice: ADVICE[object.kind] ?? "",
          onlyAdvice: view.offers(object, "project") ? onlyAdvice : "always",
        },
      ];
    });
  },
  example: {
    bad: `
credentials: { openai: { provider: openai, value: { env: GATEHOUSE_OPENAI_KEY } } }
projects:
  live: { name: Live, environment: production, models: { small: { provider: openai, identifier: gpt-5-mini, credential: openai } } }
  trial: { name: Trial, environment: staging, models: { small: { provider: openai, identifier: gpt-5-mini, credential: openai } } }`,
    good: `
projects:
  live:
    name: Live
    environment: production
    launch: { owner: lin@acme.example }
    credentials: { live-openai: { provider: openai, value: { env: GATEHOUSE_OPENAI_KEY_LIVE } } }
    models: { small: { provider: openai, identifier: gpt-5-mini, credential: live-openai } }
  trial:
    name: Trial
    environment: staging
    launch: { owner: lin@acme.example }
    credentials: { trial-openai: { provider: openai, value: { env: GATEHOUSE_OPENAI_KEY_TRIAL } } }
    models: { small: { provider: openai, identifier: gpt-5-mini, credential: trial-openai } }`,
  },
});

const ADVICE: Readonly<Partial<Record<KindName, string>>> = {
  ProviderCredential:
    "Give each project a provider's key of its own: `credentials: { NAME: { provider, value: { env: GATEHOUSE_… } } }` under it.",
  Model: "Give the model of each project a provider's key of its own: `apiKey: { env: GATEHOUSE_… }` from another variable.",
};

/** All projects of some uses, once each: the same project on two control planes is one. */
function projectsOf(uses: readonly UpstreamUse[]): Projects {
  const [first = [], ...others] = new Set(uses.map(({ projects }) => projects));
  if (others.length === 0) return first;
  return [...new Map([first, ...others].flat().map((project) => [identityOf(project), project])).values()];
}

function describe(view: StackView, projects: Projects): Described {
  const classes = projects.map((project) => classesOf(view, project));
  const named = projects.slice(0, NAMED).map(({ name }, index) => [name, ...textOf(classes[index])].join(" "));
  const more = projects.length > NAMED ? [`${projects.length - NAMED} more`] : [];
  return {
    what: `holds a provider's key that ${projects.length} projects use: ${[...named, ...more].join(", ")}`,
    onlyAdvice: classes.every((one) => one.length > 0 && !one.includes("production")) ? "unlessAsked" : undefined,
  };
}

/** One project may call with one key for all of its environments; two credentials say that it does not, and must then be two. */
function withinOne(view: StackView, object: SeenObject, uses: readonly UpstreamUse[]): readonly Violation[] {
  const twin = uses.find(
    (use) => use.object.kind === object.kind && use.object.controlPlane === object.controlPlane && use.object !== object,
  );
  const project = uses[0]?.projects[0];
  const classes = (project === undefined ? [] : classesOf(view, project)).filter((one) => one !== NOT_KNOWN);
  if (twin === undefined || object.kind !== "ProviderCredential" || classes.length < 2 || !classes.includes("production")) return [];
  const what = `holds the same provider's key as ${twin.object.name}, so that ${classes.join(" and ")} of ${project?.name} call with one`;
  return [{ object, property: "value", what, advice: "Take each credential's value from a variable or file of its own." }];
}

/** Environment classes that a project serves: its own, else those of its keys. None where nothing is said. */
function classesOf(view: StackView, project: SeenObject<"Project">): readonly string[] {
  const own = project.inputs.environment;
  const all: readonly (string | Unknown | undefined)[] =
    own === undefined ? view.referringTo(project, "ApiKey").map((key) => view.environmentOf(key)) : [own];
  const words = all.map((one) => (one === UNKNOWN ? NOT_KNOWN : one)).filter((one) => one !== undefined);
  return [...new Set<string>(words)].sort();
}

function textOf(classes: readonly string[] | undefined): readonly string[] {
  return classes === undefined || classes.length === 0 ? [] : [`(${classes.join(", ")})`];
}

function identityOf({ urn, inputs: { slug, name } }: SeenObject<"Project">): string {
  return (known(slug) ?? known(name) ?? urn).toLowerCase();
}
