/** Buttons and EXTEND as 2.2.7 of the specification shows them, and their bytes in EUC-KR as the system's iconv makes them. */
import { whole } from './golden.js';

export const buttons =
  '"button":[{"name":"웹링크","type":"WL","url_pc":"http://www.google.com","' +
  'url_mobile":"http://www.naver.com"},{"name":"메시지전달","type":"MD"}]';

export const extend =
  '{"ad_flag":"Y","timeout":"10","title":"강조","price":"100000","currency_' +
  'type":"KRW","header":"아이템리스트","item_highlight":{"title":"아이템하이라이트","de' +
  'scription":"설명"},"item":{"list":[{"title":"ITEM1","description":"ITEM1' +
  '_CONTENT"},{"title":"ITEM2","description":"ITEM2_CONTENT"}],"summary":' +
  '{"title":"ITEMSU","description":"1,000원"}},"supplement":{"quick_reply"' +
  ':[{"name":"비즈메시지소개","type":"WL","url_pc":"http://bizmessage.kakao.com/' +
  '","url_mobile":"http://bizmessage.kakao.com/"}]}}';

/** 143 bytes. */
export const BUTTONS = whole(
  '22627574746f6e223a5b7b226e616d65223a22c0a5b8b5c5a9222c2274797065223a22574c222c2275726c5f7063223a2268' +
    '7474703a2f2f7777772e676f6f676c652e636f6d222c2275726c5f6d6f62696c65223a22687474703a2f2f7777772e6e6176' +
    '65722e636f6d227d2c7b226e616d65223a22b8debdc3c1f6c0fcb4de222c2274797065223a224d44227d5d',
);

/** 495 bytes. */
export const EXTEND = whole(
  '7b2261645f666c6167223a2259222c2274696d656f7574223a223130222c227469746c65223a22b0adc1b6222c2270726963' +
    '65223a22313030303030222c2263757272656e63795f74797065223a224b5257222c22686561646572223a22bec6c0ccc5db' +
    'b8aebdbac6ae222c226974656d5f686967686c69676874223a7b227469746c65223a22bec6c0ccc5dbc7cfc0ccb6f3c0ccc6' +
    'ae222c226465736372697074696f6e223a22bcb3b8ed227d2c226974656d223a7b226c697374223a5b7b227469746c65223a' +
    '224954454d31222c226465736372697074696f6e223a224954454d315f434f4e54454e54227d2c7b227469746c65223a2249' +
    '54454d32222c226465736372697074696f6e223a224954454d325f434f4e54454e54227d5d2c2273756d6d617279223a7b22' +
    '7469746c65223a224954454d5355222c226465736372697074696f6e223a22312c303030bff8227d7d2c22737570706c656d' +
    '656e74223a7b22717569636b5f7265706c79223a5b7b226e616d65223a22baf1c1eeb8debdc3c1f6bcd2b0b3222c22747970' +
    '65223a22574c222c2275726c5f7063223a22687474703a2f2f62697a6d6573736167652e6b616b616f2e636f6d2f222c2275' +
    '726c5f6d6f62696c65223a22687474703a2f2f62697a6d6573736167652e6b616b616f2e636f6d2f227d5d7d7d',
);
