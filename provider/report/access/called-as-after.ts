import type { Access, Holder, PlaneAccess, ProjectPlace } from "./access.js";

/**
 * Access before a change, with each project called as it is afterwards: one that gets another name is the same one, and one that ends
 * is another one than whichever takes its name.
 */
export function calledAsAfter(before: Access, after: Access): Access {
  return { planes: new Map([...before.planes].map(([name, plane]) => [name, planeCalledAs(plane, after.planes.get(name))])) };
}

function planeCalledAs(before: PlaneAccess, after: PlaneAccess | undefined): PlaneAccess {
  const names = namesAfter(before, after);
  if (names.size === 0) return before;
  const called = (name: string) => names.get(name) ?? name;
  return {
    ...before,
    projects: new Map([...before.projects.values()].map((project) => [called(project.name), { ...project, name: called(project.name) }])),
    holders: new Map([...before.holders].map(([id, holder]) => [id, holderCalling(holder, called)])),
  };
}

/** New names by former ones, of projects that have another one. */
function namesAfter(before: PlaneAccess, after: PlaneAccess | undefined): ReadonlyMap<string, string> {
  const there = [...(after?.projects.values() ?? [])];
  const nameOf = new Map(there.map((project) => [identityOf(project), project.name]));
  const taken = new Set(there.map(({ name }) => name));
  return new Map(
    [...before.projects.values()].flatMap((project) => {
      const { name } = project;
      const next = nameOf.get(identityOf(project)) ?? (taken.has(name) ? `${name} (before)` : name);
      return next === name ? [] : [[name, next]];
    }),
  );
}

/** A replaced project keeps its place in the stack and is another one. */
function identityOf({ urn, id }: ProjectPlace): string {
  return `${urn}\n${id ?? ""}`;
}

function holderCalling(holder: Holder, called: (name: string) => string): Holder {
  return { ...holder, projects: new Map([...holder.projects].map(([name, grants]) => [called(name), grants])) };
}
