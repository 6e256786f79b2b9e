import type { Listed } from "../../provider/export/left-out.js";
import { KINDS, type KindName } from "../../schema/kinds/index.js";

type Values = Readonly<Record<string, unknown>>;

/** A live object, as a control plane lists it. */
export function listed(
  kind: KindName,
  id: string,
  values: Values,
  more: { readonly owner?: string; readonly builtIn?: boolean } = {},
): Listed {
  return { kind: KINDS[kind], remote: { id, owner: undefined, builtIn: false, values, ...more } };
}

export const project = (id: string, slug: string, more: Values = {}): Listed =>
  listed("Project", id, { projectId: id, slug, name: slug.toUpperCase(), status: "active", ...more });

export const key = (id: string, name: string, more: Values = {}): Listed =>
  listed("ApiKey", id, { keyId: id, name, status: "active", environment: "development", ...more });

export const model = (id: string, identifier: string, more: Values = {}): Listed =>
  listed("Model", id, { modelId: id, identifier, name: identifier, provider: "openai", ...more });
