import { parentPort, workerData } from 'node:worker_threads';
import { WrongVerdict } from './harness/protocol.js';
import { type RunReport, runHostile } from './harness/run.js';
import { PROTOCOLS } from './protocols.js';

/** What a thread is to do. */
export interface Task {
  readonly protocol: string;
  readonly frames: number;
  readonly seed: number;
  readonly from: number;
  /** The number of the case that runs, for whoever watches. */
  readonly current: SharedArrayBuffer;
}

/** What a thread tells. */
export type Progress =
  | { readonly done: number }
  | { readonly failure: string }
  | { readonly report: RunReport };

const PROGRESS_EVERY = 16 * 1024;

const { current, ...task }: Task = workerData;
const running = new Int32Array(current);
const protocol = PROTOCOLS.find(({ name }) => name === task.protocol);
if (!protocol) throw new RangeError(`no protocol ${task.protocol}`);

try {
  const report = await runHostile(protocol, {
    ...task,
    onCase: (index) => Atomics.store(running, 0, index),
    onProgress: (done) => {
      if (done % PROGRESS_EVERY === 0) tell({ done });
    },
  });
  tell({ report });
} catch (error) {
  if (!(error instanceof WrongVerdict)) throw error;
  const cause = error.cause instanceof Error ? `\n${error.cause.stack ?? ''}` : '';
  tell({ failure: `${error.message}${cause}` });
}

function tell(progress: Progress): void {
  parentPort?.postMessage(progress);
}
