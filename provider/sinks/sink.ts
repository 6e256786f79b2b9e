import type { Fields } from "../../schema/field.js";
import type { Problem } from "../../schema/kind.js";
import type { Environment } from "../http/settings.js";
import type { Fault } from "./fault.js";

/** Which key a secret belongs to. What a sink's templates (`{project}`, `{key}`) are filled with. */
export interface KeyPlace {
  /** Name of the control plane in the stack. */
  readonly controlPlane: string;
  /** Short name of the project that the key is locked to; `organization` for a key that is locked to none. */
  readonly project: string;
  /** Name of the key. */
  readonly key: string;
  /** Environment class that the key declares; `none` when it declares none. */
  readonly environment: string;
}

/** Where a secret is, once a sink has it. Holds no secret. */
export interface Delivered {
  /** Where in the sink it is, for people to find it: a path, a name. */
  readonly place: string;
  /** The sink's own name of this version, where it has versions. */
  readonly version?: string;
}

/**
 * Somewhere to hand secrets to. Errors of an opened sink are those of `errors.ts`, never hold a secret, have no cause that could, and say
 * what to do: `Unreachable` where nobody can know whether it has the secret; `Refused` where the sink said no, and `InvalidInput` where
 * nothing was sent, so that it surely has it not.
 */
export interface Sink {
  /** Makes the secret the one in use at its place. Delivering the same again is harmless. */
  deliver(place: KeyPlace, secret: string): Promise<Delivered>;
  /**
   * Makes a version that was delivered before the one in use again. Absent where the sink cannot give back what it was given: a rotation
   * is then not rolled back there.
   */
  readonly restore?: (place: KeyPlace, former: Delivered) => Promise<Delivered>;
}

/** One kind of sink, in one file: what an operator sets, and how it is opened. */
export interface SinkType {
  /** As `type` in the operator's file names it: `vault`. */
  readonly type: string;
  /** Vendor's name, for messages and documentation. */
  readonly title: string;
  /** Settings of a sink of this type, described like the fields of a kind: checked, and documented, from here. */
  readonly settings: Fields;
  /** The npm packages that it is reached through, optional dependencies; absent when nothing has to be installed. */
  readonly modules?: readonly string[];
  /** What is wrong between settings that are right one by one. */
  readonly rules?: (settings: Readonly<Record<string, unknown>>) => readonly Problem[];
  /** What an error of its packages says. An error that it says nothing of leaves open what the sink did. */
  readonly faultOf?: (error: unknown) => Fault | undefined;
  /**
   * Opens a sink with settings that were checked. Makes no request. Throws InvalidInput when a package is not installed. The sink may
   * throw the errors of its packages as they are: they are told, and kept from telling a secret, where sinks are opened.
   */
  open(settings: Readonly<Record<string, unknown>>, environment: Environment): Promise<Sink>;
}
