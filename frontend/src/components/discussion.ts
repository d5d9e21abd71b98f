/**
 * The discussion of a goal before it has parts, out of its comments: in each round agents are asked by a comment of the
 * policy, say what they think, and the coordinator sums up by a decision.
 */
import type { Comment, CommentType, Decision, TaskDetail } from '@/api/client'

export const voiceKinds = ['position', 'suggestion', 'claim', 'risk'] as const satisfies CommentType[]
export type VoiceKind = (typeof voiceKinds)[number]

export interface Voice {
  comment: Comment
  kind: VoiceKind
}

export interface Round {
  number: number
  at: string
  /** Who was asked. */
  asked: string[]
  voices: Voice[]
  /** Who of those asked has not said anything. */
  silent: string[]
  /** Who was asked to sum up; nothing while the others talk. */
  summaryBy: string | undefined
  summary: Decision[]
}

type Records = Pick<TaskDetail, 'task_type' | 'comments' | 'decisions'>

const opens = /^Round (\d+) of the discussion about this goal\b/
const ends = /^Round (\d+) of the discussion is over\b/

const kindOf = (comment: Comment): VoiceKind | undefined =>
  voiceKinds.find(kind => kind === comment.comment_type)

/** The rounds, oldest first. What was said before anybody was asked belongs to a round without a number, 0. */
export function roundsOf({ comments = [], decisions = [] }: Records): Round[] {
  const rounds: Round[] = []
  const begin = (number: number, { created_at: at, mentions }: Comment) => {
    const round: Round = { number, at, asked: [], voices: [], silent: [], summaryBy: undefined, summary: [] }
    rounds.push(number > 0 ? { ...round, asked: mentions } : round)
  }
  for (const comment of comments.toSorted((a, b) => a.id - b.id)) {
    const byPolicy = comment.author === 'policy'
    const opened = byPolicy ? opens.exec(comment.body)?.[1] : undefined
    if (opened !== undefined) begin(Number(opened), comment)
    const current = rounds.at(-1)
    if (byPolicy && current && ends.test(comment.body)) current.summaryBy = comment.mentions[0]
    const kind = kindOf(comment)
    if (!kind) continue
    if (!current) begin(0, comment)
    rounds.at(-1)?.voices.push({ comment, kind })
  }
  rounds.forEach((round, index) => {
    const next = rounds[index + 1]?.at
    const inRound = ({ agent, created_at: at }: Decision) =>
      agent === round.summaryBy && at >= round.at && (next === undefined || at < next)
    round.summary = decisions.filter(inRound)
    round.silent = round.asked.filter(agent => !round.voices.some(({ comment }) => comment.author === agent))
  })
  return rounds
}

/** Whether there is something to talk about, or was talked. */
export const isDiscussed = (task: Records): boolean => task.task_type === 'goal' || roundsOf(task).length > 0
