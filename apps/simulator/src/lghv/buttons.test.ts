import { describe, expect, it } from '@jest/globals';
import { buttonFault } from './buttons.js';

describe('a button', () => {
  it.each([
    { name: 'page', type: 'WL', url_mobile: 'HTTPS://m.example.kr', target: 'out' },
    { name: 'app', type: 'AL', scheme_android: 'x://a', url_mobile: 'http://m.example.kr' },
    { name: 'form', type: 'BF', biz_form_id: 0, biz_form_key: 'key' },
    { name: 'call', type: 'TN', tel_number: '1588-1234' },
    { name: 'consent', type: 'P2', plugin_id: 'p' },
  ])('of $type is one', (button) => {
    expect(buttonFault(button)).toBeUndefined();
  });

  it.each([
    [{ name: 'page', type: 'WL' }, 'lacks an address'],
    [{ name: 'page', type: 'WL', url_mobile: 'm.example.kr' }, 'has a url_mobile that is no web address'],
    [{ name: 'app', type: 'AL', scheme_android: 'x://a' }, 'lacks an address'],
    [{ name: 'form', type: 'BF', biz_form_id: '1' }, 'has a member 3 that is unknown or of another kind'],
    [{ name: 'form', type: 'BF', biz_form_id: -1 }, 'has a member 3 that is unknown or of another kind'],
    [{ name: 'call', type: 'TN' }, 'lacks an address'],
    [{ name: 'call', type: 'TN', tel_number: 112 }, 'has a member 3 that is unknown or of another kind'],
    [{ name: 'page', type: 'WX' }, 'has another type'],
    [{ type: 'BK' }, 'has no name'],
    [['BK'], 'is no object'],
  ])('is none as %j', (button, fault) => {
    expect(buttonFault(button)).toBe(fault);
  });
});
