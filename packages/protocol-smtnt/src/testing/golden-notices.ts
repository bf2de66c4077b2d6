import { compact, digits, type GoldenVector, hangul } from './golden-vector.js';

/** Opt-outs and moved numbers (SMTNT 3.3.10 to 3.3.13). */
export const noticeVectors: readonly GoldenVector[] = [
  {
    name: '3.3.10 as printed',
    method: 'SpamReq',
    body: '{"SpamId":"1","PhoneNo":"01000000000","DenyNo":"0800000000"}',
    length: 80,
    packed:
      'eNqrVvJITUxJLVKyqlbyTS3JyE9RslIKLkjMDUotVKrVUXLKT6kEyYGEPEFyhko6SgEZ+XmpfvlAnoGhAQwAxV1S8yohwhZw0dpaANh3G84=',
    sealed: 'pLgHkMOchCdeI6t+uVQUj/ICgxiVSsMhME+PSI+RB9na7oW2DJqtqWlulHi0cqrRi5+G17YvocMvxKa+qppSDQ==',
    sealedLength: 135,
    sealedPacked:
      'eNoNyN0KgjAYANB3+W4X9AMlCd6o0VaNciPFy+GGrqxtNsUQ373O5ZkAKyFVB+EEVPnGSAiBW/FiysG8gNjI73/spcZPeq2aRCqy86jPs/tjSZJ61Dn/0IYe0I0TxOL9WwSm2KQn513R9i3Wq8p1TG/RcR2Ug6noMJ4FctbyNIsimH/DHCqk',
  },
  {
    name: '3.3.10 in Korean',
    method: 'SpamReq',
    body: '{"SpamId":"수신거부-1","PhoneNo":"01012345678","DenyNo":"0801234567"}',
    length: 102,
    packed:
      'eNqrVvJITUxJLVKyqlbyTS3JyE9RslIKLkjMDUotVKrVUXLKT6kEyYGEPEFybzpmvOle8GrjhtfbGnQNlXSUAjLy81L98oFSBoYGhkbGJqZm5hZAcZfUvEqIsAVMWKm2FgCefiTK',
    sealed:
      'H+sM4OL9ab5Wk6TSBJTo1QtLD+sjrVbTToBsN7ZscYop819S2G8HZvXi9Gve+onZLfv2Sf9lziU0ZJNZZPvQVov6AN8aarsK5POTQy8crCY=',
    sealedLength: 151,
    sealedPacked:
      'eNoNyLsOgjAUANB/uSsOQgRbEgfRBII8paJ0K1AivqotaYKEf9czngkCzlouwZ0g5sNVtOBC8WbPI//AvABPtON/AkPFqzTCrLbPd4cUXkiEmQ/R3lA3WdaECE8la6qaSryRiQvLRwHVlx77mhviRaNOW0WHH9/+tKRhQmmm81JoZ5sgxqQ62FlK8hE1cldtYP4BHe4wvQ==',
  },
  {
    name: '3.3.10 at every limit',
    method: 'SpamReq',
    body: `{"SpamId":"${hangul(33)}!","PhoneNo":"${digits(20)}","DenyNo":"${digits(20)}"}`,
    length: 134,
    packed:
      'eNqrVvJITUxJLVKyqlbyTS3JyE9RslIKLkjMDUotVKrVUXLKT6kEyYGEPEFyrzY0vG6a8bp7yeu5e14v73i9YcqbpjVvpra8mTfhzYYVb3Zuedvc8Lan5+3UGWSrVFTSUQrIyM9L9csHWmhoZGxiamZuYWmAYAEVuKTmVeKWr60FAKTRZeY=',
    sealed:
      'hD/833Q7FCese+Us+4CIl3PRSExL5EX+wZsVC9t4epSlzRGQsC4/4Jrge4QQ3pmtKr9KPvnE7VwQOv/0BWzQn5T5/WbjMWg6/MChVTtMMqK7IlLtzJ/svawT9LktHBvs6AbRXmHVQPdOUHCQSkoJXPX1nAXr87CmdLiwqTux/pojzhEkPDv1Sf0gDnDxlbPLMHKf2JIJl0rHev0pQv277ZOa5xdXHBo/C1A/v+GWjYwCjQAYul6MUj/N+Uj5PqzF',
    sealedLength: 264,
    sealedPacked:
      'eNoNyMlygjAAANB/yZXOBAVEvUFAI0tN2PWGQ5QiOxgojv/evuN7A8zSjPVg/wYuG/MmA3vgt2nlsQ58voDeZL//kxtwK0lUPSA2MCEcBBmdSol4vjk7ipkI03WI0G6UWeuXi3ekA5KhbPUPJlMqtdVo9zub8NpUo4meORT1eKG1EigwvhVu/NhAF+VRMLpuZ6un0hkXCw48nYKd8xyxzoeNdvOSCkeUZOcQI+o/GyshyarWkn6roipzfqYueM2wbYolN5/E4Cv/Lj6M2pjLG3FcbN/X1skqxR4zLraUr1X1ek6VOUuw3kC00iAXjnFxmVBBtcur3LhhAb+FsFBItxzA5w/4gGEP',
  },
  {
    name: '3.3.10 with numbers for texts',
    method: 'SpamReq',
    body: '{"DenyNo":8000000000,"SpamId":12,"PhoneNo":"01012345678"}',
    means: '{"SpamId":"12","PhoneNo":"01012345678","DenyNo":"8000000000"}',
    length: 89,
    packed:
      'eNqrVvJITUxJLVKyqlbyTS3JyE9RslIKLkjMDUotVKrVUXLKT6kEybmk5lX65StZWRjAgA5YmSdQvaGRjlJARn5eKkiBkoGhgaGRsYmpmbmFUm0tAIwZG5w=',
    sealed: '0kPz/04al2v7jtpTMdzcO4UVV1dDBmvV/u3PJPprlUtkYMbOdrodIShbCGBJ7/fuEvaAsyhAI48rchyvwntu+A==',
    sealedLength: 135,
    sealedPacked:
      'eNoNyNEKgjAUANB/ua8FsxIMwQdXUQqiZA56nN7FSE1b22KK/17n8cxwERyFgnCGTGg5IIRQjry/ijcsa6ADuv94bTERz+fd1gZPPd4ynJrcrxjb4JH2lhGzK9JiVF2l23tW56gGTEpZH840DcjDnCyPP07Gib9XjXT2+9JmFUcRLD/NsytD',
  },
  {
    name: '3.3.11 as printed',
    method: 'SpamRes',
    body: '{"SpamId":"1","PhoneNo":"01000000000","DenyNo":"0800000000","Result":0}',
    length: 88,
    packed:
      'eNqrVvJITUxJLVKyqlbyTS3JyE9RslIKLkjMDUotVqrVUXLKT6kEyYGEPEFyhko6SgEZ+XmpfvlAnoGhAQwAxV1S8yohwhZIokCTSnNKlKwMamsBGyQfKQ==',
    sealed:
      'pLgHkMOchCdeI6t+uVQUj/ICgxiVSsMhME+PSI+RB9na7oW2DJqtqWlulHi0cqrRnjvnTK2Ms9RikJCXO9G4hv79NhvRgkJ1pq6ws3dJfoU=',
    sealedLength: 151,
    sealedPacked:
      'eNoNyEsOgjAUAMC7vC0mKhpISdyARqhWtAi4JbRSPlKggBrC3XWWM4HLE8Y7sCYgvBeSgQVBk7woVzAvwJbs+5/mnLkl8VPhMO4ZvTZEt7BYek72yaNAEUEO2jXwNGqjOjFlrO9x27dxNVRuvkrbjtbFWN9POlGI5iV2Hj46bsVooosYaVbiddMab7Vh+CnDHcw/bowxvg==',
  },
  {
    name: '3.3.11 in Korean',
    method: 'SpamRes',
    body: '{"SpamId":"수신거부-1","PhoneNo":"01012345678","DenyNo":"0801234567","Result":0}',
    length: 111,
    packed:
      'eNqrVvJITUxJLVKyqlbyTS3JyE9RslIKLkjMDUotVqrVUXLKT6kEyYGEPEFybzpmvOle8GrjhtfbGnQNlXSUAjLy81L98oFSBoYGhkbGJqZm5hZAcZfUvEqIsAVMGCgKNLY0p0TJyqC2FgBEGSgl',
    sealed:
      'H+sM4OL9ab5Wk6TSBJTo1QtLD+sjrVbTToBsN7ZscYop819S2G8HZvXi9Gve+onZLfv2Sf9lziU0ZJNZZPvQVgx7EKiXRmfbNiyu4gxUS2fW8Qyks/GtorY0IF9/tSCf',
    sealedLength: 166,
    sealedPacked:
      'eNoNyF8TQjAAAPDvslfdVU6xHvWHJMUU9kY2LWmdrR05371+j78BuCQvSQtWAzgSeeclWAH0zpuICDBOgM3L/j+uJo7GyYd5sUjqZYxsL+bzUPobTTzaaxHH3BaBicUt429rDpHuWC5WKYOOIhp/YZ8qHVH4/LLLDHsBxmcVXqvO3B5YGjW0CFj/MarugnSaWGFfi6kjeZvN9js4lWhNwfgDSIU36w==',
  },
  {
    name: '3.3.11 longer than any field of ours, and not done',
    method: 'SpamRes',
    body: `{"SpamId":"${hangul(200)}","PhoneNo":"${digits(200)}","DenyNo":"${digits(200)}","Result":999}`,
    length: 150,
    packed:
      'eNqrVvJITUxJLVKyqlbyTS3JyE9RslIKLkjMDUotVqrVUXLKT6kEyYGEPEFyrzY0vG6a8bp7yeu5e14v73i9YcqbpjVvpra8mTfhzYYVb3Zuedvc8Lan5+3UGaMqR1USr1JJRykgIz8v1S8fmMgMjYxNTM3MLSwNhjYL6CmX1LzK4eYnYNlQmlOiZGVpaVlbCwDsbhV3',
    sealed:
      'hD/833Q7FCese+Us+4CIl3PRSExL5EX+wZsVC9t4epSlzRGQsC4/4Jrge4QQ3pmtKr9KPvnE7VwQOv/0BWzQn5T5/WbjMWg6/MChVTtMMqK7IlLtzJ/svawT9LktHBvsdCGT8CljZFDi47dM66LqRRg+tApElaNZ9ItLpmmjwTUGdoAxOay0PqXIB3Unge4EQtoVR+ZAponEZLod6EA106h0znhR1pccSIFqxyIYgFESD2qNVF2+Xr0MiFRhxe4mu6tX3qWqiEgAP1l1z5clwitY0uH1GjW//HoFdaNFOqwqPmWnnicKHW+Qr6AyFywBlQUskqNhiND+sAqbu8it7MSweNTcRwgwJMcPwgpK90ZoSaVYKxqTnBCh4R5KLxiiTgBS6ZLBIfFgHeqCNH76sHm6COcQ7Y3eah04y+N2djh0CBw57GMQoEE/FfepPupBZaHBvIAYB02bSPmOLadUSuKo+EzcH8J/W8zb/kTfxsONkZIfdzUKCxLQHLHAva/nGFVg7iUXPnicEEZ6a3wrpz6orDhIOT7x1BQIb94THpAZGGaWy9FtY7UVvj2R+7MQpO4Utsco5PSKQI8hOwk9ADVBNuW1H8kLWIr/EvZaVlkunRi7lOQncYTl1AUaZ/yRU1i5UHeKCTESS+g8J78GbcjRAk88VOAaNYU6htNTbmbpz5xSr8Ww+zLOouZ/n+aYDzmgbVyBMQgA1wdI4WNoF+Z8Ab3x1eLrlmZTn160hm6XZjXJh/Aa0gSZqcudZG3pYB0MvEYfd5oN8KKwmQ3o1P9lXhXlzE11jdRVMP2VPOxlCw/7RPoT5bV0qChA7SOrxczZ3KcWTMsD+osIRH/IQdjhkbJ9Qoo+pVBv36gJXq79g4wRoUs7aKce/NchnoOEqRAnQScCWXATevsn5DMZ2EgEtjDDNiqCV9/SPsQeSXxk/AVY1pFXyb+1JzkQfNNZgGP36HDy9gxXkT+iWDLoO1K9Vykd2WbZriGQ8OMqFJj2se7BGX8RUIy1QvVgockANyqd0t39HPKHQWWEjAEdXlKHlZrFNIEoenlBIH2F6r6whXlHIi/h+YBU4TcIoV3N+hXn8K9cb2uMusisXdySsoXwJyPHuI7DW3RYWfY+hm3yLaZQIl6wmpUZUB0TIYHd9oU3p/+qcVURERudCugMJw3Pj2HQXLiI/dojjk2H5egQ0HEujzCmqkbMG967KrF9qdaHFDpGCiSbAPvkjp8/+wJeHia1apJnIcuh1/GwMZKL2vngYGe+AmCk0r+dXnsXfz04DWHfgr0ShRK881HoBr36HDvAzaqZ4D9BtWafMVBLCH8cXCMx8qAPz6kSacGo6T9icholNDCRA9hHsvaah7OZBjfOAtWF3ruvw3ICZ/bXM1nZmVFsAw1MmWN8aFrD',
    sealedLength: 1137,
    sealedPacked:
      'eNoV1LcOq2gUBOB3cctKgMGE7chgcg4dyWR+oglX993X255q5hvp/HnIZVqUy+PfPw+93GpQPP59uFM6OOX6+PvPgwXF9bvUPExhmE2KXLmWkL9COKf0mOW4wqm9hAg6kjXg6A0vJ7e/HcleORzG30tV4raNTcOmLrRqfUeBDA7b/MIIG972+PJecJi1elgRsM7Vgbfp+qySSq9t9xtev+nh0Vq3yex3LTjJo7i+TUS+wclCJwhtdpwK2phJ6FMjoZVNm4ahPTxfKgBzmumFWHOksJg//kII9gYCB0qYCYxCooGCEBgUIWrkHmsHnfLcVcT5vJS4EgWXf85GID6haEH0RnTqs8SHndgibA7nRqgYC+3R+5X3R7PFyC6jUhvCsAzEIjVEcz5mawjHsclVOYTshWAu8TrY3vbXbjbqxuChlZmznWo2UneP0vBy56iOt55bRzWpNJIANw1i9Zy9keVq3Hmp2tk0XsW6RKKxykes5HLmDJkkVnkgODO3yRgr0xrBL8h4Fm2NcOzxIiXdBoIAi59ysvaJTdKfosLELPLMXGswtbTw3V0FkHDnMvWGQ+rO4M77nKtpdInyKW5f5U7NljWZ+abwKIlBRTZ+ZP2KCUJCpNixTDcBFr5WTI88UdZWMhr35IlJJCkNL1rcYtIPvu3TgUjdnkzc39YcvCxXtRWqNo+OZviANfYQlalOC5UFFr5JGvTdPjoN2Zv2mMdejzJ+msCX46PNy5dLlfME14Uq6k1SUpa3DtNRVGAyqRH7RL0ZXjZk0/063YUKD+jWTLAn8AilMX8PVRZcrG5XDHoUCh4aQIQSismwEy21pR8Sb0QJpB6IKGmjdw0zKVK5yZzvRSJh0w9O/wrxp3gBg1LVY7AxgFp0H9VRfwso2hZOoFvPwDLPnjtg0rGA98oCZOZqhnTN5czvBFPz0NNXHgKr4siwYv/G6rI3bQMATQH7xYjqHc0kXeGHA/yVTNW8hI28HoEpzA4z2m7OhRHjld91fPF68hQqYWt53mhmLqBh11rt0o3ODmaCGJ3E6Mog9H139scwkkqyMELmL7o6o86DmpDXgImqdHB1xTPMkqWRbMrUZ/HdPteSZKWIcnzlQu1vUIG8Y4xrLpANo2VLle0wFFpGKKJelftkEQ1FAOXYs4r8FImFOH4kstLANRSzPu7lCggwA6qjkVLpPHvu+r42a1Rc7gqi431Z8q6QfIg5cfiJoXrALi1NbKUnjmHyE59FPCWWCxr42ARDcx74juDsBbdX+vvArPYp25HWKHAB2rZ7yq+yshFZ2NubG+Yu0yWaINVFpOcilUV+krjGzRjr27UTBUPHu5SbFE2n96jke43C0qEnqvb8jlUslRAzcB2yQEU0rtHnRnA+lD/Vgri1o1IUKgN2+Z/0y9zpnOA8zW5h+tEDVuNkKo84/aRmxrqJzk1zCRAe3eQ16A2ecxi6ln/PLa1JM2Hbj8lsoYgt+/fAFC6Bs0hHx2QIxJU5UH0IDSoVF/7x9z9MJ+BF',
  },
  {
    name: '3.3.12 as printed',
    method: 'ChangePhoneReq',
    body: '{"ServerMsgId":"2603","PhoneNo":"0111234564","ChangePhoneNo":"01012345678"}',
    length: 101,
    packed:
      'eNqrVvJITUxJLVKyqlbyTS3JyE9RslJyzkjMS08NyMjPSw1KLVSq1VFyyk+pBCkJTi0qSy3yLU73BKkzMjMwVtJRAiv0ywcKGBgaGhoZm5iamQCFkUyBShpAJM0tlGprARhGJAs=',
    sealed:
      'eR+vQ0PcoVkp/zs6ZY49M/NVXn5B5PUH7hyZXQEy5w/6V+CudeOV7gMmduxFAJdLRHWSKhfe1kLNyE9IOGxASZIVqzzr9fVkioLbGjGtG58=',
    sealedLength: 157,
    sealedPacked:
      'eNoNyd0SQkAYANB32VvNqJmWmOkCIxTyM21yp/Zjy2Qjys949zq3Z0I2ZBQapE7Ig5ZxilRksKwqIGC8gghqNC+QzunwD4iET7gMbpyUL3F8S+llrXiiT5IK6zg42TIb0iQ0B/wVJSIYHYUjkQvvSbt+p+2pG9nn+MByWJWuP5iKc7R6LU4dUo9jo+SkvHP3aj2s1sKbLZp/uaozhA==',
  },
  {
    name: '3.3.12 in Korean',
    method: 'ChangePhoneReq',
    body: '{"ServerMsgId":"번호이동 2603","PhoneNo":"0161234567","ChangePhoneNo":"01012345678"}',
    length: 115,
    packed:
      'eNqrVvJITUxJLVKyqlbyTS3JyE9RslJyzkjMS08NyMjPSw1KLVSq1VFyyk+pBCkJTi0qSy3yLU73BKl7vanj7Ywdb+Zued0/U8HIzMBYSUcJrMsvHyhrYGhmaGRsYmpmDhRGMhIqaQCVtFCqrQUAdrws5Q==',
    sealed:
      'eR+vQ0PcoVkp/zs6ZY49M6colX4JstncTnuHGZ5aO2J5BevLG2Tj82nQosmZHwrWK6AU7GzXfYQ5rssvXpDqIaCRsKxGNQoxIFFO+ANgX/COnkigd98jA+b8AAoRoFSr',
    sealedLength: 172,
    sealedPacked:
      'eNoNycsSgiAUANB/YWszNU6atSMbsZcmWaE7EtJe3IIyq/Hf62zPF4WSC6nR6IuW8lGBQCPkV1yVclWBklTeUdtBYxDvf0hq1UlvVcD2fOt+jJtn/eHSLeDC+jPzUEWqniHJHR7bM2cs6wWx05NnqwTMNQ9fejd38WZAPuyQJY42pma3yX3KfWrmDYkSaKZBEFs4KlnXj9X5WIqhd8LW3sMYKARrjdofSkk6ng==',
  },
  {
    name: '3.3.12 at every limit',
    method: 'ChangePhoneReq',
    body: `{"ServerMsgId":"${hangul(33)}!","PhoneNo":"${digits(20)}","ChangePhoneNo":"${digits(20)}"}`,
    length: 144,
    packed:
      'eNqrVvJITUxJLVKyqlbyTS3JyE9RslJyzkjMS08NyMjPSw1KLVSq1VFyyk+pBCkJTi0qSy3yLU73BKl7taHhddOM191LXs/d83p5x+sNU940rXkzteXNvAlvNqx4s3PL2+aGtz09b6fOIFulopKOEtghfvlACw2NjE1MzcwtLA0QLKACJPfiVlZbCwC+WG1S',
    sealed:
      'eR+vQ0PcoVkp/zs6ZY49M2vhaTwbU48oFpLJCWqWyuu5P33rkSfq+v4Zjz8HRZ+0BVZaf+sRYh/RCbk8NA1YtW6JPxWonvm39gVxK69vPmbFfLEgOACM7jroX9LjRAKrYRf5O5zVVCUpCEDMoSHul6lwGYarOMi6CLHmJvVEg9mVLZMWR7/R6DohItGpCbIGwvROHyFzfhtvoa+Bnh3gyTLLKxGuGXwz7Da12WiUqFK8WvzWswT3FIZzpyANZpVa',
    sealedLength: 271,
    sealedPacked:
      'eNoNyV27QjAAAOD/slvnefpQojutUIhWbdndnLA+GGKip/9+znv7foCTsGtSg+UH+EnDxRUsAeSsyJKQiyJBSQW+P2Alrv1/JEiRh3H4K/CjHA0vjUYzw59Kzk5dfJ7pwiq9HSQV6dt2Hqpq/TimlSJn9D7oDqLKeIUpS5UXivgIwfih781J1BBtF76JKGSuGhl+u5ohwzy2Um+TBSb0F/daXAzvjky3jlA6D+YDxvBcws3aF0enfWrPzo5YHfg3DXpOvpN4kxk59qhP0GKEtLXg28YuYby1O4kCp7eGlDdSMGVVcDXrT57nvu3WvnTDYs0mU3I7V5arEzmQV3dSrS0dyt7c0xIz8P0DTwlmTA==',
  },
  {
    name: '3.3.13 as printed',
    method: 'ChangePhoneRes',
    body: '{"ServerMsgId":"2603","PhoneNo":"0111234564","ChangePhoneNo":"01012345678","Result":0}',
    length: 110,
    packed:
      'eNqrVvJITUxJLVKyqlbyTS3JyE9RslJyzkjMS08NyMjPSw1KLVaq1VFyyk+pBCkJTi0qSy3yLU73BKkzMjMwVtJRAiv0ywcKGBgaGhoZm5iamQCFkUyBShpAJM0tgLJAg0tzSpSsDGprAbWhJ2Y=',
    sealed:
      'eR+vQ0PcoVkp/zs6ZY49M/NVXn5B5PUH7hyZXQEy5w/6V+CudeOV7gMmduxFAJdLRHWSKhfe1kLNyE9IOGxASQaxWir38gIAghbZSsGHTRrgulD13rsbZCSEaeupxlEZ',
    sealedLength: 172,
    sealedPacked:
      'eNoNyd0SgUAYANB32dvMpCF/d5UIldrYsndlP7sGZXZFaXp3zu3pkAc5A4kWHQrgJSqGFsgReckhElUJGBTqB8iuWPsPwNo7Hkbnitye+ldN6Gk8D/SQZKVpm9HRm4qWZrHbmh99QjSnZrAnUx48WN2srC3zsZcmO3EB4+aHrTvf7NeNlcR5k17laMY3FhcFTdTaO2DJ6/vSGElVUCdxc6ifzd2lqP8BB846vQ==',
  },
  {
    name: '3.3.13 in Korean',
    method: 'ChangePhoneRes',
    body: '{"ServerMsgId":"번호이동 2603","PhoneNo":"0161234567","ChangePhoneNo":"01012345678","Result":0}',
    length: 124,
    packed:
      'eNqrVvJITUxJLVKyqlbyTS3JyE9RslJyzkjMS08NyMjPSw1KLVaq1VFyyk+pBCkJTi0qSy3yLU73BKl7vanj7Ywdb+Zued0/U8HIzMBYSUcJrMsvHyhrYGhmaGRsYmpmDhRGMhIqaQCVtADKAm0pzSlRsjKorQUAdZ4wQA==',
    sealed:
      'eR+vQ0PcoVkp/zs6ZY49M6colX4JstncTnuHGZ5aO2J5BevLG2Tj82nQosmZHwrWK6AU7GzXfYQ5rssvXpDqIaCRsKxGNQoxIFFO+ANgX/B2LzSSAggku0bWJZKaXpHRHyXz4RX2JVqvTjKIOHsduA==',
    sealedLength: 191,
    sealedPacked:
      'eNoNydsOgiAAANB/4dW2HFO7bD6oLVErk8zIN1LSdQGTNKP173VezwcgRkvWgvkHrNmzFiWYA6+mvGLbWnCGmQTfEXBF+f4Hw1qf6NtCZNdmrKSVH43Z2irEjRihfPIi5R3yc5PGMDRd1q98mF6mkCdC3nP0ag+R5ewnviLnY2K2UvakWTwC6mEZDf4mEUOwXMaas6nI2IUrtds5VXXt9NMhzCNKGoTRmygDExhmjz69REGMZNk5tg2+PzgAQuc=',
  },
  {
    name: '3.3.13 longer than any field of ours, and not done',
    method: 'ChangePhoneRes',
    body: compact`{"ServerMsgId":"${hangul(200)}","PhoneNo":"${digits(200)}","ChangePhoneNo":"${digits(200)}",
      "Result":1}`,
    length: 158,
    packed:
      'eNqrVvJITUxJLVKyqlbyTS3JyE9RslJyzkjMS08NyMjPSw1KLVaq1VFyyk+pBCkJTi0qSy3yLU73BKl7taHhddOM191LXs/d83p5x+sNU940rXkzteXNvAlvNqx4s3PL2+aGtz09b6fOGFU5qpJ4lUo6SuDE55cPTGSGRsYmpmbmFpYGQ5sF9BRSvhpuXgOWE6U5JUpWhrW1AKncHGk=',
    sealed:
      'eR+vQ0PcoVkp/zs6ZY49M2vhaTwbU48oFpLJCWqWyuu5P33rkSfq+v4Zjz8HRZ+0BVZaf+sRYh/RCbk8NA1YtW6JPxWonvm39gVxK69vPmbFfLEgOACM7jroX9LjRAKrYRf5O5zVVCUpCEDMoSHul+G9jJSW+wRS+x6xwKI7W27rE1lfCuOUeZ+gLvmRKopXo6yHYXBksypzBsSnz9vIMD+dojctQDlHVf4LJP9YdTx5mf5REVen622kr/M2myCzNJXIzH0NIAgRX4DmcCJiSswVP9GJRpoCjOtqD4GWG8tQf99QL3g5jdUYLCdgEqLU4u1U9QiGd0rSvIUQLtPcLvf+rWW7DM4BIeG+foQsI1xZDeO1lpYwXD7ZCXt3PnK6pliLJn+ziT68DxXqanLRbdrqH6kBdGOXivDHdTtBB6/wuxRfvYk/oovg6Bm5uX7e5rkZ/8LuBBDx/jCQeKbHob+LsdXonKTYRATEemzHXwjZYFwNaGQYpWRV8ceTwY3Zm0lJxsvfpnK4RKi+wC1oRZ/2A7ekUTVFrwwCd89nJep+nDKBkXMay8M0SXgLhnXb1UnS0hdyjF9y27qzqFVRxduwMlTmvX7cORh4fT+UdIioWodud3Z3NxyBjpzkJOdiUCPtMpCi5qWcprW8C8iYRrEiaLGyd2fzoa+Ya+622/k1eRgndqxZL4oR+InEdELipjq9FnLIkzwxDmgcFKTBj64PLmqrLx5pKh7ghtx5d5TwFJtqIapKB2O0T4dkMomMDLizUIY7rDaJogiov3kvtuSGaEMNfsz4zVhjop2BhKNjJuGVx+BxZnBC8DhRJuRm0Z4w72qDoSakU3ujvXJWobEC++VtwlLYQeJVf5CIHB9SE9zjTbavTkeGiXdZ/1YERVNNHnaFayUJ47hDT9Gd4rnloMqLWy2IM/ibWkxR9ucmMAo1bEUDsg2OnPGsYxjGdUB1LolXG5gNopZhX9Wu6GMRv55lMBcPKtgtQGfEPoLJpyYQmY4AHsDQwwS2doO6z+HvfEhgWCo7r5DvfwEk1NmOLtzysYgNSS/fN0jaJRyk56RC8jwDS3hTFr+rTLrqOFr76N6CHZj+7pTzDMtcxI4cK/eLtU21gpyULPb4tPt8mCwLtz4D3OPCTjOqdAAG+iJINjpRbGIbJgH/j/paZ7DiyDCWWeezOez7PPHmfOyWzQW7GEubwy+SuBnGaPWKTgNB1BnRkmyWvUzUhg3N9acCtiMlaUg6rbkBHy18jBwGw5hkNuf+NDiuoLkkgGGrIzYqr0831LZOB9nNEonkGwGiqMM6Ju1/+KYSFkYo/D3tPxT9kJAAnogJ72zFAsfSZZNHPt71C1cYHUW/azAdTjLkf3vU+9HGO2IEwK+RC1+CViPpre81cZdngCLV45NogU4UutS/fRnPOeHzvymwjg==',
    sealedLength: 1161,
    sealedPacked:
      'eNoNkceuo0gAAP/lXVkJk2GkOZhgUhPcZG7YZAwNmDyaf985l1SHqj8/WpHlxfzz68+PVSw1yn9+/Uh1NlSFW6OhgMX35+9/PyLKz3+ggNj2vLlvFHYjfn3ZNKEFi9zqzN9fAc2jxwgMKZqic10Zl6LmzisnbKPT9uI1mGI3MUyzEvvCpMah9Op4+04kS8Qa7hGhYespoQoPkxU2t389SqBUzl2yuHZGsQBaeDfnBJaMw1xhKAWjpMgW8rT1g6lCa3gRtkMPO9hjN3UuIrlZIT6ltDpBkWIV2HpoojFG7Kklsdh9z/ESv95wCZtuyViO2vfylD9aWNLAcIUk9w+mLxmohMXAkmQ34xbZn9JlG7F+aTdbv1cwpuX+LRmN991DV1ANOCKpdZZJptVI5ZdnKQhPQFVMmwcJkPJKmUBAr0QgPBs1v83epgdPsLhvsJXYHEWcbNGiXqhYiZ5fnThSuXCIz5jsscylUrxQ7mCy46cBxoBdjc/y8hFP2QDgK58nje3EXHXiZpO13F9EkcX39YDllnQ4QlvFij2zxlzBzF2K82AVRfnAW+lZmC8NvTDwzWM0mH4C775S9JcW722aPHY7U5/JGMGQfxf+nlBpf/sYx3crx8Gkodlgu0QgmOLknSu6wA8f875LOS8MRjFig2yKXWxlJ2/dvLgC9RC/iGDwbnV+tg/hJLnpmh4hPPJ1tz5+v8Xc24E1XfpYkOsNilC+5lRK2ccptuPVGU7eBJK7WKPUMFP0HueIl/gmgbPSZEA9c7K8UIYlGfbvGN4RBayGfDpSQCOI6YOSK6AZ20l4DEDvrv2Q++r9MH2xZWkX9NMMDmY0a66ql4PJGX9/GMukZ6Mpks7Np/POQr0lg+YK9ISb5cxAVYM2qtuW1VMzxbLL70VfYd2ikRRr026NVQ0PTDzSQZR4uYbGCvtbSu8cOcnIy7qAWtstNiL0UiQMC5f9A5JnYYQlI+maKHiKcLX+K9v8rlCbOE9xIlFgaNvakD2yMzBorpZ9Qc3pefggawLRSeoW3ryi7oDC+u6tOyJeSiB/K9IZXPWbHK2aByIB0CdWmcpGY1rHQrSyqgU3hvlY4ts1l2p5qqXiImCMZ/LsE/qufeXnvntkjhz2wrStVOoqkhA3M/JW7kpH2L0Dluv8JpXteXhp39rMgGfHsFDi2132qNp/zNjsg3lyHjPH2qykpS3Gjf4lW8v70Om3iRdgCUiiGs8AuC96cRe+l/Z/WlqmHFfyW2fK73cVawzdbkf4UvWXUWl4i49ZysnNKUtRVBSXU1yc62p96ZzR9Yw4VVlf+4l5qziomRuZfmWLhDjArj+jLbiCuqJsIXtLS2N9sqBi51cnaifBt+Ku7kzd2WuJ2XKzItB1larO+pVM842nCJA6ojDYCho6dVebybJYYyVwzEy8R5cgXKYW9/CFzrjfB1QZHHk97t/SS1NbcxeOkIh3ogURnl333G9BV1JbgAma6pC6spsYlAhMCht3nAueeKf5UEkgpBkbVQEdrMu/yHBwnUK7trPf2+r375+//wMrk/NR',
  },
];
