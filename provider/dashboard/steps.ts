import { createHash } from "node:crypto";
import type { Kind } from "../../schema/kind.js";
import type { KindName } from "../../schema/kinds/index.js";
import type { Adapter, IdForm } from "../adapters/adapter.js";
import { archivesInsteadOfRemoving } from "../adapters/archived-projects.js";
import { evidenceOf, noWayBack, supportOf } from "../adapters/support.js";
import type { ControlPlaneSettings } from "../http/settings.js";
import { type ShownValue, shownValues } from "./shown-values.js";
import { formatStepId, type Operation } from "./step-id.js";
import { canonicalText, typed, type Values, withoutSecrets } from "./values.js";

export interface StepField {
  readonly label: string;
  /** What stands there now; absent where nothing does. */
  readonly before?: string;
  /** What must stand there. */
  readonly after: string;
  /** Kind of the object whose id the value is. */
  readonly refersTo?: string;
}

/** One thing for a person to do at a dashboard, in full. Holds no secret. */
export interface Step {
  /** The same for the same act on the same object, whatever its values. */
  readonly id: string;
  readonly kind: string;
  /** Logical name where it is known, else the natural key. */
  readonly object: string;
  readonly operation: Operation;
  readonly page: { readonly name: string; readonly url: string };
  readonly fields: readonly StepField[];
  /** What must be true before it is done, one sentence each. */
  readonly before: readonly string[];
  /** What must be true after it was done. */
  readonly after: readonly string[];
  /** Of everything that is shown and declared, but secrets: a step that changed, or is told in other words or units, is another one. */
  readonly digest: string;
  /** Id of the object at the control plane, where it has one already. */
  readonly objectId: string | undefined;
  /** The step brings the object's id, which the confirmation must give. */
  readonly needsId: boolean;
  readonly idForm: IdForm | undefined;
  /** How secrets of the object begin, so that none is taken for its id. */
  readonly secretPrefixes: readonly string[];
  /** The dashboard shows a secret, this once. */
  readonly reveals: boolean;
}

/** A planned change of one object whose control plane is reached by a person. Values are canonical, and those that are sent. */
export interface PlannedChange {
  readonly settings: ControlPlaneSettings;
  readonly adapter: Adapter;
  /** The kind as the system has it. */
  readonly kind: Kind;
  readonly operation: Operation;
  readonly key: string;
  /** Logical name, where it is known. */
  readonly name?: string | undefined;
  readonly owner: string | undefined;
  readonly objectId: string | undefined;
  readonly before: Values;
  readonly after: Values;
  /** What is declared and cannot be set there: it must be so already. */
  readonly asserted: Values;
  /** A new secret is made. */
  readonly renews: boolean;
  /** Id of another object of its name that stands beside it for a while: the key before a rotation. */
  readonly beside?: string | undefined;
  /** Id of another object of its name that ends with it. */
  readonly besidesEnds?: string | undefined;
  /** Digest of the step that was confirmed last, so that going back and forth needs a confirmation each time. */
  readonly previous: string | undefined;
}

/** The step of a change. Undefined when the system has no page for the kind, or nothing in the change needs a person. */
export function stepOf(change: PlannedChange): Step | undefined {
  const page = pageOf(change.adapter, change.kind, { ...change.before, ...change.after });
  const fields = fieldsOf(change);
  if (page === undefined || (change.operation === "update" && fields.length === 0)) return undefined;
  const { settings, kind, operation, key, owner, objectId } = change;
  return {
    id: formatStepId({ plane: settings.name, operation, kind: kind.name, owner, key }),
    kind: kind.name,
    object: change.name ?? key,
    operation,
    page,
    fields,
    before: beforehand(change),
    after: afterwards(change),
    digest: digestOf(change, page, fields),
    objectId,
    needsId: (operation === "create" || operation === "adopt") && !kind.singleton && objectId === undefined,
    idForm: idFormOf(change.adapter, kind),
    secretPrefixes: change.adapter.kinds[kind.name as KindName]?.secretPrefixes ?? [],
    reveals: reveals(change),
  };
}

/** The page of the dashboard on which objects of a kind with these values are made. */
export function pageOf(adapter: Adapter, kind: Kind, values: Values = {}): Step["page"] | undefined {
  const support = supportOf(adapter, kind);
  if ("lacking" in support) return undefined;
  const found = support.pageFor?.(values) ?? evidenceOf(support).find((evidence) => evidence.basis === "dashboard");
  return found === undefined ? undefined : { name: found.page, url: found.url };
}

function idFormOf(adapter: Adapter, kind: Kind): IdForm | undefined {
  const support = supportOf(adapter, kind);
  return "lacking" in support ? undefined : support.idForm;
}

const hasRevealed = (kind: Kind): boolean => Object.values(kind.fields).some((field) => field.flags.revealedOnce);

function reveals({ kind, operation, renews }: PlannedChange): boolean {
  return hasRevealed(kind) && (operation === "create" || renews);
}

