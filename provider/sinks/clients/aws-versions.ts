import { createHmac } from "node:crypto";
import type { SecretsManager } from "@aws-sdk/client-secrets-manager";

/** The label of the version that is handed out. */
const IN_USE = "AWSCURRENT";

interface NewVersion {
  readonly name: string;
  readonly secret: string;
  /** Key that encrypts the secret, should it be made. */
  readonly kmsKeyId: string | undefined;
}

/** Makes the secret the version that is handed out, and gives the version's id. */
export async function putVersion(client: SecretsManager, asked: NewVersion): Promise<string> {
  const version = versionOf(asked.name, asked.secret);
  const labels = await write(client, asked, version);
  // A version that is there already stays as it is, and without the label when another has it.
  if (!labels.includes(IN_USE)) await useVersion(client, asked.name, version);
  return version;
}

/** Makes a version that is there the one that is handed out. Reads no value. */
export async function useVersion(client: SecretsManager, name: string, version: string): Promise<void> {
  const { VersionIdsToStages: labels = {} } = await client.describeSecret({ SecretId: name });
  const current = Object.keys(labels).find((id) => labels[id]?.includes(IN_USE));
  if (current === version) return;
  const from = current === undefined ? {} : { RemoveFromVersionId: current };
  await client.updateSecretVersionStage({ SecretId: name, VersionStage: IN_USE, MoveToVersionId: version, ...from });
}

/** Writes the version, and the secret when it is not there yet. Gives the labels of the version. */
async function write(client: SecretsManager, { name, secret, kmsKeyId }: NewVersion, version: string): Promise<readonly string[]> {
  const value = { SecretString: secret, ClientRequestToken: version };
  const put = async () => (await client.putSecretValue({ SecretId: name, ...value })).VersionStages ?? [];
  try {
    return await put();
  } catch (error) {
    if (!isNamed(error, "ResourceNotFoundException")) throw error;
  }
  try {
    await client.createSecret({ Name: name, ...value, ...(kmsKeyId === undefined ? {} : { KmsKeyId: kmsKeyId }) });
    return [IN_USE];
  } catch (error) {
    // Somebody else was faster.
    if (!isNamed(error, "ResourceExistsException")) throw error;
    return await put();
  }
}

/**
 * Id of a version. The same for the same secret at the same place, so that a delivery that is made again makes no second version; tells
 * nothing of the secret, since AWS logs it.
 */
function versionOf(name: string, secret: string): string {
  return createHmac("sha256", secret).update(`gatehouse: version of ${name}`).digest("hex");
}

const isNamed = (error: unknown, name: string): boolean => error instanceof Error && error.name === name;
