import { readdirSync, readFileSync } from "node:fs";

const SAMPLE_MS = 250;
const PAGE_BYTES = 4096;

/**
 * Watches the memory of a process and all its descendants; `stop` answers the highest sum seen, in MiB. Pages that several of them
 * share count several times, so this is an upper bound. Undefined where there is no `/proc`.
 */
export function watchMemory(pid) {
  let peak = 0;
  const sample = () => {
    peak = Math.max(peak, residentBytes(pid));
  };
  const timer = setInterval(sample, SAMPLE_MS);
  return {
    stop() {
      clearInterval(timer);
      return peak === 0 ? undefined : Math.round(peak / 2 ** 20);
    },
  };
}

function residentBytes(pid) {
  const children = childrenByParent();
  const sum = (id) => residentOf(id) + (children.get(id) ?? []).reduce((total, child) => total + sum(child), 0);
  return sum(pid);
}

function childrenByParent() {
  const children = new Map();
  for (const id of numbered("/proc")) {
    const parent = Number(/^\d+ \(.*\) \S (\d+)/s.exec(textOf(`/proc/${id}/stat`))?.[1]);
    children.set(parent, [...(children.get(parent) ?? []), id]);
  }
  return children;
}

function numbered(folder) {
  try {
    return readdirSync(folder).map(Number).filter(Number.isInteger);
  } catch {
    return [];
  }
}

function residentOf(pid) {
  return (Number(textOf(`/proc/${pid}/statm`).split(" ")[1]) || 0) * PAGE_BYTES;
}

/** A process may end between being listed and being read. */
function textOf(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
