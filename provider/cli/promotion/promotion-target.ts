import { InvalidArgumentError } from "commander";
import { SECRET_VARIABLE_PATTERN } from "../../../schema/field.js";
import { SYSTEMS, type System } from "../../../schema/systems/index.js";
import { adapterOf } from "../../adapters/index.js";
import { InvalidInput } from "../../errors.js";
import type { PromotionTarget } from "../../promote/target.js";
import { type ControlPlaneSettings, didYouMean, type Stack } from "../../stackfile/index.js";

/** How a command names the target. */
export interface TargetOptions {
  /** A system, or a control plane of the stack. */
  readonly to: string;
  readonly url?: string;
  readonly transport?: NonNullable<PromotionTarget["transport"]>;
  readonly allowAssumed?: boolean;
  readonly tokenEnv?: string;
  readonly emailEnv?: string;
  readonly passwordEnv?: string;
}

type Credentials = Readonly<Record<string, { readonly env: string }>>;

/**
 * The control plane that is meant: one that the stack names, with its settings, or a system with those of the options, which win either way.
 * Credentials have variables of their own: those of the source are not sent elsewhere. Throws InvalidInput where nothing is of that name.
 */
export function promotionTarget(options: TargetOptions, { controlPlanes }: Stack): PromotionTarget {
  const { to, url, transport, allowAssumed } = options;
  const plane = controlPlanes.length > 1 ? controlPlanes.find(({ name }) => name === to) : undefined;
  const system = plane?.system ?? systemNamed(to, controlPlanes);
  return {
    system,
    url: url ?? plane?.url,
    transport: transport ?? plane?.transport,
    allowAssumed: allowAssumed ?? plane?.allowAssumed,
    credentials: namedVariables(options) ?? plane?.credentials ?? ownVariables(system),
    ...(plane === undefined ? {} : { plane: plane.name }),
  };
}

function systemNamed(name: string, planes: readonly ControlPlaneSettings[]): System {
  const system = SYSTEMS.find((one) => one === name);
  if (system !== undefined) return system;
  const words = [...SYSTEMS, ...(planes.length > 1 ? planes.map((plane) => plane.name) : [])];
  throw new InvalidInput({
    subject: `--to ${name}`,
    what: `is neither a system nor a control plane of this stack${didYouMean(name, words)}`,
    advice: `Give one of ${words.join(", ")}.`,
  });
}

function namedVariables({ tokenEnv, emailEnv, passwordEnv }: TargetOptions): Credentials | undefined {
  if (tokenEnv !== undefined) return { token: { env: tokenEnv } };
  if (emailEnv === undefined && passwordEnv === undefined) return undefined;
  if (emailEnv !== undefined && passwordEnv !== undefined) return { email: { env: emailEnv }, password: { env: passwordEnv } };
  throw new InvalidInput({ what: "a login takes two variables", advice: "Give --email-env and --password-env, or --token-env." });
}

function ownVariables(system: System): Credentials {
  const { credentials = ["token"] } = adapterOf(system);
  return Object.fromEntries(credentials.map((name) => [name, { env: `GATEHOUSE_${system}_${name}`.toUpperCase() }]));
}

/** Name of a variable that a stack may take a credential from. */
export function credentialVariable(text: string): string {
  if (new RegExp(SECRET_VARIABLE_PATTERN).test(text)) return text;
  throw new InvalidArgumentError("It is the name of a variable that begins with GATEHOUSE_, never a value.");
}
