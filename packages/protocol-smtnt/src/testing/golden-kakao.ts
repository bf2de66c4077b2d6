import { compact, digits, type GoldenVector, hangul } from './golden-vector.js';

/** Alimtalk, Alimtalk with an image, FriendTalk (SMTNT 3.3.6, types 7, 71 and 8). */
export const kakaoVectors: readonly GoldenVector[] = [
  {
    name: '3.3.6 Alimtalk in Korean',
    method: 'MsgSendReq',
    body: compact`{"UserMsgId":"20251122000000000005","UserMsgSubId":"","MsgType":7,"PhoneNo":"01012345678",
      "CallbackNo":"15666639","TranId":"","Subject":"","Message":"홍길동님, 주문하신 상품이 출발했습니다.\n택배 123-456",
      "KakaoAdFlag":"N","KakaoNationCode":"82","KakaoSenderKey":"0123456789abcdef0123456789abcdef01234567",
      "KakaoTemplateCode":"배송_01","KakaoTimeout":0,"KakaoButton":"[{\"name\":\"배송 조회\",\"type\":\"WL\",\"url_mobile\":\"https://m.example.kr/배송\"}]",
      "FileCount":0,"FileType1":"","FileName1":"","FileType2":"","FileName2":"","FileType3":"","FileName3":"",
      "UserData":"","ResellerCode":""}`,
    length: 434,
    packed:
      'eNp1Ustq20AU/RVx14otyXUca5e4hJY0pjguXUQhjK1b27WkcaUR1BgvgiGYuqFQSHBCAgnpsgsv2uJFv6iS/qF39GjrRWd3HnPuY2YCz5DZ6IM5gUMUfW6DCYdB7wg9u4XvYKrCHrfHUn4VoE/Kc+kwNKOq64ah/T1VUAvLUdhJXcQQao9HCGZNhZd97mGTk6Dpmm5UnlS3azvkaTDH6bDuMJX06jadSp34ts+8Ioci32JX5KEYBKxHoZBcX/xar6NP19FiqSrx48/o6zq5XMaLeyWenSWf5/HdNyX+cRutbpOrefzhe7SYR4svJctLZnfRaqVQG1vUB4UesCHju/a+w3oU3CyYJhMD7jW4LcvtGAUt94P+AY7TafJZ6qzTtfHN/3Bxt43uyGEC81BqIz5/ONX0P/rARR7SrFpO7IVCcI+sxxMLPOaiBaaV31Pih1Vy89EC1QJBm06l1y9SHPrOqcs7Aydj+0KMArNcdkv4nlELWBr65SzFgukJld8na4OHXlZbIvl4erZ1CZtU/B8oVWNTNTbVyqaaQ/lPnjLBMtTCAB0H/XwfMJ3+Bp0+5DQ=',
    sealed:
      '3nO8uMZ7dgT/enoGXe2CIttK5X6YtZa7hPrnEjqhsug/CYMWeU8HNZx+Pc5pUh6YP3eingYzxd09k7Qb2n6xkmD2+c/VhrNdrdRx7VzGIjseE5WZxzJLX724S2QYLeKqctzwEXkU44ySnSGrF3+R/oKGQhP13as+YWzmb1SYGZDjgKteMSQzRg2Z6HuszSq5sGYS/37AaNik3NuMc/mcKtRMIEf9MsiJlXlKTi/JkmGH6k8EtZ9qMauojiVmQK1vE2dLGugHvCZIMJJ4nxbDSh/sNeQDgZ5GJ73nFuQp2HdbCOT4ElbbQ+dDp9L+qPaaOIDSIlDtsFp6XgOn9rVREOoxO4IUaId5SaLy+8MbbUIelisyJneUfheiaHmK748rLZlGLGU4sd35v89wsgTTOpwtyJqmOduqGHK9pAOvY6IehMTnwWXCZHa+bwe8Dl07rbD9Zlle1S1Y5ut+rk4i/tHB46z+vHGB4sl65G5TTPJq3i4rO9rQi36A8aooIGspbJ8/1YEH9GxwpEWDogEPszbjMkT/jj6QbMhHE7vNYDgcah4ySXcWo4o/A9YNrRD+Yz7MqniPpmqPec3/L0QrFj6WCgCo6Sh3FKgmEaP4dIBUTgCOzQ7/z5NnvWcX2htIXnW5Z/LOFoR1CTblXtc21TI1YIzvxLa0543zhGGy38koYS63g3bWWM/bmQKfNbaS5cjHnN/MhFKAvxhx1KeGawLsL0taefosVrUBKJGIEsLwQRAHAkXTqIrHM1vJvxKFD3kpho8qTwyTh19b0fxdl1yfBU/7fgUEJzV8e013kkxAQ6NUWm1ZO1qytUDx7+IH',
    sealedLength: 701,
    sealedPacked:
      'eNoN0TeSo0AAAMC/KOWqEB4ukwAN3iNMhhnhPcJt3d9v00775ybBJIfz7e/PTYdrOeS3vzd9KVzY5w6cbv/+3J5Dfv4i0ZvsV4+ZvPBQ2A8ghDgvr6tKhXS0xglTWnMv1lO5fAuUj/QA+qxkxAdiZdTol3RkEbDqi+g68jvXMHaK9/TRdAKOZOi7nI18zp2DeV9ArhcoUkF8XIoWMjjp4nakQXXK1msXw8YnydPtXTC/CMRBBxXYpYURyYJEwdWlmBuBWKgLdYW6a19Ogce09F0ud6IWELkowTwSo2oI46tnaJepq6PL4ofTl0ppw1b1KlRpOiDRDSuuMTfpyXeoq3dnq9gm4rkGvoW08bGsKwrZH6ngluhiQFsoYgooDNG/vvaIS3nKmx4ptmlqI7kwchoyWUliyoIrt8K6vEY6LMyem9+OaA6HScp+IueUm2gnwupp6suwrZZT6aH/KWGVSJ3KkOysxS3QgE8uOUFtLLcvheeZ476eytSZ+XcCksqND3OLaBmWutfvQcjHUoKkO2SF9s7MqcDFbQsxF4uo74rMDVmhq/Qk6QvZJPAkl5amAOV5ljIRFTmb3GxXBP1gk2GQwTKmCotikShx4NhHMRCGQrSWK631xkPrmrZTvZREZjMiociS8jcpzIKBHNAHFxmzIyDRxehTX1ljN1kwI1Dtbs+vmg74gh9otyReatGJiUXm8tP3Ct68bAa9KKPfgizEy1UO+4CKUc18DQ7Ge2kbrhmOeTIWydd2aMmdIomrBOAk2GaIXJooiDQIdDT9zfsYaeJSWS31BqqXL/WxHeWBqRAku7Zo9zWBn2F5z/5TVYAsLtpuOw/p0YTeJM+Sjm3KdqgvgWjGcmAnbz+9EuPS++fIW+z8PH2U+RS+qFxvFt4xommOh00bftBhsYlN5+oLB4PI0u3ff986I1o=',
  },
  {
    name: '3.3.6 Alimtalk with every optional part',
    method: 'MsgSendReq',
    body: compact`{"UserMsgId":"20251122000000000015","UserMsgSubId":"지점 3","MsgType":7,"PhoneNo":"01012345678",
      "CallbackNo":"0212345678","TranId":"마케팅","Subject":"","Message":"주문 접수 \"감사합니다\"",
      "KakaoAdFlag":"Y","KakaoNationCode":"82","KakaoSenderKey":"0123456789abcdef0123456789abcdef01234567",
      "KakaoTemplateCode":"배송_01","KakaoTimeout":30,"KakaoButton":"{\"button\":[{\"name\":\"배송 조회\",\"type\":\"WL\",\"url_mobile\":\"https://m.example.kr/배송\"}]}",
      "FileCount":0,"FileType1":"","FileName1":"","FileType2":"","FileName2":"","FileType3":"","FileName3":"",
      "UserData":"주문 7","kakaoTitle":"12,300원","kakaoQuick":"[{\"name\":\"상담\",\"type\":\"BK\"}]",
      "ResellerCode":"123456789"}`,
    length: 464,
    packed:
      'eNp1Uktv00AQ/ivRnq3GXhNafGuCKlBoBG1QhWpUreMhCX5ssNcSUWSpgIoipYdwQELtpRVIFVIPOXDg0F+EN/+BWT9CfcCn/R4zO/uNZ+QJMBciYs3IPogRd4lF9uPhIYTuAbwjqUba3J0q+WUMESpPlYPqtGUYlOqbz2gRrbIcJk7ukjen8mrZMFFBtj+dALG2NfJ8xEPocTTohm5Q80Hr4fYOejrM9x028AqJ3lP6EQvzjtnNXN6drs/PkMRb3sJAIKv6QxyzIahLv99lt78b8uqLnH9r2OTPaik/3q6//swW82zxw1buLvMY33X3fDbEilcV02NizMMOd1WfHVrRKguIujDNJy6nesScgQtv/oer2j4EE58JKJtmq5X8fH2iGxt9HABP8BGmXjLtRAgeondmEyc/28Q6RhCyAPBol00a8nq1vji3iWYTgdHm0tGzHCeRfxJwZ+wX7EiISWw1m8EWvGc4D2x5UbPoYpP0dYrD7KG3w5MQJ9ELpNZlFOEq2MPb70Gl0rpK66pZV0uo/pDHTLB/i1JReUUUwlcZGVQzdV1eLivhRTIeeCjUQpCfPmSLX/XXt7vqOVh2ADH4PkRl6psdkTT9C9tO/20=',
    sealed:
      '3nO8uMZ7dgT/enoGXe2CIttK5X6YtZa7hPrnEjqhsujrcBUnTq55TIJGsA43jri0Uxf1twJZCyBEF+/UFJcKcD1oxsyKsesszC6vwfsHsvxdpaNB2dhNE3ix6ZcsjXsttybC4dWTSK5jRuGmNIo9J+kCun3PUCQ/3Cl881/grGh5IA/yEIueLBSzF3imrk8acHbEHt0gP6g7kaXX+XcdE1b0M7kMYANxLZiiWxZuVjabiZS3ILspYzA2gSE8ww+sR1ZnwrP8qbSfXfb2ZBjLss0ZCjygKQ4ITPcDIiVQhZPw3QAkf9eGpFmPFP+kvQRbkMMyYHCcf6HFPxWeKjPZGskLHzksCwY4CfOm9q3GxCjWRLXBFpYdZO7uC9YeVRucavpEAqw/69nM2o0S9Usqh/JSDshmUfli/ico13OEqfXvI0jYa50BNessZ5H1C08otn4HplBjdcvxOhN41tgwJpiRIde57LPoTvtkNFuTMIOIXKQZGdFPy4sL2CzLZQifyjR4y46AbccByDrBpDNEq7XoM37me7lkc9GNFAkMwmBN9mM1v7D5uureF3Zcip1/L96ckBMKmCH18D2vXBEh6u4bU9+oD188VpWM2jxSb7aZjSf2qmLBrv/PfimoMR0z6kIu6A8KM9f7EqbS2Jkshvo1NL50OGjVw+fNmDLpg6NhiDf5s67Nxbt6nXWpm+pLSm6MTNW2nND2VTUCA7fhy+mM/cmSn8ntRX5FIb8BRNO1UxpTqG6DSMJBaX66DZxpsaVEuIVMlCrBXJ0TBnr3yfSymk8aWlfZZn0HKgMO51X/F5GCU2ABk3QlexiJ8yqBBR7YN3X66SIBlEI2ywLUBBuSS2zBi/6wgLH91+fl9i2ZmMiZQAEG2Jvg8m8Majy/J+idCuuFBp2FOPIL96mYyc56E9E9A7egY66t03oiEXZIPQAg7tXPexVWWRi2rJkC',
    sealedLength: 801,
    sealedPacked:
      'eNoNkscWokoABf/Fre8ckqTZ0WSkEQEVe0dOEpvonPn357YWd1G3/p6MLEqz6fTn7wlmc9mnpz8niAs/61IvG0///juBPj1+kOluwgIRnxYBkXW9Hma0bM7zlQ2594wivnSnTq3HEi/1lIBHF4wsG5iWjqULU08V+dhzat4sJB9A1c7EQ7OSa6JQ/Y6PK84w/srcuuXYwOueDpED6LR0VKbaOZTgOsTzfMTyJX0F/pWtvUVvHbMXrXMjLx3jPuQ7wcgfQaCIYtJL1pSIQzWXzAb+V2OqdmqEKDFi1ZjJwuUKvonC8BwmqUrFJOQb+Jac3UZV9drR8qyjuEI+Y9p4eH8luvBVYdvO2KNQt02uMMZ+HuYxjUBtY0wiuT6K6/1iBm6imNXzXiJ3Y+5Sk4uZPmitq7nnZr17cQPh8TbkJOcMzd1f2bV2kY4b2/g2WN7eFzm/teLI6Ltcvzw7BNrwTtGNX2TxnT29JYnWQZXGjeDEDtI96YsPPJaE5Su4bB/5pyKqpKeYmzrm4WqS9TtiSeD8vCLWoGRS6OfuYgwfUKfJut9K50LNxWYNlWemGcvbbh+sc+NoSwDNmxle70hPNfe4YJuWvza6V/lRe5fjwklxkoBDmcCgOOrIhz1k+DbjP00i6o4mNXBrgSO2kFp5hV2WKdMYlFQDRdgilzQAXlvZoASFXkOgltxyiR/iuVcoQXgOL0jXux/zEar9nB5bG0wr4eZV20OP/HKNuXCScIVizqu/E2irweXaU47Nkje9fm7n3GkVeyg4p6yUnMUc7+zxzHXha2jPg+23HAycF905Cv0MHrLE5+VxbiGRtH4ndLMXspoZC8BzbtRjH4JR5xQfWiAKOU5B+4Cjp7qYT/iRJxBaZAC6iTly/2h/bb0+OUIdaVwLeGOpkNBYXX7QEmiY+yfbK0s4RgA8/u0wvzHfBB/VpI/NfgCw+D79BRXBbYVtiNQ5/4gVjVpYobuk6rS1FkIrwKg+COtcpfKyaGCgtZtr/nS27yNhOVVURYnPijfHzSTTV2qITPcuFfwcutn+fL28ip6sRj79+x+Bwkx0',
  },
  {
    name: '3.3.6 Alimtalk with every field of its type at its limit',
    method: 'MsgSendReq',
    body: compact`{"UserMsgId":"${digits(20)}","UserMsgSubId":"${hangul(133)}!","MsgType":7,"PhoneNo":"${digits(20)}",
      "CallbackNo":"${digits(20)}","TranId":"${hangul(133)}!","Subject":"${hangul(66)}!!","Message":"${hangul(2666)}!!",
      "KakaoAdFlag":"Y","KakaoNationCode":"${digits(4)}","KakaoSenderKey":"${digits(100)}",
      "KakaoTemplateCode":"${hangul(33)}!","KakaoTimeout":9007199254740991,"KakaoButton":"${hangul(2666)}!!",
      "FileCount":0,"FileType1":"","FileName1":"","FileType2":"","FileName2":"","FileType3":"","FileName3":"",
      "UserData":"${hangul(333)}!","kakaoTitle":"${hangul(66)}!!","kakaoQuick":"${hangul(2666)}!!",
      "ResellerCode":"${digits(9)}"}`,
    length: 492,
    packed:
      'eNrt3L9O21AUx/Fn4c4ZnBBI7a2kQkWIqIV06HiJj0Iax5fa10OEIiHaoVIZOhSJhU6V2oEhA0ulPlHtvENtY7dkoBNCiH43X/8+kv8c24uPzpF6LtqXSHlHakfsgfGVp3bi4Z6E/q68VbOG2jD+tIhfxRLlyVYhmq3V9tp654nr/N1SjZrsJful+jU/Tk/O049f04uf6bcP6fxzdnKZnb3PvnzK5t+zH1eLd8eL09PF2TnyHuRKXqG8Ov3poSiv01AvDkwoPXN7Obs6CPb1YPwv0490SLEfZrHz9/CNDOyjKc5K+QRLHOuh8MQhkUgkEolEIpFIJBKJRCKRSCQSiUQikUgkEpnL8mf6th5r89TfDPRQeep1vaen7ciEXeNL1fhRB0VbkETbMr2lIeSut+rj9mVyGGgr1Sndwx36c3f6o4mYxCrPdZxO03Vba+1O23HdZpVvJNaakHYEJBKJRCKRSCQSiUQikUgkEolEIpFIJBKJRCLrdoTNUSBdk4RWec71qhhW0VSeqsKentxcFmlrOW0tp6vLabUs5pQ801bz1x6J/B9k8XUZX7fz2EAe10SU8rpeJqPBmO8ZEolEIpFIJBKJRCKRSCQSiUQikUgkEolEIpF1F9KuxBIEEt2Yf1JOI1Gz2W9gfDqb',
  },
  {
    name: '3.3.6 Alimtalk with an image in Korean',
    method: 'MsgSendReq',
    body: compact`{"UserMsgId":"20251122000000000006","UserMsgSubId":"","MsgType":71,"PhoneNo":"01012345678",
      "CallbackNo":"15666639","TranId":"","Subject":"","Message":"홍길동님, 주문하신 상품이 출발했습니다.\n택배 123-456",
      "KakaoAdFlag":"N","KakaoNationCode":"82","KakaoSenderKey":"0123456789abcdef0123456789abcdef01234567",
      "KakaoTemplateCode":"배송_02","KakaoTimeout":0,"KakaoButton":"[{\"name\":\"배송 조회\",\"type\":\"WL\",\"url_mobile\":\"https://m.example.kr/배송\"}]",
      "FileCount":0,"FileType1":"","FileName1":"","FileType2":"","FileName2":"","FileType3":"","FileName3":"",
      "UserData":"","ResellerCode":""}`,
    length: 435,
    packed:
      'eNp1Ustq20AU/RVx14otybWTaJe4mBbHJiQOXVQhjK1b27WkcaQRxBgvSqCYuKVQaElCAjHpsgsv2uJFv6iS/qF39GjrRWd3HnPuY2YKz5DZ6IM5hRaKAbfBhFbQP0bPPsJzmKmwz+2JlE8C9El5Lh2GZlR13TC0v6cGamE5DrupixhCnckYwdzWVTgccA/bnBRN13Sj8qRa294hU505Tpf1RqmkV2t0KrvEd3zmFUGU+Rp7Ik/FIGB9SoXk5v2v9Tr6cBMtrlUlfvwZfV0nn67jxYMSX75JPs7j+29K/OMuWt0ln+fx1fdoMY8WX0qWl1zeR6uVQm1sUR8U2mQjxvfshsP6FNwumDYTQ+7VuS3L7RgFLReEfhMn6TT5LLus27Px1f9wcbeD7thhAvNQaiN+uzzT/mR3hi7ykGbVcmI/FIJ7ZH05tcBjLlpgWvk9JV6uktt3FqgWCFp1Kr04SHHoO2cu7w6djB0IMQ7Mctkt4QWjFrA08stZigWzUyrfIGudh15WWyL5enq2dQnbVPwfKFVjUzU21cqmmkP5UZ4ywTJ0hAE6Dvr5PmA2+w0qauRn',
    sealed:
      '3nO8uMZ7dgT/enoGXe2CIttK5X6YtZa7hPrnEjqhsujmJ7rCc4bYXt4bHk2YlLDcP3GvpQfH9Uvb/hEYfEFWmsOAP7gAgPGn4WG5VEcM1NoxaVVVy4z/ehOOcOrN8gI7hvH6qzNAfDMogiJuZf/mZ62xVRZ8j+FR3m0YLUdXzUQElwXkO/FaA1Q0y2Thu5FtG8YjoLaUbEKuxQSNQlxznmo9L5HAQyuyD2Sq80gbFhiztKzRfb+W94sSHg7BR6xF3Ysp/BS1QinnbRiDSGeSd9H6xvY8liDIJFvKCtALDZQicrA73jF9GKwqtImQ/mgxAZviNVfkFtddnlaBcDQtD89aFRoVYmkMI/FwHg6aOw4FmR0GyE/V+9/okzholEop7xCJAMDvszY4RGb1SzJmT78WEEUQvGHZcD3yVThtrd7/mpWpFVX26XQ9DkSaJDk+qVvCkPCNxC3DnMqE0v+wZYe+7whkt/mGzFGQNiR0beOAOscV4BsxLIpioyTp1t2x2ihXV33UR+84KsIdpv4Vz8XUCzxyzvNWVNoGVEo7g/sAZg6dZlly39WGctXldF6GL0MUiNB9gJUXzYdbSTrXseA+PpjgCnL/x+c5ClTgEdnO+ChtKK+LiqJpJwsdsdAK08rLxVeh0NSSzEp3r0mm8cQfwrLq39lWndUd1mOXaH2rskSe0zwguoltZ817zdAKb6WpTGtumcUXTyCkdIguzu+623Wxs7+NLl8ompOmjGrfhqwdcXNry1761I7vUoJdvd45PZbhVBxt/Bqy1k18ltTMSBp5989ZqnBndH6zNLmHK/R1UI1Chm0Vxlf1Rz8X',
    sealedLength: 704,
    sealedPacked:
      'eNoN0Deuo1AAQNG9uGUkwGDCdOQMJocOeBgwOYev2fv89kqnuT8PuUhBMT/+/jyMYq0G8Pj7MJbSLXrgFNPj358HO4DrN2K9RW1GQoLSg4t+kKLiySnrqr0iIl6TlKzecy98p2rZvp1KzlyOZ3G04pncPONW5/M3Ju2j/ZFpf8/gSog/ghh2i8W8yZIp31KPh9IrEHIDNYczDYLgwm+4qCwrt2aTKhWy2mViuk3mwxtDWatb8oG7hHiegZNQX0h0sA6JdR9Et28L7RE1FiymDGoj19Ortpe4SlT8HfTUzwRtO23XtNvz7ruB1l8yY1/bxT/diULKTKzqe9Vu55NBIY0vrlySrEOcIhYvI8y6qF33febUvCsVLqBl4txjqq15RRV3jVsZnU/sOp8ZEvuKtKQd06p0NtyVJ5PstRl8GnEFoG9TNuftlafoVHSGIO4aQ4HFQy6J1DpwsXMQ6RLgAKLhobmroRWGkTw5lTH4fblj3JEy1L3VziOpUBB8e5fkJOexK/CqdQYk3I3hKAbRk4hsmm/cVOUbaAp2rnlz5slhfG9MArJDRxIXEHlUzQp30i1Ktlk7SFZYjLXkAc4up66M9XB5I7o+z2ddRQGG+Q5E4dqigHHHg5uKfO4+r3s3w8AcpEAYyBJemKQkQNK2F0aHUr5GLRAJSUcMvzZZulT96I5B5npztBQM9B6/Jdfr8AnlL671SgH0FsRVq6ZBej2po3osYAGMhlCzfgZFhZiuewsjNiNdR+X255j1CaPbsAc+QDsrSuXnvDRugdxHuQ3tmlAoef/6jAhHT1q3Lvcj7+IaoJTbvUHEEwvPhYRMvaWGbrS6rzR/qukAeWTOF0oSqELu/qCCHeCvd5JVAXuuMDtdaINS7eoZLju+aIpOpp7tgUzcpt7JGuygvoJyVYcEZ/tBnd9Rj3//AZufJyc=',
  },
  {
    name: '3.3.6 Alimtalk with an image with every optional part',
    method: 'MsgSendReq',
    body: compact`{"UserMsgId":"20251122000000000016","UserMsgSubId":"지점 3","MsgType":71,"PhoneNo":"01012345678",
      "CallbackNo":"0212345678","TranId":"마케팅","Subject":"","Message":"주문 접수 \"감사합니다\"",
      "KakaoAdFlag":"Y","KakaoNationCode":"82","KakaoSenderKey":"0123456789abcdef0123456789abcdef01234567",
      "KakaoTemplateCode":"배송_02","KakaoTimeout":30,"KakaoButton":"{\"button\":[{\"name\":\"배송 조회\",\"type\":\"WL\",\"url_mobile\":\"https://m.example.kr/배송\"}]}",
      "FileCount":0,"FileType1":"","FileName1":"","FileType2":"","FileName2":"","FileType3":"","FileName3":"",
      "UserData":"주문 7","kakaoImageLink":"https://m.example.kr/그림","kakaoTitle":"도착 예정","kakaoQuick":"[{\"name\":\"상담\",\"type\":\"BK\"}]",
      "ResellerCode":"123456789"}`,
    length: 490,
    packed:
      'eNp1Uk1r20AQ/StizyaW5OajutUuocGJaROVUKoSVtbUVi1pXWkFNUaQtmkxOND0EAg9ObQ0BHLQodAc/Iui9X/orCy5EbQ67bz39s3sG43JE6AOhMQYkz3gfeYQg+xFvQMInH14S5IaaTJnJOnnEYTI7EiFrurrmqbr6urTNkitlBzEdq4SV8didqY0kEHUHA2BGJtajTztswA6DBWqpmp648H6xuYWilrU82zaHSwp/R5jhjTILbOriZgfL04/IYht3kCXIyobQBTRHsiu3+fZza0iZl/F5EKxyF16Jj7cLM6vs+kkm/6wpLpNB5Q9crY92sMbL0qkQ7nLghZzpM+WXsIyDAjbMMonLqZ6SO2uA6//V5d3TfCHHuVQmGZpKj5fHqkrb9P1gcX4iIZaIM2YcxagdmwROz9bxHiJRUB9wKNVmCjiMl18O7VIzSIcs82pw928jkPvyGe26y3RPufDyKjX/TV4R3EeWBuE9aWLRZJXCQ6zjdoWiwOcRF1Wcl/aMlxZdrD7vVKyepXVq2yjyhal/EUeU07/LkpGNZAP3/FxgbtuMEDunxPf/b7Nfs5LuelyL4/0y4lIrxVxMRGz85J8Frtd6VPJTXx8n01/VQNrtmUCeG0fIvA8CItFrdZKkuQPFFMXng==',
    sealed:
      '3nO8uMZ7dgT/enoGXe2CIttK5X6YtZa7hPrnEjqhsugKlA6AH5j6prTPXMSVAoUzXxpN2tsg9fVhYQtyxAXhRtUiJF+cT+jaqBQ+M5hpSivmq/mlNiE90W3ZZT5E+/qWMRjxsOFZ81zTtbuSpJAVyJupgrWJ0BnlwqjkwjrhIugyY3ltCcIvBHeOepASpbRCflmcKcjuUeohNUSF2sVGj/WBrawXJKHXiZij97ZRZpIY5kxFgWT/0hqkPNDcBBbRNAi3LhPFE0YdaVYW8cXxqn3CxRz3Rx6qMTZzk0Equ8qpKD9oTB7fEw9K7XemaBCnLHysxf71qkzZ6WMeSfgULB49OtoxA7LL2gWaTkaw0dqCbFQ20APHiKgP4nUHi1mS4fiFU6mus8YPwZ87xfhVM+Gbeu1/akuODaitmK6hdNf6WpCV5WqvGkiHIYY1vq9FfQu1F65ulDvy4eFTdcJd+S5dIxnYDt0360dBgjgDAe3L41siUjiymdRGE3J53HHG2h6t4mvdHWydBUaIrN4UEmSXOXOWz0gakr+qn3BrcEekJ81twbd8A+5MGlVAXhKYm4V+8ekfMg4R0+5CzOe80lO3PNnKyR8oPPz7eQ1xW1BnRfzyH3ire0vNMtHPad/wAV0kVlxSU5aIPTId45iwq92qaeJmMcsXfrmHxC8n8l3VbYTVCFA8JXsO0fGew3eNogfh6B+LWV1YQtJPWAbGa/uNh4eK8voTDobWmOJerr2sQ3GhSNyo8eYb/rR/+q3pp1J4wDDfNFh3YogUocMlGb989t1h2tEPFE3wsNI5nNfMmYpe4GLowEEHa3IYr1xT7/cBlWHjpYPscBhR6lLPlUhz4gPHZKkvatjBImsg1gEXbGmHsdKnxcFRoaoyLbFR3r53Sv16mwzBCWYffv446Ziou/6x5eqU5M2QeUzTWbc3dsPM1h7krYTy8sMrTPgcJNqWcJU9GpQwkJpSGVCU1WagKMxfhYgf3eU7swRtlvvhMwwh9/mIcJyupWiHbet0',
    sealedLength: 847,
    sealedPacked:
      'eNoN0zcSo1gABNC7KGWrAOEnA4QXCOEhw3y89zA1d1+lHXa//vuQQZyB+fHn70MHazlkjz8PfSls0GcWmB7//ntwQ3b9Qqz/0JseUVnhwKAfpAA8eWVdNSIgwzWKqdKce6GeymUrtJYlWZmoyXF2zEC3PXZw7+Acjee6FEzuleF3vU42KK3VrVQRSh2ojifuC+lEOdrV3k1w1xqVwCA+FkUOIUDw5OtWfS4fMaLR21mTzR5V1rvUbSxmX0W4vj2mujnquVS24gqxduVTZedk8AEja4+Jxedtl2ppvblgKA3XFp+LJ9Wwz83xEaiaHFRRVTNUZEWjEhLNKRa+AyPl1JjGK+W4xDLYCnuXpiggYRZ7oU+nwTn1GH9aN2ad5KQ70d0gwrTR06i9mMHhqFw4GI0KQBdzfP+Wr+XMKXRq7oj0dWDnhfvmcOazDidLvd/Pwo+dJj6QbOIT8ftEWFOutMLEe1eu0M7G80p0yW5b6NA8Ipo689LTISkBGwrHzfZ5xdXaaWSZGTnpj7xH+NMuNZWshCG6T4yYfzdUJImtfe0XDkQnS9UMsolMOfvwtSIYiWRcURcvFmBvHF0qt66uLrMkAVMJTJalZ0mueLdnsn9lnBsrs4G7QmcHn+Dj30gRNzP0q4ObUwE0Ko2uR5LRLEToUuv9ltbCDvcgGjS5XuAWAhH8/QE00n4w0+i1y6IH07wp8EVPH+V6K78vGatmgOyGvspmnMEH6yGN1562S8SK6SgZTlTHxDynGKidni5BPnfyydM93WJeEjoeL7K0GiwfJJfAgQFjKPKS5KC376E/fqrps4kUw5tR4kCj98F5DYnffVQwz8/li0mlbVwDDcIEni0YmrBxRFX8eL1yQyyxcCjcIdVbKWFoZkXL5yr8YGDHYihEb+R6F44Al97DIQhyjCnhjJ4OBadc68v1GJpLypUW2b7N1i1vvDDlSGv2eK05pVsKtBCCROrkJdP6MxWtIR6udyJa2Exg9o6S3XFzvB/m+Y7jZFQNG0yeBJhcQn9+gXs7fpJi2WLqaEk1c+hc9KL/XlikqjH5qeoy0vg9GnW0JY93UT8uNP0nKSxyDLjUclhru++lfhwlA3dKql7b6FdyAlbk8e9/IVFpEw==',
  },
  {
    name: '3.3.6 Alimtalk with an image with every field of its type at its limit',
    method: 'MsgSendReq',
    body: compact`{"UserMsgId":"${digits(20)}","UserMsgSubId":"${hangul(133)}!","MsgType":71,"PhoneNo":"${digits(20)}",
      "CallbackNo":"${digits(20)}","TranId":"${hangul(133)}!","Subject":"${hangul(66)}!!","Message":"${hangul(2666)}!!",
      "KakaoAdFlag":"Y","KakaoNationCode":"${digits(4)}","KakaoSenderKey":"${digits(100)}",
      "KakaoTemplateCode":"${hangul(33)}!","KakaoTimeout":9007199254740991,"KakaoButton":"${hangul(2666)}!!",
      "FileCount":0,"FileType1":"","FileName1":"","FileType2":"","FileName2":"","FileType3":"","FileName3":"",
      "UserData":"${hangul(333)}!","kakaoImageLink":"${hangul(333)}!","kakaoTitle":"${hangul(66)}!!","kakaoQuick":"${hangul(2666)}!!",
      "ResellerCode":"${digits(9)}"}`,
    length: 508,
    packed:
      'eNrt3LFu01AUxvFn6Z0z2GlKsDcaVFGVRtCagfE2PkpNHLvY10NURaoKAxIdGKjUBSYkGBgysCDxRNh5B2xjl2YoE6pQ+998/f2kOD6+Xnx0jtUj0b4kyj1Wu2IOY1+5ajcd70vk78lLNe+ozdifVfGzVJIy2a6E3V3vbdzr33esP0eq05L97KBWPxcn+elF/vZT/uFH/vlNvnhfnH4tzl8XH98Viy/F92/LVyfLs7Pl+QXyBuRaWaGyOt7sSJTbtzvqyWEcyTC+vp4DHYYHejT5m/ESHVHt/7Pa5UZ8ISNza4qzVj/CkqZ6LDxxSCQSiUQikUgkEolEIpFIJBKJRCKRSCQSiUSWsv6YvqMnOn7gb4V6rFz1vD0z1CaIo0HsS9P40QZVX5AkOzK7piHkXx+1v+vJ9CjURppLuoE7dHl3vGAqcWaU61hW33ac7kav37Mcx27yzcyYOKIdAYlEIpFIJBKJRCKRSCQSiUQikUgkEolEIpHIth1hKwhlEGeRUa71e1VNq7CVq5pwqKdXl1XaXU27q+n6atosq0ElD7XRfLVHIu+CrN4uk6pdZ3uqx/I4iCbsfSTyTu19LzCh3K5pSPX/epoFI95nSCQSiUQikUgkEolEIpFIJBKJRCKRSCQSiURediDuSSphKMmV2Uf1JCI1n/8CoQEDeQ==',
  },
  {
    name: '3.3.6 FriendTalk in Korean',
    method: 'MsgSendReq',
    body: compact`{"UserMsgId":"20251122000000000007","UserMsgSubId":"","MsgType":8,"PhoneNo":"01012345678",
      "CallbackNo":"15666639","TranId":"","Subject":"","Message":"홍길동님, 주문하신 상품이 출발했습니다.\n택배 123-456",
      "KakaoAdFlag":"Y","KakaoNationCode":"82","KakaoSenderKey":"0123456789abcdef0123456789abcdef01234567",
      "KakaoTemplateCode":"","KakaoTimeout":0,"KakaoButton":"[{\"name\":\"배송 조회\",\"type\":\"WL\",\"url_mobile\":\"https://m.example.kr/배송\"}]",
      "FileCount":0,"FileType1":"","FileName1":"","FileType2":"","FileName2":"","FileType3":"","FileName3":"",
      "UserData":"","ResellerCode":""}`,
    length: 429,
    packed:
      'eNp1Ul1r01AY/ivhvY5tktqtzZ3rGI7aIltFZBly2ry2XZOcmpyApfRCClKsMhhMurGBQy+96MWUXviLTPIffE8+1F547p6P87wf50zhMTIbfTCn0EIx4DaY0Ar6x+jZR/gaZirscXsi5WcB+qQcSoehGVVdNwzt79kFtbAch93URQyhzmSMYNZUeDrgHrY5CZqu6UblYXVnt0aeBnOcLuuNUkmv7tCp1Inv+MwrcijyDHsiD8UgYH0KheTq46/NJjq/ipYrVYm//Iy+bZLLVbz8rMTzt8nFIr69V+IfN9H6Jvm0iN9/j5aLaPm1ZHnJ/DZarxVq4wH1QaFNNmL8kX3gsD4FvyiYNhND7jW4LcvVjIKW+0G/iZN0mnyWOuv2bHz1P1zc7aA7dpjAPPQPPXSRhzSilhN7oRDcI8fJ1AKPuWiBaQF1Hb+7U+K7dXL9wQLVAkELTqXnT1Ic+s5Ll3eHTsYOhBgHZrnslvANo8pYGvnlLMWC2SmVPyBrg4deVlsi+WZ61puEbSr+D5Sqsa0a22plW82h/B77TLAMHWGAjoN+sYbZ7DeK+d8k',
    sealed:
      '3nO8uMZ7dgT/enoGXe2CIttK5X6YtZa7hPrnEjqhsugYblZr0DgrPNCrd0bF2SFWl2qNb4EKlIn8wCagyQA9VR795j2f452kGxSlo0PSFtS+gXUnSZcGFyYgOH13KjlGSZdwo+NAUYJnJuPhbmXjmTb0kP57+7nSE7McX5ujPdx6PT/EGWJyFRnDX8adj+xU+W2F8fkgQMvMqLgqSqsPywewOeaSwWXpktCzsok+aXzMHR6UIMZRCQkskmAFtIIp1wtmdjI7p/0LsKzdkLw2k5vviLiHj0B+1lnob0rj7nPITJFjEl/5c5k3gZ+7laqvlVotCDCPJMijnyWKKlXeqqcl12/1t1UlU92jnBAWGDWelUvPVz5G1loGcIrJ4iErY+IPO2Lk/OyAqSKPYQZWYY9ZUp55s3Lc1WaPxRTnyOVIaX91dmyP/vewwz1UhuhtzyIOVG+zwSS3siPNuaWO/qlXlBxYET7hb2rESYVQMdNbBsBedRFRW2tAWE89PK25Ho3KWM6MGR9UJFmy0fysPKLyZdPVkECIUFFMFKsgOo99oaYHPOcyH9+ave99qolUCTDTOrJ2P/ojR/L1I8/37PBxthv0HcS84tTUNNklAJtgo1Yiom9V/ZVOCwRnfOCZkqNAvb6pq/bHC7IhSOoB4EIsz2yKrqpAZ2VtSXjpDYTTmGitqbcAAt3iYtRnugrAF9YuIo8QEqBZfttjJwBB2dg9iwL4ih4V8ukWIAVU5DxgC+2GogCINV2J0R6kNjyXrw9sj3PwYYUPE2QHsGIX3C11+9TNUofMVGk6C39dmV5Cu0MjP20peZin29Wb8TnY',
    sealedLength: 702,
    sealedPacked:
      'eNoNyMkWa0gAANB/yVafgxJB7xBDEVTM7AgxRgUlIu+8f+++y/vnZNZFVS+nf/+cnJq0uDr9e3LWJqinyq/n099/Tgqujv+Tmzxxc3KhakK6nrCR1kCFhNh8eslIXggtWiatn9t1a7JyzBfm2izIVZeKKXUQ6MkIZrc8a/YIJ3FXi+a4y1LsCxLfg+eZB4PxDUbMoEAnAdWk0RTkD0M/ssYzWc7uRyPIqx1Trhxl1mRtqC1faf8KS2ZAvEAJU6AJziPltx5V3wsKac1IrEP3p2sqFlVPfSMqAbr4HJq783HmWzMH84qOvd69ugj2JH0PRP2teKCK9OeY/iWCTu6r92EdXrJOIHyzO3lVPRTeNHNb7V813HYw8J9Pd+vMnlEodpxwySy9MCEYWnqvjTT/4AeuySlhLObPGGOiXlVkOV0/HYltj2k9z4+RBTRL2GiMJNBPipwY16Qeow+Kf7zBjth4wMU6d9qSURB54DbQ3iHPgY2ye55kmZRHb55fuduDTQr09cPp8GJYpBJbvQ5Ef+p9/7FRu7Xkd0AvNqjfHgTc2iF3KxKPnsd0VL6ZFgptCRYtyOK7U7mlsip15et+AoicaKKEbMCbmLMT5+IYvhRZ+utgnseK7NuRVygeNBVGuu7o9tp4WJJwkZnIexymRBWfWpJmPEZqeA29xQKIxr1P31go0pyAlC9pP4z5CMQzCSPXHUbZIg1msw6/pJjOY0/d/enpqfkwu/KnvLxnujRVAbaBh5WzBtcfOOxlfss5iEmQ9u9rFoYvoyNz+ZBlwnUZ8aetWWRdyjaIxbs2K/mTkN7aFQVUjdTtt3PXnmNxGxIoxxF//TYqBQzcqNCNgcX4l8Htj3TZpbXn0J5lEdLA3VwNmHIqy1JS6Eb46cTGcFE5qXrFvLoxTo8A867zbgJSUorhlJ3+/ge1WCQV',
  },
  {
    name: '3.3.6 FriendTalk with every optional part',
    method: 'MsgSendReq',
    body: compact`{"UserMsgId":"20251122000000000017","UserMsgSubId":"지점 3","MsgType":8,"PhoneNo":"01012345678",
      "CallbackNo":"0212345678","TranId":"마케팅","Subject":"","Message":"주문 접수 \"감사합니다\"",
      "KakaoAdFlag":"N","KakaoNationCode":"82","KakaoSenderKey":"0123456789abcdef0123456789abcdef01234567",
      "KakaoTemplateCode":"","KakaoTimeout":30,"KakaoButton":"{\"button\":[{\"name\":\"배송 조회\",\"type\":\"WL\",\"url_mobile\":\"https://m.example.kr/배송\"}]}",
      "FileCount":0,"FileType1":"","FileName1":"","FileType2":"","FileName2":"","FileType3":"","FileName3":"",
      "UserData":"주문 7","kakaoImageLink":"https://m.example.kr/그림","kakaoUserKey":"사용자-1","kakaoWide":"Y",
      "ResellerCode":"123456789"}`,
    length: 465,
    packed:
      'eNp1Uktr20AQ/itmzm4syUnj6ta4hIQkpiQuoVSlrKyJreqxrrSCGiMIhRZDcnAPhZJDSWhpCOTgW3PwL4rW/yGzergxtDrt99iZb2c0hh1kDkZgjuEAxYA7YMJB3D/C0DnED5DWYYs7IyW/ijEiZVc5DM3Y0HXD0Jafvgn1ynKU2LlLXp/Ky2mtSQqx3dEQwWzV4eWAh9jhZNB0TTea6xtPN1vkaTPft1nPKyTjkdKNWJhXzK4ncn66OP9MJHV5jz1BrKqPccz6qJr+nGe3dzV5+VVOvtcsuJ9N5afbxbeb7GySnf2ylHuPeYw/d7Z91qcbnYrpMOHysM0dVadlVLSaBUZ7OMoTl6meMbvn4Mn/cHW3i8HQZwLLokvaDZAnlL2plcxWIgQPyTK2wM7PFphvCIQsQDpakM1m8stVTV7NFhfnFtQtEDTRXDrez3ES+e8Cbrt+wQ6EGMZmoxGs4UdGMXDNixpFFQvStymF2SZvmychJdEKpLakF0kV7FD3R1CpxqpqrKrNVbWE6sd4wQT7ux81IU89fDegve27oUfaPxPf/7nLfs8ru6pUrIK2Ki9u5I/pE70Sj918yq8JH2KMvo9ROfjlmiBNHwAEUgLX',
    sealed:
      '3nO8uMZ7dgT/enoGXe2CIttK5X6YtZa7hPrnEjqhsugk4tS74r2j/ifmGOZeISkPL0UGfpvH2nA7SWqjtmVlYduytKxspR5pp30IMfRdODNo0Ak+smCcJCqc8KoknLt4o+/XovCpkSQqguVqmnoi0gihQlkHpNZE8agXPgjD+VVi55L9S00XCOBcy91U/MzZ/xUYkCcfayk+u1lDy7OvxM34UtukYbJTJ6UY3YtrB9xnq1uCo6jMTs+tuuseiA37Zbi3IKEtJ0rpREqWgpjj7FbyCd8NdfoUWpZ0whY26uoI5idgU2Ypn3bC9amMnGlDTzs/MEnWN6MorkFqWnX0f0nSWreW04Zfwx6UBfSEStNAJlgASGCpUGyFgMDgyvU8WdEj/jg7uhUrqZDr/giY7zTukoh6iE5dat0eKMokg3dGYIEOGR/rEzRZrVnN9ozSPlLsUZbr8bZiC700DJpGJKugaWXWFMndhLrndEDc+e3xAB+Oc1UlGW+zhIbKnJbqIZrVeCT70t3cblqVuQksMcAB6hcOGPp8MgepPk3ScCSevvZNV40W/FSEu0bBGuw+MZcUa6jRhs926Lu4wViEaqCosYhUBsVufbsm45OCP9ejWQWGRPU8M84hU3OtIRvODcWYLT2eKu0R6fdNQZa1TZtzQRXBi4NyELCKWuxhVEHmQ6yaEKIHVloExJ55cKJ3uBeeEYiHtLtVO90uNdHiUT9jZ1iNOkHxD1qg528I10YQvBQJHBjBXe3VoWJD2ySLe3t+gIliD+c6bZe3Ikp/RQMI0yGWx1zzj/7SGQPmICLdI3o/DK4OGRlRfzGlsbbS8YxZ/6cVz1zSH+bwgwB3+1GIxcIoMG3KaAqUxalUMA4ilc1Ca8jdtvvdtGXA/dblV535FCUcrtCIcaFSibSyup9vrI71Qxa4sZmAP5zwTDmYNbJpg/Z+bsoidQ+hM+hA',
    sealedLength: 801,
    sealedPacked:
      'eNoN0cm2Y1AAQNF/yVSthWhTM11EHwRhhqsX7b2Ct+rf603PYE/Oz+VRpKBYLn9/LlYB6xFc/l6stfKLAXjFfPn35yKO4PiN1ODwyEo4UL3wYhjVd3GVNAgN5s3GMEm5+rkMSjvXK6o6GvocvVxbvCk/qpMUmt89TSJQy2l7XAeB86O5hZ+wjwE6oLGvk8dME0VoVukBR7ZHQuiw9SPlujTnvDF2gwnpEcPf4yZNne/OFQrnzzA2RNXUbt89JjtR+LR6P6tWxsKwYRjz5hPEW3LE/LiRAW6dCb4HcSflZXp0GCJ7+eCcbbcoOoCoizP9pbNBTMVwEW/7MJNIGtnWeq0YRGgtGoHikqyhNEOBOrFMnjJH1dS23D07JMDboByDaEqIbx1fWTRqTAOq4BpPA5VJt/RjDWovv84Vt5QhsllrXLr7HA1voiQGP1qKiKCT8ruzgVj6ig9tQe8rwVelKVCPe2XJ1bEFfASUFm8rDtXBMifygldNzJ0v1I012ygMSCFRGNbYVRRQY01xVA9flNNLlnCwb+PpP3tzDZJs4bOkkTiCkPVJ1Q1UpdE7ulsDqM1lAIqcYwW1CyLm5GTQqxF21lpmDHo2a79SIb04AlJ51s8hcrvVygWRrXNHfU68VRXTs6P8XPKLbUvskCYi/O4riMhEFX0xK8mDlG29er1dWRPR37BR0lka17gOxDVEZbZ+aMaRnreijdxI9Z4Bb/F0HVAO1LzNkfMoNl/XwkCEx5bAdpOUfCXwdL232ND2oZiSEaG9DpXHx2WPVDG0R9iPyq4zTG7oFBKLQombBzRh6NwIZINHE7xubUI2ttM9dpmcK+bKayQRu5vo6g+xFd8FFY6RLl8P3ywoiFVa38hYzmZJQWndhHuupRGHGu3kebY456vu86NJJtCoEZcN+vdB75Wn2q9Z5vPxnuBsHp7k6T+w7Ft9RQojVW3PtdFSKSMV5mBP+8AS6KbPSSnlWwC3DUD1LeAg60OGYu5SkC9Q0vL07jeZf6Dpti0aR7p7Sq/JR3gy5/clf2I706cKT7BsHRvgYrWF1cLl338fuVGp',
  },
  {
    name: '3.3.6 FriendTalk with every field of its type at its limit',
    method: 'MsgSendReq',
    body: compact`{"UserMsgId":"${digits(20)}","UserMsgSubId":"${hangul(133)}!","MsgType":8,"PhoneNo":"${digits(20)}",
      "CallbackNo":"${digits(20)}","TranId":"${hangul(133)}!","Subject":"${hangul(66)}!!","Message":"${hangul(2666)}!!",
      "KakaoAdFlag":"Y","KakaoNationCode":"${digits(4)}","KakaoSenderKey":"${digits(100)}",
      "KakaoTemplateCode":"${hangul(33)}!","KakaoTimeout":9007199254740991,"KakaoButton":"${hangul(2666)}!!",
      "FileCount":0,"FileType1":"","FileName1":"","FileType2":"","FileName2":"","FileType3":"","FileName3":"",
      "UserData":"${hangul(333)}!","kakaoImageLink":"${hangul(333)}!","kakaoUserKey":"${hangul(33)}!","kakaoWide":"N",
      "ResellerCode":"${digits(9)}"}`,
    length: 481,
    packed:
      'eNrt3DFv00AYxvHP0pszOGlKam80qGpVGqE2CDFe61epG8dXbGeIqkhVYUCiAwOVusCEBANDBhYkPhF2vgM+14ZmKBOKqva/+fL8JEd+fcngRz5VW6J9iZV3qnYlPTK+8tRuMtiXyN+TV2raUBvGn9j4eSJxkWxb0WytttceddZd5++RatRkf3xQql+zs+z8Knv3Ofv4M/vyNpt9yM+/5Zdv8k/v89nX/Mf3+euz+cXF/PIKuQS5UkyomE5/ciLKW2+oZ0cmkp65fZxdHYYH+nD4L9OPdcSw7+awi314LIfpvRnOSnkHS5LogXDHIZFIJBKJRCKRSCQSiUQikUgkEolEIpFIJBJZyPJh+o4eavPY3wz1QHnqZf1JT6eBibrGl6r4UQe2FiTxjkxuKYT876P6vH0ZnYQ6leorLeEK/bk6/WAkZpwqz3WcTtN1W2vtTttx3WaVb4zT1ETUEZBIJBKJRCKRSCQSiUQikUgkEolEIpFIJBKJrOsIm0EoXTOOUuU51yv7soqm8lQV9vTo5tKmrcW0tZiuLqbV0r6n5IlONU/tkciHIO2vy9DWdbZHeiBPg2jI3kciH9Tet3/7193FJRUIy7O+CMrOYq9Y70kiYSjxjWZl2XNU0+lvxPCqew==',
  },
];