function fieldsOf(change: PlannedChange): readonly StepField[] {
  if (change.operation === "delete") return [];
  const { dialect } = change.adapter;
  const was = shownValues(dialect, change.kind, change.before);
  const is = shownValues(dialect, change.kind, change.after);
  const paths = [...new Set([...is.keys(), ...was.keys()])];
  const values = paths.flatMap((path) => fieldOf(was.get(path), is.get(path)));
  return reveals(change) ? [...values, { label: "Secret", after: "shown once: copy it" }] : values;
}

function fieldOf(was: ShownValue | undefined, is: ShownValue | undefined): readonly StepField[] {
  const shown = is ?? was;
  const before = was?.value;
  const after = is === undefined && was?.isSwitch ? false : is?.value;
  if (shown === undefined || canonicalText(before) === canonicalText(after)) return [];
  return [
    {
      label: shown.label,
      ...(before === undefined ? {} : { before: typed(before) }),
      after: after === undefined ? "(nothing: clear it)" : typed(after),
      ...(shown.refersTo === undefined ? {} : { refersTo: shown.refersTo }),
    },
  ];
}

function beforehand(change: PlannedChange): readonly string[] {
  return [...stateOfThings(change), ...assertions(change), ...notesOn(change)];
}

function assertions({ adapter, kind, asserted }: PlannedChange): readonly string[] {
  return [...shownValues(adapter.dialect, kind, asserted).values()].map(({ label, value }) => `${label} is ${typed(value)}.`);
}

function notesOn({ adapter, kind, operation, before, after }: PlannedChange): readonly string[] {
  const support = supportOf(adapter, kind);
  if ("lacking" in support) return [];
  if (operation === "delete") return archivesInsteadOfRemoving(adapter, kind) ? [`${adapter.title} archives it: nothing is lost.`] : [];
  const turns = Object.keys(after).flatMap((name) => noWayBack(adapter, kind, name, before[name], after[name]) ?? []);
  return [...turns.map((turn) => `${turn}, unless the page shows a way.`), ...(support.notes?.(after) ?? [])];
}

function stateOfThings({ adapter, kind, operation, key, objectId, beside, besidesEnds }: PlannedChange): readonly string[] {
  const object = objectText(kind, key, objectId);
  switch (operation) {
    case "create":
      if (beside !== undefined) {
        return [
          `${objectText(kind, key, beside)} is there and goes on: the new one stands beside it. Where names must differ, rename the former.`,
        ];
      }
      return [`${adapter.title} shows no ${kind.name}${key === "" ? "" : ` "${key}"`} here.`];
    case "adopt":
    case "review":
      return [`${object} is there already.`];
    case "update":
      return [`${object} shows the former values.`];
    case "delete":
      return [
        `${object} is there, and nothing that is still needed uses it.`,
        ...(beside === undefined ? [] : [`The other one of its name (id ${beside}) is not touched.`]),
        ...(besidesEnds === undefined ? [] : [`The former one of its name (id ${besidesEnds}) is deleted with it.`]),
      ];
  }
}

function afterwards(change: PlannedChange): readonly string[] {
  const { adapter, kind, operation, key, objectId } = change;
  const object = objectText(kind, key, objectId);
  if (operation === "delete") return [`${object} is ${archivesInsteadOfRemoving(adapter, kind) ? "archived" : "gone"}.`];
  const bringsId = (operation === "create" || operation === "adopt") && !kind.singleton && objectId === undefined;
  const noted = !bringsId ? [] : [`You have noted its id (${ID_WORDS[idFormOf(adapter, kind) ?? "text"]}).`];
  const secret = reveals(change) ? ["You have put the secret where it is needed, or hand it over with --secret."] : [];
  return [`${object} shows exactly the values above.`, ...noted, ...secret];
}

const ID_WORDS: Readonly<Record<IdForm | "text", string>> = {
  uuid: "a UUID",
  numeric: "a number",
  slug: "lower-case letters, digits and hyphens",
  keyId: "the part of the token between ak_ and the dot",
  pol: "begins with pol_",
  text: "as the page or its address shows it; where neither does, its name",
};

function objectText(kind: Kind, key: string, objectId: string | undefined): string {
  return `The ${kind.name}${key === "" ? "" : ` "${key}"`}${objectId === undefined || kind.singleton ? "" : ` (id ${objectId})`}`;
}

function digestOf(change: PlannedChange, page: Step["page"], fields: readonly StepField[]): string {
  const { settings, kind, operation, key, owner, objectId, renews, previous, beside, besidesEnds } = change;
  const shown = (values: Values) => withoutSecrets({ schema: {}, flags: {}, fields: kind.fields }, values);
  const subject = {
    plane: settings.name,
    system: settings.system,
    kind: kind.name,
    operation,
    key,
    owner,
    objectId,
    renews,
    previous,
    beside,
    besidesEnds,
  };
  const text = canonicalText({ ...subject, page, fields, before: shown(change.before), after: shown(change.after) });
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}
