import { describe, expect, it } from '@jest/globals';
import { COMMON_FLAGS, commonChoices, readFlags, UsageError } from './command.js';

const choices = (...flags: string[]) => commonChoices(readFlags(flags, COMMON_FLAGS));

describe('the flags of every simulator', () => {
  it('become options, and only those that were given', () => {
    expect(choices()).toEqual({});
    expect(
      choices(
        ...[
          '--host',
          '0.0.0.0',
          '--admin-port',
          '9000',
          '--seed',
          '7',
          '--time-scale',
          '0.1',
          '--plain-numbers',
          '--capture',
          '20',
        ],
        ...['--ack-delay', '5', '--report-delay', '10-20.5', '--report-repeat', '300'],
        ...['--fault', 'neverAck', '--fault', 'slowAck=250,probability:0.5'],
      ),
    ).toEqual({
      host: '0.0.0.0',
      adminPort: 9000,
      seed: 7,
      timeScale: 0.1,
      recipients: {},
      capture: 20,
      ackDelayMs: 5,
      reportDelayMs: [10, 20.5],
      reportRepeatMs: 300,
      faults: { neverAck: {}, slowAck: { value: '250', probability: 0.5 } },
    });
  });

  it.each([
    [['--nonsense']],
    [['stray']],
    [['--seed']],
    [['--seed', 'x']],
    [['--seed', '']],
    [['--report-delay', '10-x']],
    [['--admin-port', '65536']],
    [['--admin-port', '80.5']],
  ])('%j are refused', (flags) => {
    expect(() => choices(...flags)).toThrow(UsageError);
  });
});
