import { known, type SeenObject } from "./seen.js";
import type { StackView } from "./stack-view.js";

/** A place where a provider's key is declared, and the projects whose calls are made with it. */
export interface UpstreamUse {
  /** Same for all that hold the same key: where its value is found, or the one object that holds it. Never the value. */
  readonly source: string;
  /** The credential, or the model that holds the key itself. */
  readonly object: SeenObject<"ProviderCredential"> | SeenObject<"Model">;
  /** At least one. The very same list wherever the callers are the same, so that what follows from it is worked out once. */
  readonly projects: readonly SeenObject<"Project">[];
}

/** Every provider's key with every project that is known to use it: it belongs to the project, or a model of the project is called with it. */
export function upstreamUses(view: StackView): readonly UpstreamUse[] {
  const callers = new Callers(view);
  return [
    ...view.of("ProviderCredential").flatMap((credential) => {
      const project = view.projectOf(credential);
      return project === undefined
        ? []
        : [{ source: sourceOf(credential, credential.inputs.value), object: credential, projects: [project] }];
    }),
    ...view.of("Model").flatMap((model) => {
      const credential = view.target<"ProviderCredential">(model, "credential");
      const own = model.inputs.apiKey === undefined ? [] : [{ source: sourceOf(model, model.inputs.apiKey), object: model }];
      const theirs = credential === undefined ? [] : [{ source: sourceOf(credential, credential.inputs.value), object: credential }];
      const projects = callers.of(model);
      return projects.length === 0 ? [] : [...own, ...theirs].map((held) => ({ ...held, projects }));
    }),
  ];
}

function sourceOf(holder: SeenObject, value: unknown): string {
  const { env, file } = (typeof value === "object" && value !== null ? value : {}) as { env?: unknown; file?: unknown };
  if (typeof env === "string") return `env ${env}`;
  return typeof file === "string" ? `file ${file}` : holder.urn;
}

type Projects = Set<SeenObject<"Project">>;

/** Who calls a model: its own project, or of one that is the organization's the projects with a key that may, or with routing over it. */
class Callers {
  readonly #view: StackView;
  readonly #ofAll = new Map<string, Projects>();
  readonly #ofOne = new Map<string, Projects>();
  readonly #lists = new Map<Projects, readonly SeenObject<"Project">[]>();

  constructor(view: StackView) {
    this.#view = view;
    for (const key of view.of("ApiKey")) {
      const models = key.inputs.models ?? {};
      if (!view.offers(key, "models") || typeof models !== "object") continue;
      if (models.allowed === undefined && models.blocked === undefined) this.#add(key, this.#ofAll, key.controlPlane);
      else this.#name(key, models.allowed);
    }
    for (const policy of view.of("RoutingPolicy")) {
      const models = known(policy.inputs.models);
      this.#name(policy, Array.isArray(models) ? models.map((entry) => entry.model) : []);
      this.#name(policy, policy.inputs.fallbacks);
    }
    for (const tier of view.of("RoutingTier")) {
      this.#name(tier, [tier.inputs.model]);
      this.#name(tier, tier.inputs.fallbacks);
    }
  }

  of(model: SeenObject<"Model">): readonly SeenObject<"Project">[] {
    if (model.inputs.project !== undefined) {
      const project = this.#view.projectOf(model);
      return project === undefined ? [] : [project];
    }
    const all = this.#ofAll.get(model.controlPlane) ?? new Set();
    const one = this.#ofOne.get(`${model.controlPlane}\n${String(model.inputs.identifier)}`) ?? new Set();
    const further = [...one].filter((project) => !all.has(project));
    return further.length === 0 ? this.#listOf(all) : [...all, ...further];
  }

  #listOf(projects: Projects): readonly SeenObject<"Project">[] {
    const list = this.#lists.get(projects) ?? [...projects];
    this.#lists.set(projects, list);
    return list;
  }

  #name(caller: SeenObject, identifiers: unknown): void {
    for (const identifier of Array.isArray(identifiers) ? identifiers : []) {
      if (typeof identifier === "string") this.#add(caller, this.#ofOne, `${caller.controlPlane}\n${identifier}`);
    }
  }

  #add(caller: SeenObject, to: Map<string, Projects>, at: string): void {
    const project = this.#view.projectOf(caller);
    if (project === undefined) return;
    const projects = to.get(at) ?? new Set();
    to.set(at, projects.add(project));
  }
}
