import type { Problem } from '@pabal/message';
import type { AttachedFile } from '@pabal/session';
import type { AdmittedJob, DoorRules, RefusedJob } from './door.js';

/** The door's second look at a message with files, now that its files are there: which gateways take these? Pure. */
export function judgeFiles(
  admitted: AdmittedJob,
  files: readonly AttachedFile[],
  rules: Pick<DoorRules, 'gatewayProblems'>,
): AdmittedJob | RefusedJob {
  const { message } = admitted;
  const judged = new Map(
    [...admitted.gateways, ...admitted.alternatives].map((gateway) => [
      gateway,
      rules.gatewayProblems(gateway, message, files),
    ]),
  );
  const takes = (gateway: string) => judged.get(gateway)?.length === 0;
  const gateways = admitted.gateways.filter(takes);
  if (gateways.length > 0)
    return { ...admitted, gateways, alternatives: admitted.alternatives.filter(takes) };
  const problems = admitted.gateways.flatMap((gateway) => judged.get(gateway) ?? []);
  return refusedFor(admitted, 'invalid-message', problems, admitted.step > 0);
}

/** A message some of whose files are not stored, or not any longer. Pure. */
export function withoutFiles(admitted: AdmittedJob, places: readonly number[]): RefusedJob {
  const problems = places.map((place) => ({
    field: `files.${place}`,
    rule: 'unknown-file',
    message: `files.${place} names a file that is not stored (any longer)`,
  }));
  // It was whole when it was enqueued, perhaps: a step that needs no such file may still get through.
  return refusedFor(admitted, 'file-error', problems, true);
}

function refusedFor(
  { message, payloadHash, enqueuedAt, meta, step, next }: AdmittedJob,
  reason: RefusedJob['reason'],
  problems: readonly Problem[],
  goesOn: boolean,
): RefusedJob {
  const follows = goesOn && next ? { next } : {};
  return {
    kind: 'refused',
    id: message.id,
    payloadHash,
    enqueuedAt,
    meta,
    step,
    ...follows,
    reason,
    problems,
  };
}
