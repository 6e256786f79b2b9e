import * as pulumi from "@pulumi/pulumi";
import { configOf } from "./config.js";
import { InvalidInput } from "./errors.js";
import { type ControlPlaneSettings, type CredentialSource, declaredOrigin, urlVariable } from "./http/settings.js";
import { providerString, typeToken } from "./provider-string.js";

/** What a control plane is and how to reach it. Plain values: an Output here would keep the engine from checking anything. */
export interface ControlPlaneArgs {
  /** Product that answers: `gatehouse` is the embedded control plane. */
  readonly system: string;
  /** Address. `GATEHOUSE_URL`, or `GATEHOUSE_URL_<NAME>`, overrides it when requests are made. */
  readonly url?: string;
  /** Names of the environment variables that hold the credentials; they begin with `GATEHOUSE_`. Default: `GATEHOUSE_TOKEN`. */
  readonly credentials?: Readonly<Record<string, CredentialSource>>;
  /** How changes reach it: `api`, `dashboard` (a person) or `rehearsal` (the embedded control plane under the system's profile). */
  readonly transport?: "api" | "dashboard" | "rehearsal";
  /** True when calls may be made that the vendor does not document. */
  readonly allowAssumed?: boolean;
  /** True when other control planes are in the same stack: `GATEHOUSE_URL` then does not apply. */
  readonly oneOfSeveral?: boolean;
}

/** One installation or account of a system. Pass it as `provider` to the resources that live there. */
export class ControlPlane extends pulumi.ProviderResource {
  /** Names of those that this program has made. */
  static readonly #made = new Set<string>();

  constructor(name: string, args: ControlPlaneArgs, opts: pulumi.ResourceOptions = {}) {
    assertPlain(name, args);
    ControlPlane.#made.add(name);
    if (args.oneOfSeveral !== true) assertUnambiguous([...ControlPlane.#made]);
    const settings: ControlPlaneSettings = { name, ...args };
    super("pulumi-nodejs", name, configOf(settings), opts);
    new ControlPlaneIdentity(`${name}-identity`, settings, { provider: this, parent: this });
  }
}

/** Records in the state which control plane the stack belongs to, so that another one is refused instead of emptied. */
class ControlPlaneIdentity extends pulumi.CustomResource {
  constructor(resourceName: string, settings: ControlPlaneSettings, opts: pulumi.CustomResourceOptions) {
    const inputs = { name: settings.name, system: settings.system, origin: declaredOrigin(settings.url), organizationId: undefined };
    super(typeToken("ControlPlaneIdentity"), resourceName, { ...inputs, __provider: providerString("ControlPlaneIdentity") }, opts);
  }
}

/** `GATEHOUSE_URL` names one control plane: in a program with several it would send the credential of one to another. */
function assertUnambiguous(names: readonly string[]): void {
  if (names.length < 2 || !process.env.GATEHOUSE_URL) return;
  throw new InvalidInput({
    what: `GATEHOUSE_URL is set, and the program has the control planes ${names.join(" and ")}`,
    advice: `Set ${names.map(urlVariable).join(" and ")} instead, and pass \`oneOfSeveral: true\` to each.`,
  });
}

function assertPlain(name: string, args: ControlPlaneArgs): void {
  const outputs = Object.entries(args).filter(([, value]) => pulumi.Output.isInstance(value) || value instanceof Promise);
  if (outputs.length > 0) {
    throw new InvalidInput({
      subject: `ControlPlane "${name}"`,
      what: `takes plain values, and ${outputs.map(([property]) => property).join(", ")} is an Output`,
      advice: `Write the value, or set ${urlVariable(name)} for the address.`,
    });
  }
}
