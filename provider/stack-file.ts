import * as pulumi from "@pulumi/pulumi";
import { KINDS } from "../schema/kinds/index.js";
import { ControlPlane } from "./control-plane.js";
import { providerString, typeToken } from "./provider-string.js";
import * as resources from "./resources.js";
import {
  type ControlPlaneSettings,
  type Declaration,
  type ExclusiveCollection,
  isInForce,
  loadStack,
  type Reference,
  type RuleByName,
  type Stack,
} from "./stackfile/index.js";
import { today } from "./today.js";

export interface StackFileArgs {
  /** A stack file, or a folder with `gatehouse.yaml` and team files. Relative to the program's folder. */
  readonly path: string;
}

type AnyResource = pulumi.CustomResource & Readonly<Record<string, unknown>>;
type AnyClass = new (name: string, args: object, opts: pulumi.CustomResourceOptions) => AnyResource;

const CLASSES = resources as unknown as Readonly<Record<Declaration["kind"], AnyClass>>;

/**
 * Registers everything that a stack file declares. The logical name of each resource is its path in the file
 * (`projects/checkout/keys/checkout-prod`), so that a program may take a stack over by using the same names.
 */
export class StackFile {
  /** Name of the stack, as the file gives it. */
  readonly name: string;
  /** The registered resources by logical name. */
  readonly resources: Readonly<Record<string, AnyResource>>;

  /** Throws StackProblems, with every problem and its position, when the stack file is not valid. */
  constructor(name: string, args: StackFileArgs) {
    const stack = loadStack(args.path);
    this.name = stack.name || name;
    this.resources = registerStack(stack);
  }
}

/** Registers a loaded stack in the running program. */
export function registerStack(stack: Stack): Readonly<Record<string, AnyResource>> {
  const severalPlanes = stack.controlPlanes.length > 1;
  const planes = new Map(stack.controlPlanes.map((plane) => [plane.name, controlPlane(plane, severalPlanes)]));
  const made: Record<string, AnyResource> = {};
  for (const declaration of stack.declarations.toSorted(localFirst)) {
    const args = resolved(declaration.inputs, made) as object;
    const provider = planes.get(declaration.controlPlane);
    made[declaration.name] = new CLASSES[declaration.kind](declaration.name, args, {
      ...(provider ? { provider } : {}),
      aliases: declaration.aliases.map((name) => ({ name })),
    });
  }
  for (const collection of stack.exclusive) registerExclusive(collection, stack, made, planes.get(collection.controlPlane));
  return made;
}

/** Guardrails must know the rules of the house before they see the first object. */
function localFirst(a: Declaration, b: Declaration): number {
  return Number(KINDS[b.kind].local) - Number(KINDS[a.kind].local);
}

function controlPlane(settings: ControlPlaneSettings, oneOfSeveral: boolean): ControlPlane {
  const { name, system, url, credentials, transport, allowAssumed } = settings;
  return new ControlPlane(name, {
    system,
    ...(url === undefined ? {} : { url }),
    ...(credentials === undefined ? {} : { credentials }),
    ...(transport === undefined ? {} : { transport }),
    ...(allowAssumed ? { allowAssumed } : {}),
    ...(oneOfSeveral ? { oneOfSeveral } : {}),
  });
}

/** Puts the output of the declared resource wherever the inputs refer to one. */
function resolved(value: unknown, made: Readonly<Record<string, AnyResource>>): unknown {
  if (Array.isArray(value)) return value.map((item) => resolved(item, made));
  if (typeof value !== "object" || value === null) return value;
  if (isReference(value)) return made[value.$ref]?.[value.by];
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, resolved(item, made)]));
}

function isReference(value: object): value is Reference {
  return "$ref" in value;
}

class ExclusiveCollectionResource extends pulumi.CustomResource {
  constructor(name: string, inputs: object, opts: pulumi.CustomResourceOptions) {
    super(typeToken("ExclusiveCollection"), name, { ...inputs, __provider: providerString("ExclusiveCollection") }, opts);
  }
}

function registerExclusive(
  collection: ExclusiveCollection,
  stack: Stack,
  made: Readonly<Record<string, AnyResource>>,
  provider: ControlPlane | undefined,
): void {
  const sameCollection = ({ kind, owner, controlPlane }: { kind: string; owner?: string; controlPlane: string }) =>
    kind === collection.kind && owner === collection.owner && controlPlane === collection.controlPlane;
  const patterns = (rules: readonly RuleByName[]) => rules.filter((rule) => isInForce(rule, today())).map(({ match }) => match);
  const only = collection.only && patterns(collection.only);
  if (only?.length === 0) return;
  const declared = collection.declared.flatMap((name) => made[name] ?? []);
  const keys = stack.declarations.filter(({ name }) => collection.declared.includes(name)).flatMap(naturalKeysOf);
  const inputs = {
    kind: collection.kind,
    ...(collection.owner === undefined ? {} : { owner: made[collection.owner]?.id }),
    keep: keys,
    ignore: patterns(stack.ignore.filter(sameCollection)),
    ...(only === undefined ? {} : { only }),
    undeclared: [],
  };
  new ExclusiveCollectionResource(collection.name, inputs, { ...(provider ? { provider } : {}), dependsOn: declared });
}

/** What other objects of the kind would have to be called to be the same; a system may know them by the second name only. */
function naturalKeysOf({ kind, inputs }: Declaration): readonly string[] {
  return KINDS[kind].key.flatMap((name) => (typeof inputs[name] === "string" ? [inputs[name]] : []));
}
