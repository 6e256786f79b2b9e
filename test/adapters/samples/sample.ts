import type { Values } from "../../../provider/lifecycle/values.js";
import type { KindName } from "../../../schema/kinds/index.js";
import type { TestServer } from "../../support/start-server.js";

/** One object of a kind as a stack may declare it. What a system has no field for is left out for that system. */
export interface Sample {
  /** A declaration of every field that a system may have; references as `idOf` and `fieldOf` give them. */
  readonly inputs: Values;
  /** What a change in place gives. */
  readonly change: Values;
  /** Another value of each field whose change replaces the object. Names a second object when that is referred to. */
  readonly another: Values;
  /** Dotted fields that are not changed alone, because a rule ties them to others. */
  readonly together?: readonly string[];
}

/** What a system's own rules need to be said otherwise. */
export interface SystemSamples {
  /** Laid over the usual sample. An undefined value takes a field away. */
  readonly kinds?: Readonly<Partial<Record<KindName, Partial<Sample>>>>;
  /** Further objects of a kind, by a name that tells what they are. They are samples of their own: nothing usual is added. */
  readonly further?: Readonly<Record<string, Sample & { readonly kind: KindName }>>;
  /** Kinds that it has and that no sample is given of, with the reason. */
  readonly waived?: Readonly<Partial<Record<KindName, string>>>;
  /** A server that can be signed in to, where one management token is not the way. */
  readonly start?: () => Promise<Started>;
}

export interface Started {
  readonly server: TestServer;
  /** Environment variables that sign in to it. All but addresses are secrets. */
  readonly environment: Readonly<Record<string, string>>;
  /** The same without signing in first, for what is not about that. `environment` when absent. */
  readonly signedIn?: Readonly<Record<string, string>>;
}

/** Stands for a value of an object that must be there before. */
export class Reference {
  readonly kind: KindName;
  /** The declared field to give; its id when absent. */
  readonly field: string | undefined;
  readonly isSecond: boolean;
  /** The value where the system has no such kind, so that it is named freely. */
  readonly otherwise: string | undefined;

  constructor(kind: KindName, field: string | undefined, isSecond: boolean, otherwise: string | undefined) {
    this.kind = kind;
    this.field = field;
    this.isSecond = isSecond;
    this.otherwise = otherwise;
  }
}

/** The id of an object of this kind, made before. */
export const idOf = (kind: KindName): Reference => new Reference(kind, undefined, false, undefined);
/** The id of a second object of this kind. */
export const idOfSecond = (kind: KindName): Reference => new Reference(kind, undefined, true, undefined);
/** A declared value of an object of this kind, made before. */
export const fieldOf = (kind: KindName, field: string, otherwise: string): Reference => new Reference(kind, field, false, otherwise);
/** A declared value of a second object of this kind. */
export const fieldOfSecond = (kind: KindName, field: string, otherwise: string): Reference => new Reference(kind, field, true, otherwise);

/** Values of the environment variables that samples name. They begin as the keys of a provider do. */
export const SECRETS = { GATEHOUSE_TEST_SECRET: "sk-first-hushed", GATEHOUSE_OTHER_SECRET: "sk-other-hushed" } as const;
export const FIRST_SECRET = { env: "GATEHOUSE_TEST_SECRET", version: 1 } as const;
export const OTHER_SECRET = { env: "GATEHOUSE_OTHER_SECRET", version: 2 } as const;
