import { enableCompileCache } from "node:module";
import { compileCacheDirectory } from "../engine/cache-directory.js";

/** Keeps what Node compiles of this process's modules for the next one; one that cannot be kept is compiled again. */
export function compileOnce(): void {
  enableCompileCache(compileCacheDirectory());
}
