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
const trigger = (t: Translate, word = ''): string => {
  const key = `trigger.${word}`
  return isKey(key) ? t(key) : word
}
const because = (text: string | undefined): string => (text ? `：${saidInChinese(text, phraseWords)}` : '')

// Set at each call, so that a reason within a reason is said in the same words.
let phraseWords: Translate = key => key

/** Why later events speak for a review or against it: `src/store/calibration.rs`. */
const results: readonly Phrase[] = [
  [/^the task was accepted$/, () => '任务已被接受'],
  [/^the task was accepted all the same$/, () => '任务仍被接受'],
  [/^whoever decided found the same$/, () => '裁决者得出相同结论'],
  [/^whoever decided found the work good$/, () => '裁决者认为工作合格'],
  [/^whoever decided found the work wanting$/, () => '裁决者认为工作不合格'],
  [/^a person opened the task again$/, () => '有人重新打开了任务'],
  [/^the task failed$/, () => '任务失败'],
  [/^the author accepted every issue$/, () => '作者接受了全部问题'],
  [/^the author accepted what another review found$/, () => '作者接受了另一份评审的发现'],
]

/** Why the core refuses what a script asks for: `src/app/starts.rs` and `src/reconciler`. */
const refusals: readonly Phrase[] = [
  [
    /^(t-\d+) is (\w+): nothing to dispatch$/,
    (t, id, word) => `${id ?? ''} 为“${status(t, word)}”，无可派发`,
  ],
  [
    /^(t-\d+) is (\w+): nothing to (\w+) there$/,
    (t, id, word, kind) => `${id ?? ''} 为“${status(t, word)}”，不能${trigger(t, kind)}`,
  ],
  [/^(t-\d+) is (\w+) by now$/, (t, id, word) => `${id ?? ''} 现在为“${status(t, word)}”`],
  [/^(t-\d+) has parts: they are worked on, not it$/, (_, id) => `${id ?? ''} 有子任务：只处理子任务`],
  [/^not before (.* UTC)$/, (_, at) => `不早于 ${at ?? ''}`],
  [/^(t-\d+) is (\S+)'s$/, (_, id, agent) => `${id ?? ''} 由 ${agent ?? ''} 负责`],
  [/^no guardrail asks about (t-\d+)$/, (_, id) => `没有护栏问及 ${id ?? ''}`],
  [/^no question of a guardrail about (t-\d+) is free$/, (_, id) => `${id ?? ''} 没有待回答的护栏问题`],
  [
    /^(\S+) has worked on (t-\d+): somebody else answers for it$/,
    (_, agent, id) => `${agent ?? ''} 参与过 ${id ?? ''}：须由他人回答`,
  ],
  [
    /^self_review: (\S+) has worked on (t-\d+)$/,
    (_, agent, id) => `自我评审：${agent ?? ''} 参与过 ${id ?? ''}`,
  ],
  [/^(\S+) may not review$/, (_, agent) => `${agent ?? ''} 不可评审`],
  [
    /^(\S+) has reviewed round (\d+) already$/,
    (_, agent, round) => `${agent ?? ''} 已评审过第 ${round ?? ''} 轮`,
  ],
  [/^attempt (\S+) does that already$/, (_, attempt) => `执行 ${attempt ?? ''} 正在做这件事`],
  [
    /^runaway_guard: (\d+) attempts to (\w+) in round (\d+)$/,
    (t, count, kind, round) => `失控保护：第 ${round ?? ''} 轮已${trigger(t, kind)} ${count ?? ''} 次`,
  ],
  [/^(\S+) is over, or there is none$/, (_, attempt) => `执行 ${attempt ?? ''} 已结束或不存在`],
  [/^there is no open task (\S+)$/, (_, id) => `没有未完成的任务 ${id ?? ''}`],
  [/^there is no agent `(\S+)`$/, (_, agent) => `没有智能体 ${agent ?? ''}`],
  [/^(\S+) comes by itself: it has no runner$/, (_, agent) => `${agent ?? ''} 没有运行器，只会自行前来`],
  [/^its provider rests until (.*)$/, (_, at) => `其供应商账户暂停使用至 ${at ?? ''}`],
  [
    /^the OpenClaw Gateway, which (\S+) needs, does not answer$/,
    (_, agent) => `${agent ?? ''} 需要的 OpenClaw 网关没有响应`,
  ],
  [/^the disk is almost full$/, () => '磁盘空间即将用尽'],
  [/^task (t-\d+) has changed(?: meanwhile)?$/, (_, id) => `${id ?? ''} 已有变化`],
  [/^the built-in hook answered$/, () => '由内置钩子代答'],
  [/^the plan left it waiting$/, () => '计划让它等待'],
]

/** What scripts ask for: `Action::in_words` in `src/model/action.rs`. */
const actions: readonly Phrase[] = [
  [
    /^(.+), which is refused: (.*)$/s,
    (_, what, why) => `${saidInChinese(what ?? '', phraseWords)}，但被拒绝${because(why)}`,
  ],
  [/^start (\S+) on (t-\d+)$/, (_, agent, id) => `让 ${agent ?? ''} 处理 ${id ?? ''}`],
  [/^offer (t-\d+) to (.*)$/, (_, id, agents) => `将 ${id ?? ''} 提供给 ${agents ?? ''}`],
  [/^let (\S+) review (t-\d+)$/, (_, agent, id) => `让 ${agent ?? ''} 评审 ${id ?? ''}`],
  [
    /^tell (\S+) that it was mentioned on (t-\d+)$/,
    (_, agent, id) => `告知 ${agent ?? ''} 在 ${id ?? ''} 中被提及`,
  ],
  [
    /^let (\S+) answer a guardrail's question about (t-\d+)$/,
    (_, agent, id) => `让 ${agent ?? ''} 回答护栏关于 ${id ?? ''} 的问题`,
  ],
  [/^let (.+) talk about (t-\d+)$/, (_, agents, id) => `让 ${agents ?? ''} 讨论 ${id ?? ''}`],
  [
    /^let (\S+) sum up what was said about (t-\d+)$/,
    (_, agent, id) => `让 ${agent ?? ''} 总结关于 ${id ?? ''} 的讨论`,
  ],
  [
    /^let the mention of (\S+) on (t-\d+) go: (.*)$/s,
    (_, agent, id, why) => `放弃在 ${id ?? ''} 中对 ${agent ?? ''} 的提及${because(why)}`,
  ],
  [/^let the whole of (t-\d+) be looked at$/, (_, id) => `将 ${id ?? ''} 整体提交评审`],
  [/^let the author of (t-\d+) answer the review$/, (_, id) => `让 ${id ?? ''} 的作者答辩`],
  [/^accept (t-\d+)$/, (_, id) => `通过 ${id ?? ''}`],
  [/^send (t-\d+) back to its author$/, (_, id) => `将 ${id ?? ''} 退回作者`],
  [/^let (t-\d+) go into a further round of review$/, (_, id) => `让 ${id ?? ''} 进入下一轮评审`],
  [
    /^put (t-\d+) back for (\d+) s(, without counting a retry)?: (.*)$/s,
    (_, id, seconds, free, why) =>
      `将 ${id ?? ''} 放回，${seconds ?? ''} 秒后再试${free ? '，不计重试' : ''}${because(why)}`,
  ],
  [/^give (t-\d+) up: (.*)$/s, (_, id, why) => `放弃 ${id ?? ''}${because(why)}`],
  [/^let (t-\d+) wait: (.*)$/s, (_, id, why) => `让 ${id ?? ''} 等待${because(why)}`],
  [/^let the coordinator decide about (t-\d+)$/, (_, id) => `由协调者裁决 ${id ?? ''}`],
  [
    /^let (a person|\S+) decide about (t-\d+): (.*)$/s,
    (_, who, id, why) => `由${who === 'a person' ? '人员' : ` ${who ?? ''} `}裁决 ${id ?? ''}${because(why)}`,
  ],
  [/^ask a person about (t-\d+): (.*)$/s, (_, id, what) => `就 ${id ?? ''} 询问人员${because(what)}`],
  [/^note about (t-\d+): (.*)$/s, (_, id, text) => `关于 ${id ?? ''} 的备注：${text ?? ''}`],
  [
    /^tell those who watch \((\w+)\): (.*)$/s,
    (t, level = '', text) => {
      const key = `level.${level}`
      return `通知关注者（${isKey(key) ? t(key) : level}）${because(text)}`
    },
  ],
  [/^remind (\S+\.\d+): (.*)$/s, (_, attempt, text) => `提醒 ${attempt ?? ''}：${text ?? ''}`],
  [/^end (\S+\.\d+): (.*)$/s, (_, attempt, why) => `结束 ${attempt ?? ''}${because(why)}`],
  [
    /^let (\S+) rest for (\d+) s: (.*)$/s,
    (_, provider, seconds, why) => `让 ${provider ?? ''} 暂停 ${seconds ?? ''} 秒${because(why)}`,
  ],
  [/^all is well$/, () => '一切正常'],
]

const phrases: readonly Phrase[] = [
  [/^dispatched to (\S+)$/, (_, agent) => `已派发给 ${agent ?? ''}`],
  [/^what it waited for is done$/, () => '所等待的任务已完成'],
  [/^the review is in favour$/, () => '评审通过'],
  [/^accepted by policy, without an approval in this round$/, () => '策略予以通过，本轮没有通过意见'],
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
    /^the last (\d+) attempts at "(.*)" ended without a result, the newest by (\S+)\. What should be known\?$/s,
    (_, times, title, agent) =>
      `“${title ?? ''}”的最近 ${times ?? ''} 次执行没有结果，最后一次由 ${agent ?? ''} 执行。还需要知道什么？`,
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
  [/^the plan is to (.*)$/, (_, what) => `计划${because(what)}`],
  [/^the plan failed: (.*)$/s, (_, why) => `策略执行失败：${why ?? ''}`],
  [
    /^the plan, in which (.+) has a part, leaves it waiting, although agents are free$/,
    (_, files) => `计划（含 ${files ?? ''}）让它等待，虽有空闲的智能体`,
  ],
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
  [
    /^the budget is used up: ([\d.]+) (tokens used|spent) since a person sent it on, ([\d.]+) allowed$/,
    (_, is, what, most) =>
      `预算已用完：人员放行后已${what === 'spent' ? '花费' : '使用'} ${is ?? ''}${what === 'spent' ? '' : ' 词元'}，上限 ${most ?? ''}`,
  ],
  [
    /^over its budget \((.*)\): whoever sends it on allows the same once more, or says how much$/s,
    (_, what) => `超出预算（${saidInChinese(what ?? '', phraseWords)}）：放行即再给同样的额度，也可另行指定`,
  ],
  [/^(\d+) of (\d+) tokens$/, (_, is, most) => `已用 ${is ?? ''} 词元，上限 ${most ?? ''}`],
  [
    /^it has cost (\d+) of (\d+) micro-units$/,
    (_, is, most) => `已花费 ${is ?? ''} 微单位，上限 ${most ?? ''}`,
  ],
  [/^out of retries; last attempt: (.*)$/s, (_, why) => `重试次数已用完；最后一次执行${because(why)}`],
  [
    /^(\S+) cannot log in \((.*)\)\. Answer when it can; it is started again then\.$/s,
    (_, agent, why) =>
      `${agent ?? ''} 无法登录（${saidInChinese(why ?? '', phraseWords)}）。可以登录后请答复，届时会重新启动。`,
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
  ...results,
  ...refusals,
  [
    /^(\S+) failed, the built-in policy answered: (.*)$/s,
    (_, hook, fault) => `${hook ?? ''} 执行失败，由内置策略代答：${fault ?? ''}`,
  ],
  [
    /^`(\S+)` was said again by (\S+), which had ended with it: ignored$/,
    (_, what, who) => `${who ?? ''} 已以 \`${what ?? ''}\` 结束，又说了一次：已忽略`,
  ],
  ...actions,
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
