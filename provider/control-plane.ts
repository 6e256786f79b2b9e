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
  /** True when other control planes are in the same stack: `GATEHOUSE_URL` then does not apply. */
  readonly oneOfSeveral?: boolean;
}

/** One installation or account of a system. Pass it as `provider` to the resources that live there. */
export class ControlPlane extends pulumi.ProviderResource {
  constructor(name: string, args: ControlPlaneArgs, opts: pulumi.ResourceOptions = {}) {
    assertPlain(name, args);
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
