import { KINDS, type KindName } from "../../schema/kinds/index.js";
import { adapterOf } from "../adapters/index.js";
import type { Entry } from "../stackfile/entries.js";
import type { Stack } from "../stackfile/index.js";
import { fieldsOf } from "./fields.js";
import { type NewViolation, newViolations } from "./new-violations.js";
import type { Outcome } from "./outcome.js";
import { pathInFile } from "./path-in-file.js";
import type { Promotion } from "./promote.js";
import { secretSourcesIn } from "./secrets.js";
import type { PromotionTarget } from "./target.js";
import { toldOnce } from "./told.js";

/** What became of one object of the source. */
export interface PromotedObject {
  /** Path in the source stack. */
  readonly path: string;
  readonly kind: KindName;
  /** `carried` when nothing about it is told. */
  readonly result: "carried" | "translated" | "lost";
  /** Paths in the new stack; several where it was divided or copied. */
  readonly to: readonly string[];
  /** Dotted fields that are there as they were. */
  readonly carried: readonly string[];
  /** Id at the source, where its state tells. */
  readonly sourceId?: string;
  /** Ids at the target by path there, once the new stack was applied. */
  readonly targetIds?: Readonly<Record<string, string>>;
}

/** Everything that a promotion has to say. Holds no secret: stack files have none. */
export interface PromotionReport {
  readonly from: { readonly name: string; readonly systems: readonly string[] };
  readonly to: { readonly name: string; readonly system: string; readonly url?: string; readonly transport: string };
  readonly objects: readonly PromotedObject[];
  readonly outcomes: readonly Outcome[];
  /** Paths of the new stack that no object of the source has. */
  readonly added: readonly string[];
  /** Variables and files that hold the secrets of the new stack, its credentials first. */
  readonly secrets: readonly string[];
  readonly violations: readonly NewViolation[];
  /** Paths in the source of what that stack manages on the target already: two stacks must not manage one object. */
  readonly managedAlready: readonly string[];
}

/** Ids by path of an object in its stack, as its state knows them. */
export type IdsByPath = ReadonlyMap<string, string>;

export interface ReportOptions {
  readonly source: Stack;
  readonly target: PromotionTarget;
  readonly ids: { readonly source: IdsByPath; readonly target: IdsByPath };
  readonly today: string;
}

export function reportOf(promotion: Promotion, { source, target, ids, today }: ReportOptions): PromotionReport {
  const { stack, entries, originOf } = promotion;
  const paths = Map.groupBy(entries, ({ name }) => originOf(name) ?? "");
  const outcomes = toldOnce(promotion.outcomes, (object) => paths.has(object));
  const { system, url, transport = adapterOf(system).defaultTransport, credentials } = target;
  return {
    from: { name: source.name, systems: [...new Set(source.controlPlanes.map((plane) => adapterOf(plane.system).title))] },
    to: { name: stack.name, system: adapterOf(system).title, ...(url === undefined ? {} : { url }), transport },
    objects: promotion.source.map((entry) => objectOf(entry, paths.get(entry.name) ?? [], outcomes, ids)),
    outcomes,
    added: entries.flatMap(({ name }) => (originOf(name) === undefined ? [name] : [])),
    secrets: [...new Set([...secretSourcesIn(credentials), ...secretSourcesIn(entries.map(({ given }) => given))])],
    managedAlready: managedOn(target.plane, source),
    violations: newViolations(source, stack, originOf, today),
  };
}

function managedOn(plane: string | undefined, { declarations }: Stack): readonly string[] {
  const own = declarations.filter(({ controlPlane, kind }) => controlPlane === plane && !KINDS[kind].local);
  return own.map(({ name }) => pathInFile(name));
}

function objectOf(entry: Entry, there: readonly Entry[], outcomes: readonly Outcome[], ids: ReportOptions["ids"]): PromotedObject {
  const own = outcomes.filter(({ object }) => object === entry.name);
  const to = there.map(({ name }) => name);
  const sourceId = ids.source.get(entry.name);
  const targetIds = Object.fromEntries(to.flatMap((name) => (ids.target.has(name) ? [[name, ids.target.get(name) ?? ""]] : [])));
  const isTold = own.length > 0 || to.some((name) => name !== entry.name);
  const isTranslated = to.length > 0 || own.some(({ result }) => result === "translated");
  return {
    path: entry.name,
    kind: entry.kindName,
    result: isTold ? (isTranslated ? "translated" : "lost") : "carried",
    to,
    carried: carriedFields(entry, there),
    ...(sourceId === undefined ? {} : { sourceId }),
    ...(Object.keys(targetIds).length === 0 ? {} : { targetIds }),
  };
}

function carriedFields(entry: Entry, there: readonly Entry[]): readonly string[] {
  const kept = there.map((one) => new Map(fieldsOf(one).map(({ path, value }) => [path, JSON.stringify(value)])));
  return fieldsOf(entry).flatMap(({ path, value }) =>
    kept.length > 0 && kept.every((fields) => fields.get(path) === JSON.stringify(value)) ? [path] : [],
  );
}
