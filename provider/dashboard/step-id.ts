/**
 * What a person does to one object. `adopt`: it is there before us and is set to the declared values. `review`: nothing is changed; the
 * person looks whether it still is as it was confirmed.
 */
export type Operation = "create" | "adopt" | "update" | "delete" | "review";

/** What a step is about, as its id says it. */
export interface StepSubject {
  /** Name of the control plane in its stack. */
  readonly plane: string;
  readonly operation: Operation;
  readonly kind: string;
  /** Id of the owner, for kinds that are listed below one. */
  readonly owner: string | undefined;
  /** Natural key of the object. */
  readonly key: string;
}

/** `main:create:ProjectMember:3f2a…/kim@acme.example`: the same for the same act on the same object, whatever its values. */
export function formatStepId({ plane, operation, kind, owner, key }: StepSubject): string {
  const object = owner === undefined ? plain(key) : `${plain(owner)}/${plain(key)}`;
  return [plain(plane), operation, kind, object].join(":");
}

/** Undefined for a text that is no id of a step. */
export function parseStepId(id: string): StepSubject | undefined {
  const [, plane = "", operation = "", kind = "", owner, key = ""] =
    /^([^:/]+):(create|adopt|update|delete|review):(\w+):(?:([^:/]+)\/)?([^:/]*)$/.exec(id) ?? [];
  if (plane === "") return undefined;
  try {
    return {
      plane: decodeURIComponent(plane),
      operation: operation as Operation,
      kind,
      owner: owner === undefined ? undefined : decodeURIComponent(owner),
      key: decodeURIComponent(key),
    };
  } catch {
    return undefined;
  }
}

function plain(text: string): string {
  return encodeURIComponent(text).replaceAll("%40", "@");
}
