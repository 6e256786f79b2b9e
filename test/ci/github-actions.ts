import { cpSync, existsSync, mkdirSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import type { Contexts } from "./expressions.js";
import type { GitRepository } from "./git-repository.js";

/** A repository on GitHub: what its settings hold, and what its runs left behind. */
export interface Hub {
  readonly repository: GitRepository;
  readonly vars: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  /** Secrets of environments, which only a job of that environment is given. */
  readonly environments: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly apiUrl: string;
  readonly token: string;
  /** Folder with the artefacts of all runs. */
  readonly artefacts: string;
}

export interface Run {
  readonly id: number;
  /** Branch that is checked out. */
  readonly branch: string;
  readonly sha: string;
  readonly ref: string;
  readonly event: Contexts;
}

export interface Place {
  readonly workspace: string;
  readonly hub: Hub;
  readonly run: Run;
}

export interface ActionDone {
  readonly done: boolean;
  readonly outputs: Record<string, string>;
}

/** Does what an action does, of those that the workflows use. */
export function runAction(uses: string, inputs: Readonly<Record<string, string>>, { workspace, hub, run }: Place): ActionDone {
  const [action = ""] = uses.split("@");
  const name = inputs.name ?? "";
  const path = resolve(workspace, inputs.path ?? "");
  const fine = { done: true, outputs: {} };
  switch (action) {
    case "actions/checkout":
    case "actions/setup-node":
      return fine;
    case "actions/upload-artifact": {
      if (!existsSync(path)) return { done: false, outputs: {} };
      const folder = join(hub.artefacts, String(run.id), name);
      mkdirSync(folder, { recursive: true });
      cpSync(path, path.endsWith(".json") ? join(folder, basename(path)) : folder, { recursive: true });
      return { done: true, outputs: { "artifact-url": `https://github.example/acme/gateway/actions/runs/${run.id}/artifacts/1` } };
    }
    case "actions/download-artifact":
      cpSync(join(hub.artefacts, inputs["run-id"] ?? "", name), path, { recursive: true });
      return fine;
    case "github/codeql-action/upload-sarif":
      return { done: existsSync(resolve(workspace, inputs.sarif_file ?? "")), outputs: {} };
    default:
      throw new Error(`unknown action: ${action}`);
  }
}
