import { type Grant, type Holder, idOf, type Subject } from "./access.js";
import type { CapabilitySet } from "./capability-set.js";
import { isNothing } from "./capability-set.js";
import type { Limit } from "./limit.js";

/** Collects what the subjects of one control plane are given, from whatever object gives it. */
export class HolderDrafts {
  readonly #drafts = new Map<string, Draft>();

  /** The draft of a subject, new when nothing was given to it yet. */
  of(subject: Subject, about: About = { urn: undefined, owner: undefined, environment: undefined }): Draft {
    const id = idOf({ subject, urn: about.urn });
    const draft = this.#drafts.get(id) ?? new Draft(subject, about);
    this.#drafts.set(id, draft);
    return draft;
  }

  /** Everybody who was given something. */
  holders(): ReadonlyMap<string, Holder> {
    return new Map([...this.#drafts].filter(([, draft]) => draft.holdsAnything()));
  }
}

type About = Pick<Holder, "urn" | "owner" | "environment">;

/** A holder in the making. What gives nothing is kept too, so that a role without effect can be seen beside one that has it. */
class Draft implements Holder {
  readonly subject: Subject;
  readonly urn: string | undefined;
  readonly owner: string | undefined;
  readonly environment: string | undefined;
  readonly organization: Grant[] = [];
  readonly everyProject: Grant[] = [];
  readonly projects = new Map<string, Grant[]>();
  readonly limits: Limit[] = [];

  constructor(subject: Subject, { urn, owner, environment }: About) {
    this.subject = subject;
    this.urn = urn;
    this.owner = owner;
    this.environment = environment;
  }

  giveInOrganization(via: string, gives: CapabilitySet): void {
    if (!isNothing(gives)) this.organization.push({ via, gives });
  }

  giveInEveryProject(via: string, gives: CapabilitySet): void {
    if (!isNothing(gives)) this.everyProject.push({ via, gives });
  }

  giveIn(project: string, via: string, gives: CapabilitySet): void {
    const grants = this.projects.get(project);
    if (grants === undefined) this.projects.set(project, [{ via, gives }]);
    else grants.push({ via, gives });
  }

  limit(limits: readonly Limit[]): void {
    this.limits.push(...limits);
  }

  holdsAnything(): boolean {
    return [this.organization, this.everyProject, ...this.projects.values()].some((grants) => grants.length > 0);
  }
}
