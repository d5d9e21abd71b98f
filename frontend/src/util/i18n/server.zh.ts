/**
 * 简体中文：服务器用英文给出的原因。服务器的话不在词典里，这里按句式翻译；不认识的句子保持原样。
 * Sentences of the server, by their shape. What is not known stays as the server said it.
 */
import type { Key, Translate } from '@/util/i18n'
import { zh } from '@/util/i18n/zh'

/** What a shape has found; a part that need not be there may be missing. */
type Found = (string | undefined)[]
type Phrase = readonly [shape: RegExp, say: (t: Translate, ...found: Found) => string]

const isKey = (key: string): key is Key => key in zh

const status = (t: Translate, word = ''): string => {
  const key = `status.${word}`
  return isKey(key) ? t(key) : word
}
const because = (text: string | undefined): string => (text ? `：${saidInChinese(text, phraseWords)}` : '')

// Set at each call, so that a reason within a reason is said in the same words.
let phraseWords: Translate = key => key

const phrases: readonly Phrase[] = [
  [/^dispatched to (\S+)$/, (_, agent) => `已派发给 ${agent ?? ''}`],
  [/^what it waited for is done$/, () => '所等待的任务已完成'],
  [/^the review is in favour$/, () => '评审通过'],
  [/^the review asks for changes$/, () => '评审要求修改'],
  [/^the reviewer looks at the answers$/, () => '评审者正在查看答辩'],
  [/^all its parts are final$/, () => '所有子任务均已结束'],
  [/^its parts are worked on$/, () => '正在处理其子任务'],
  [/^those concerned could not agree$/, () => '有关各方未能达成一致'],
  [/^nothing is to be done about it$/, () => '无需处理'],
  [/^the findings stand: (.*)$/s, (_, what) => `意见成立：${what ?? ''}`],
  [/^confidence ([\d.]+) under ([\d.]+)$/, (_, is, wanted) => `置信度 ${is ?? ''} 低于 ${wanted ?? ''}`],
  [/^a person is asked: (.*)$/s, (_, what) => `正在询问人员：${what ?? ''}`],
  [/^changed after its review: (.*)$/, (_, what) => `评审后又有修改：${what ?? ''}`],
  [
    /^nothing heard for (\d+) s, (\d+) s are allowed$/,
    (_, is, most) => `已 ${is ?? ''} 秒没有动静，上限 ${most ?? ''} 秒`,
  ],
  [/^ran for (\d+) s, (\d+) s are allowed$/, (_, is, most) => `已运行 ${is ?? ''} 秒，上限 ${most ?? ''} 秒`],
  [/^exit code (\d+), and nothing on the blackboard$/, (_, code) => `退出码 ${code ?? ''}，黑板上没有结果`],
  [
    /^(\S+) ended (\d+) times without a result on "(.*)"\. What should it know\?$/s,
    (_, agent, times, title) =>
      `${agent ?? ''} 在“${title ?? ''}”上已 ${times ?? ''} 次没有结果。它还需要知道什么？`,
  ],
  [
    /^waits for (\d+) approvals? in round (\d+) of (\d+)$/,
    (_, count, round, most) => `等待 ${count ?? ''} 个通过意见，第 ${round ?? ''} 轮，共 ${most ?? ''} 轮`,
  ],
  [
    /^waits for the author's answer in round (\d+) of (\d+)$/,
    (_, round, most) => `等待作者答辩，第 ${round ?? ''} 轮，共 ${most ?? ''} 轮`,
  ],
  [/^waits for its part (\S+) \((\w+)\)$/, (t, id, word) => `等待其子任务 ${id ?? ''}（${status(t, word)}）`],
  [/^waits for (t-\d+) \((\w+)\)$/, (t, id, word) => `等待 ${id ?? ''}（${status(t, word)}）`],
  [
    /^waits for (\S+) to come: the daemon cannot start it$/,
    (_, agent) => `等待 ${agent ?? ''} 自行前来：守护进程无法启动它`,
  ],
  [
    /^waits for (an answer|a decision) of (.+?)(?:: (.*))?$/s,
    (_, what, who, why) =>
      `等待 ${who === 'a person' ? '人员' : (who ?? '')} ${what === 'an answer' ? '答复' : '裁决'}${because(why)}`,
  ],
  [
    /^waits for the OpenClaw Gateway, which (\S+) needs and which does not answer$/,
    (_, agent) => `${agent ?? ''} 需要的 OpenClaw 网关没有响应`,
  ],
  [/^(\S+) works on (?:it|that) since (.*)$/, (_, agent, at) => `${agent ?? ''} 自 ${at ?? ''} 起在处理`],
  [/^its attempt has ended, and policy decides what follows$/, () => '执行已结束，由策略决定后续'],
  [/^is tried again at (.+?)(?:: (.*))?$/s, (_, at, why) => `将于 ${at ?? ''} 重试${because(why)}`],
  [/^nobody may review it: every reviewer has worked on it$/, () => '没有人可以评审：所有评审者都参与过'],
  [/^the ticker is stopped, so nobody is started$/, () => '调度循环已停止，不会启动智能体'],
  [/^the plan is to (.*)$/, (_, what) => `计划：${what ?? ''}`],
  [/^the plan failed: (.*)$/s, (_, why) => `策略执行失败：${why ?? ''}`],
  [
    /^(\S*) leaves it waiting, although agents are free$/,
    (_, script) => `${script ?? ''} 让它等待，虽有空闲的智能体`,
  ],
  [/^no free slot for (\S+)$/, (_, agent) => `${agent ?? ''} 没有空闲名额`],
  [/^no free slot in the project: .*$/, () => '本项目没有空闲名额：已达其 max_global_agents 上限'],
  [/^no free slot: .*$/, () => '没有空闲名额：已达 daemon.max_global_agents 上限'],
  [/^no free slot$/, () => '没有空闲名额'],
  [/^the project has no agent who could do it$/, () => '本项目没有能做此任务的智能体'],
  [/^(\S+), its assignee, is not in the project$/, (_, agent) => `负责人 ${agent ?? ''} 不在本项目中`],
  [
    /^provider of (\S+) parked until (.*)$/,
    (_, agent, at) => `${agent ?? ''} 的供应商账户暂停使用至 ${at ?? ''}`,
  ],
  [
    /^the budget is used up: ([\d.]+) (tokens used|spent), (\S+) allows ([\d.]+)$/,
    (_, is, what, key, most) =>
      `预算已用完：已${what === 'spent' ? '花费' : '使用'} ${is ?? ''}${what === 'spent' ? '' : ' 词元'}，${key ?? ''} 上限 ${most ?? ''}`,
  ],
  [/^nobody is started: (.*)$/s, (_, why) => `不再启动智能体${because(why)}`],
  [/^guardrail (\S+): (.*)$/s, (_, rule, what) => `护栏 ${rule ?? ''}：${what ?? ''}`],
  [/^check (\S+): (.*)$/s, (_, rule, what) => `检查 ${rule ?? ''}${because(what)}`],
  [
    /^(\S+) is said to be complete, and is checked: (.*)$/,
    (_, task, rules) => `${task ?? ''} 已表示完成，正在检查：${rules ?? ''}`,
  ],
  [/^(\S+) is not complete: (.*)$/s, (_, task, what) => `${task ?? ''} 尚未完成：${what ?? ''}`],
  [
    /^artifact (.+) does not exist in the task's folder, or is empty$/,
    (_, path) => `文件 ${path ?? ''} 不在任务文件夹中，或为空`,
  ],
  [
    /^key link (.+) is neither a file, a task, nor the title of an output$/,
    (_, link) => `引用 ${link ?? ''} 不是文件、任务或产出的标题`,
  ],
  [/^part (\S+) is (\w+)$/, (t, id, word) => `子任务 ${id ?? ''}：${status(t, word)}`],
  [/^`(.*)` ended with exit code (\d+)$/s, (_, line, code) => `\`${line ?? ''}\` 退出码 ${code ?? ''}`],
  [/^`(.*)` took longer than (\d+) s$/s, (_, line, most) => `\`${line ?? ''}\` 超过 ${most ?? ''} 秒`],
  [/^`(.*)` does not hold$/s, (_, text) => `\`${text ?? ''}\` 不成立`],
  [/^there is no file (.*)$/, (_, path) => `没有文件 ${path ?? ''}`],
  [/^(\S+) is not valid JSON$/, (_, path) => `${path ?? ''} 不是有效的 JSON`],
  [
    /^this token is not current: attempt (\S+) is over \((\w+)\)$/s,
    (t, attempt, word) => {
      const key = `outcome.${word ?? ''}`
      return `令牌已失效：执行 ${attempt ?? ''} 已结束（${isKey(key) ? t(key) : (word ?? '')}）`
    },
  ],
  [/^this token is not current: (.*)$/s, (_, why) => `令牌已失效：${why ?? ''}`],
  [/^rate limit: (.*)$/s, (_, why) => `触发限速${because(why)}`],
  [/^quota used up: (.*)$/s, (_, why) => `额度用尽${because(why)}`],
  [/^login refused: (.*)$/s, (_, why) => `登录被拒${because(why)}`],
  [/^exit code (\d+): (.*)$/s, (_, code, why) => `退出码 ${code ?? ''}：${why ?? ''}`],
  [/^(\S+) does not answer: (.*)$/s, (_, who, why) => `${who ?? ''} 没有响应：${why ?? ''}`],
  [/^nobody could answer its question$/, () => '没有人能回答它的提问'],
  [/^the daemon has started$/, () => '守护进程已启动'],
  [/^the daemon is stopping$/, () => '守护进程正在停止'],
  [/^backup of (\S+) made and verified$/, (_, of) => `已生成并校验 ${of ?? ''} 的备份`],
  [/^job (\S+) succeeded: (.*)$/s, (_, job, what) => `作业 ${job ?? ''} 成功：${what ?? ''}`],
  [/^job (\S+) failed: (.*)$/s, (_, job, why) => `作业 ${job ?? ''} 失败：${why ?? ''}`],
  [
    /^(policy: )?nothing has changed for (\d+) ticks, and (\d+) tasks are open$/,
    (_, policy, ticks, tasks) =>
      `${policy ? '策略：' : ''}已 ${ticks ?? ''} 次调度没有变化，仍有 ${tasks ?? ''} 个未完成的任务`,
  ],
  [
    /^notifications by `(\S+)` do not arrive: (.*)$/s,
    (_, by, why) => `渠道 ${by ?? ''} 的通知未送达：${why ?? ''}`,
  ],
  [/^notifications by `(\S+)` arrive again(.*)$/s, (_, by) => `渠道 ${by ?? ''} 的通知已恢复送达`],
  [/^drawn from its records: (.*)$/s, (_, what) => `从记录中得出：${what ?? ''}`],
  [/^(\S+) learned: (.*)$/s, (_, agent, what) => `${agent ?? ''} 学到：${what ?? ''}`],
  [/^paused(?:: (.*))?$/s, (_, why) => `已暂停${because(why)}`],
  [/^(done|failed|cancelled)(?:: (.*))?$/s, (t, word, why) => `${status(t, word)}${because(why)}`],
  [
    /^(\w+): (.+)$/s,
    (t, word, why) => {
      const key = `outcome.${word ?? ''}`
      return isKey(key) ? `${t(key)}${because(why)}` : `${word ?? ''}: ${why ?? ''}`
    },
  ],
]

/** A sentence of the server in Chinese, when its shape is known. */
export function saidInChinese(text: string, t: Translate): string {
  phraseWords = t
  for (const [shape, say] of phrases) {
    const found = shape.exec(text)
    if (found) return say(t, ...found.slice(1))
  }
  return text
}
