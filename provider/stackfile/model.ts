import type { KindName } from "../../schema/kinds/index.js";
import type { TRANSPORTS } from "../../schema/stackfile-blocks.js";
import type { System } from "../../schema/systems/index.js";

/** A place in a file, counted from 1. */
export interface Position {
  /** The file as the user would type it. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Something wrong in a stack file. */
export interface Problem {
  readonly position: Position;
  /** Dotted path (`projects.checkout.keys.checkout-prod.environment`); empty when the file as a whole is wrong. */
  readonly path: string;
  /** What is wrong, and what would be right. Never a value that may be a secret. */
  readonly message: string;
}

/** Stands in inputs where a declared object is referred to. */
export interface Reference {
  /** Logical name of the declaration. */
  readonly $ref: string;
  /** Property of the declared object that is meant. */
  readonly by: string;
}

/** One object on one control plane. */
export interface Declaration {
  readonly kind: KindName;
  /**
   * Pulumi logical name: the path in the file, with slashes. On a control plane that is not called `main` it begins with
   * `controlPlanes/<name>/`.
   */
  readonly name: string;
  /** Dotted path of the entry in its file. */
  readonly path: string;
  /** The keys of that path. */
  readonly keys: readonly string[];
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Where the entry's key stands. */
  readonly position: Position;
  /** Position of each given property, by dotted path. */
  readonly positions: Readonly<Record<string, Position>>;
  /** Former logical names, from `renamedFrom` of the entry and of what it is nested in. */
  readonly aliases: readonly string[];
  /** Name of the control plane; `main` when the file has one `controlPlane` or none. */
  readonly controlPlane: string;
}

/** An object whose declared end has come. */
export interface EndedDeclaration extends Declaration {
  /** The day on which it ended, as `2026-11-20`. */
  readonly endedOn: string;
}

/** A collection whose undeclared objects go: all of them (`$exclusive`), or those that it names (`$remove`). */
export interface ExclusiveCollection {
  readonly kind: KindName;
  /** Logical name of the declaration it is nested in. */
  readonly owner?: string;
  /** Logical name (`projects/checkout/members/$exclusive`), which ends in the setting. */
  readonly name: string;
  /** Which of them go; all that nobody declared when absent. */
  readonly only?: readonly RuleByName[];
  readonly controlPlane: string;
  /** Logical names of what the collection declares on this control plane. */
  readonly declared: readonly string[];
  readonly position: Position;
}

/** What is said of undeclared objects by their name: that they are known and left alone (`$ignore`), or that they go (`$remove`). */
export interface RuleByName {
  readonly kind: KindName;
  readonly owner?: string;
  /** Pattern on the natural key; `*` stands for any characters. */
  readonly match: string;
  readonly reason: string;
  /** Last day of the rule, like `2027-06-30`. */
  readonly until?: string;
  readonly position: Position;
  readonly controlPlane: string;
}

/** One control plane as the file names it. No secrets: credentials are names of environment variables. */
export interface ControlPlaneSettings {
  readonly name: string;
  readonly system: System;
  readonly url?: string;
  readonly transport?: (typeof TRANSPORTS)[number];
  readonly credentials?: Readonly<Record<string, { readonly env: string }>>;
  readonly allowAssumed?: boolean;
  readonly position: Position;
}

/** A stack file, or a folder of them, without a problem. */
export interface Stack {
  readonly name: string;
  /** Absolute path of the folder. */
  readonly directory: string;
  /** Files that were read, as the user would type them. */
  readonly files: readonly string[];
  /** Empty when the file names none: the Pulumi configuration does then. */
  readonly controlPlanes: readonly ControlPlaneSettings[];
  /** Each after what it refers to. */
  readonly declarations: readonly Declaration[];
  readonly exclusive: readonly ExclusiveCollection[];
  readonly ignore: readonly RuleByName[];
  /** What stands in the files and is declared no more, since its own day has come. It can be removed from them. */
  readonly ended: { readonly declarations: readonly EndedDeclaration[]; readonly ignore: readonly RuleByName[] };
}
