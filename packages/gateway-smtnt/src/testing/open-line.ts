import { FakeClock, type LineEvent, type Notice, type SendLine } from '@pabal/session';
import { LocalMemory } from '@pabal/session/testing';
import { createSmtntKind } from '../kind.js';
import { config } from './config.js';
import type { ScriptedServer } from './scripted-server.js';

export interface OpenedLine {
  readonly line: SendLine;
  readonly clock: FakeClock;
  readonly notices: { readonly notice: Notice; readonly stored: () => void }[];
  readonly events: LineEvent[];
  /** How long a report is waited for, as the kind says now. */
  readonly reportDeadlineMs: () => number;
  /** Resolves when the line has told an event like this since the last such question. */
  event(matches: (event: LineEvent) => boolean): Promise<LineEvent>;
}

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** A line to the server under a clock that stands still; the fleet's time starts at this moment. */
export function openTestLine(
  server: ScriptedServer,
  change: object = {},
  startAt = '2026-03-02T12:00:00+09:00',
  mayWrite: () => boolean = () => true,
): OpenedLine {
  const kind = createSmtntKind();
  const clock = new FakeClock();
  const start = Date.parse(startAt);
  const events: LineEvent[] = [];
  const notices: OpenedLine['notices'] = [];
  const waiting: (() => void)[] = [];
  let seen = 0;
  const configuration = config({ port: server.port, ...change });
  const line = kind.openSendLine(configuration, {
    identity: { gateway: 'smtnt', account: 'test001', agent: 'test001' },
    clock,
    random: () => 0,
    fleetNow: () => start + clock.now(),
    log: silent,
    mayWrite,
    onEvent(event) {
      events.push(event);
      for (const resolve of waiting.splice(0)) resolve();
    },
    onNotice: (notice) => new Promise((stored) => notices.push({ notice, stored })),
    agentsOfAccount: ['test001'],
    memory: new LocalMemory(),
  });
  return {
    line,
    clock,
    notices,
    events,
    reportDeadlineMs: () => kind.reportDeadlineMs(configuration, 'sms'),
    async event(matches) {
      for (;;) {
        const at = events.findIndex((event, index) => index >= seen && matches(event));
        const found = events[at];
        if (found) {
          seen = at + 1;
          return found;
        }
        await new Promise<void>((resolve) => waiting.push(resolve));
      }
    },
  };
}
