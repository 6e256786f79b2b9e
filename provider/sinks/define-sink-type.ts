import type { Fields, ObjectOf } from "../../schema/field.js";
import type { Problem } from "../../schema/kind.js";
import type { Environment } from "../http/settings.js";
import type { Sink, SinkType } from "./sink.js";

/** A sink type as its file writes it: with the types of its settings. */
interface Definition<F extends Fields> extends Omit<SinkType, "type" | "settings" | "rules" | "open"> {
  readonly settings: F;
  rules?(settings: ObjectOf<F>): readonly Problem[];
  open(settings: ObjectOf<F>, environment: Environment): Promise<Sink>;
}

/** Defines a sink type. The comments of its settings are its documentation. */
export function defineSinkType<const F extends Fields>(type: string, definition: Definition<F>): SinkType {
  return { type, ...definition } as unknown as SinkType;
}
