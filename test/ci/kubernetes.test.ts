/** The objects for Kubernetes, and the commands that they run. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import { parseAllDocuments } from "yaml";
import { pinnedVersion } from "../../provider/engine/pinned-version.js";
import { plainPulumi } from "../support/plain-pulumi.js";
import { startTestServer } from "../support/start-server.js";
import { bashStep, type StepRan } from "./bash-step.js";
import { closedSchema } from "./closed-schema.js";
import { GitRepository } from "./git-repository.js";
import type { ClusterObject, Container, CronJob } from "./kubernetes-objects.js";
import { machineEnvironment, stateFolder } from "./machine.js";
import { stackSchema } from "./stack-schema.js";
import { applyFirst } from "./start-of-a-stack.js";

const REPOSITORY = join(import.meta.dirname, "../..");
const EXAMPLE = join(REPOSITORY, "examples/ci/kubernetes");
const read = (file: string) => readFileSync(join(EXAMPLE, file), "utf8");

const objectsIn = (file: string) => parseAllDocuments(read(file)).map((document) => document.toJS() as ClusterObject);
const cronJob = objectsIn("cronjob.yaml").find(({ kind }) => kind === "CronJob") as CronJob;
const job = cronJob.spec.jobTemplate.spec;
const pod = job.template.spec;
const stack = objectsIn("stack.yaml").find(({ kind }) => kind === "Stack") as ClusterObject & { spec: { [field: string]: unknown } };

describe.each(["cronjob.yaml", "stack.yaml"])("%s", (file) => {
  it("starts alone: its namespace and service account are in it, before what needs them", () => {
    const [namespace, account, ...others] = objectsIn(file);
    expect(namespace).toMatchObject({ kind: "Namespace", metadata: { name: "gatehouse" } });
    expect(account).toMatchObject({ kind: "ServiceAccount", metadata: { name: "gatehouse", namespace: "gatehouse" } });
    for (const { metadata } of others) expect(metadata.namespace ?? "gatehouse").toBe("gatehouse");
    expect([pod.serviceAccountName, stack.spec.serviceAccountName]).toEqual(["gatehouse", "gatehouse"]);
  });
});

describe("the Stack of the Pulumi Kubernetes Operator", () => {
  const { origin, schema } = stackSchema();
  const validate = new Ajv({ strict: false, allErrors: true, formats: { int32: true, int64: true } }).compile(closedSchema(schema));

  it(`fits ${origin}`, () => {
    validate(stack);
    expect(validate.errors).toBeNull();
  });

  it("with a field that the operator does not know, or a value of another type, does not", () => {
    expect(validate({ ...stack, spec: { ...stack.spec, driftDetect: true } })).toBe(false);
    expect(validate({ ...stack, spec: { ...stack.spec, resyncFrequencySeconds: "900" } })).toBe(false);
  });

  it("looks for drift without a new commit, and deletes nothing when it is deleted itself", () => {
    expect(stack.spec).toMatchObject({ refresh: true, continueResyncOnCommitMatch: true, destroyOnFinalize: false });
  });
});

describe("the CronJob", () => {
  it("is one, with a pod that runs once and one pass at a time", () => {
    expect([cronJob.apiVersion, cronJob.kind]).toEqual(["batch/v1", "CronJob"]);
    expect(cronJob.spec.schedule).toMatch(/^(\S+ ){4}\S+$/);
    expect([cronJob.spec.concurrencyPolicy, pod.restartPolicy, job.backoffLimit]).toEqual(["Forbid", "Never", 0]);
    expect(job.activeDeadlineSeconds).toBeLessThan(15 * 60);
  });

  it("runs without rights: no root, no capability, no token of the cluster, nothing to write but its own folders", () => {
    expect(pod).toMatchObject({
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
    });
    const restricted = { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ["ALL"] } };
    for (const { securityContext } of [...pod.initContainers, ...pod.containers]) expect(securityContext).toEqual(restricted);
  });

  it("mounts volumes that there are, and takes every secret from the cluster", () => {
    const volumes = pod.volumes.map(({ name }) => name);
    for (const { volumeMounts, env } of [...pod.initContainers, ...pod.containers]) {
      expect(volumes).toEqual(expect.arrayContaining(volumeMounts.map(({ name }) => name)));
      for (const { name, value } of env) expect(/TOKEN|PASSPHRASE/.test(name) && value !== undefined, name).toBe(false);
    }
  });
});

describe("the image", () => {
  it("has the Pulumi command line and the Gatehouse of this repository, and is the one that both objects name", () => {
    const dockerfile = read("Dockerfile");
    const { version } = JSON.parse(readFileSync(join(REPOSITORY, "package.json"), "utf8")) as { version: string };
    expect(dockerfile).toContain(`ARG PULUMI_VERSION=${pinnedVersion().pulumi}\n`);
    expect(dockerfile).toContain(`ARG GATEHOUSE_VERSION=${version}\n`);
    const image = `registry.acme.example/gatehouse:${version}`;
    expect([...pod.initContainers, ...pod.containers].map((container) => container.image)).toEqual([image, image]);
    expect(stack.spec).toMatchObject({ workspaceTemplate: { spec: { image } } });
  });
});

describe("the commands", () => {
  it("of the operator apply the stack from any folder, with the package at the root of the image", { timeout: 240_000 }, async () => {
    await using server = await startTestServer();
    const pulumi = await plainPulumi();
    // Stands for the root of the image's file system.
    const root = mkdtempSync(join(tmpdir(), "image-"));
    mkdirSync(join(root, "node_modules"));
    symlinkSync(REPOSITORY, join(root, "node_modules/pulumi-gatehouse"));
    symlinkSync(join(REPOSITORY, "node_modules/@pulumi"), join(root, "node_modules/@pulumi"));
    const checkout = new GitRepository(EXAMPLE).checkoutIn(root, "main");
    const program = join(checkout, String(stack.spec.repoDir));
    const variables = { GATEHOUSE_URL: server.url, GATEHOUSE_TOKEN: server.token };
    for (const args of [
      ["stack", "init", "prod"],
      ["up", "--stack", "prod", "--yes", "--skip-preview", "--refresh"],
    ]) {
      const ran = await pulumi.run(program, args, variables);
      expect(ran.exitCode, ran.output).toBe(0);
    }
    expect((await server.api("GET", "/v1/keys")).body.items).toEqual([expect.objectContaining({ name: "checkout-prod" })]);
    rmSync(root, { recursive: true, force: true });
  });

  it("of the CronJob check main out and reconcile it", { timeout: 240_000 }, async () => {
    await using server = await startTestServer();
    const repository = new GitRepository(EXAMPLE);
    const state = { PULUMI_BACKEND_URL: stateFolder(), PULUMI_CONFIG_PASSPHRASE: "correct horse" };
    const variables = { GATEHOUSE_URL: server.url, GATEHOUSE_TOKEN: server.token };
    await applyFirst(join(repository.checkout("main"), "gateway"), { ...state, ...variables });
    const projects = (await server.api("GET", "/v1/projects")).body.items as { id: string; slug: string }[];
    const path = `/v1/projects/${projects.find(({ slug }) => slug === "checkout")?.id}`;
    expect((await server.api("PATCH", path, { name: "Renamed by hand" })).status).toBe(200);

    const work = mkdtempSync(join(tmpdir(), "work-"));
    const values = { ...state, ...variables, REPOSITORY: `file://${repository.bare}` };
    for (const container of [...pod.initContainers, ...pod.containers]) {
      const ran = await inContainer(container, work, values);
      expect(ran.exitCode, `${ran.stdout}\n${ran.stderr}`).toBe(0);
    }
    const result = JSON.parse(readFileSync(join(work, "result.json"), "utf8")) as { repaired: unknown[]; left: unknown[] };
    expect([result.repaired.length, result.left]).toEqual([1, []]);
    expect((await server.api("GET", path)).body.name).toBe("Checkout AI");
  });
});

/** Runs a container's command with its environment; `work` stands for its volume, and the cluster's own values are these. */
function inContainer({ command, env }: Container, work: string, values: Readonly<Record<string, string>>): Promise<StepRan> {
  const own = env.map(({ name, value }) => [name, values[name] ?? value ?? ""] as const).filter(([name]) => name !== "HOME");
  const words = command.map((word) => word.replace("$(REPOSITORY)", values.REPOSITORY ?? "").replace(/^\/checkout/, work));
  return bashStep(words.map((word) => `'${word}'`).join(" "), work, { ...machineEnvironment(), ...Object.fromEntries(own) });
}
