import type { KindName } from "../../../schema/kinds/index.js";
import type { SeenObject } from "../../policies/seen.js";

/** The declared objects of one control plane. */
export class PlaneObjects {
  readonly name: string;
  readonly system: string;
  readonly #byKind = new Map<string, SeenObject[]>();

  constructor({ controlPlane, system }: Pick<SeenObject, "controlPlane" | "system">) {
    this.name = controlPlane;
    this.system = system;
  }

  of<N extends KindName>(kind: N): readonly SeenObject<N>[] {
    return (this.#byKind.get(kind) ?? []) as unknown as readonly SeenObject<N>[];
  }

  /** Sorts objects by control plane, in the order in which these first occur. */
  static each(objects: readonly SeenObject[]): readonly PlaneObjects[] {
    const planes = new Map<string, PlaneObjects>();
    for (const object of objects) {
      const plane = planes.get(object.controlPlane) ?? new PlaneObjects(object);
      planes.set(object.controlPlane, plane);
      const ofKind = plane.#byKind.get(object.kind);
      if (ofKind === undefined) plane.#byKind.set(object.kind, [object]);
      else ofKind.push(object);
    }
    return [...planes.values()];
  }
}
