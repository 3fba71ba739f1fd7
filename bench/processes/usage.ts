// What a process of this machine takes: memory and processor time, as Linux counts them.
import { readFile } from 'node:fs/promises';
import type { Child } from './child.ts';

const ticksPerSecond = 100;

/** Resident memory now, in MB. */
export async function residentMb(child: Child): Promise<number> {
  const status = await readFile(`/proc/${pidOf(child)}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) / 1_024;
}

/** Processor seconds since it was started, all threads, user and system. */
export async function processorSeconds(child: Child): Promise<number> {
  const stat = await readFile(`/proc/${pidOf(child)}/stat`, 'utf8');
  // The second field is a name in brackets and may hold anything; user and system time are the 14th and 15th.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

/** Memory that the machine can still give, in MB. */
export async function availableMb(): Promise<number> {
  const memory = await readFile('/proc/meminfo', 'utf8');
  return Number(/^MemAvailable:\s+(\d+) kB$/m.exec(memory)?.[1]) / 1_024;
}

function pidOf({ pid, name }: Child): number {
  if (pid === undefined) throw new Error(`${name} does not run.`);
  return pid;
}
