import { describe, expect, it } from '@jest/globals';
import { bind, bindAck, encodeBind } from './bind.js';
import { deliverAck } from './deliver-ack.js';
import { deliverLms } from './deliver-lms.js';
import { deliverInternationalSms, deliverSms } from './deliver-sms.js';
import { encodeDeliver } from './encode-deliver.js';
import { linkAck, linkCheck } from './link.js';
import { report, reportAck, reportAll } from './report.js';
import { cp949, plain } from './testing/golden.js';

describe('the tables', () => {
  it.each([
    ['BIND', bind, 100],
    ['BIND_ACK', bindAck, 40],
    ['DELIVER SMS', deliverSms, 130],
    ['DELIVER SMS (international)', deliverInternationalSms, 130],
    ['DELIVER LMS', deliverLms, 280],
    ['DELIVER_ACK', deliverAck, 92],
    ['REPORT', report, 54],
    ['REPORT (all fields)', reportAll, 108],
    ['REPORT_ACK', reportAck, 32],
    ['LINK_CHECK', linkCheck, 1],
    ['LINK_ACK', linkAck, 5],
  ])('give %s the size that the specification names', (name, table, size) => {
    expect([table.name, table.fixedSize]).toEqual([name, size]);
  });

  it('put the fields where the specification has them', () => {
    expect(deliverSms.offsetOf('text')).toBe(130);
    expect(deliverLms.offsetOf('subject')).toBe(130);
    expect(deliverLms.offsetOf('text')).toBe(280);
    expect(reportAll.offsetOf('userId')).toBe(54);
    expect(deliverAck.offsetOf('msgMsec')).toBe(29);
  });

  it('show no password, number or text', () => {
    const login = { lineType: 'S', userId: 'demo', agentId: 'S1', password: 'pw1234' } as const;
    const bound = bind.decode(encodeBind({ ...login, report: 'M', encode: '0' }).subarray(8), cp949);
    expect(bind.describe(bound)).toMatchObject({ userId: 'demo', userPwd: '***' });
    const sms = {
      deliverType: 'SMS',
      msgId: '1',
      gubun: '0',
      destAddr: '01012345678',
      callback: '0212345678',
      text: '홍길동님 반갑습니다 뷁',
    } as const;
    const delivered = deliverSms.decode(encodeDeliver(sms, plain).subarray(8), cp949);
    expect(deliverSms.describe(delivered)).toMatchObject({
      destAddr: '010****5678',
      callback: '021****5678',
      text: '(12 characters)',
    });
  });
});
