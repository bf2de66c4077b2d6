import { compact, type GoldenVector, hangul } from './golden-vector.js';

/** Files (SMTNT 3.3.14 to 3.3.18). */
export const uploadVectors: readonly GoldenVector[] = [
  {
    name: '3.3.14 as printed',
    method: 'UploadFileNameReq',
    body: '{"FileExtension":".jpg"}',
    length: 76,
    packed:
      'eNqrVvJITUxJLVKyqlbyTS3JyE9RslIKLcjJT0xxy8xJ9UvMTQ1KLVSq1VFyyk+pBKkCCbtWlKTmFWfm5wEV62UVpCvV1gIAl6YZBw==',
    sealed: 'QIArtzGE/4CP9pgHUE8CDIc7f6UKvTh5vcwHiHZ18JU=',
    sealedLength: 102,
    sealedPacked:
      'eNqrVvJITUxJLVKyqlbyTS3JyE9RslIKLcjJT0xxy8xJ9UvMTQ1KLVSq1VFyyk+pBMoFejoWlVS5u+qbOAdYFqR7hLpaOLt4JpunmYV6l4VkmJYll3tkekQZWniF2irVAgDhYB7B',
  },
  {
    name: '3.3.14 of another file, as a server may come to read it',
    method: 'UploadFileNameReq',
    body: '{"FileExtension":".그림","FileName":"꽃.jpg"}',
    means: '{"FileExtension":".그림"}',
    length: 93,
    packed:
      'eNqrVvJITUxJLVKyqlbyTS3JyE9RslIKLcjJT0xxy8xJ9UvMTQ1KLVSq1VFyyk+pBKkCCbtWlKTmFWfm5wEV673avuP1sj1KOkowDUDBV3ub9bIK0pVqawGRXSP0',
    sealed: 'QIArtzGE/4CP9pgHUE8CDONZEYC5kr2/X6TAQ3FDoO3ZYxv2HH5zngK+uk6JnRA7FujWK1KjDK4He3yCOF/z2w==',
    sealedLength: 145,
    sealedPacked:
      'eNoNycsKgkAUANB/udsCyVcluLDRaWpIU5LSnTAXS80x0UrFf6+zPRMwzAS2YE1wwu4uBVgQN5XMBH1U6GdPjPAF8xJ2Ugz/Cw9O2417T9HJedvkLPY2xA381EuIUbaqcjMvTqhRVwZamnzfKmPGWOd80ZfmsY6cNe2LK1/xwuU6Q20gAVVG9WPbMP8ASl0sIg==',
  },
  {
    name: '3.3.14 with blanks between its parts',
    method: 'UploadFileNameReq',
    body: '{ "FileExtension" : ".jpg" }',
    means: '{"FileExtension":".jpg"}',
    length: 82,
    packed:
      'eNqrVvJITUxJLVKyqlbyTS3JyE9RslIKLcjJT0xxy8xJ9UvMTQ1KLVSq1VFyyk+pBKpSUAKJu1aUpOYVZ+bnKSlYKSjpZRWkKynU1gIA82wZhw==',
    sealed: '9fAgTFBnFYlJdTd0rlr0+ysYd00b3S+qoGy8bH0WtQI=',
    sealedLength: 102,
    sealedPacked:
      'eNqrVvJITUxJLVKyqlbyTS3JyE9RslIKLcjJT0xxy8xJ9UvMTQ1KLVSq1VFyyk+pBMpZpjmmh7g55blF5nilhKQYFOUUGWhXFkemGBgkGQdrF+a7V1okeRiElwR62irVAgDvEx8y',
  },
  {
    name: '3.3.15 with every part, as printed',
    method: 'UploadFileNameRes',
    body: '{"Result":0,"FileName":"622df679aa4e4a429aa0ae4aa2cb7327.jpg"}',
    length: 106,
    packed:
      'eNqrVvJITUxJLVKyqlbyTS3JyE9RslIKLcjJT0xxy8xJ9UvMTQ1KLVaq1VFyyk+pBKkCcktzSpSsDHSUYCqAWsyMjFLSzMwtExNNUk0STYyADINEICvRKDnJ3NjIXC+rIF2pthYA66kjNw==',
    sealed: 'D6EivWdYGy4z29tvjJ1y7c/whT9YmhRDX7pMl/KYTMGNVtZFAMferClSlqqHc7MQIsOFpOoaRD6G3NzvuLXujA==',
    sealedLength: 144,
    sealedPacked:
      'eNoNycsKgkAUANB/uetAeqAouLDMsccomZW2G5wbKiPjc0LFf6+zPTP4yDi2YM1Asc8lBwsetZCMe4XAgFUYYQfLCvaSj/9z9WOhXjwl427amL0qz+vRyLRvHptplUduYtRUaJc0piR49m/PoR9sD+IumsbPDHo7daFXh5JFrk62waSGazKUjm3D8gO6qi6Q',
  },
  {
    name: '3.3.15 in Korean, at its limit',
    method: 'UploadFileNameRes',
    body: `{"Result":0,"FileName":"${hangul(65)}a.jpg"}`,
    length: 126,
    packed:
      'eNqrVvJITUxJLVKyqlbyTS3JyE9RslIKLcjJT0xxy8xJ9UvMTQ1KLVaq1VFyyk+pBKkCcktzSpSsDHSUYCqAWl5taHjdNON195LXc/e8Xt7xesOUN01r3kxteTNvwpsNK97s3PK2ueFtT8/bqTMGrcpEvayCdKXaWgBdCaQy',
    sealed:
      'D6EivWdYGy4z29tvjJ1y7WSC9vJr8/ClqDMH61XXqkJKaSR0qt3KlJnz5oVJysFFOJntIF3QCLnvwjcFiBqxNGyaOE+KR7QB5ZscmHu8/eYDMRnVdZupKKiLXvgqDaCm3JvwGEfcGKtmR1pnyOjBVkFIBOKZn1w+Ie91vbGZEEeL2teBeECctSFENpnUm7EsGK7MHMunw08toQKgKZZdBMtEGfYEvsyP6BIXbrrVIQ73NATxqKUOemFZQf7rGm+rs2CbtM+TbeEqhdY15VRr47cCswaIF3+ijOMfUlOQIGI1Zx4LIpgb+KQ0wFnqFq6J',
    sealedLength: 320,
    sealedPacked:
      'eNoNz822QkAAAOB3sXXPKSmq3cXMxPi5FJWdn6mIYZhInd79tv5W31vYkSQnnbB9Cw7htyYXtkLYVk2Sw6IiblKTgPTC50fQmnz6mqGAYjjmZzQtX4sNH0pLmtTjXt8MVree6RUznJ0inU7sbuFkH8wZl3Fl0deqiayph9CzKDeh7Os2HcYyg4XGni6aEg+IOFB9bRX3Wb17rGfkbDgBjfL40WJc2KfhyoxEr2VrGBG4ZAjzOpBaOnmlFt2hqXk4ptIommQjDSmKASD2ghONAD3jewjcloa1CnqEVWfnPOg4X/PGx1ccx7nmcIAuZzD005+imae06yLTV2X39/BkOPRIDWP/onaoFrt+oafcEQ8pAeyWn6VVFHRLNdP7Mfm2xKL0nEtYeb6JTCl+Lm2zvaYi9ucjpAwyxRI+/0yfe+c=',
  },
  {
    name: '3.3.15 refused',
    method: 'UploadFileNameRes',
    body: '{"Result":909}',
    length: 67,
    packed: 'eNqrVvJITUxJLVKyqlbyTS3JyE9RslIKLcjJT0xxy8xJ9UvMTQ1KLVaq1VFyyk+pBKkCcktzSpSsLA0sa2sBqugVOg==',
    sealed: '/gzue534QhchCALz0m6uBw==',
    sealedLength: 82,
    sealedPacked:
      'eNqrVvJITUxJLVKyqlbyTS3JyE9RslIKLcjJT0xxy8xJ9UvMTQ1KLVaq1VFyyk+pBMrpp1eVppoamwRmJGc4O/pUGeSalTqV29oq1QIAulcYtg==',
  },
  {
    name: '3.3.15 refused, with nothing for a name',
    method: 'UploadFileNameRes',
    body: '{"ResultMessage":"첨부파일 갯수 오류","Result":"909","FileName":null}',
    means: '{"Result":909}',
    length: 119,
    packed:
      'eNqrVvJITUxJLVKyqlbyTS3JyE9RslIKLcjJT0xxy8xJ9UvMTQ1KLVaq1VFyyk+pBKkCcktzSnxTi4sT01OBit9sWvF6W8Pbnp43c/covNqw/k3HDIU3M5a8XjpDSQeqGKjK0sASyIUZqWSVV5qTU1sLACvaMqw=',
    sealed:
      'oe28OvcY7s3Wko7/ukezxg283jRPcuvO+4WCtEI8nozsbLFywghJQX5WcvvFcSHa1M/N9+w0rVerAJAZH+Qo17cYcX2KW832xnbHzhFf07k=',
    sealedLength: 160,
    sealedPacked:
      'eNoNyd0SQkAYANB32VvNYNWszHRRTUYK0RS6Y31RZBs/62+8e53bMyEDogQqpE3IgiZjCdLQ7VuwKNFfBdjRBzyo0bxAO5YM/2OAVYfTkNSKnzMitjmMfYpV5e1daMsdYenvm8NRLdlYx2d96NLMdIOVTznX6dWIZEu010InVXeotub2YQgukwkNaYBPvqrgvoyNMdOfEsk3aP4Bqn40nA==',
  },
  {
    name: '3.3.16 the first bytes of a JPEG',
    method: 'UploadFileReq',
    body: '{"Data":"/9j/4AAQSkZJRgABAQEAYABgAAD/2wBDAAIBAQIBAQICAgICAgICAwUDAwMDAwYEBAMFBwYHBwcG"}',
    length: 124,
    packed:
      'eNotyrEKwjAUheF3ubMQEBe7nWtaq5ChlQ5xC+YSrYWoFIKUvLtRHL7lP2ehVpyXF1ULGZmv0VNFw2OKzje3SXp5Ul4RR//+PrSbXdnVdlQboDvdz8c+gNHVsOAAaLVOrIFDaT87hL80aCRT2JphGk625XTZU84fwdoo7A==',
    sealed:
      'JUHE4iBzL5lOvbRKWjeUF/Sik5MNcXx5iRfthIEdEBy77E6OrXNZlNO+R9FJMge3ZLV5kMItur/YtpwD75SFJ/I6jjwz99Qpg+fm3aYFuVrSPySz/Q8Og9T5DpASlDv+',
    sealedLength: 169,
    sealedPacked:
      'eNoNyM0SQkAAAOB32atmHLTELcMOwsZGuKldv9uQ8ROmd6/v+O3AYjllA9B24LGx6ijQQNTzLqeo5ixkb/A9AL2j6/+dyDKPtb65kOP5EV7uDYuQSOoWev4z+cA6LMbKNqmpr4piynhI/Iz7WAhV5HglkzI3hq1nj9MgpmO/GAokyBFtuWmWTVWDvhSKl5SnaIoHcl3JJgYnXKo3aPRnwo1ZAN8fwp85TQ==',
  },
  {
    name: '3.3.16 the bytes of 한글.jpg, with both marks and padding of Base64',
    method: 'UploadFileReq',
    body: '{"Data":"7ZWc6riALmpwZw+/+w=="}',
    length: 81,
    packed:
      'eNqrVvJITUxJLVKyqlbyTS3JyE9RslIKLcjJT0xxy8xJDUotVKrVUXLKT6kEqXBJLEkEyptHhSebFWU6+uQWlEeVa+trl9vaKtXWAgDHjhjY',
    sealed: '2bVYlXD9cIQOQh8OgmMYhDFyyLLnijd3hQJ7CBnsA5w=',
    sealedLength: 98,
    sealedPacked:
      'eNqrVvJITUxJLVKyqlbyTS3JyE9RslIKLcjJT0xxy8xJDUotVKrVUXLKT6kEihslhUXmRLhYJnsG+gdmWPin5/pGZri4VVb6+ORlZqUYZwR6mTs75RU7mpbbKtUCAGuRHgw=',
  },
  {
    name: '3.3.16 the last byte of a file',
    method: 'UploadFileReq',
    body: '{"Data":"2Q=="}',
    length: 65,
    packed: 'eNqrVvJITUxJLVKyqlbyTS3JyE9RslIKLcjJT0xxy8xJDUotVKrVUXLKT6kEqXBJLEkEyhsF2toq1dYCAF+EE1E=',
    sealed: 'hMUMWrO+u00CvAE2t6hqoA==',
    sealedLength: 78,
    sealedPacked:
      'eNqrVvJITUxJLVKyqlbyTS3JyE9RslIKLcjJT0xxy8xJDUotVKrVUXLKT6kEimf4hvqGF/lrlxoYOJc5uhqVmGUU5jva2irVAgBMOxbx',
  },
  {
    name: '3.3.16 at its limit of 4,096 characters',
    method: 'UploadFileReq',
    body: `{"Data":"${'/9j/4AAQSkZJRgAB'.repeat(256)}"}`,
    length: 103,
    packed:
      'eNrtyr0KgCAUhuF7OXPQ0pKbEhFBQ0ZLm+ChP8EKlxDvvbqN+MaH943UsLF8kYjUcVi8JUHj4byx9epY80kpI+Xt/R2VCebtebnlhZT9sE+tnqWCYRiGYRiGYRiGYfh/ppQe/hi4kA==',
  },
  {
    name: '3.3.16 the first bytes of a JPEG',
    method: 'UploadFileDataReq',
    body: '{"Data":"/9j/4AAQSkZJRgABAQEAYABgAAD/2wBDAAIBAQIBAQICAgICAgICAwUDAwMDAwYEBAMFBwYHBwcG"}',
    length: 126,
    packed:
      'eNotyr0KwjAUhuF7ObMQEBe7fce0ViFDKx3iFswh/hSiUghScu+m4vAsL+9MrTgvb6pmMjJdo6eKhucYnW9uo2g3uV5elFfE0X+Wa0nlUdu72gDd6XE+9gGMroYFB0CrdWINHEr72SH8pUEjmcLWDNNwsi2ny55y/gKFFypm',
    sealed:
      'JUHE4iBzL5lOvbRKWjeUF/Sik5MNcXx5iRfthIEdEBy77E6OrXNZlNO+R9FJMge3ZLV5kMItur/YtpwD75SFJ/I6jjwz99Qpg+fm3aYFuVrSPySz/Q8Og9T5DpASlDv+',
    sealedLength: 173,
    sealedPacked:
      'eNoNybkOgjAAANB/6YpJBywImwQaQQ6lguBWbTlrqKQeQPx3fetbwI5TxkdgLyDiqhkYsEEmxUAZbgV3qaIpf4DvCjgDm/4XZDtv3TpziETyuqb7c8czDEnboyi+FR/UppVqfI95zmSanpGMRXwRcaKlFg6imuuXMEd95KvnCEsl366JCA6gb3Tde7aso6y16q7TEj/zkRwmMsPjJqmtE3Lllgj3pYHvD8VaOsc=',
  },
  {
    name: '3.3.16 the bytes of 한글.jpg, with both marks and padding of Base64',
    method: 'UploadFileDataReq',
    body: '{"Data":"7ZWc6riALmpwZw+/+w=="}',
    length: 83,
    packed:
      'eNqrVvJITUxJLVKyqlbyTS3JyE9RslIKLcjJT0xxy8xJdUksSQxKLVSq1VFyyk+pBKkCCQHVmEeFJ5sVZTr65BaUR5Vr62uX29oq1dYCADgbGlI=',
    sealed: '2bVYlXD9cIQOQh8OgmMYhDFyyLLnijd3hQJ7CBnsA5w=',
    sealedLength: 102,
    sealedPacked:
      'eNqrVvJITUxJLVKyqlbyTS3JyE9RslIKLcjJT0xxy8xJdUksSQxKLVSq1VFyyk+pBMoZJYVF5kS4WCZ7BvoHZlj4p+f6Rma4uFVW+vjkZWalGGcEepk7O+UVO5qW2yrVAgDyNR+G',
  },
  {
    name: '3.3.16 the last byte of a file',
    method: 'UploadFileDataReq',
    body: '{"Data":"2Q=="}',
    length: 67,
    packed: 'eNqrVvJITUxJLVKyqlbyTS3JyE9RslIKLcjJT0xxy8xJdUksSQxKLVSq1VFyyk+pBKkCCQHVGAXa2irV1gIAuGIUyw==',
    sealed: 'hMUMWrO+u00CvAE2t6hqoA==',
    sealedLength: 82,
    sealedPacked:
      'eNqrVvJITUxJLVKyqlbyTS3JyE9RslIKLcjJT0xxy8xJdUksSQxKLVSq1VFyyk+pBMpl+Ib6hhf5a5caGDiXOboalZhlFOY72toq1QIAtVcYaw==',
  },
  {
    name: '3.3.16 at its limit of 4,096 characters',
    method: 'UploadFileDataReq',
    body: `{"Data":"${'/9j/4AAQSkZJRgAB'.repeat(256)}"}`,
    length: 105,
    packed:
      'eNrtyr0KgCAUhuF7OXPg0lKbEhFBQ0ZLm+ChX7DCJcR7L28jvvF5eQM1bCzfVAbq2C/OUknjeThj6/Xgynij+aKYkXL2SVdK3yOKTeRS9sM+tXqWCoZhGIZhGIZhGIbh/5lifAHydroK',
  },
  {
    name: '3.3.17 as printed',
    method: 'UploadFileFinishReq',
    body: '{"FileName":"622df679aa4e4a429aa0ae4aa2cb7327.jpg","FileSize":1092}',
    length: 114,
    packed:
      'eNqrVvJITUxJLVKyqlbyTS3JyE9RslIKLcjJT0xxy8xJdcvMyyzOCEotVKrVUXLKT6kEqQNJ+CXmpgJVmhkZpaSZmVsmJpqkmiSaGAEZBolAVqJRcpK5sZG5XlZBupIOWEdwZhVQh6GBpVFtLQD0fCVN',
    sealed:
      'rZdq5ctaJKf60BnpVjBNhVzpJC0l+LMR1m7knmM9bq7lmDy/CTca+5RgkhXu9NU1fGp/j6dXRaTZYjAyeofuaESl0vja/C+nRy2vzlyO5bc=',
    sealedLength: 159,
    sealedPacked:
      'eNoNycEOQzAAANB/6dUSLEFIdhibLTaWdCbmVlqjqsqQlPj37V3fCq4EYTIAZwUhGasOAwe8BOsQ9mtG/JrX3wqSHmw74HZY/nfIcG8UIwpupam5XCTUjapkEYGnMeUeQr21Gt6Gdt5brD1J1YsLpBjw01TpZEcvvbwIlZo4hSjO3vQoSVdO6Pxk2kyR6ikcyv28MPkw8uIAth82cTaK',
  },
  {
    name: '3.3.17 in Korean',
    method: 'UploadFileFinishReq',
    body: compact`{"FileName":"가을 \"할인\".jpg","FileSize":307200}`,
    length: 105,
    packed:
      'eNqrVvJITUxJLVKyqlbyTS3JyE9RslIKLcjJT0xxy8xJdcvMyyzOCEotVKrVUXLKT6kEqQNJ+CXmpgJVvtrQ8GZui0KM0tupC97M3RGjpJdVkK6kA1YSnFkFVGJsYG5kYFBbCwDX1yZC',
    sealed: 'ZDJmiGMG3AvKH2dTCITDRXUJ2ajDLJxwpdIZql1K8aQ3GDnWRBait8iPa5ZLy2oNXhB9+anhgsLevC61ZSN6Vw==',
    sealedLength: 144,
    sealedPacked:
      'eNoNycsKgkAUANB/udvaqCQmuEgH30qZmszuwgzNhDmaoon473W2Z4OQI+MfsDfI+CQUAxuqvlXIfNlyX3ZyFAUfYD+Cq9j6X0ritwyywLjMSaiz0otKUjRVrOOLpPF36VlEh1ZLLLwZAekehYtysuQVTzRddZU3wj0fsBPPMeWzZ2r0npv14jiw/wD6GS5c',
  },
  {
    name: '3.3.17 at every limit',
    method: 'UploadFileFinishReq',
    body: `{"FileName":"${hangul(65)}a.jpg","FileSize":9007199254740991}`,
    length: 147,
    packed:
      'eNqrVvJITUxJLVKyqlbyTS3JyE9RslIKLcjJT0xxy8xJdcvMyyzOCEotVKrVUXLKT6kEqQNJ+CXmpgJVvtrQ8LppxuvuJa/n7nm9vOP1hilvmta8mdryZt6ENxtWvNm55W1zw9uenrdTZwxalYl6WQXpSjpgXwVnVgF9ZWlgYG5oaWlkamJuYmBpaVhbCwC0qKjI',
    sealed:
      'ZDJmiGMG3AvKH2dTCITDRYaEB1iWbS7N7KFNXqWRAlxmwmjWbMEhafHU+i/74Okj9/oc2saAwzTlELbXc/VIV9plufEkBe+4ja/8hsvE3mtANbb6UG6gqVDotat2UbOvzjiJpvJ3wJxpWf8NTX53AOTJCixAesmYWoV5b65z2PgsaM7RqCQUfPYOj2GdDZWxwFxjWngRhUJcNxge1999Md4Qog0bsSt7z7ev/DXszrWygfVZrdEEtxdvv26S06hKi44BAoB4iMQ9DEdMtILlAFhXBvzGmxBSLmuDGdYDBMLNvRxxV7iT3G2U98wHAYVSJsmhq7ofbEtY3JInFJaQmA==',
    sealedLength: 344,
    sealedPacked:
      'eNoNyUtygjAAANC7sLUztIAgnekiSEBRsPLHXWIChIIRoZDS8e7t275faUcRoQ/p/Vfy6VhzIr1Lyb3liDispQ67saEOaS89XySLk5//vdhex1zfVcF02Ckk3u5jOywQtN5YhiMjMA5OkPdZCFrRzV2TYR/WqNwlKyYb2umrMWV+VQYE5iVu4RHnVzndp+a9/S7hl0VXWoPkTT1MUO1GEGCsJ65e9anNRzQqCT5NS8O8++SpsyfuWbkJ4nytglPsbZkAdOiKjKdrrK8X5bMakG+E/faclJ/FqVFcYl8yMTuiyW5VWCfeNRAVfTNN0yfamVeveIhGYzHoJNv5sDyyn6pMLw8C4SjINCl69KrXB6ZpFuCWxvyzaUPij/tjC5w6t6bF7YQVHbtv2yWFbfnHYAqFSA0Wq66SmJt5B4o08oau7g1eYjgWqre/OR46d+DjQ3r+AXXVhUY=',
  },
  {
    name: '3.3.18 as printed',
    method: 'UploadFileFinishRes',
    body: '{"Result":0}',
    length: 67,
    packed: 'eNqrVvJITUxJLVKyqlbyTS3JyE9RslIKLcjJT0xxy8xJdcvMyyzOCEotVqrVUXLKT6kEqQNyS3NKlKwMamsBshQVqA==',
    sealed: 'FpQMxGBSfdJhrSDfslI2ng==',
    sealedLength: 84,
    sealedPacked:
      'eNqrVvJITUxJLVKyqlbyTS3JyE9RslIKLcjJT0xxy8xJdcvMyyzOCEotVqrVUXLKT6kEyroVBPpWuDsFp6V4ZRQFu6QV53ga5aXb2irVAgD9SRoD',
  },
  {
    name: '3.3.18 refused',
    method: 'UploadFileFinishRes',
    body: '{"Result":910}',
    length: 69,
    packed: 'eNqrVvJITUxJLVKyqlbyTS3JyE9RslIKLcjJT0xxy8xJdcvMyyzOCEotVqrVUXLKT6kEqQNyS3NKlKwsDQ1qawHc8RYS',
    sealed: 'v8r0HAVGang8/MV4rJsxQg==',
    sealedLength: 84,
    sealedPacked:
      'eNqrVvJITUxJLVKyqlbyTS3JyE9RslIKLcjJT0xxy8xJdcvMyyzOCEotVqrVUXLKT6kEypZZFBl4OIa5J+alW+j7hpkUeRVXBKbb2irVAgD0lhmK',
  },
  {
    name: '3.3.18 with more than the table has',
    method: 'UploadFileFinishRes',
    body: '{"Result":"0","ResultMessage":"정상","FileName":"a.jpg"}',
    means: '{"Result":0}',
    length: 101,
    packed:
      'eNqrVvJITUxJLVKyqlbyTS3JyE9RslIKLcjJT0xxy8xJdcvMyyzOCEotVqrVUXLKT6kEqQNyS3NKgOoMlHSgHN/U4uLE9FSg2JsFU980NwIlQNr9EnNBYol6WQXpSrW1AArZJe4=',
    sealed: 'zbtjn8Cp1PBdga+wVdwKT9FMmH1E1dtADZxGKgB6yqRqDOawLILEOqYPvSThZZWmd1cqjwbytx+0eYRE7a4H0A==',
    sealedLength: 145,
    sealedPacked:
      'eNoNycsKgkAUANB/uVtbOBA9BBeamqGimCW6G7uDD3xNDo0m/nud7VnBZRTZG7QVAiaqAUGDx9gOFJ26ZU7d11MVswm2HZgDLv/9FqLpT5eRRCaWVJFPlF5ydoLOJTZBYVj5fPVK87DwmFshlf7Nt0OeRZ97UuV52iF58UYWi5gVlWWxfaR7VzV0HbYfRfQvZw==',
  },
];
