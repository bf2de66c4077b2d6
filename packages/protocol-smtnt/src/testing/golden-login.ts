import { compact, digits, type GoldenVector, hangul } from './golden-vector.js';

/** Keys, logins, signs of life and logouts (SMTNT 3.3.1 to 3.3.5, 3.3.19, 3.3.20). */
export const loginVectors: readonly GoldenVector[] = [
  {
    name: '3.3.1 header only',
    method: 'PrivateKeyReq',
    length: 45,
    packed: 'eNqrVvJITUxJLVKyqlbyTS3JyE9RslIKKMosSyxJ9U6tDEotVKqtBQDu0Q0H',
  },
  {
    name: '3.3.1 with an empty object for a Body',
    method: 'PrivateKeyReq',
    body: '{}',
    means: '{}',
    length: 54,
    packed: 'eNqrVvJITUxJLVKyqlbyTS3JyE9RslIKKMosSyxJ9U6tDEotVKrVUXLKT6kEqqitBQB+1RA3',
  },
  {
    name: '3.3.1 with null for a Body',
    method: 'PrivateKeyReq',
    body: 'null',
    means: '{}',
    length: 57,
    packed: 'eNqrVvJITUxJLVKyqlbyTS3JyE9RslIKKMosSyxJ9U6tDEotVKrVUXLKT6lUssorzcmpBQCgBBD6',
  },
  {
    name: '1.3 with the key in an object',
    method: 'PrivateKeyRes',
    body: '{"PrivateKey":"개인키-01234"}',
    length: 75,
    packed:
      'eNqrVvJITUxJLVKyqlbyTS3JyE9RslIKKMosSyxJ9U6tDEotVqrVUXLKT6kEqUBIAFW92jDnzdwdb5uW6BoYGhmbKNXWAgAlXxyw',
  },
  {
    name: '1.3 with a key of 200 bytes',
    method: 'PrivateKeyRes',
    body: `{"PrivateKey":"${digits(200)}"}`,
    length: 71,
    packed:
      'eNqrVvJITUxJLVKyqlbyTS3JyE9RslIKKMosSyxJ9U6tDEotVqrVUXLKT6kEqUBIAFUZGhmbmJqZW1gaDG2WUm0tALQ1PgM=',
  },
  {
    name: '1.3 with the key as the Body',
    method: 'PrivateKeyRes',
    body: '"golden-key-01234"',
    means: '{"PrivateKey":"golden-key-01234"}',
    length: 70,
    packed:
      'eNqrVvJITUxJLVKyqlbyTS3JyE9RslIKKMosSyxJ9U6tDEotVqrVUXLKT6kEiqfn56Sk5ulmp1bqGhgaGZso1QIApxwUmw==',
  },
  {
    name: '1.3 with the key called Key',
    method: 'PrivateKeyRes',
    body: '{"Result":0,"BindId":"test001","Key":"golden-key-01234"}',
    means: '{"PrivateKey":"golden-key-01234"}',
    length: 98,
    packed:
      'eNoVyjsKgDAURNG9TK0QP1VKK0UEcQeBN6goBvQpBMnejeW9nBctnfCEfTFQFy+wGM/1ccqeYeKFmKHxEn6R8t4V1qS1HtL9WHmpMQUyJJ969rvwyDeG3BRlVSPGD5L5H/w=',
  },
  {
    name: '1.3 with the key as the only text of an object',
    method: 'PrivateKeyRes',
    body: '{"Result":0,"Secret":"golden-key-01234","Version":1}',
    means: '{"PrivateKey":"golden-key-01234"}',
    length: 98,
    packed:
      'eNoVyr0KgCAAReF3ubOB/UyOTUEEUdAeeSkpEswCCd89284H50XDWdNBvejoN6uh0DvzzJ4tw8ALUaC2OvxH4n14KCkwcnFMidUemme2M2QyL8oKAhPdZewJlcf4ASdFH5E=',
  },
  {
    name: '1.3 with the key under a configured name',
    method: 'PrivateKeyRes',
    body: '{"PrivateKey":"another","EncKey":"golden-key-01234"}',
    means: '{"PrivateKey":"golden-key-01234"}',
    privateKeyField: 'EncKey',
    length: 88,
    packed:
      'eNqrVvJITUxJLVKyqlbyTS3JyE9RslIKKMosSyxJ9U6tDEotVqrVUXLKT6kEqUBIAFUl5uWXZAB16ii55iVDhNLzc1JS83SzUyt1DQyNjE2UamsBRtIgMw==',
  },
  {
    name: '3.3.2 as printed',
    method: 'BindReq',
    alwaysSealed: true,
    body: '{"BindId":"test001","BindPwd":"test001#$$%","Version":1}',
    length: 136,
    packed:
      'eNqrVvJITUxJLVKyqlbyTS3JyE9RslJyysxLCUotVKrVUXLKT6kEilS6J+pne/nm5IY7+ng5WST7pZoZZ1X4WeZHJKdG6Bt66ocVl2e7lwbka5e5urqXZLu4ZCYFl7hVGVsaeSeaFyWVFDl6pUW4RpaHGAS7lrhl63t7Fpo62toq1QIAobgpxQ==',
    sealed: 'yGa/kJMlmWALJB8cNe63jxN9oXceX/1I/VswkGuPo+vEEGtkDDibStFz392Ka7rbtrAJfXEYwT0SEtFk/KIq5A==',
  },
  {
    name: '3.3.2 in Korean, with what JSON escapes',
    method: 'BindReq',
    alwaysSealed: true,
    body: compact`{"BindId":"홍길동상사","BindPwd":"비밀 \"번호\"\\1","Version":1}`,
    length: 151,
    packed:
      'eNoNyN0KgjAYANB3+W4N0tIWQhdJ5k8mtRB0d8KmKbbpaskU373O5ZkhZCVlEtwZruzzFBRc8BpOMRtgWYEnqP7PhPKiJKaBuc7bpHoZD96lrXK+Q2wdpUxk39Gk9oPqrhTXm5o6qah2UYkIzsY+LE6kQZFW/TZbI/8d4cC5E3JWfnsTUmVFbAVkb06jebHtAyw/mFcxgw==',
    sealed:
      'z7XYaZ0+RnyXjLfm+SnlNju5vqJ1ArrLrpldLgEGfQuuny2gd5Nof6Ia7ZRUwpHYDZi7Iyup3U/7EsIRG5QZZFuEjPoruUYJ1GZ80zw0K44=',
  },
  {
    name: '3.3.2 at both limits',
    method: 'BindReq',
    alwaysSealed: true,
    body: `{"BindId":"${digits(100)}","BindPwd":"${hangul(33)}!","Version":1}`,
    length: 314,
    packed:
      'eNoNyEtygjAAANC7sLUzQNUK3RkhipgQBFHZgQnKL3yFoOPd27d8b2nHIspa6fctIdY/Kir9SiDl9Mga6fMlgYpO/xONhPiTuu+d+mCdm9huslMzAxOYnURhP7HmhwGCu6SDjutm5HXXC3uLMtI+cH8HeDFEhkl4rndy0PuKJXzNxl1yeBhrYzPsEC66oVxSFNSrjV4GDLgZlHtPcWCbjDwN8+2+EfGPGGnoNuVxe67tWB7a5VzIVV7WyTUPXminRMQjmg1UNcuB6Eo1hSDOjOpwfdLE1D34vVkNNy/1tdXGnSrB4rvzGGErOva6za8ELQ3NvCDM4VABsy3VK+HHWVWf6CVQL0nDZ9C8r3mxCK2gZwrMrSdiZTHcmkNU+J1PuVZxc72eovrMhJqsMg2f/RrnHpY+f03xezw=',
    sealed:
      'awPPTy1JtOpLIWqbKqjUq+ByB+UxlKuN8TZVMFHfsFOQQjPzg9lKGMjPrhNtgBN4vaDEPnk9s/VtT0IxT8KNsfLhDADCvHMNlsvm5dMVp7C9mVeBQjF/tS0OFrfwniZkGJqxb6xwdZQqmRGWpKb/vr53x/okmpfYkVzMH0aPSP8KB11jkBxsm1iFBbjDoLYudfE9SF2C7vcSiT87CQyoxebgOhwFrxsezc3YPM5D8EXMNnFvoBErm1YPnR+opUdXV1Xfqn+FEgAnl4ZIVte0FkIuMemlvcqLalTsTdn8onEAAyapWex1f7j8NWTpNkSN',
  },
  {
    name: '3.3.2 with the version as a text',
    method: 'BindReq',
    alwaysSealed: true,
    body: '{"Version":"1","BindPwd":"pw","BindId":"test001","Extra":{"a":[1]}}',
    means: '{"BindId":"test001","BindPwd":"pw","Version":1}',
    length: 150,
    packed:
      'eNoNyEkOgjAUANC7/K0uoKQRSFzYCiGBigHnXWNLoCkidWAKd9e3fBNEkgtpwJ+AyXfZCPCBVA+RyRbmJZBGDP9hgxkPGPO4zr1r5HbuOSYJf9G2LEx9Uv3mqLP+iVO6UN7+VnJLsxEJW4eGsXRV6bFDhF62jl0pmgdBHFiUO71TvO46SyyFG8V230+oEGJrmH9VKzCs',
    sealed:
      'MyrzT55aKmS9YH8w8WKBLasCqhfrmVjxAUlRxp5OC+j9PZha0lMz2d1lFrMMO7ilzw2BCXD31ijCSEEKE0Ca3x3fsclRL0j5ojMNvuFj22M=',
  },
  {
    name: '3.3.3 with every part, as printed',
    method: 'BindRes',
    alwaysSealed: true,
    body: '{"Result":0,"BindId":"test001","Speed":100,"BeginTime":0,"EndTime":24,"EffectiveTime":3}',
    length: 166,
    packed:
      'eNoNyEkOgjAAAMC/9KqJxqUgN2jREtmCBZQb2DYIVkAWIYa/6xznCwhPGX8D7Qsc3uUVAxowHi8W8BbMS2BUbPpPURjdYMZd/cRX7N+F9BCPlcazMVFDfXv7ZKFkXHR01FVI3cQWImtHVPiGRCcpUVoOkI6LjFDTyVdciXprLw6xFaEjrcIotOMp4ZuLg+0elqm+JnCgFAfYHxW3bs47MP8AqL832A==',
    sealed:
      'jjBtvEWtplDXDPcfmOCeW7qOLDH8UA3YwbUmdeftTxA86TNZLffbsxCjPBmCGmmCakv6Tx+bHTEMh/e7VuI5f9WIVCFToUVULWyZe2SMDLu6kaA0H6vTTDRDPx7NpqK4',
  },
  {
    name: '3.3.3 in Korean, over midnight',
    method: 'BindRes',
    alwaysSealed: true,
    body: '{"Result":0,"BindId":"홍길동상사","Speed":50,"BeginTime":22,"EndTime":6,"EffectiveTime":72}',
    length: 185,
    packed:
      'eNoNyF8TgTAAAPDvslfu0NFw14NlDOtqrm54y/6woqKkdL47v8dfB4iKpXqCeQc8VV1zCeYAmUzuVQm+fYBy2f4nSVBVY14Vt+VhGQh9913FrZDbazpteguz0pv8rQu8Gwe28eutbl2yfizEvsBQn8Q5ounrhBuTVLn0dweSGau0NbQfjGWcHkWA4KC9DRmcRV4cxpPatUYlQtijoRQNTTlZvbjuuRf0gSkrImoNRoQ5Dvj+AEXxP10=',
    sealed:
      'jjBtvEWtplDXDPcfmOCeW2TW6GL8x+AiFfIowfpEK4P6iOvJfyCHGqAcRpE7fZcbULkuZExijtodOKXHni2s6f76qQQnWLYcPB7/yl0Q79UMaTa5vC21sBBEMLTdcxLkWHFuWf+CgBz7kQpUL2/1HQ==',
  },
  {
    name: '3.3.3 at the limits',
    method: 'BindRes',
    alwaysSealed: true,
    body: compact`{"Result":999,"BindId":"${hangul(33)}!","Speed":9007199254740991,"BeginTime":-9007199254740991,
      "EndTime":24,"EffectiveTime":9007199254740991}`,
    length: 313,
    packed:
      'eNoNyMmSQ0AAANB/ce2pYqSzTG4aRSNtGURyQ9sbsUwGqfz7zDu+F6dnMc1G7vziLtlc9pQ7c6jqqJdN3PuDQz1d/2dJTqKkFPtR3ZZx1UV7IErGfDOkt+dFfyBb0a5hkTVEXyLXa6d2bI2MrFjKe/kOuja60m6CkXOPh1rE1aMxLcfTiL36D9mHt0W7yMmJlRYRkBDwqSccvf0EKm3ndIwd2qqNcLmqwqR+B6xULqBt6PYE5hWv0gQiJM2MokLab5K+8QaeCIZHg/xC9wDq59Njc01BMGi2hYmpJnEu5imBgdejhE1OFYqF6ch58+nOcs1AT0AfEa1Tt8qFeKeiPvsKoKUKobj1koxH5tm3XJF90ZWbYjRS23/wyvAbDu4A0zh3YvvHQnB2OuryJ9925oPJvf8AFM130g==',
    sealed:
      'xb82ADg5rEzxryH2OqNDelTKVdYvMHpBODGWVgekNHxXQRmsmrmJeNyIAfoCZ+nmXWdns4XPZaqj2IipkKLPRGNOyTpCT4YxGMCb8lhLN0B0U/cR07R5s+iG3Pnll6mimXIhyE0sESUlhDM+mkdzv+KWIyAs+XBAtldBgA5zAHz/JIsNI47JNw4Q6+jvvRltjd+UqGOLINKEbaf2fcN4URoBblsPiV2gKPCfk1QtCjl+oN+oXNGnEziQ4I3EBoe9U4LE0V2zoACIrlROYfDCT2QCkgrJcOTp/DqwVqQq4cafPaOuLB4tPndQ/8TOPt6K',
  },
  {
    name: '3.3.3 refused, with the result alone',
    method: 'BindRes',
    alwaysSealed: true,
    body: '{"Result":5}',
    length: 72,
    packed:
      'eNqrVvJITUxJLVKyqlbyTS3JyE9RslJyysxLCUotVqrVUXLKT6kEilREJSd5u0YYG2qbJHm6laWWmhqWZZXb2irVAgCzDxS4',
    sealed: 'xZcbKEX31+4bIFveu51vjw==',
  },
  {
    name: '3.3.3 with texts for numbers, null for nothing, and a message of its own',
    method: 'BindRes',
    alwaysSealed: true,
    body: compact`{"ResultMessage":"성공","Result":"0","BindId":"test001","Speed":"100","BeginTime":"0",
      "EndTime":" 24 ","EffectiveTime":null}`,
    means: '{"Result":0,"BindId":"test001","Speed":100,"BeginTime":0,"EndTime":24}',
    length: 203,
    packed:
      'eNoNyN1ugjAYANB36S1LatUAMdnFUBG71jnH2tU7oV/41QYoMDG++3YuzwNFcNHQotUDcbC50WiFguKmT9Ch5wsKjL7/j4G5/zGkyusWsjIe7iuYfiuaDVcRSxM1u2bHrjMYG3K6sB6DO2Uy+CT5kY7CcZwNK1VhZYand8K1v+Si4L6dGaXoNq7fFuUw56Iuyrvbhz+4tFuftV58O3wlafUtFV5G5zTZR2uJG8pdHuIEDl6dtCRU7pnkYUdTysTR5uM+e0XPP3ilRiE=',
    sealed:
      'oe28OvcY7s3Wko7/ukezxkJgvmVTWoHqGqGLm0ewq1RaLu/e6zgWBQ1hPJwV+++DLjYitWg/zK1Md84MViM8t0oYYJETlA3jv2MVlijy6uFX/jtE8Lr7TnNSbckUWY/4HZcbIHCW/qJM6MF/beN7lbr1FY6Z1hFsJcJLVPthwIg=',
  },
  {
    name: '3.3.4 header only',
    method: 'AliveReq',
    length: 40,
    packed: 'eNqrVvJITUxJLVKyqlbyTS3JyE9RslJyzMksSw1KLVSqrQUAsD8K9A==',
  },
  {
    name: '3.3.4 with an empty text for a Body',
    method: 'AliveReq',
    body: '""',
    means: '{}',
    length: 49,
    packed: 'eNqrVvJITUxJLVKyqlbyTS3JyE9RslJyzMksSw1KLVSq1VFyyk+pBAop1QIAKcQNcA==',
  },
  {
    name: '3.3.4 with an empty object for a Body',
    method: 'AliveReq',
    body: '{}',
    means: '{}',
    length: 49,
    packed: 'eNqrVvJITUxJLVKyqlbyTS3JyE9RslJyzMksSw1KLVSq1VFyyk+pBErW1gIAK4UOJA==',
  },
  {
    name: '3.3.5 header only',
    method: 'AliveRes',
    length: 40,
    packed: 'eNqrVvJITUxJLVKyqlbyTS3JyE9RslJyzMksSw1KLVaqrQUAsEcK9g==',
  },
  {
    name: '3.3.5 with null for a Body',
    method: 'AliveRes',
    body: 'null',
    means: '{}',
    length: 52,
    packed: 'eNqrVvJITUxJLVKyqlbyTS3JyE9RslJyzMksSw1KLVaq1VFyyk+pVLLKK83JqQUASK4O6Q==',
  },
  {
    name: '3.3.5 with a result in a Body',
    method: 'AliveRes',
    body: '{"Result":0}',
    means: '{}',
    length: 56,
    packed: 'eNqrVvJITUxJLVKyqlbyTS3JyE9RslJyzMksSw1KLVaq1VFyyk+pBEkCuaU5JUpWBrW1AMfqEVM=',
  },
  {
    name: '3.3.19 as printed',
    method: 'UnBindReq',
    alwaysSealed: true,
    body: '{"BindId":"test001"}',
    length: 94,
    packed:
      'eNqrVvJITUxJLVKyqlbyTS3JyE9RslIKzXPKzEsJSi1UqtVRcspPqQSKVbon6md7+ebkhjv6eDlZJPulmhlnaYcVB1hmJYU6mlS46xumWARWFQZGBtoq1QIA0uMbvQ==',
    sealed: 'yGa/kJMlmWALJB8cNe63j+VsP9jbUA4xG/1d8QzqQYQ=',
  },
  {
    name: '3.3.19 in Korean',
    method: 'UnBindReq',
    alwaysSealed: true,
    body: '{"BindId":"홍길동상사"}',
    length: 94,
    packed:
      'eNqrVvJITUxJLVKyqlbyTS3JyE9RslIKzXPKzEsJSi1UqtVRcspPqQSKVZlHRCZGGWgH5VVGZPmk5WoH5+X4lVSU5Lt4BJnnlYcFJ+c7Z5QUp2YVOdoq1QIA9hsdjA==',
    sealed: 'z7XYaZ0+RnyXjLfm+SnlNtxtoDHR7nwVScoChtsejrA=',
  },
  {
    name: '3.3.19 at its limit',
    method: 'UnBindReq',
    alwaysSealed: true,
    body: `{"BindId":"${hangul(33)}!"}`,
    length: 204,
    packed:
      'eNoNyMFugjAYAOB36dUlTAKUmOzQfwpmig7WRvEmtIWy1QJ2Y9X47tt3/O5oLc5cjGhxR5mwreFogdgF1IUXYkCPJwSGu//bCOKdqoPXarNvGJaG0sbKFYn9TDaJX6Uwx3QY0jx6NXop1UfZ/9iCi8D+7niZuVn3NU2xktvvW06t0wKTvA/GblSk+Jw0gXMYjUHiQ6jfYKUcTrXbXdMQao84CxyWzIuLDh/n9JTMDpHbu1vrCLPv9XVL9HMc9Zuyrmpg5Qt6/AE2Dkeh',
    sealed:
      'KeA/ZbW/hmoOgU7foTTgtfEA82MfgF2bGB17TqqGQ6ComDfiSYpvtRde4txNdYMy+jlww8ifLuzQTtyme7AQp4rjriARkwmABa56r4F2B5mJBEiy7GmyNsG5Bc/AytBdBDU/8Rj7X1TZF+W6yOyzhyAUtPcsLAm086pKYcbcBUY=',
  },
  {
    name: '3.3.20 as printed',
    method: 'UnBindRes',
    alwaysSealed: true,
    body: '{"Result":0}',
    length: 74,
    packed:
      'eNqrVvJITUxJLVKyqlbyTS3JyE9RslIKzXPKzEsJSi1WqtVRcspPqQSKuRUE+la4OwWnpXhlFAW7pBXneBrlpdvaKtUCAOu2Ff0=',
    sealed: 'FpQMxGBSfdJhrSDfslI2ng==',
  },
  {
    name: '3.3.20 refused',
    method: 'UnBindRes',
    alwaysSealed: true,
    body: '{"Result":902}',
    length: 74,
    packed:
      'eNqrVvJITUxJLVKyqlbyTS3JyE9RslIKzXPKzEsJSi1WqtVRcspPqQSKlWlHVRVVGOfkJDpnlyVFhWSGVGR4ptvaKtUCAPT3Foc=',
    sealed: 'v+Zzrx3llaCkvbZTiTxhIg==',
  },
  {
    name: '3.3.20 with more than the table has',
    method: 'UnBindRes',
    alwaysSealed: true,
    body: '{"BindId":"test001","Result":"0","ResultMessage":"로그아웃"}',
    means: '{"Result":0}',
    length: 153,
    packed:
      'eNoNyM0OgiAAAOB34VobDn9Stw5aSyPIajPtyIIsIDV1LXK+e33HbwSpYFx0IBwBFcO94SAEeR0/an4SPZjmIG64+Z9JGFSY6mcRERz7173wbPlhurxlONKSLQbizVyizqh0kBUU/QW1Qn/VzoEJXbf5oXiVnaI2sut3hbcRdGGVGa03ftCT0peZVR3bVSobQ5dg+gF2/zCz',
    sealed:
      'yGa/kJMlmWALJB8cNe63jxalXfOJAlja7tL6+5LkV2X4209WsY2pelzkK4/GMDpUPWqXrkM323nvgJIA/5/gOyllF89sLX8jO0gQpCHjoyM=',
  },
];
