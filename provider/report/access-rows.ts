import { type Access, type Holder, idOf, type PlaneAccess } from "./access/access.js";
import { capabilitiesOf } from "./access/capability-set.js";
import { bySubject, placesOf } from "./access/places.js";
import { canDoAt, type Place } from "./access/reach.js";
import type { AccessRow } from "./report.js";

/** The matrix of effective access before and after, sorted: what somebody has in every project is one row. */
export function accessRows(before: Access, after: Access): readonly AccessRow[] {
  const names = [...new Set([...before.planes.keys(), ...after.planes.keys()])].toSorted();
  return names.flatMap((name) => planeRows(before.planes.get(name), after.planes.get(name)));
}

function planeRows(before: PlaneAccess | undefined, after: PlaneAccess | undefined): readonly AccessRow[] {
  const holders = new Map([...(before?.holders ?? []), ...(after?.holders ?? [])]);
  return [...holders.values()].toSorted(bySubject).flatMap((holder) => {
    const { subject } = holder;
    const id = idOf(holder);
    const [was, is] = [before?.holders.get(id), after?.holders.get(id)];
    return placesOf(was, is).flatMap((place): AccessRow[] => {
      const row = {
        subject: subject.name,
        subjectType: subject.type,
        controlPlane: (after ?? before)?.name ?? "",
        scope: scopeOf(place),
        before: capabilitiesAt(before, was, place),
        after: capabilitiesAt(after, is, place),
      };
      return row.before.length + row.after.length === 0 ? [] : [row];
    });
  });
}

/** `?` stands behind what only may be. */
function capabilitiesAt(plane: PlaneAccess | undefined, holder: Holder | undefined, place: Place): readonly string[] {
  if (plane === undefined || holder === undefined) return [];
  const { sure, maybe } = capabilitiesOf(canDoAt(plane, holder, place));
  return [...sure, ...maybe.map((one) => `${one}?`)];
}

function scopeOf(place: Place): string {
  return place.in === "project" ? place.project : place.in === "everyProject" ? "every project" : "organization";
}
