import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gatehouse, type Ran, stackAt } from "../support/gatehouse.js";

export interface Step {
  readonly id: string;
  readonly digest: string;
  readonly operation: string;
  readonly needsId: boolean;
  readonly object: string;
  readonly fields: { label: string; before?: string; after: string }[];
}

/** A stack folder, most of whose objects a person makes. */
export class Desk {
  readonly folder: string;
  readonly said: string[] = [];

  constructor(text: string) {
    this.folder = stackAt(text);
  }

  async run(command: string, options: readonly string[] = [], environment: Record<string, string> = {}): Promise<Ran> {
    const ran = await gatehouse([command, this.folder, ...options], environment);
    this.said.push(ran.stdout, ran.stderr);
    return ran;
  }

  declare(text: string): void {
    writeFileSync(join(this.folder, "gatehouse.yaml"), text);
  }

  async checklist(...options: string[]): Promise<{ steps: Step[]; later: string[]; confirmed: Step[] }> {
    return (await this.run("checklist", ["--format", "json", ...options])).json();
  }

  /** A confirmation of each open step that an id is given for. */
  async confirmations(ids: Record<string, string | undefined>, known?: readonly Step[]): Promise<Record<string, unknown>[]> {
    const steps = known ?? (await this.checklist()).steps;
    return steps.flatMap(({ id, digest, object }) =>
      object in ids
        ? [{ step: id, digest, ...(ids[object] && { id: ids[object] }), by: "ada@acme.example", at: "2026-08-24T12:00:00Z" }]
        : [],
    );
  }

  confirm(entries: readonly object[], options: readonly string[] = [], environment: Record<string, string> = {}): Promise<Ran> {
    const file = join(this.folder, "..", `${this.folder.split("/").at(-1)}.confirmed.json`);
    writeFileSync(file, JSON.stringify(entries));
    return this.run("confirm", ["--from", file, ...options], environment);
  }

  get recorded(): string {
    const file = join(this.folder, "gatehouse.confirmations.yaml");
    return existsSync(file) ? readFileSync(file, "utf8") : "";
  }
}
