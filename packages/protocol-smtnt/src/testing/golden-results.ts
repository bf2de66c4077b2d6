import { compact, digits, type GoldenVector, hangul } from './golden-vector.js';

/** What becomes of a message (SMTNT 3.3.7 to 3.3.9). */
export const resultVectors: readonly GoldenVector[] = [
  {
    name: '3.3.7 in Korean',
    method: 'MsgSendRes',
    body: compact`{"UserMsgId":"20251122000000000001","UserMsgSubId":"쇼핑몰","PhoneNo":"01012345678","MsgType":6,
      "Result":0,"UserData":"주문 7번"}`,
    length: 153,
    packed:
      'eNqrVvJITUxJLVKyqlbyTS3JyE9RslLyLU4PTs1LCUotVqrVUXLKT6kESYcWpxYBZTxBKowMjEwNDY2MDBDAUEkHpiS4NAms6k37nrdTJ75etQEoFZCRn5fqlw8UNTA0MDQyNjE1M7cAigOVh1QWpCpZmekoAS0szSlRsjKAmOSSWJIIMmXxntdrdiiYv97UoVRbCwB7Czr2',
    sealed:
      '3nO8uMZ7dgT/enoGXe2CIttK5X6YtZa7hPrnEjqhsuh0H3KGbXilgAhnnoOKzhTHfqbSGCgvogb5PArHogedXkWcSx/oPIt4RXo47Pi/NhD4AhZPIRKoVS8uRxDBzju/RvjHgAWbmUxiKQv7iAZS0UxPpR7QDwQQZBO3+fPkSilu17pBDWjymuKzPyI+jJCR',
    sealedLength: 218,
    sealedPacked:
      'eNoNyM1ugjAAAOB36dUluIGr8caPAdYwSqsDuclaW1BbBcoA47u77/g9QMSPjLdg8wAJ76VmYAOSTlCuGOEdeL4BT7PpP22Vrk1SQiZ2Flc6LPiHH/c9WhWfh748QolbtW3usjNyGdkorIr6IlyplE7RLHfR6V7R0BeDFtUKu22kBWfFOf+lo6Vx3Duk0A7EtfUtA8eVJY4J0j90bcgYeHNjLDI0kXDz6rofa5QNsHZLutyP+EZgFvxlWeml9uKEz7S+mHd484K8ma4GzXiKF82XT8DzBe4gUCI=',
  },
  {
    name: '3.3.7 at every limit',
    method: 'MsgSendRes',
    body: compact`{"UserMsgId":"${digits(20)}","UserMsgSubId":"${hangul(133)}!","PhoneNo":"${digits(20)}","MsgType":71,
      "Result":9007199254740991,"UserData":"${hangul(333)}!"}`,
    length: 198,
    packed:
      'eNqrVvJITUxJLVKyqlbyTS3JyE9RslLyLU4PTs1LCUotVqrVUXLKT6kESYcWpxYBZTxBKgyNjE1MzcwtLA0QLCUdmJLg0iSwqlcbGl43zXjdveT13D2vl3e83jDlTdOaN1Nb3syb8GbDijc7t7xtbnjb0/N26oxRlXRQqQiMoYCM/LxUv3zcUQiMvpDKglQlK3NDHSVgCijNKVGysjQwMDe0tDQyNTE3MbC0NITEtEtiSeJoLI+qHFU5ElQqKtXWAgD1zQ8w',
  },
  {
    name: '3.3.7 without any optional part',
    method: 'MsgSendRes',
    body: '{"UserMsgId":"80","Result":320}',
    length: 74,
    packed:
      'eNqrVvJITUxJLVKyqlbyTS3JyE9RslLyLU4PTs1LCUotVqrVUXLKT6kESYcWpxYBZTxBKiwMlHSUgPKlOSVKVsZGBrW1AHIKF0E=',
    sealed: '5QAE/fJVk/za4KmvDptucvLcXZ1YZ6y8ecjYmdj1x+k=',
    sealedLength: 95,
    sealedPacked:
      'eNqrVvJITUxJLVKyqlbyTS3JyE9RslLyLU4PTs1LCUotVqrVUXLKT6kECpoGOrrqp3mFZetXJZp455a5FJSUJpf5JEdEGUZGmVVapCZnReamZBlWaGfbKtUCAAXzHS4=',
  },
  {
    name: '3.3.7 in another order, with texts for numbers and more than the table has',
    method: 'MsgSendRes',
    body: compact`{"ResultMessage":"발송속도 초과","UserId":"test001","Result":"903","MsgType":" 71","UserMsgId":80,
      "PhoneNo":null,"UserData":""}`,
    means: '{"UserMsgId":"80","MsgType":71,"Result":903,"UserData":""}',
    length: 154,
    packed:
      'eNqrVvJITUxJLVKyqlbyTS3JyE9RslLyLU4PTs1LCUotVqrVUXLKT6kESQO5pTklvqnFxYnpqUBVrzfMedO28E1b7+v+FoU3Wzpebd6jpKMUWpxa5AkypCS1uMTAwBAoBNEIFLI0MAZygaaHVBaATFAwN4TqAIqBNFkY6CgFZOTnpfrlK1nllebkQGRdEksSgcqVamsB/589Tw==',
    sealed:
      'oe28OvcY7s3Wko7/ukezxmk5LjqP//IyweMjR/d2HTbZadU2NupnTDvxvqw0nuA6KOASTpWELYDwZQCdRMA0Nlff2BkPOLPRydWBIvwFu+ISOmAztAeqjj2LAoAmnrNxXg1pRiWdLPqQECp3SJierVV9ccVt4l2v1p9sPnhH/GuUfx/e8qhtJO1KVLasaYkO',
    sealedLength: 219,
    sealedPacked:
      'eNoNyMl2gjAUANB/ybY9JxLbOuyC2oIGgoBQ3FHyEEHCPOnx3+1d3gfSIBRQo/UDGdAmhUBrZDQXB6SwoUHPd6QWYvrPAsiS91GwaOZ+Vixwl8F9zLNPllYWxvo0gJHaWBDN/TuH4kTMrpTuth/7apjJjn4dOHXc0t+xYDucjxthG3Rm3uKYqJnFmWVPwlf1fvju3nSH5/TeUqjSlDBa0FzW5vh7UUr76gtmVcfdppw7+yvUnreKIq/9uJFeKVeNJRMN/3SneMSwrJJ2z5WDx8ImDDKOni/pk1BP',
  },
  {
    name: '3.3.8 in Korean, with every part',
    method: 'ReportReq',
    body: compact`{"UserMsgId":"20251122000000000002","UserMsgSubId":"지점 3","ServerMsgId":"781857","MsgType":6,
      "PhoneNo":"01012345678","Result":7,"Telecom":"KTF","DeliveryTime":"2025-11-22 13:43:12.000",
      "UserData":"고객 \"홍\"\n다음 줄"}`,
    length: 227,
    packed:
      'eNpFjjFrwmAQhv9KuDmW3MWY8I0ipVIsJaZblmgOFaKfJrEQJNDBzRa6OggOgqvgv9L4HzyLxRvf53mPdwEvHMWcglpAh/OhjkGBz1Od5j7PoDShqePiRj8yTjvZoH0TyCIHkch6HIH5r3TnvT+r2n9V21/DFtLl9PNRdz30HFdiCYJiyqAaJrwP9YTftGALLSS77jRcTxyfs3mSg3JNCDjhvh6L8ho8C2pxMpK3RTAa831VDbFGZKCt6rZCepJl92GtKI9EOh23p8PGCOGy/gkhnJxXu2rzbVS7JZTlFVRUVb8=',
    sealed:
      '3nO8uMZ7dgT/enoGXe2CIttK5X6YtZa7hPrnEjqhsuiTEW/pQVEFpRC/bsx2r0AJO9X7VEF26vL6fsKQf5OvO4qLzsvVw8naojeTHXk6XgCcyjg79vmqeyXZeA1MoJemJFghTynuVy6VlhXu2Y4+Ocqgu3nmBEvjL51DBykiqHtZO4RFEJ1fK+bS3QazcirjqmRWZgrwuqvwTpbVEQrceXPuVe2NuQA4AbQfdxG4N3106xDiBMSDw32dCasCPhBl++SPbAsFVTBa8w5bYjzUbVYmS/DHxUupMS1SQt5yNbKRYB4jvqWcvyo88PUi1tjr',
    sealedLength: 313,
    sealedPacked:
      'eNoNyEeSgkAAAMC/cGWrkIx7I8qiSBSBG2FIShhgCFr+fe1jvzEdJDkYsd83ZoK56nPsF3PB0I+zCyD2+cGkPt+/R3eWgMyYz0ufAF1/CgEl/83zmQ25aI4TvrLHTm1gNaHaV+/E4ASqNrgykU4bNR5EwzqG/LcobrlwxXR2CtZaLAZeXtMSrEKX9A3w9fDBhaWc7U3JH5cWgj2MgUiavQFaQysrf+9QsHPBswoRFTG4lcES0V0rqUtzYUlF2h811OfYYlxNNcjijKce7SSvrB4b2Lr3uBxXBJfVH9JAdcYMhDYKAHVFjsiIqVPk24m50uSB25RaMj1lpalcTibZrqQnjnt2Kk5a4EuJsLJp1LxuaRC1HqHo2w0Npkd6zszu1/TsRhLTLPCeLXsvCPatJudmxD7/V/B7ag==',
  },
  {
    name: '3.3.8 at every limit',
    method: 'ReportReq',
    body: compact`{"UserMsgId":"${digits(20)}","UserMsgSubId":"${digits(400)}","ServerMsgId":"${hangul(33)}!",
      "MsgType":12,"PhoneNo":"${digits(20)}","Result":-9007199254740991,"Telecom":"${hangul(6)}!!",
      "DeliveryTime":"${hangul(13)}!","UserData":"${hangul(333)}!"}`,
    length: 242,
    packed:
      'eNqrVvJITUxJLVKyqlbyTS3JyE9RslIKSi3ILyoJSi1UqtVRcspPqQTJhhanFvkWp3uCFBgaGZuYmplbWBogWEo6MCXBpUk4VY2yBo4FjKHg1KIyRDS+2tDwumnG6+4lr+fueb284/WGKW+a1ryZ2vJm3oQ3G1a82bnlbXPD256et1NnkK1SEWgp0LqQyoJUJStDIx2lgIz8vFS/fNyJKCi1uDSnRMlK19LAwNzQ0tLI1MTcxMDS0lBHKSQ1JzU5PxeryxVBNrmk5mQC/VcZkpmbSrz/FKFJ1yWxJJE+oTKqclTlqMqBVamoVFsLADpsxI8=',
  },
  {
    name: '3.3.8 without any optional part',
    method: 'ReportReq',
    body: '{"UserMsgId":"7","Result":0}',
    length: 72,
    packed:
      'eNqrVvJITUxJLVKyqlbyTS3JyE9RslIKSi3ILyoJSi1UqtVRcspPqQTJhhanFvkWp3uCFJgr6QAVFZfmlChZGdTWAgAdxxZ0',
    sealed: '1RcjFxIdH//9xc6Xbqo9emF8eueQMmcDBZddJcuaLrQ=',
    sealedLength: 94,
    sealedPacked:
      'eNqrVvJITUxJLVKyqlbyTS3JyE9RslIKSi3ILyoJSi1UqtVRcspPqQSKGQYlZ7lVeKZ46OtbViSbRSQV5lum5rpZpJamBvrmJrs4RaWkeCWXJvoUBdoq1QIA7x0c7Q==',
  },
  {
    name: '3.3.8 with escapes where none are needed',
    method: 'ReportReq',
    body: compact`{"UserMsgId":"\u0037","Result":"12","Telecom":"\uD55C\uAD6D","UserData":"\ud83d\ude00\/"}`,
    means: '{"UserMsgId":"7","Result":12,"Telecom":"한국","UserData":"😀/"}',
    length: 120,
    packed:
      'eNqrVvJITUxJLVKyqlbyTS3JyE9RslIKSi3ILyoJSi1UqtVRcspPqQTJhhanFvkWp3uCFMSUGhgYmyvpAFUWl+aUAEUMjYC8kNSc1OT8XLACF1NT55hSRxczF6AESK9LYkkiWCbFwjgFSKYaGMToK9XWAgB44Sgo',
    sealed:
      'INAMix7dcDC06ZpxLl7en93XQCub1skiTf/FrntWaxuotCpaHKjxQnbpj5JNnlM+NnqVjrbO5nVyDaAQr1aHXSwWgrBsQMHEEIIELgiPUFp3NzYY2Fqhacg/yQ53Tb0u',
    sealedLength: 167,
    sealedPacked:
      'eNoNyNsSQkAAANB/2deaQUYmb65DoVZy6W2xuWTWWkxk/Hudx7MCG6MCM6CswMNj1RVAAQGmHRsD3INtD7SuWP7n+KpXz3KRGzp/fNLZbWVMTmIC9SkThncdvjiLkTFG89SNOkX2pZkhyWgjnX3Sejuf9FHDsqtEosVAKmQCspP7Jy6ZNkDPNk3HMd2yvj0sKvrfND1YfYXyklugJIYZP4HtB2hDOfQ=',
  },
  {
    name: '3.3.9 in Korean',
    method: 'ReportRes',
    body: '{"UserMsgId":"20251122000000000002","UserMsgSubId":"지점 3","ServerMsgId":"781857","Result":0}',
    length: 113,
    packed:
      'eNqrVvJITUxJLVKyqlbyTS3JyE9RslIKSi3ILyoJSi1WqtVRcspPqQTJhhanFvkWp3uCFBgZGJkaGhoZGSCAkZIOTElwaRJY1ZvlDW8WTFAwBsoEpxaVIbSbWxhamJoDhYFWlOaUKFkZ1NYCAIhsKpo=',
    sealed:
      '3nO8uMZ7dgT/enoGXe2CIttK5X6YtZa7hPrnEjqhsuiTEW/pQVEFpRC/bsx2r0AJO9X7VEF26vL6fsKQf5OvO4qLzsvVw8naojeTHXk6XgBgg1GZwCdPwzLCK0WsWdPSyhJv9jNoWgdeam6B8JhT3w==',
    sealedLength: 186,
    sealedPacked:
      'eNoNyEkOgjAUANC7dG2CohYwcSEEBwZBJFLZYfptxUiBVnCId5e3fF+0hYJCixZfFILigqIFSqAWrUpAot8I2YK+h5tWkfkMc4OyVINKbAjozk4pf07wWeWFweO2csuGy+ctdTOtPpzcdZ042kW+9Ha88iKLGEPpuAvwVfqH6zzqolkTfGR36s2qECWkW3LHhNmMTTZ579C4/wSOP85kRuPjm3udVe5FxigUD2ybHk+n/XKJfn/hIEFq',
  },
  {
    name: '3.3.9 longer than any field of ours',
    method: 'ReportRes',
    body: compact`{"UserMsgId":"${digits(500)}","UserMsgSubId":"${hangul(500)}","ServerMsgId":"${digits(500)}",
      "Result":999}`,
    length: 167,
    packed:
      'eNqrVvJITUxJLVKyqlbyTS3JyE9RslIKSi3ILyoJSi1WqtVRcspPqQTJhhanFvkWp3uCFBgaGZuYmplbWBqMskYKS0kHlgSCS5PAqeDVhobXTTNedy95PXfP6+UdrzdMedO05s3UljfzJrzZsOLNzi1vmxve9vS8nTpjVOWoylGVoypHVQ4VlcDSPji1qGy0yh/hVT6wEViaU6JkZWlpWVsLAIqDEoE=',
  },
  {
    name: '3.3.9 with half a character, as the server wrote it',
    method: 'ReportRes',
    body: compact`{"UserMsgId":"80","UserMsgSubId":"\ud83d","ServerMsgId":"","Result":0}`,
    length: 94,
    packed:
      'eNqrVvJITUxJLVKyqlbyTS3JyE9RslIKSi3ILyoJSi1WqtVRcspPqQTJhhanFvkWp3uCFFgYKOnABIJLk8BiMaUpFsYpQPHg1KIyhFKgANCg0pwSJSuD2loA3P0jbw==',
    sealed:
      '5QAE/fJVk/za4KmvDptucgnE9gB1f2AhW3BlnwidzIBYfFkosDQQ7oO1BVviIvNj36F2aosOXNgZeG41s6nDCNkgaSvj35DlCk8jxBl5/FE=',
    sealedLength: 153,
    sealedPacked:
      'eNoNyN0KgjAYANB3+a4DUdNK6MI5LYsUDeznbrQ5deZEbZXiu9e5PBPsGaGsA2eCExsKScGBlLWyG1LWw7wAJOn3f1bi+lp+yIQ2kuXxqXA7vB688Tcc6bnhFhcT1c27pGOIbnkgZI+TZCVjHWWqDFVUmXZgENnH14jf2W6p93aDvUhwclaVaeHaE+vqg2pLC/wtzD/V7jG1',
  },
];
