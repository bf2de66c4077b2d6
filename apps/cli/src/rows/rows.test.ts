import { describe, expect, it } from '@jest/globals';
import { parseMessage } from '@pabal/message';
import { cellValue, messageOfCells } from './cells.js';
import { checkRows, inputOf } from './check-rows.js';
import { headingMistakes, readCsv } from './csv.js';
import { readJsonl } from './jsonl.js';
import type { Row } from './row.js';

/** Text in pieces of three characters: rows never end where pieces end. */
async function* pieces(text: string): AsyncGenerator<string> {
  for (let i = 0; i < text.length; i += 3) yield text.slice(i, i + 3);
}

async function all(rows: AsyncIterable<Row>): Promise<Row[]> {
  const list: Row[] = [];
  for await (const row of rows) list.push(row);
  return list;
}

const csv = (text: string) => all(readCsv('list.csv', pieces(text)));
const jsonl = (text: string) => all(readJsonl('list.jsonl', pieces(text)));
const check = async (input: unknown) => parseMessage(input);

describe('a CSV list', () => {
  it('gives each row the line at which it begins, also behind texts of several lines and empty lines', async () => {
    const rows = await csv('to,text\r\n010,"하나\r\n둘"\r\n\r\n011,셋\r\n012,"넷\n다섯\n여섯"\r\n');
    expect(rows).toEqual([
      { line: 2, input: { to: '010', text: '하나\r\n둘' } },
      { line: 5, input: { to: '011', text: '셋' } },
      { line: 6, input: { to: '012', text: '넷\n다섯\n여섯' } },
    ]);
  });

  it('may begin with a byte order mark, as spreadsheets write it', async () => {
    expect(await csv('\uFEFFto,text\n010,a\n')).toEqual([{ line: 2, input: { to: '010', text: 'a' } }]);
  });

  it('marks a row with more or fewer cells than the heading', async () => {
    const rows = await csv('to,text\n010\n011,a,b\n');
    expect(rows).toMatchObject([
      { line: 2, problem: { rule: 'columns', limit: 2, actual: 1 } },
      { line: 3, problem: { rule: 'columns', limit: 2, actual: 3 } },
    ]);
  });

  it('is refused whole for its heading, an open quote, or nothing in it', async () => {
    await expect(csv('to,form\n1,2\n')).rejects.toThrow('list.csv:1  form is not a field of a message');
    await expect(csv('to,text\n1,"open\n')).rejects.toThrow('list.csv is not valid CSV');
    await expect(csv('')).rejects.toThrow('list.csv is empty');
  });

  it('hands on the failure of what it reads from', async () => {
    async function* broken(): AsyncGenerator<string> {
      yield 'to,te';
      throw new Error('disk gone');
    }
    await expect(all(readCsv('list.csv', broken()))).rejects.toThrow('disk gone');
  });
});

describe('the heading of a CSV list', () => {
  it('names fields of messages, nested ones with dots', () => {
    expect(headingMistakes(['to', 'ttlSeconds', 'kakao.templateCode', 'fallback'])).toEqual([]);
  });

  it.each([
    [['to', ''], 'column 2 has no name'],
    [['to', 'to'], 'the column to stands twice'],
    [['recipient'], 'recipient is not a field of a message'],
    [['kakao.colour'], 'kakao.colour is not a field of a message'],
  ])('%j is wrong', (columns, expected) => {
    expect(headingMistakes(columns)).toEqual([expected]);
  });
});

describe('a cell', () => {
  it.each([
    ['to', ' 010 ', '010'],
    ['to', '', undefined],
    ['text', '  indented ', '  indented '],
    ['ttlSeconds', '60', 60],
    ['ttlSeconds', 'soon', 'soon'],
    ['urlCallback', 'TRUE', true],
    ['urlCallback', 'perhaps', 'perhaps'],
    ['files', 'a, b;c', ['a', 'b', 'c']],
    ['files', '["a", "b"]', ['a', 'b']],
    ['files', '["a"', '["a"'],
    ['kakao.buttons', '[{"name":"보기"}]', [{ name: '보기' }]],
    ['kakao.buttons', '[{', '[{'],
  ])('of %s that says %j is %j', (column, cell, value) => {
    expect(cellValue(column, cell)).toEqual(value);
  });

  it('of a nested column becomes a field inside, and leaves nothing behind when it is empty', () => {
    expect(messageOfCells(['kakao.senderKey', 'kakao.templateCode', 'rcs.agencyId'], ['k', 't', ''])).toEqual(
      {
        kakao: { senderKey: 'k', templateCode: 't' },
      },
    );
  });
});

describe('a JSONL list', () => {
  it('gives a message a line, with the line, and skips empty lines', async () => {
    expect(await jsonl('\uFEFF{"to":"010"}\n\n{"to":"011"}')).toEqual([
      { line: 1, input: { to: '010' } },
      { line: 3, input: { to: '011' } },
    ]);
  });

  it('marks lines that hold no object, without repeating what they hold', async () => {
    const rows = await jsonl('{"to":01012345678}\n[1]\nnull\n');
    expect(rows.map((row) => 'problem' in row && row.problem.rule)).toEqual(['json', 'json', 'json']);
    expect(JSON.stringify(rows)).not.toContain('0101234');
  });
});

describe('checking a list', () => {
  const good = { channel: 'sms', to: '01012345678', from: '0212345678', text: 'a' };
  async function* rows(...inputs: Row[]): AsyncGenerator<Row> {
    yield* inputs;
  }

  it('counts the good rows and lists each bad one with its line and everything that is wrong', async () => {
    const checked = await checkRows(
      rows(
        { line: 2, input: good },
        { line: 3, input: { ...good, to: 'x', from: undefined } },
        { line: 4, problem: { field: 'row', rule: 'columns', message: 'row must have 4 cells' } },
      ),
      'b',
      check,
    );
    expect(checked.good).toBe(1);
    expect(checked.bad.map(({ line, problems }) => [line, problems.map(({ field }) => field)])).toEqual([
      [3, expect.arrayContaining(['to', 'from'])],
      [4, ['row']],
    ]);
  });

  it('refuses the second row of an id, naming the line of the first', async () => {
    const input = { ...good, id: 'same' };
    const { bad } = await checkRows(rows({ line: 2, input }, { line: 9, input }), 'b', check);
    expect(bad).toMatchObject([
      { line: 9, problems: [{ rule: 'duplicate-id', message: 'id stands in line 2 already' }] },
    ]);
  });

  it('gives a row without an id one of batch and line, the same every time', () => {
    expect(inputOf({ line: 7, input: good }, 'spring')).toEqual({ ...good, id: 'spring-7' });
    expect(inputOf({ line: 7, input: { ...good, id: 'mine' } }, 'spring')).toMatchObject({ id: 'mine' });
  });
});
