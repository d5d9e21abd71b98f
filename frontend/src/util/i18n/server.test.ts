import { expect, it } from 'vitest'

import { translator } from '@/util/i18n'
import { saidInChinese } from '@/util/i18n/server.zh'
import { zh } from '@/util/i18n/zh'

const t = translator(zh)

it.each([
  ['dispatched to dev', '已派发给 dev'],
  ['waits for 2 approvals in round 1 of 3', '等待 2 个通过意见，第 1 轮，共 3 轮'],
  ['waits for t-12 (working)', '等待 t-12（进行中）'],
  ['waits for an answer of a person: May it go?', '等待 人员 答复：May it go?'],
  ['timeout: nothing heard for 623 s, 600 s are allowed', '超时：已 623 秒没有动静，上限 600 秒'],
  ['done: the review is in favour', '已完成：评审通过'],
  ['job backup succeeded: 5 projects copied', '作业 backup 成功：5 projects copied'],
  [
    'nobody is started: the budget is used up: 1280 tokens used, budget.day_tokens allows 1000',
    '不再启动智能体：预算已用完：已使用 1280 词元，budget.day_tokens 上限 1000',
  ],
  ['check tests: `make test` ended with exit code 2', '检查 tests：`make test` 退出码 2'],
  ['t-3 is not complete: part t-4 is working', 't-3 尚未完成：part t-4 is working'],
  ['part t-4 is working', '子任务 t-4：进行中'],
  [
    'this token is not current: attempt demo.t-7.1 is over (interrupted)',
    '令牌已失效：执行 demo.t-7.1 已结束（被中断）',
  ],
  ['rate limit: exit code 0: slow down', '触发限速：退出码 0：slow down'],
  ['note: as it was', 'note: as it was'],
  ['新旧地址有冲突', '新旧地址有冲突'],
])('says in Chinese: %s', (text, said) => expect(saidInChinese(text, t)).toBe(said))
