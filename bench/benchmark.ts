// What a benchmark is: a name, one sentence, and a run that measures and checks its own work before it reports.

/** Says on stderr what is going on. */
export type Tell = (text: string) => void;

export interface Measured {
  tables: Table[];
  /** What goes into bench/results.json under the name of the benchmark. */
  facts: Record<string, number>;
  /** Why the figures do not count, or what they should have been; empty when all is well. */
  problems: string[];
}

export interface Table {
  title: string;
  columns: string[];
  rows: (string | number)[][];
}

export interface Benchmark {
  name: string;
  about: string;
  run(tell: Tell, options: BenchmarkOptions): Promise<Measured>;
}

export interface BenchmarkOptions {
  /** How many lie in the store, where a benchmark fills it. */
  deliveries?: number | undefined;
}
