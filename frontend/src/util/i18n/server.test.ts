import { expect, it } from 'vitest'

import { translator } from '@/util/i18n'
import { saidInChinese } from '@/util/i18n/server.zh'
import { zh } from '@/util/i18n/zh'

const t = translator(zh)

it.each([
  ['dispatched to dev', '已派发给 dev'],
  ['the task was accepted all the same', '任务仍被接受'],
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
  [
    'the budget is used up: 500 tokens used since a person sent it on, 400 allowed',
    '预算已用完：人员放行后已使用 500 词元，上限 400',
  ],
  [
    'over its budget (over_budget: the budget is used up: 2.5000 spent, budget.task_cost allows 2.0000): whoever sends it on allows the same once more, or says how much',
    '超出预算（超出预算：预算已用完：已花费 2.5000，budget.task_cost 上限 2.0000）：放行即再给同样的额度，也可另行指定',
  ],
  [
    'over its budget (1200 of 1000 tokens): whoever sends it on allows the same once more, or says how much',
    '超出预算（已用 1200 词元，上限 1000）：放行即再给同样的额度，也可另行指定',
  ],
  ['done: accepted by policy, without an approval in this round', '已完成：策略予以通过，本轮没有通过意见'],
  ['the plan is to start dev on t-3', '计划：让 dev 处理 t-3'],
  [
    'the plan is to start dev on t-3, which is refused: no free slot for dev',
    '计划：让 dev 处理 t-3，但被拒绝：dev 没有空闲名额',
  ],
  ['t-3 is review: nothing to dispatch', 't-3 为“评审中”，无可派发'],
  ['runaway_guard: 5 attempts to execute in round 2', '失控保护：第 2 轮已执行 5 次'],
  ['self_review: dev has worked on t-3', '自我评审：dev 参与过 t-3'],
  [
    'put t-3 back for 5 s, without counting a retry: interrupted: somebody ended it',
    '将 t-3 放回，5 秒后再试，不计重试：被中断：somebody ended it',
  ],
  ['let a person decide about t-3: confidence 0.50 under 0.70', '由人员裁决 t-3：置信度 0.50 低于 0.70'],
  ['rate limit: exit code 0: slow down', '触发限速：退出码 0：slow down'],
  ['note: as it was', 'note: as it was'],
  ['新旧地址有冲突', '新旧地址有冲突'],
])('says in Chinese: %s', (text, said) => expect(saidInChinese(text, t)).toBe(said))
