import { compact, digits, type GoldenVector, hangul } from './golden-vector.js';

/** RCS (SMTNT 3.3.6, types 9 to 12). */
export const rcsVectors: readonly GoldenVector[] = [
  {
    name: '3.3.6 RCS SMS in Korean',
    method: 'MsgSendReq',
    body: compact`{"UserMsgId":"20251122000000000021","UserMsgSubId":"","MsgType":9,"PhoneNo":"01012345678",
      "CallbackNo":"15666639","TranId":"","Subject":"","Message":"안녕하세요, 예약이 확정되었습니다.",
      "KakaoAdFlag":"","KakaoNationCode":"","KakaoSenderKey":"","KakaoTemplateCode":"","KakaoTimeout":0,
      "KakaoButton":"",
      "FileCount":0,"FileType1":"","FileName1":"","FileType2":"","FileName2":"","FileType3":"","FileName3":"",
      "UserData":"","rcsMessageBaseId":"SS000000","ResellerCode":""}`,
    length: 328,
    packed:
      'eNpdkUFOwkAYha9CZt2YziAo7ARDNARiaD3AD/0DSOlgZ7oghJ0mjWxc2AgmJi48giZuPFGHOzjTFgVn99735qV9syAXCB6GpL4gHZQj7pE66Yihg4HXw1uytEiDe3ODrwWGmlyaBLNZhVLG7N/DKLF2ESfqZyntaOXOZ0jqNYtcjXiAXa6BTW3KyseV6smpzjTB9/swmGSIVqr6lGvad0MIdj268gYHsihFIWCoS4lK4vQ+2SZrdfelXp6sklrHKvlWrx+l7SZRb0n6uFbPsXr4TFdxuno/0rfbMAF+5rV8GOZ1mdEFOeZBk3u4Z5oVMGzjfM9zcTrzQeK/qDueIo/0B9qF0Yik5EGeaI19nY+CHBtlRqF/sAvTfWkoO6TskJYPaSHN/ucgIVfhQBRLNUBgtqTj5K+laQ8F+j6Gu/9YLn8ATRer2w==',
    sealed:
      '3nO8uMZ7dgT/enoGXe2CIttK5X6YtZa7hPrnEjqhsugWFRuWVPD61r8lXwE9OWbYTUyoqdQFrXNekcchgHMqi1h/ZFs984fp3GrW4u4UUAYkqJE3XgtRicuxWG6y3WW7BwdN/iwu2u2gmKPj2s3ehPAdLvcZL/FaeV95XcQ0KgCCdldrgJsqN+uuco5i1hQ+M0v9Itx8yhEwE/C9hRaMa8nR0cTWf/x0WLFrWbDep9K0N6vV8Qqe+EhNhBN0+cshwUt39ra5kIfXbwN8wcvzqExmZKDyD6B+Y/9m8AC9SqIgWGwkRLXjPdvWIHW5V8+xxZQkfrMbvHD7+dJMZcYqSowDGDTaBoc/6gPEJagwff+YOi7gZwQc0AkdMZpv/Lrvy11yB9H6EzLxwb/k2wfQNdJbkdi40Zu27TaXwJfdHiCm8e09y1bbR4vkTYYFMedZNLnCL0ZoGHwu3C7dsH6Yi2FhuEarA0mjw4HT2mH+4wy3R0zgrBWR9etY9kK+KjhKt6nfqqNKJ5nU77+cVxh6s2O1kXrwoOzZxakkDcS6VheX2ZUQfBBqT28RQFZVRbJ63XvZd+wItB/WY1xw/SCXo94kxh+mUbTV1kfU57v9486WJ41QPriNX2l4hCOVTGeOk5QjBrXh/aXcZ/p73lL2Qg==',
    sealedLength: 578,
    sealedPacked:
      'eNoNzUeSqkAAANC7uOVXkdNUzUKSSFKQ2DugG1pREQQanJq7/9m+zfvZ2aiEaNx9/ex8NOEe7r52/ru9oCeM0LD7/bfTerj9If88KbMPZNjGNHr2hxxx+nGaXDGXigmUMj6PT/M24PfcZlY0Z+nZkNhRuefEVE9ZVcTJ1g8wtMY8QF1d49b2hyuLaWC9VUVoXvxhzIRZSJJ90Q2OyeftFF3rec0O0sZnmawRGNBXMnMz1z7c84178wif99BbauDRVolSVczrkHFbXYd3OLbOewioea578a8JKZ9Z1OO0Khs2iUnrKo5Kv1SeEVPHWUOvTOZZY1YZ6KW6TCAtqRIOiDJxgLWAoeo3JsnEq2Mpdscmr0igkHr5DOb6AK6xGZJGFbT6UPa6ehmObXYgXeTltzNcsqOdialCrSsIu2b0q8U2ZAo6PqiL4dIT42DEpdbXtNSeTadsSdNQxekqt4CENbPvoA9eC+2Ny8aym6bakvnxVlLRHUeaMIBO1cGrwICZk+MyJ04D7av+UBCjbmxVRcLSxUVh+QiCwHvqHgP6g01mXpfh25aKK2fh2SzHPfO4EcGOuYdNCWTjI+bTjloWqWgq1M6l3Bt2J+nZDEPgOuIzkWWqTlcsvbkT2+Uj6U8fsJZdZ9QXKcUo50ASNpo2xJwShRZIo8qR+HwBkCLHSaOzgl0JfdHzXhW6FVOPpIpTtmsSUV5UQZEyR2DD83gNcu4uYP2Uxgd06sTwpo05psu8BvRL5u8eF7bf37vf/0Mm60Q=',
  },
  {
    name: '3.3.6 RCS SMS with every optional part',
    method: 'MsgSendReq',
    body: compact`{"UserMsgId":"20251122000000000031","UserMsgSubId":"지점 3","MsgType":9,"PhoneNo":"01012345678",
      "CallbackNo":"0212345678","TranId":"마케팅","Subject":"","Message":"(광고) 가을 \"할인\"\n😀",
      "KakaoAdFlag":"","KakaoNationCode":"","KakaoSenderKey":"","KakaoTemplateCode":"","KakaoTimeout":0,
      "KakaoButton":"",
      "FileCount":0,"FileType1":"","FileName1":"","FileType2":"","FileName2":"","FileType3":"","FileName3":"",
      "UserData":"주문 7","rcsMessageBaseId":"SS000000","rcsButton":"[{\"suggestions\":[{\"action\":{\"displayText\":\"자세히\",\"urlAction\":{\"openUrl\":{\"url\":\"https://example.kr\"}}}}]}]",
      "rcsHeader":1,"rcsFooter":"0801234567","rcsCopyAllowed":"Y","rcsAgencyId":"대행사","rcsBrandKey":"BR.쇼핑몰",
      "rcsAgencyKey":"AK.0123","ResellerCode":"123456789"}`,
    length: 505,
    packed:
      'eNpdUk9rGkEU/yryTi2I2V2bJvGmFmmRSFFzKN0cJu5jtY47dmeWZhFBSkpTyCE5pPSSVOghUHIItAcPfiJdoR+hb3Y0XTun+f2ZmTe/90bwEpmHIZRGcIiqKzwowaH0Wxh4TXwP4zxUhBdr+UhiSMor7XAsZ9e2Hcd6XEUb8htLKzpJXcndJJle5oqkENuOhwilgzy87ooAG4IMlm3ZTvHZ7vO9ffJUGecnrNM3kpNR2iEL0huXd+fJfLK6+EQkvfIOO4pYfT9KyXy6H54sfl8tfk2f5hYPk+TmLOfC6nqa3MxccIM/379NyFxnfSbKXo0z35xOiQZTPRFUhYcZUueAYR3jDNfGwZAzhf9Z270BiojqsdZEJVJKBMZR63HyR4GRNdJx2P/EBhtkoVadbdXZVovb6hrqDrxgiun0f8yX97PcHrFhR64DqjCJaZKtlumbUR9LfTtyQUa+j1KHIV0oaYZ1NCJAe68n6fdxG08VES4kt5fJ2Wx1e+5C3oUo5OWMWQwxOAq5AVG6caGr1FCWdnbwlFGQWOiHLoxpHY+PTTWbkbRTVBNCaQTW/mZajK0qhnGZc/EB9YfeGLLsY9CJzbBcTFZfvyQf79d/pCHyTCcrzULyeb66vlr+fMgeM2q5XtAPkdBEiZxjuO70ZiIPqNy//Y0V/A==',
    sealed:
      '3nO8uMZ7dgT/enoGXe2CIttK5X6YtZa7hPrnEjqhsujUXe7O5sG4fqDDDmQUkbA/DLh/31WqCZHfP4V4HoCmH98Y9GhMmhAhQM8OoJGWLPUXYHv/PZpM2zpGt7GSBnklsrB6rTTj1VgX6GtK0A3E1OId/Aw6LOstA+zo1B9TNpgY1/ID4pBozau73sFhdBqJqCQY1hdB+XdtB+2Krge9IDXEs9PuIE4VowDqaWkPEP7z8AN+We6dHe49Q+M+4Aa+2713lJTijlbEk7hDUjLhO+cZ3d+pBM8YLRvr5FlymofBjXEd2ywtDghAD1WqAgJGndawg+2pdHoP89iv9cbhL5/b0830eqcbDh9cNk03EtMSBiaea3qAcY++FvnJHrY+KUifphuxlpYCm2bpfxtdw8oo2LGm+zx+mEaxWkFrDmUrK1K4shNJdHXo0+4gYo+cqEeNMO+rbferER+kKmH2IcpPgH6qGR8rTMQrc/SUT6TIdabiKTze1FqCaTLO4G+tRaD70/vLGjXbQlVDLn3PUszpIofrKX9QrNjJzGo8fQQmNLrdpbWiigALOTeN6YfOteI5CpI/OsMbxcXcRnNlZbUTOAcbzAdiVhgXRJ255XrW5GQw5InBILuNAnZVw58QXcfbXC5ApY5zd12oN200/rMrZ5YvmtM0k2AlQyCw8NnoEZ8iKJZ49dU9eaVdhE8cg4cVyooalyB37gl33d/KRT6BmqGZgRPZpASTgCsf9DX+LdZww/W3E50TbJdpCviwEsYMlNU5K7YM4pZTlFgsszYzVsT4jTIZ9j2eNKW2GxYW2JNX9OMFo0oZObXrlkZMGV4JfApgMnJzcXMrOyMZJEYGXhHhGsxbmlUwX0fgzprGKuTUza7em2MNhe5bOOzu/D2wOin42SGOfTl5LZxVCZdeoDpG1b84bNkzQ9fyb4bJASwhFLjno7ou84/hoBgj+6gYBsYSft/YUv14cIb7VCg6znyMmbqI6PUQn5oh/T3mbc4jNqMlA1sVSNFhazAk4yyRSQI5fh5jIdJIZAoVIw==',
    sealedLength: 869,
    sealedPacked:
      'eNoNksmuokAAAP/FK5Owb5PMgU12EAUEbjQNtAg0m6JM5t/n3Sp1q6T+nqy6hPVy+v335NcbwvD0++Sv7a0e4bWeT/9+nVQMvz+SHUPp5RcibGOyHrGZ1Yxmb5vLZ0K+FaWILstodDNaX12S1WLIrybXzLquD1HyBAqpe4hk6fusFVZz4VLOwtpgyVIum8gfkIIiXwqxY969S5Ll1pu8FJPPHJO5ieZNHZ/9uqjCEscdnbaZYG4upbAGHdqQVHbBC9dNIQ5Mq3IcTG1Ok7bOTSo+ypfIrmcE1dmZtSinf4jI4KYSjLu0tWzrmbHKl5dtcCne9bm8Py/GRTwkJSDutQCtmpMjwic4pSQYkWZ7J350PTCeItKTzkMhURUsJCbVl3Lv+l74c/8dcKN2mQGZ777pLVL0n2aldcwRlntLMBO08EWSH2+5AsjjSUBJLFXPFdCRXAVPijU2/6Y+yrpkZ6XKCeL8Hh1ryQk3eTQTen36KdcGBkzNZ4O7hDHjmQNxfIjBKD/353nRh2RxaZdbUeBAK8MUwbU5JqrZqAM/JBbQ1ItxJZ7uYDF2NV1aS5jNq7TEfrRU5C2JhdiGJXi48VHT51krYy/kTGK7lrpIkW/P7DIQ9anujewlWY/Jxs3iZnK0BJ1zmFhqomgIvAVO4P54tIoXxnUg5E241TavTTYZrj74VFl1HYO+AEkcKhU4FPhIUZtdHYbns+XOm9HO26Nqe69AGYt056UoqxqQabwy5fwBaQYHDEWRi78UfP4eNp96MkoffbVdCkZsFNLDdQpOholclylEhlS1XJV+MS77r8qKbc+ykHSvsaAOs1m015/blFvcamsj6xnhwWLfyTtr8FQMHDhp78durLnfBwnvirnPTUXcn9t1PfIjXWOui+1C7pg6cO+M+cnvjBNkcuifMYWLEGRL/yx8M+WcRplaf3SOKvOX8OsXjpGbGbKQuX7A0Cd7RjXtMS2m+4qToxTrgfEDVPMgDI8XqTN7+Bg55maGTdzzXvFJtQLWWJ9MGkgcCJ5HJDdfwAFHue3o7HUjFvFL4kiE1bYjhDZX1/zWbGSevGmusoGYaq1wjF9/ALMtXJJo5DEiY3YAFdcFs98r9JregjMqD+XJfb/XW2TzDeI7Gzp2oeDU3v/8Of37D1GZaqg=',
  },
  {
    name: '3.3.6 RCS SMS with every field of its type at its limit',
    method: 'MsgSendReq',
    body: compact`{"UserMsgId":"${digits(20)}","UserMsgSubId":"${hangul(133)}!","MsgType":9,"PhoneNo":"${digits(20)}",
      "CallbackNo":"${digits(20)}","TranId":"${hangul(133)}!","Subject":"${hangul(66)}!!","Message":"${hangul(2666)}!!",
      "KakaoAdFlag":"","KakaoNationCode":"","KakaoSenderKey":"","KakaoTemplateCode":"","KakaoTimeout":0,
      "KakaoButton":"",
      "FileCount":0,"FileType1":"","FileName1":"","FileType2":"","FileName2":"","FileType3":"","FileName3":"",
      "UserData":"${hangul(333)}!","rcsMessageBaseId":"${hangul(33)}!","rcsButton":"${hangul(2666)}!!",
      "rcsHeader":0,"rcsFooter":"${digits(20)}","rcsCopyAllowed":"N","rcsAgencyId":"${hangul(33)}!",
      "rcsBrandKey":"${hangul(33)}!","rcsAgencyKey":"${digits(100)}","ResellerCode":"${digits(9)}"}`,
    length: 485,
    packed:
      'eNrt3DFv00AUwPHPkpszpCkF6i1JFYGqRqgNH+AaP6VpL75gO0JWFakqDEh0YKBSlzIhwcCQgQWJT4Sd71Bf7LQJokwoQvDf/N77SSf7nb3ck0/VE9G+hMo7VXsSH1lfeWov6h9I4O/LCzWpqqb1E1d+HkmYV546sVHffLD18NHj7drdlaouyMH4cK5+TM/S86v07cf0+nv66U06fZ+df8kuX2cf3mXTz9m3r7NXZ7OLi9nlFXINspJ3KO9ONxmJ8rar6tmRDaRj729nSxtzqHsnvzPdUAc0++9sdv4eHksv/meaU5nvYIki3Rd2HBKJRCKRSCQSiUQikUgkEolEIpFIJBKJRCKRuZwfpu/qE20bftvovvLUItHR8cAGLevLUtJNBEm4K8lSrivDkdGx/ES7g6HYcay8WplojuPYBoVoD0zux0FRdpEbSNm4K3b0cDl01fpqtb5a3VytlqGbRdrRsWZQAIn8H6T7oIW9qBwQaupI1jWYVq58+5mjTUgkEolEIpFIJBKJRCKRSCQSiUQikUgkEolEVsrj9MWfiWrzqG1t7KL7fkSTk5YdJQ1j7Etx5/6dItnoS9BL1j0JEOrAL2al1rdocafFqr96SH/6Kl91XyIxRsJyAOy2piaTGzrWSUA=',
  },
  {
    name: '3.3.6 RCS LMS in Korean',
    method: 'MsgSendReq',
    body: compact`{"UserMsgId":"20251122000000000022","UserMsgSubId":"","MsgType":10,"PhoneNo":"01012345678",
      "CallbackNo":"15666639","TranId":"","Subject":"예약 안내","Message":"안녕하세요, 예약이 확정되었습니다.",
      "KakaoAdFlag":"","KakaoNationCode":"","KakaoSenderKey":"","KakaoTemplateCode":"","KakaoTimeout":0,
      "KakaoButton":"",
      "FileCount":0,"FileType1":"","FileName1":"","FileType2":"","FileName2":"","FileType3":"","FileName3":"",
      "UserData":"","rcsMessageBaseId":"SL000000","ResellerCode":""}`,
    length: 336,
    packed:
      'eNpdkcFOAjEQhl+F9Lwx2yKo3ARDNAgxsD5AYSeAlC1uuwdCuBhNNnrx4EY0MfHgI2DixSfa8g5Od0HB3v7/+zvTzszIKXAfQlKZkSbogfRJhTRVvwOB34ZrMndIVfpTiy8VhEjObIK5rEQpY+7vYYw4m0gn6mYpdFB50wmQCnUdcjGQAbQkEpe6lBX3S+WDQwzVuBBd3htliJbKeIpH6HshDzaFsOYV9DQKs4hN8l0wSZzeLG0LUIr3wRK07pJVsjC3X+b1ySnkUfO2LKxeEvOepI8L8xyb+8/0IU4fPvbwdoOPuDz264L380aZ0eJ6KIOa9GHLtDOBsAHTLc+D8URwDf+i3nAMMsLXumujGmktgzxRHwrMR0GOrbIjon+wxcfb0lK2S9kuLe7StbTbOOGa5yrsqfWkqlxBNtbOeb47pG1QIASEm3/M5z8TV7SR',
    sealed:
      '3nO8uMZ7dgT/enoGXe2CIttK5X6YtZa7hPrnEjqhsujZOf+9XSiwcRsgVapGvB7HpDQNlMPN8GNm0dISmb2E2KPx+mqdRbykeZ/zJ5aeiQT9PuaYr6+NXNxe7hdcCj+PTbpGFGCo61EFvdoOkty0nmSxm3gGRtxZhb+kQYB4eEwQwIsfQf5X+OlfBejBHdGsyVNoH0kfg/rVO6NdKMhX/zlzr26mnHOr5sP6PVxz1JXD+UaxvC2lFkfvXgpAsCjQBw0QWENzFHnXmenDTss1vrrxXt6E6RTIeq9dl5KaDZwQPldr90SA+/exuTAk/vR0QEi0rcw8RjZrGyyJkvBqtpMlhJWlDunus1FC29R4oVXdFNabcTTLCAG8DirTKCGlUv098deznmZvpZswN/77SiVLsJ2PhJtEkrXB9kxtdZHKQFwmA+Zfy1Rqu1DE+Wxmz/MT0wNXItcFuBz1iSaYoTqgpbVfxsRkwmBVx+A4xpTwPqZ3Y2V9zt429Cr5W1CVU7lRqbjLC9yESz4yqkFzuPZ5o6JAx1jdXrV1gnIlbwCDxhPnlKLwGXA5plUWF58l5ZL3XvqOnFMoweaJjtQ0vOO12OoPd5dnMwpZrjbw4z5MZ649R9Dm1edJQI6ePqOoyTCeSYOSzcGdOy7mt0A5/Sc5Je+lWwpsk/0ymp9VOpg=',
    sealedLength: 592,
    sealedPacked:
      'eNoNyMeSokAAANB/4cpWERSQqdoDWVEygy03sBuQnBuYmn/ffcf3Q1xRAtFIfP0QFpqLDhJfhDXlAWqhjwbi9w8hd3D/n6fWuSxWLMA8pFDbGQCxym2e7xzgX3OcCIU7tlo5FNNSxk5GiiD44Lc/5VHSG6ssXHvVs2vLtS+G3dDwFjQpq7F3dyObAfrpXqGYOkwuQR8vFN0leY08aQN7Q0IB30pJumHaG7qhdDyj6SvsnGre6bYJtuaUG/68xUVKVt5LPiMNe/g2ZV7GAdKpMxmV8hUa0x7Z3ZWuspwaI4e34d0qAHXUx8jyTXt1Rm5yeTfaDsYEKvmdbKvC1nqVrSDvpUkpPRnT3lOzD/3agga1ajhNzDqOG5h5jffDGxpEWHP3RI2x59ZwFOlAIim0LaFUUatPe9qHHt/44pfxaOy7Wa3yMPdWXZjPWl3aZWJ0hRX9cxcBqNtJ+g7DhyIZF/UzhnfFqL9XWrxAdLRNvPbxhG1KEIJP9JhM1i3MWatGIIvVNsP4evd03EhknO2MPyyMqpHPrTkoK6SxDW7zW1/kg/kEyasLh7xPo2yb/Ao3crSR0nnrQ+wO8enFRuIxn1lRGbkno0TfQu0PaflQxF0LjvM+VPqxuDHX8aa0MSUEY8Tk7a1OsaJuhdvW9wc2gMT19fdT5y41Fz9OYB2cVrc6jBKznD16dRyGdToXcrC1cB+PZYrPB2fF/Fn0RbVhEDS9G4/cwen2UEHBywmOtwGdXWhmWuKo4M2ZiKyfuJ8qit6bXoycPv9L/P4DqBL4CQ==',
  },
  {
    name: '3.3.6 RCS LMS with every optional part',
    method: 'MsgSendReq',
    body: compact`{"UserMsgId":"20251122000000000032","UserMsgSubId":"지점 3","MsgType":10,"PhoneNo":"01012345678",
      "CallbackNo":"0212345678","TranId":"마케팅","Subject":"예약 안내","Message":"(광고) 가을 \"할인\"\n😀",
      "KakaoAdFlag":"","KakaoNationCode":"","KakaoSenderKey":"","KakaoTemplateCode":"","KakaoTimeout":0,
      "KakaoButton":"",
      "FileCount":0,"FileType1":"","FileName1":"","FileType2":"","FileName2":"","FileType3":"","FileName3":"",
      "UserData":"주문 7","rcsMessageBaseId":"SL000000","rcsButton":"[{\"suggestions\":[{\"action\":{\"displayText\":\"자세히\",\"urlAction\":{\"openUrl\":{\"url\":\"https://example.kr\"}}}}]}]",
      "rcsHeader":1,"rcsFooter":"0801234567","rcsCopyAllowed":"Y","rcsAgencyId":"대행사","rcsBrandKey":"BR.쇼핑몰",
      "rcsAgencyKey":"AK.0123","ResellerCode":"123456789"}`,
    length: 518,
    packed:
      'eNpdUk9rGkEU/yoypxbE7K5Nk3pbLdJiI0XNoXRzmLiP1Tru2J1ZmkUECSm1kENysOSSVOghUHIINAcP9gvpCP0IfeNounZO8/uz+9783uuTV0B9iEihTw5AtrhPCuRABHUI/Rp8JIMsKXI/0fKhgAiV19rhWM6ubTuO9XjyDsluLPX4eOVSt0M1ucjkUUG2kfSAFGwrS962eAhVjg7Ltmwn/2z3+d4+mkqUsWPa7BjJSSmNiIarXy5uR2o2XJ5/RhLLfICm1IWuRmr8O6PGo8Xpg64GQtAAq5En84fL+a/J08z8fqiuzzIeWY4n6nrqES/88/1qiOYK7VDu+mVGA/xgQ1SpbPOwxH1IkToViCqQpLgGdHuMSvjP2mh3gcfYnLUmirGUPDSOcpuhPw6NrJEOx/4nVmk3DbXqbKvOtprfVtdQz+MllVRH9GO2uJtm9pCNmmIdUJEKWMVaf2OmaNTHVt/3PSLiIAChwxAeKWiGNjVCgHe/LfD1SQNOJBIeUTcX6my6vBl5JOuROGJuysx7EB5GzIB4dfFIS8qeKOzswAnFICHXiTwywHM0ODLdbBbUXqEy51IjYu1vVsfYSryXuIzxT6Af9M6QbgBhMzGbcz5cfvuqTu/Wb8SN8s0ki7Wc+jJbji8XP+/TnxnVreR0IRRqIIAxiNaT3qznC2z3L/OBHrI=',
    sealed:
      '3nO8uMZ7dgT/enoGXe2CIttK5X6YtZa7hPrnEjqhsuhwhmJnkoAz/fhpYLebxaSsRP4ZlGRflaZ1tig5yMYQUYi78KgW+mT1PBqWMTrzQ9D2nuTYUxdeDKMk3fMmOyE0HPHRA8LO9f16jo1Wt7yyZjRYOZV0MCT7ouktZe3LQX0TR1xShdh3/FPuevvPHQd4cMXX6KpU4uTwpDQM7FK+47xfKAPH21jiGwvtIaBVGA9lViKi5idj6DH24gPBtPXxuEX569xDMRuQAOulgr7Wu4FwkqWcjhpe8yet1123/xoOzV95U1FBdetHJXPV1K4MCWVyfbFA0rn9VcO3HRIvCEIRdonPKGXz0bMnH1JnPIJbXlJGEtAfVYBFBnU1QNR4qSgyNW4LbeajT+LREkIg07cxweG09aG9FCBmq7TlNkKtgO5IoZrtT5giDfmO9lr8YJ0unSlUzLysjbhrGafLfokpf6di0gNCh8zZCh5avFJp7U7RzsS75GDKHuDRTs1ub7s7nskn7oBiESwMYMYs6usSErVhHvzP3l11zpa/ijPs1DoaGucxsHUwx4kdnjFCR1/9KrxT81DZeK7sAQ7WrGBoKOyn3vvf9vUaPd+ANzCv78bO1KlncS9Ys5zaq8kltWatnab/1qO+xnqsG2y7g+yJ2PeuExYrfaE0sguARuSgAdEsRjj5sAHixg72vFXG5Kp3ztXxsH/dY6MrQFBDRLUG2GG3pe2fyU2x8/k8MLIPOAVMk6wPbciM52gBVFx2POlzTGr8d9/kipr9g9oMXfUadkfGcD/+dTTTMVkLjo3w3/Mp7zcLnCkUyVu+kIhbt7VQQ9kDv/7jUgASQVPYZ1nM6/69HUN1znISf2F3OlWV5v5XT0kfh+WvmNELxxqynwl1z+K3NVNquN/4Jzv/K5xdvJKagQHNHDABa/mFhRoiNLeKKeNkhE1IGzDE7GJ/Lx6uYfJZBUTfG3W4mOIYdS0r3mXR7nIwBP1Y6IjgfE7XmaRKTEq4kX3mlaWatSPanhtH3xLwkIwvsABhMN0OYIV598o98tyQsaGWBaxG6nA=',
    sealedLength: 884,
    sealedPacked:
      'eNoN0Meum0AAQNF/8daRYGgDkbIAU03v4B02HTzYdIjy73nbuzq6fy9qkeXFePn992IWcz3kl98Xc6r8AuVe8b38+3URhvz4iSSy2cV8wLwKsAINSlIQN22edTph0vmRwdoZkdR+62mpt/p9R93An1hZf1KjeO6ZP3kO9egVr+yzB5ibij7M1A3TBrJ6FV/fAXCEb2wG4+lyIoGWIA33vBB1syNL820fEq46qsezhs2VgGkHEM/wOB6tl9qPCDdvARyWbn4UpOEmeOCB3a/zmsRkZynW1VHdnHqZScLon5Bagu0juiaU9SsF91LnHZUAbaNs66xlQqTwXB81ekM3ecuIKkFVjjA7yb5ICc1wu2h6i8vbS1+NMF4oeeu+8autPwV7FDMABIntg31GHB0CWciLWb0nTgR0yrzF0VE+ZR4fERe9bFL1tPUmaV4+IEdXkhN/mkgFd+Ro92fS3xVp5ssoFWQBhcC1POrrV4cVU8azyNrganhSp1U4fO1boeBcpnDyTXh/YdBbnT5XNq0Nj3EO6KoRy7fN9SOb3vEF+X14GsfUPutRyUqjHLpPyeQNXlm3mj0ft5rOVvn+gSH0zsmHtCLq6iJ6wQSWJ5wgmjoEB6GR/M1MzXRilsmXxqhW19MhewDOT4Y1rTMBcciU5bVParjtVJejVr55AOP0cQ9YID4KHU68C+NREQbdPhC5riW3hpmTX3nrvK2QfdpA79HL59KJPrMv2/VznM0oe2Lga1939J0U4oDV9bgTTrFIezqWmYRP1cJ7i1/xuTR5bUtPvNrsFSRWOVFo/UOec/JjwvKUMUdXFkTPCBVCUchPQZRHSOws1rGmoTk2H5kdsznPV2PSRCVE8k44dn8GysjmHNY1n5GruMFMyjDLu1J5idg1D4LAjDqjHciNxMwPPF8GunXhES3XTqufM4xcl+vEFYNtWPG+GznpAyCTwRhODS1wIs0vCZm0+ziiVzoJ8K6sr/H6tiRj378H2npwXnXSiqzvYmHU/Vwxnd7z9a5nlataqsgLGfaWa29oLKPQ9cLqagloyilKULljxs4saXl/CGFQKmRMvW0tzX18JN+JB5G2CQ5IGa2tSgkm78zTA+lLdQn57rOf8b6ToXpWyd3YOm1bJ16oTQu3Uy2iOXbg2Plwp0yJhWxXGMT/ufz7D8HMc/c=',
  },
  {
    name: '3.3.6 RCS LMS with every field of its type at its limit',
    method: 'MsgSendReq',
    body: compact`{"UserMsgId":"${digits(20)}","UserMsgSubId":"${hangul(133)}!","MsgType":10,"PhoneNo":"${digits(20)}",
      "CallbackNo":"${digits(20)}","TranId":"${hangul(133)}!","Subject":"${hangul(66)}!!","Message":"${hangul(2666)}!!",
      "KakaoAdFlag":"","KakaoNationCode":"","KakaoSenderKey":"","KakaoTemplateCode":"","KakaoTimeout":0,
      "KakaoButton":"",
      "FileCount":0,"FileType1":"","FileName1":"","FileType2":"","FileName2":"","FileType3":"","FileName3":"",
      "UserData":"${hangul(333)}!","rcsMessageBaseId":"${hangul(33)}!","rcsButton":"${hangul(2666)}!!",
      "rcsHeader":0,"rcsFooter":"${digits(20)}","rcsCopyAllowed":"N","rcsAgencyId":"${hangul(33)}!",
      "rcsBrandKey":"${hangul(33)}!","rcsAgencyKey":"${digits(100)}","ResellerCode":"${digits(9)}"}`,
    length: 487,
    packed:
      'eNrt3L9v00AUwPG/JTdnSFLKD29JUFRUNUJt+AOu8VMaevEF2xGyqkhVYUCiAwOVusBUqQwMGViQ+Iuw8z/gi502QZQJRQi+m997H+lkv7OXe/KJ2hHtS6i8E7Un8ZH1laf2osGBBP6+vFDTqmpZP3HlZ5GEeeWJE/XG1r3t+w8ePqrdXqnqkhxMDhfq++w0PbtM316lH76l12/S2fvs7HN28Tr7+C6bfcq+fpm/Op2fn88vLpEbkJW8Q3l3eslYlFevVdXTIxtI197dz7Y25lD3j39neqEO6Pbf2e38RXwu/fifaU5lsYUlivRA2HFIJBKJRCKRSCQSiUQikUgkEolEIpFIJBKJROZycZi+q4+1bfodowfKU8tEV8dDG7StLytJNxIk4a4kK7mejMZGx/IT7Q1HYiex8mplojWJYxsUojM0uZ8ERdlFbiKlflvs6tFq6KqN9Wpjvbq1Xi1DN4z0WMeaQQEk8n+Q7oMW9qNyQKilI9nUYFq58s1njjYhkUgkEolEIpFIJBKJRCKRSCQSiUQikUgkElkpj9OXvyaqLaKOtbGL7voRTU7adpw0jbEvxZ37d4tkcyBBP9n0JECoA7+YldrcosWdFqv+6iH96at81X2JxBgJywGwm5qaTn8AxB5JaA==',
  },
  {
    name: '3.3.6 RCS MMS in Korean',
    method: 'MsgSendReq',
    body: compact`{"UserMsgId":"20251122000000000023","UserMsgSubId":"","MsgType":11,"PhoneNo":"01012345678",
      "CallbackNo":"15666639","TranId":"","Subject":"예약 안내","Message":"안녕하세요, 예약이 확정되었습니다.",
      "KakaoAdFlag":"","KakaoNationCode":"","KakaoSenderKey":"","KakaoTemplateCode":"","KakaoTimeout":0,
      "KakaoButton":"",
      "FileCount":1,"FileType1":"IMG","FileName1":"카드.jpg","FileType2":"","FileName2":"","FileType3":"","FileName3":"",
      "UserData":"","rcsMessageBaseId":"SMwThT00","ResellerCode":""}`,
    length: 357,
    packed:
      'eNpdkctOwkAUhl+FzLohnVZQ2QkGJaTEQH2AgZ6US+lgLzGEsDGaNLIx0UY0mrjwETDRhU/U4R080xZBZ/f/39cz7emMnAKzwCOVGTEg6HOLVIjh2x1wrTZckLlCqtyaSnzug4ekIQ1N1UqUapr6ezSdKBulE3ZTCxtM5nQCpEKpQs763IUWR6JSlWr6Xqm8f4BSjTlOl/VGKaKlMh79EHvTY+5mEM4cQi/AIJaRiL8LIo6Sq5W8Anyf2SAJVjfxOl6K60/x/KAUMlW8rgrrp1i8xcndUjxG4vYjWUTJ4r2ITzfZiPEjq+4wO7soLVosGHC3xi3YKeVOwGvCdKczYTxxWAD/VHMwBh7i26p5UQ2DgLuZUR846IcuYpoluSKKsGGc5LzFxmkjvlbJ/UtxOLHJVtW2c6S3EyXV/9I8yl9zzAKWJa/n52urMh/SHXeMS7NvqirSNvjgOOBtPmo+/wH5drwb',
    sealed:
      '3nO8uMZ7dgT/enoGXe2CIttK5X6YtZa7hPrnEjqhsuhU73VErSxsF0B8/tgKle2bOFQpYDlk/Ij4OvT105kFcMiP6cJZWLW5jAs1iPdaL4MNRXuN+129tHc36DdOfUBF8mqwYW4aWeQuSOr2nJGvfsNGg2/VYHOSplZIB8bkPwJ1e7B5SUd7QZBgyOARuIv1l5V60Wi3KlnoPunpc28M14nqX2F0yC5MnqbnSHCO+XeaTVGri4+QE44KG/pKJsvnlpdu3kYuXMRooMbOYKBv0PrQl9g9XkBjnqQwUmZ3dhO4snZcABduBkKV9FQfLdp0KxsaeBmj+Hjr4lApr1wvA/tRt/IO90L/WMyx/vyEWRn5eJYBBu4XDHpQjDEoKt+ZM3UaN55GEe0NIi9ndiKp9ANz0Znr84mOniLRk58g6XMVZAyspPhwAcNJ/DQB5SXZ1vIZNyYKDer6fa7Q4U7+K/kCMEC/dPOAOs2QilI8v3L1GzF9kUIE7LT9RBZ/qrpJQtA8fGBorBcPPbyDW05rYYB3lF005WkgLYtlq7OIiIJqkdUn8SW3Hq6o9PCBjNUET1zY6YZ+TP21bqF+/2rq8LJMheB/wEFQNGEgNjdbfNIdalfWxFn/HjQgx7e6tCUwHllcmQ31gHXspz3ubvR8mQOePWvhRrMUUgT2QGE5ZYY=',
    sealedLength: 594,
    sealedPacked:
      'eNoN0MeSokAAANB/8epWkdNW7YFWcmwUCTegWyTYZNSZmn/fub7j+z6YuEB4Pvz9Pnh4fQzo8PfgLfUFExTh6fDz5wAG9PlFjgTy5uUSqq8UJoORYvZkrasjpGK25oX0CGeitdNj2R6xxN20+fJedBrI1Fo7PWbLQIdjdu47ymr5YL8ytNDpldeEYmXniZsIrbowTYgKl/f8KN38I8Mqq1lx4hkF9xjo8nN6ZQlfJBhul2BmiW3s98U3apa6ZWZwGfvcAnLZhS+bwRIQLjGSYA7qT6BGm7UzvXAT6aThnJ4M4UbGipU9hidTyur05yR4ZCrJxTwFxxQX15sxN/wRajzvGNTo2MtO+hFtXJdtqRcNg1cGmQN2Opxhr9RK2oGWTPAVP3MOPQJ+IXmlArSBzrkpOry7aKSd91Jg8GyPZjvzvTrOzGtXqTVaKStQaJdKvM+b2j9aEhEB2xkAG5+ezRG2Z21w1mPucXHhC4KhYdq3GoWgxhkV1f+iczLL/DMgjRt1glyLqXfL1c8yho+XWvk2dYa/GWnO7FbufzLnjGfxXkiQj6WjQ3UnTztRKAzUYGFh01vyzrmM8aUrXWxpkntVIpBT0zzacFXluwGGGVRhWH7OCS3MWQa4XqdpIelqN1v7SQqsxrKnDsVEviScOYmDEp5A68falfnKxCw/XkOWKSf9SLHzJLu298CAemk69A2t9ltU3n0LFf09eeuEMltYvyUsrqf4ZfZ99YQcU5vpMn5xW7lH8hMGOEz2RzR7cVxfWWhoQp5l/w4//wHnpO5/',
  },
  {
    name: '3.3.6 RCS MMS with every optional part',
    method: 'MsgSendReq',
    body: compact`{"UserMsgId":"20251122000000000033","UserMsgSubId":"지점 3","MsgType":11,"PhoneNo":"01012345678",
      "CallbackNo":"0212345678","TranId":"마케팅","Subject":"예약 안내","Message":"(광고) 가을 \"할인\"\n😀",
      "KakaoAdFlag":"","KakaoNationCode":"","KakaoSenderKey":"","KakaoTemplateCode":"","KakaoTimeout":0,
      "KakaoButton":"",
      "FileCount":1,"FileType1":"IMG","FileName1":"카드.jpg","FileType2":"","FileName2":"","FileType3":"","FileName3":"",
      "UserData":"주문 7","rcsMessageBaseId":"SMwThT00","rcsButton":"[{\"suggestions\":[{\"action\":{\"displayText\":\"자세히\",\"urlAction\":{\"openUrl\":{\"url\":\"https://example.kr\"}}}}]}]",
      "rcsHeader":1,"rcsFooter":"0801234567","rcsCopyAllowed":"Y","rcsAgencyId":"대행사","rcsBrandKey":"BR.쇼핑몰",
      "rcsAgencyKey":"AK.0123","ResellerCode":"123456789"}`,
    length: 539,
    packed:
      'eNpdUk9r2zAU/ypBpw1Cajvr2uXmZGQrIWEk7mHMPajxw0njWJ5l05oQCKVjGfTQMjJ6WLvADoXRQ2E5ZJB9oUSBfYQ92U7rTSf9/kjv6ac3IK+BWuCT0oDUIegwi5RIndstcK0mvCfDPCkzK5LyPgcflT3p0BRtW1U1TXlYxSLJbyyt8DB2iduRmF7kpIKsEXlASqqaJ286zIUGQ4eiKqpWfLb9fGcXTRXqOIe03UskLaMYPnXjK1e3Y7EYrc8/IIlljqAdyEJXYzH5nROT8ep0JqsB59TGauTJcna5/Dl9mlvej8T1Wc4k68lUXM9NYrp/vl2N0FyjPcp0q+pQGw9siAYNusytMAsypEwF/BpEGc6AvufQAP6zGt0+sBCbU1KiHAYBcxNHteugP3RRVhMkw1FR3Ku/SvUG7ceM+DVbff5aOPJs8mjVHu+RvgyUavFfNYXyc17SgMo7vy9Wd/PcDrJ+m6dplSmHOONW/djoGIqSqA99vxuYhIe2DVwmw01SkgxtS4QA91aXYxSRAScBEiYRNxfibL6+GZskb5LQd/SMmXng7vtOAsJ4Y5JOEHi8tLUFJxRThULPN8kQ18HwIOlmM61qjKqMBRIRZXczR4mtwrxIdxx2DPJBbxNSt8FtR8kYnY/WXz6J07v0jTheVvKt5WZBfFysJ5erH/fZY4mq1wqyEApN4OA44KffvpnVF9juX3oPJjw=',
    sealed:
      '3nO8uMZ7dgT/enoGXe2CIttK5X6YtZa7hPrnEjqhsuihlJTgmb2kGLrvIndq4ic4/YHOsMBIEcxRfuARr9Qx6W1G8KVoGEuuZVw1dZmClAQ5hyx/fkdbyjLuDZIyXJB7UCx6mR6uEPJTu4v9K4qanl8VMpJCyy1B/LaEXw8ugVgakHP/BR6VcWz15Km2UFZCF9cxr7trFerGyA1DGT1nR+bzsXO5U9ntN+FxYZC1cIj0l8XQvZs3ULGlL+aaZXWRsquZGZQmhSWCYTmYVx9sBnA8sep4oQ19FXIC3J9rh4H3fpnsDFqi7OUR1PVsUArICUHO79VJ+jQbLqk+tNvHXBKusijgsxzitZ3HQB/i1yFxSwxahJsVWdf9pCMOrZhSquyujFg94aYRvgHH3sb2IXWWc0Iqpd9mo4OC7jGdddjEc78OybWUSs9nCLEw+/BOEU93mdxMlCK+BgNUh6E87t96AQxt/ogifrSJ/gM+0QfbAuYumJ1PgIEKF/H5uA1EGoB3ROlFyaYfRmRro7o+m63Mz8xTSmuXUPasrbKqwlv0cKQADRBOJ16KyFg8JC0fkKSVFbjGj2hQ4fSAT8twKNXEbLe0oWUaPooaPSkTQ6pMCtRC0aJIdkQVCgYhBYZw9ZUGX/BvPxN6/ywpC0+WKzQNbAZKgTLZb3tk4flLUgys/vrOFHe1nnMfgl6vOTytMr9tdqumQ4z1YO1fAsJknGhJeZgxvLww+4i8UOIHccSJ2oUsBxyPmpSu4e3sqeaNyNffDUKu20VMrY/TreqeMgYNolzX0AeGi8ld91AKIRqEbTiKH7PiYPSDKQtuSXWEkIeVztBAlCCV4hKgjTN3YthNAIcmKOcbMcpwR3n/y7vkGqEcn/4Xq2TMgetgv5JgVzy1CVm4Fb173EBF/DqDcNyK83fn0rBnHp6hmmQnEe/Aj+Vf+CoxAoNsVSJZGPgDCHUZtGlyW1aKx8TLTJOobzTE/5bzq0ntFAR4zGXRubWfcXODqy4XsZ5GIiZvGcbOxbX6Ba9Tgjk6B0Sz6t30Rz+FWqNl7vXhS3OseEHxVp7BSrPv+/osg6SfojtDMexG',
    sealedLength: 894,
    sealedPacked:
      'eNoNyMkSa1gAANB/yVZXIcTQO8Qc82xnvGbhInj1/r37LM+fh1JlZbU+/v3zMKqtmcvHvw8DAq+aSrdaHn//efBzef2fxGQxu5HSJfDRaprluHoK6rbpr5hKtjSjG3udxG5p4N42g+aDMX/28mc91KlcyLYg0USxoMGrYnG69c65K+ucVITLjB7OsrjvafjDy3QUBs55NdeJ1n2ZX91nf6fqFWs8HQgnNbrULtqav5MHq5NLNg1MaHw14bpwHv1kYvxjdhCCrFdslHepsIhu/KWPz0BKBYktzpXeVqla5YvD37KPTy6S3zC2XgE7bSYinUkq4IXaYQMTO0cKieAjDx8ky9I4cuGyp3LqjI0XCYk/JuHJQn7iGFh9ydnBWSlWBUJj14ZUiPo7wbe0tLQVuLgdwoBbVSFQLJoNNaRz8s/SI5t5KDGv77DtADzvdksJxeHRFr+k0/udWaPBMCpr9isY1po23rJfeycBlswS9wCKQsD8qcZRVGDq8i3ZcSYtge7ksiw7saAZ68qjwIPsJHzEH4LylhiwxFiexiDoCA/MoKFEht5YinPODZ1BW6+ehgIDwZw65/ZkHzXcBqqoS6jy2jlclGeecK1BurKkdkd3nekZGSnCuJnT98Y9DuwMrrm+/IYDK3SHe7u8peGUfkmA0QSs7nUvlPJO7p6NQ9Ye5zPbTzdjMf9U2BwFmT3Pme31vkN9DWFzBSzT1LJ3QgEkDZ+kPzYN5BjlD/s0KfT6fQUMifTbMXMu1YH/SXNi68l6+ATgguixWpJS4dNk1GCgDsu/NmNlt3LZR4e88cTCaw5q/SQ3WpWC8/j8fgjZMoGlKkXhac85gPx52ePX28mKgEuVmZdZ1+9A359YaKwJ6q/VUhkgMefhjjGukltmKFmc01V3EXO/1RXabhPbe+vOtntxJPZqFd4bzw2CEJKNDjrfJJKtMTm1GHWryI3i+3OJCb3oo5cXsZhQMl6evgGqDRwvDYT3hQvhSEo5ThMiL6Hv5V2Yl84Q9YSt/KR8qWYcnUmsUK5DwhoR5pObTRh6Wirb4C0oQbrJwxXhmX4y/sfXrDm/fRF95feCTZvEueQtx+6eR3URW+/lImOYvmS1TQ+5yK0zjyk+Y33Q9RSPeTe1EZh7I1K0mAN9xI1HWLASlTP80ry32geCzhBQXj1329uoTvnx9z86Z3zM',
  },
  {
    name: '3.3.6 RCS MMS with every field of its type at its limit',
    method: 'MsgSendReq',
    body: compact`{"UserMsgId":"${digits(20)}","UserMsgSubId":"${hangul(133)}!","MsgType":11,"PhoneNo":"${digits(20)}",
      "CallbackNo":"${digits(20)}","TranId":"${hangul(133)}!","Subject":"${hangul(66)}!!","Message":"${hangul(2666)}!!",
      "KakaoAdFlag":"","KakaoNationCode":"","KakaoSenderKey":"","KakaoTemplateCode":"","KakaoTimeout":0,
      "KakaoButton":"",
      "FileCount":3,"FileType1":"IMG","FileName1":"${hangul(65)}1.jpg","FileType2":"IMG",
      "FileName2":"${hangul(65)}2.jpg","FileType3":"IMG","FileName3":"${hangul(65)}3.jpg",
      "UserData":"${hangul(333)}!","rcsMessageBaseId":"${hangul(33)}!","rcsButton":"${hangul(2666)}!!",
      "rcsHeader":0,"rcsFooter":"${digits(20)}","rcsCopyAllowed":"N","rcsAgencyId":"${hangul(33)}!",
      "rcsBrandKey":"${hangul(33)}!","rcsAgencyKey":"${digits(100)}","ResellerCode":"${digits(9)}"}`,
    length: 505,
    packed:
      'eNrt3M1Kw0AQB/Bn6Z6LNI2fubWVqkiLaH2AtRlidZutyRYJUhD1IOjBg4IXPQl68NCDF8EnMuk7uPmoil8nKVL/t+zMD5bJJOSwQ/bYInGbPGbtsRqpTWkzi9V8Z41ce5V2WC/PytIO4vS6T57OLMXCKJqTU9Mzs3OFtyuWH5K17kainvv74cFleHITXj2Ft8dh/zw6uI8ujqLrs6h/Fz0+DA73B6eng4tLyBHInO6Q7k4j6BCzDCPPVjalS3X5fT8rXIgN3tz+yTQ87qLbf7Pb+kXcoqYam+bkkkeYfJ87hCcOEhISEhISEhISEhISEhISEhISEhISEhISEhISEhJSy+QwfZlvc1myq4I7zGLDQJ2rlnQr0qZ3wXgkiLxlCt7FGtTuCK7oA2202iS7ilmFLFDuKiXdVFRbQvuuq9NmuoonUgydXKotZPk6byeRMeiDMbHVcdhbocVPhRbHo9Dih0LNT4Wa41GomRUaT7vNc8UxiQIJ+R9k/MX0mn42gVbmPo1q8jHb+fU7ijZBQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkLmsuP04b+vCsmqKqWKV9/96UiTiuwEJSHkLsXn/vU0WHLIbQajngTwuGunw3ij2zStNN31q5v021d611XySQjysgnD1xzr9V4A4Jzt9g==',
  },
  {
    name: '3.3.6 RCS template in Korean',
    method: 'MsgSendReq',
    body: compact`{"UserMsgId":"20251122000000000024","UserMsgSubId":"","MsgType":12,"PhoneNo":"01012345678",
      "CallbackNo":"15666639","TranId":"","Subject":"","Message":"안녕하세요, 예약이 확정되었습니다.",
      "KakaoAdFlag":"","KakaoNationCode":"","KakaoSenderKey":"","KakaoTemplateCode":"","KakaoTimeout":0,
      "KakaoButton":"",
      "FileCount":0,"FileType1":"","FileName1":"","FileType2":"","FileName2":"","FileType3":"","FileName3":"",
      "UserData":"","rcsMessageBaseId":"UBR.예약-1","ResellerCode":""}`,
    length: 333,
    packed:
      'eNpdkc9OwjAcx1+F9DzJWv6o3ByGaAjEwHiAwn4BpKy4dgdCuGmyyMWDi9PExIOPoIkXn2jlHWy3oWBv3+/n22+2b1foAqgHAWqsUAfkhHuogTpi3Aff68ENWlvI4d7S4IGAQJNLkyA2qWFMiP17SBVZu0g/HGYp7WjlLheAGphY6GrCfehyTWxsY1Kp1urHJzrUpIwN6WiWIVyr61M51b4bUH9XpDuvYSSLVhCCjnUrUnGU3sXbOFG3X+rl0SqpJFLxt3r9KG2fY/UWpw+JeorU/We6idLNe1nfbtMZ5Wdei9FxXpcZXSqn3G9yD/ZMMwMEbVjueS7MF4xK+Bd1p3Pgof5AuzCcUEru54nWlOl86OfYKLMK/oNdOt+XhpJDSg5p5ZAW0jzAOZU0V8FIFEs5VEC25MDplfOJjrBO9EAAYxDs/mW9/gGzFbAB',
    sealed:
      '3nO8uMZ7dgT/enoGXe2CIttK5X6YtZa7hPrnEjqhsuj8lKdjS806SzKSIKFSLuT2QofRbLv4suXayXjTyNE6J+j7m0jphbW9LFU4DPnYy3qRQ6dR1iCoDu2llN5RM8PNny1FS4abGuUOmP4Y5nj8PLbZnAy7JMYpUJKgEQGlc8w4MzL/M6I6FNjCE46WzjGgOi2nbwDATS12AFH9updc/JcWJXmrfUPFe1cIw04qmam8rzfvT9DLg/96hnuoF7DUXAIcvfRBeNGGfi3zIx47AwZpJlnamV1tOmoWJbPYL5BUKJ/Zk4WEylstQNpiZ+3JcDRiPfyqx0wRaqHYgz0mCfhNql1mBK6HC+8PDDhT142Pp0M3NTD2mll4BhwN1EG2JJg9CbShM7MBUlrT/drfEwwpie2fxNRbe5GxYS6WnHbnYzTwDFv2dS7cLMGuQq//YRtASg/fswgGsmwWpJs/uyGrqHVi4YQnxlLGFsCu6tTX+Nznhdv9HOWAOabUF8m1YlJzkY3g+RezOXYzCSzTszLck3im6QHhHaoiiYbc7kf9hArZzAowaja9YQlECijyXVDk0R5cH4j8OgmYg+CVE2kj8+G6ilwdrkGJyiDJKZHG49PDXc79PiDTplIAIudn44Miiyev+9utnI1AmoqGTQ==',
    sealedLength: 578,
    sealedPacked:
      'eNoNyEeOo0AAAMC/cGUlDG4TVpoDJuc8hBs5GJpsDKP5+24d6weRy7QoF+TvD2KUWzMWyF/EWGuvhIVbzsjvH+Q5Fuf/vEOL3o2EKmofK+EoRSXBKdumPSIy3pKUauwFCt3crHtH91rRefSN9C7NUzTR03efcMbKzfQ3WPcoPaPOP02BVNGOGm7d1GQho4sB4G0Yn/fZdcjCxVtu5Hei782Ha9C2CU9c9ECaSXtgDTaIH7CjbT1LIHtSqhFPgarVgiP1OX0A49Ixg1RI0ew4AZDh1Um11RIwO3jW93CCFWVmn4ocU/NQjYalCmyxxHPluIF5SAd6uaq3z/B6jTFkA/dRpPggYpX8XbnP0pSkqr1fygdQ7JFMag/T4RvfrGEM1cyO9ccz0FQseYFQOPt1c8ypTdC7mvNua1fn/LkdbjrLcX3dBq5qzLnHh6dGyhxK2zzf+Dgg7Olm3E2fJ4a+B8/mMHFBIlS1ZrjMawzKeAb94mPFUgnHMbUlUX1MNysf0if2yBDKGYwv/+DFN1F4VK4b0u7MGBa7G+vVWLUetbQORzipK7af0jLL3y2IHfjpdUlcuZ3c/Ag1L9gUb0a2QtZKs0CkBzzu1esV32vULS8rii/Ou/z10vPXvR1IR27kdGzbOMupV8U07JJc7HikXcrETi9wbXdG3/zr5j5yGXS0VQ9xjXLfAvHqaFQi2/4olpekni2vaoksAcbmo5xi7Jb3p15hlb2AABhte5ZvlNk3qODsMM6S73x9Ib//AEIZ7P8=',
  },
  {
    name: '3.3.6 RCS template with every optional part',
    method: 'MsgSendReq',
    body: compact`{"UserMsgId":"20251122000000000034","UserMsgSubId":"지점 3","MsgType":12,"PhoneNo":"01012345678",
      "CallbackNo":"0212345678","TranId":"마케팅","Subject":"","Message":"(광고) 가을 \"할인\"\n😀",
      "KakaoAdFlag":"","KakaoNationCode":"","KakaoSenderKey":"","KakaoTemplateCode":"","KakaoTimeout":0,
      "KakaoButton":"",
      "FileCount":0,"FileType1":"","FileName1":"","FileType2":"","FileName2":"","FileType3":"","FileName3":"",
      "UserData":"주문 7","rcsMessageBaseId":"UBR.예약-1","rcsButton":"[{\"suggestions\":[{\"action\":{\"displayText\":\"자세히\",\"urlAction\":{\"openUrl\":{\"url\":\"https://example.kr\"}}}}]}]",
      "rcsHeader":1,"rcsFooter":"0801234567","rcsCopyAllowed":"Y","rcsAgencyId":"대행사","rcsBrandKey":"BR.쇼핑몰",
      "rcsAgencyKey":"AK.0123","ResellerCode":"123456789"}`,
    length: 513,
    packed:
      'eNpdUk9rGkEU/yoypxas2V2TJt2bWqRFIsXooXRzmOw+Vuu4Y3dmaRYRJKTUQg7JwZJLUqGHQMkh0B482C+kK/Qj9M2OpmvnNL8/M+/Nb96AvALqQUjsATkE2eYescmh8I8g8BrwgQzzpMy9WMktASEqr5XDMqw907Qs43EVd0l+YzmKTlJXcjdKppe5IirINuM+ENu08uRNmwdQ5+gwTMO0irt7z/cP0FShjJ1Qt6slK6M0QxqkVy7vxsl8tLr4hCSWeQ+uRFYVACGojwXIk8Wvq8XP6dPc4mGU3JznHLKaTJObmUOc4M+36xGaa7RLecmrMurr0ylRp7LDgwr3IEOqICCsQZzhmtDrMyrhP2uz0wMeYT/GmihHUvJAO6odhv4o0LJCKg/zn1invSxUqrWtWttqcVtdQ/UFL6mkKv7v8+X9LLePbOiKdUBlKiBNslVuFJLrcTL5/czUjsd23w0cIiLfB6ECEQ6xFUNdhRDg3usITCBuwqlEwiHJ7WVyPlvdjh2Sd0gUslLGzPsQtEKmQZRuHNKWsi/snR04pRgmFLqhQ4a4jofHupvNXJopqnIuFSLGwWZitK3C+3GJMf4R1KPearLkQ+DGemAuRquvX5Kz+/UbcZA8/Zvq/Z/nq8nV8sdD9phWS7WCKoRCAwQwBuH6tzdT+QLb/QsnfBoi',
    sealed:
      '3nO8uMZ7dgT/enoGXe2CIttK5X6YtZa7hPrnEjqhsujYyJ4NiJLap+a0QWTqI5r4WtvlazifxTo7CAjmAeverMUWle1hx6XP0PJ9vmmZsueryKQ2t6VGFFcht+NmfWkUL7QErqBkuA0wOZrUVNngBP17JndvZO6yPBiGj4m0L/N+HAHw22KMXxd2e2RsEHpYUcE2rJOqoBntpZ0+yxWf+xqLjGNErK3K3IQOv+iLB1RfTeYsRqLbDO1LDcjCpQLV1WvK6GYhs7RAP8aaf12SKoUt4jAKK7tTXsyzw+vsLLiJGu+tv1tiKso0Cb98/Z81nQF3SV0vyPYPFuoIsAIWHZVgFqZSvBrEAnvzytVMaAL2F/DgbkwA0qZGPcM58UWNXuc45UYWWYhuuRFmKxkfSLfEY5dczaEemm9Y6TmMBjpTS2GodKBjbo8khp90R7Xawv128HDIJ+6EqTveB141S/Aor94RLIRYtqFUWX3N9p9xE9xPjbBPbf31wR3GYzqTWOpdsAtezVpofNYvWV6/xFydcgVkc4KyyCa8p0nj7dum6uamZOELYRYkmhs1pwaJQzzb0UcB7qHzX5GsWKeHsNyFDow/4rnUpq8ptM+Jq8nzqFD864vI0kMMb3fbjG10qf8w7vfwO/he/qpOb4uoh85Uj/+IDWT+1GqrDFHIR7c7BaR76RRxYN0Bb7BNLrF5MnXgkqPzKLgpQvwDIJgyj6sdb0XfzJViCNo+tQ3TmqphupiBjKP6nl85pr7yo26rc0lxgb8xe5HXLo+g95zZ2flN6hit4MeaTksDlKs7meo2Ojx2iMZQGlbtthz3ge+W8BMBFE73WzluZgdRjMVXopEyIX4VRq4MTeebzEPG8NeHgpk5ZVXCRAdMKl6iXU0zvZBbWl9/o6WC0IsF3PqEg1YC+UhlIkvn/w86kHx9Wz24XnHTmke3QrW+rgFXID5F50WlkrzQGuapdkxF0UxOLE/K72L15BNa2nX1s2qPKO1dq1OOAY/lPDI7AVNFJDtNn3JnhkvVZpQdiE9aIzasd7SDpS5vmPOpmIw1iw0xrh4=',
    sealedLength: 880,
    sealedPacked:
      'eNoN0LcOq1YAANB/8UokenGkDGB6B9M3MJfeOzzl35P1jOfPSwZpDpbX339eBtiqMX/9/TLW8guG3AXz69+/XtyY3/8jPljMbiR0XnowGEYpAthH2TaNjKh4S1K6spdBaOZq3Zv4VgmzVvV0glLECb1ZIRci3I4uferi8kb6wzY9Cw6wGH7YAbS6qMhGbPV99H2y7mC5NQfbqEASxV+1QWZfhK2v046wzFy7s8hpJYsfmEPJ2SitDvmRWNRtc7XUED2iwyYks/KJYZoRXTkGMHcV5Cn2fwK2qNY8csM2JQh0X2EBXbPeSKawaLiGK451QLXOoW7hgXh1Zz3jLVTnf81ncvQADQ+NkuJqpV3WZtK0QLGvNvob0bCaRm9etN7PCR2rrteqtEPbgW61to7IJ3szcMKggyPi3wA5bju2xX1UVlYJ5SQoxTn5HtwisMPx3FtgpKyOiTBfZu3JInMi2T+DZPzQjPYfQfpxGMbVvrtir11t8dULISbz35MKoO/fMeX1BtdM3heTxlzjmmxk2mp6Iy4dpeeBYozMKypECbN3AA4l0C/MjsubcHXFjbdZ9MMIN9/T+xLel91knJ0VOHq6uBQ/sxdaU76yG3iCaSzM+AgDCr7EO/+VQfsjtPv+pMyEDA2d7z21p31iCXrsxm1freh0pqrzPBni/zh6lp+IlNZQA/Jq3iI/njCxDP40M9NmQOrMDM8s8gxFHArSGkaGF1kjochcMCd9FKcFVwCeJysj9rFiSL+BIYUPPQiV5oUXZcWlfzSXujTluldsIlxGc6a+iKQxRGU724+ml5NznP9HlHdDrXmGRMWjBvXHHKHNwb1+nqp9qrlGs6mhY8hpoe8Ro5Yf0l1lxlyAlCN9hMo3+SRY0ZlUVW+EAVKvXflOW+kejJjVXFhtJI7UZdtWPXgJoJDhDE4UaDx8uj0pc7cxgmichFuJiMCdCcMDIHsEW2JMIJdTSyZB9HHZ3NA6qo585DkSLgu7NzxS4QdRVhG3Z6FE4w/kV53SHgN8MlQrX+/wwYhokL2+BbizhNBSipHCkyKJhF27PI60p1PeXiLiX5YuwBqN6SjJmSk2ROiKzbZmofmMWhYbw53NKzQbmKLKb+aAq0PVHkEyOXktvFPlSdec/vLTlzx625p65UTrE7mWivjn9e9/jQ11Eg==',
  },
  {
    name: '3.3.6 RCS template with every field of its type at its limit',
    method: 'MsgSendReq',
    body: compact`{"UserMsgId":"${digits(20)}","UserMsgSubId":"${hangul(133)}!","MsgType":12,"PhoneNo":"${digits(20)}",
      "CallbackNo":"${digits(20)}","TranId":"${hangul(133)}!","Subject":"${hangul(66)}!!","Message":"${hangul(2666)}!!",
      "KakaoAdFlag":"","KakaoNationCode":"","KakaoSenderKey":"","KakaoTemplateCode":"","KakaoTimeout":0,
      "KakaoButton":"",
      "FileCount":0,"FileType1":"","FileName1":"","FileType2":"","FileName2":"","FileType3":"","FileName3":"",
      "UserData":"${hangul(333)}!","rcsMessageBaseId":"${hangul(33)}!","rcsButton":"${hangul(2666)}!!",
      "rcsHeader":0,"rcsFooter":"${digits(20)}","rcsCopyAllowed":"N","rcsAgencyId":"${hangul(33)}!",
      "rcsBrandKey":"${hangul(33)}!","rcsAgencyKey":"${digits(100)}","ResellerCode":"${digits(9)}"}`,
    length: 487,
    packed:
      'eNrt3L9v00AUwPG/JTdnSFLKD29JUFRUNUJt+AOu8VMaevEF2xGyqkhVYUCiAwOVusBUqQwMGViQ+Iuw8z/gi502QZQJRQi+m997H+lkv7OXe/KJ2hHtS6i8E7Un8ZH1laf2osGBBP6+vFDTqmpZP3HlZ5GEeeWJE/XG1r3t+w8ePqrdXqnqkhxMDhfq++w0PbtM316lH76l12/S2fvs7HN28Tr7+C6bfcq+fpm/Op2fn88vLpEbkJW8Q3l3eslYlFdvVNXTIxtI197dz7Y25lD3j39neqEO6Pbf2e38RXwu/fifaU5lsYUlivRA2HFIJBKJRCKRSCQSiUQikUgkEolEIpFIJBKJROZycZi+q4+1bfodowfKU8tEV8dDG7StLytJNxIk4a4kK7mejMZGx/IT7Q1HYiex8mplojWJYxsUojM0uZ8ERdlFbiKlflvs6tFq6KqN9Wpjvbq1Xi1DN4z0WMeaQQEk8n+Q7oMW9qNyQKilI9nUYFq58s1njjYhkUgkEolEIpFIJBKJRCKRSCQSiUQikUgkElkpj9OXvyaqLaKOtbGL7voRTU7adpw0jbEvxZ37d4tkcyBBP9n0JECoA7+YldrcosWdFqv+6iH96at81X2JxBgJywGwm5qaTn8AVO9Jag==',
  },
];
