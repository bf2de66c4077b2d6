import { describe, expect, it } from '@jest/globals';
import { lghvTasks } from './lghv-tasks.js';
import { SMS_TEXT, VARIANTS } from './samples.js';
import { smppBaseline } from './smpp-tasks.js';
import { smtntTasks } from './smtnt-tasks.js';

describe('what is measured', () => {
  it('is every main packet of both protocols', () => {
    expect([...lghvTasks(), ...smtntTasks()].map(({ name }) => name)).toEqual([
      'LGHV SMS',
      'LGHV LMS',
      'LGHV MMS, 50 KB image',
      'LGHV KKT, 2 buttons',
      'LGHV DELIVER_ACK',
      'LGHV REPORT',
      'SMTNT MsgSendReq SMS',
      'SMTNT MsgSendReq LMS',
      'SMTNT MsgSendReq Alimtalk',
      'SMTNT MsgSendRes',
      'SMTNT ReportReq',
    ]);
  });

  it('comes out of each decoder as it went in, whichever variant it is', async () => {
    const { tasks: baseline } = await smppBaseline();
    for (const { encode, decode, parts } of [baseline, ...lghvTasks(), ...smtntTasks()]) {
      for (let index = 0; index <= VARIANTS; index++) {
        for (const task of [encode, decode, ...parts]) expect(task.run(index)).toBeGreaterThan(0);
      }
    }
  });

  it('has the text of an SMS that fits both wires in one piece', async () => {
    const { tasks } = await smppBaseline();
    const [sms] = lghvTasks();
    expect(SMS_TEXT.length * 2).toBeLessThanOrEqual(90); // UCS-2
    expect(sms?.bytes).toBeLessThanOrEqual(8 + 130 + 90); // LGHV 2.1, 2.2.3
    expect(tasks.bytes).toBeGreaterThan(SMS_TEXT.length * 2);
  });
});
