import { homedir } from "node:os";
import { join } from "node:path";

/** Where downloads and builds are kept between runs, and shared by every checkout of this user. `GATEHOUSE_CACHE_DIR` moves it. */
export function cacheDirectory(environment: NodeJS.ProcessEnv = process.env): string {
  if (environment.GATEHOUSE_CACHE_DIR) return environment.GATEHOUSE_CACHE_DIR;
  return join(environment.XDG_CACHE_HOME || join(homedir(), ".cache"), "gatehouse");
}

/** Where Node keeps what it compiles, of the command line and of the processes that an engine starts. */
export function compileCacheDirectory(environment: NodeJS.ProcessEnv = process.env): string {
  return join(cacheDirectory(environment), "compiled");
}
