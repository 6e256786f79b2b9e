import type { CoreV1Api } from "@kubernetes/client-node";

type Module = typeof import("@kubernetes/client-node");

const PREVIOUS = ".previous";
const MANAGED = { "app.kubernetes.io/managed-by": "gatehouse" };
/** Others may write the Secret between our look and our change. */
const TRIES = 5;

/** One key in the data of a Secret. */
export interface DataKey {
  readonly namespace: string;
  /** Name of the Secret. */
  readonly name: string;
  readonly key: string;
}

/**
 * Makes the value in use what `choose` says of those that are there: the one in use and the former one, which what it replaces becomes.
 * The Secret is made when it is not there; its other data stay.
 */
export async function changeDataKey(
  module: Module,
  api: CoreV1Api,
  { namespace, name, key }: DataKey,
  choose: (kept: readonly string[]) => string,
): Promise<void> {
  for (let triesLeft = TRIES; ; triesLeft--) {
    const present = await api.readNamespacedSecret({ namespace, name }).catch(undefinedIfNotFound);
    const encoded = [present?.data?.[key], present?.data?.[key + PREVIOUS]];
    const chosen = toBase64(choose(encoded.flatMap((value) => (value === undefined ? [] : [fromBase64(value)]))));
    const [current] = encoded;
    if (current === chosen) return;
    try {
      if (present === undefined) {
        const body = { metadata: { name, namespace, labels: MANAGED }, type: "Opaque", data: { [key]: chosen } };
        await api.createNamespacedSecret({ namespace, body });
        return;
      }
      // With the version that we saw, so that a change in between is a conflict and not lost.
      const metadata = { resourceVersion: present.metadata?.resourceVersion };
      const data = { [key]: chosen, ...(current === undefined ? {} : { [key + PREVIOUS]: current }) };
      const merge = module.setHeaderOptions("Content-Type", module.PatchStrategy.MergePatch);
      await api.patchNamespacedSecret({ namespace, name, body: { metadata, data } }, merge);
      return;
    } catch (error) {
      if (statusOf(error) !== 409 || triesLeft === 1) throw error;
    }
  }
}

function statusOf(error: unknown): number | undefined {
  return (error as { code?: number }).code;
}

function undefinedIfNotFound(error: unknown): undefined {
  if (statusOf(error) !== 404) throw error;
}

function toBase64(value: string): string {
  return Buffer.from(value).toString("base64");
}

function fromBase64(value: string): string {
  return Buffer.from(value, "base64").toString();
}
