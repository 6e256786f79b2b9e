import type { Field } from "../../schema/field.js";
import { KINDS, type KindName } from "../../schema/kinds/index.js";
import { adapterOf } from "../adapters/index.js";
import { keepsField, offersField } from "../adapters/support.js";
import { isKnown, type SeenObject, UNKNOWN, type Unknown } from "./seen.js";

/** Everything a stack declares, indexed for the rules. Built once for a judgement; no question costs more than a look-up. */
export class StackView {
  readonly objects: readonly SeenObject[];
  readonly #byKind = new Map<string, SeenObject[]>();
  readonly #byUrn = new Map<string, SeenObject>();
  readonly #byKey = new Map<string, SeenObject>();
  readonly #referring = new Map<string, SeenObject[]>();

  /** What stood in the stack until its own day came. It is declared no more, and no question but `pastReferringTo` counts it. */
  readonly #past: readonly SeenObject[];

  /** Whoever tells of the objects, and in which order: they are judged in one order, so that a finding is worded once. */
  constructor(told: readonly SeenObject[], past: readonly SeenObject[] = []) {
    this.#past = past;
    const objects = told.toSorted((a, b) => (a.name < b.name ? -1 : 1));
    this.objects = objects;
    for (const object of objects) {
      append(this.#byKind, object.kind, object);
      this.#byUrn.set(object.urn, object);
      if (object.id !== undefined) this.#byKey.set(keyOf(object, "id", object.id), object);
    }
    for (const object of objects) {
      for (const [name, value] of Object.entries(object.inputs as Readonly<Record<string, unknown>>)) {
        if (typeof value === "string") this.#byKey.set(keyOf(object, name, value), object);
      }
    }
    for (const object of objects) {
      for (const target of this.#targets(object)) append(this.#referring, target.urn, object);
    }
  }

  /** The declared objects of a kind, in the order of their names. */
  of<N extends KindName>(kind: N): readonly SeenObject<N>[] {
    return (this.#byKind.get(kind) ?? []) as unknown as readonly SeenObject<N>[];
  }

  /** The declared object that a reference field leads to; undefined when the stack declares none of that name or id. */
  target<T extends KindName = KindName>(object: SeenObject, property: string): SeenObject<T> | undefined {
    const reference = fieldOf(object.kind, property)?.reference;
    if (reference === undefined) return undefined;
    const sources = (object.sources[property.split(".")[0] ?? ""] ?? []).flatMap((urn) => this.#byUrn.get(urn) ?? []);
    const bySource = sources.find(({ kind }) => kind === reference.kind);
    const value = valueAt(object, property);
    const byValue = typeof value === "string" ? this.named(reference.kind, reference.by, value, object) : undefined;
    return (byValue ?? bySource) as SeenObject<T> | undefined;
  }

  /** The declared object of a kind with this value in a field, on the control plane of another object. */
  named(kind: string, field: string, value: string, beside: SeenObject): SeenObject | undefined {
    return this.#byKey.get(`${beside.controlPlane}\n${kind}\n${field}\n${value.toLowerCase()}`);
  }

  /** The declared objects of a kind with a reference to this one: the keys of a project. */
  referringTo<N extends KindName>(target: SeenObject, kind: N): readonly SeenObject<N>[] {
    return (this.#referring.get(target.urn) ?? []).filter((object) => object.kind === kind) as unknown as readonly SeenObject<N>[];
  }

  /** What has ended of the objects of a kind that referred to this one. */
  pastReferringTo<N extends KindName>(target: SeenObject, kind: N): readonly SeenObject<N>[] {
    const past = this.#past.filter((object) => object.kind === kind) as unknown as readonly SeenObject<N>[];
    return past.filter((object) => this.#targets(object).includes(target));
  }

  /** The declared objects that name this one: the keys that a member owns, and the member's projects. */
  namedBy(target: SeenObject): readonly SeenObject[] {
    return [...new Set(this.#referring.get(target.urn) ?? [])];
  }

  /** The project an object belongs to, where the stack declares it. */
  projectOf(object: SeenObject): SeenObject<"Project"> | undefined {
    return this.target<"Project">(object, "project");
  }

  /** Environment class of a key (DESIGN.md §4): its own, else its project's; undefined when neither says, unknown when it may be anything. */
  environmentOf(key: SeenObject<"ApiKey">): string | Unknown | undefined {
    const own = key.inputs.environment;
    if (own !== undefined) return own;
    const project = this.projectOf(key);
    if (project !== undefined) return project.inputs.environment;
    return key.inputs.project === UNKNOWN || isKnown(key.inputs.project) ? UNKNOWN : undefined;
  }

  /** Keys of the production environment class. */
  productionKeys(): readonly SeenObject<"ApiKey">[] {
    return this.of("ApiKey").filter((key) => this.environmentOf(key) === "production");
  }

  /** True when the system of an object has this field of its kind: what it has no place for cannot be asked for. */
  offers(object: SeenObject, property: string): boolean {
    return offersField(adapterOf(object.system), KINDS[object.kind], property);
  }

  /** True when the system of an object keeps this field itself. What it offers and does not keep is Gatehouse's to see to. */
  keeps(object: SeenObject, name: string): boolean {
    return keepsField(adapterOf(object.system), KINDS[object.kind], name);
  }

  #targets(object: SeenObject): readonly SeenObject[] {
    const fields: Readonly<Record<string, Field>> = KINDS[object.kind].fields;
    return Object.keys(fields).flatMap((name) => (fields[name]?.reference === undefined ? [] : (this.target(object, name) ?? [])));
  }
}

function append<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

function keyOf({ controlPlane, kind }: SeenObject, field: string, value: string): string {
  return `${controlPlane}\n${kind}\n${field}\n${value.toLowerCase()}`;
}

function fieldOf(kind: KindName, path: string): Field | undefined {
  const [first = "", ...rest] = path.split(".");
  const fields: Readonly<Record<string, Field>> = KINDS[kind].fields;
  return rest.reduce<Field | undefined>((field, step) => field?.fields?.[step], fields[first]);
}

function valueAt(object: SeenObject, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>(
      (value, step) => (typeof value === "object" && value !== null ? (value as Record<string, unknown>)[step] : undefined),
      object.inputs,
    );
}
