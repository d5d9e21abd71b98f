/**
 * The only hand-written seam between the dashboard and the server: typed calls, one kind of error, and the names by
 * which the rest of the code knows the server's objects. Everything in `__generated__` comes from the document.
 */
import createClient from 'openapi-fetch'

import type { components, paths } from '@/api/__generated__/schema'

type Schemas = components['schemas']
export type Task = Schemas['Task']
export type TaskDetail = Schemas['TaskDetail']
export type NewTask = Schemas['NewTask']
export type Status = Schemas['Status']
export type RiskLevel = Schemas['RiskLevel']
export type Comment = Schemas['Comment']
export type CommentType = Schemas['CommentType']
export type Output = Schemas['Output']
export type Review = Schemas['Review']
export type ReviewIssue = Schemas['ReviewIssue']
export type Rebuttal = Schemas['Rebuttal']
export type Decision = Schemas['Decision']
export type Observation = Schemas['Observation']
export type Attempt = Schemas['Attempt']
export type BoardEvent = Schemas['Event']
export type EventKind = Schemas['EventKind']
export type Level = Schemas['Level']
export type Checkpoint = Schemas['Checkpoint']
export type DeadLetter = Schemas['DeadLetter']
export type Project = Schemas['Project']
export type Agent = Schemas['Agent']
export type LogChunk = Schemas['LogChunk']
export type DaemonStatus = Schemas['DaemonStatus']
export type ProjectStatus = Schemas['ProjectStatus']
export type ParkedProvider = Schemas['ParkedProvider']
export type Problem = Schemas['Problem']
export type Job = Schemas['Job']
export type JobRun = Schemas['JobRun']
export type Backup = Schemas['Backup']
export type Verification = Schemas['Verification']
export type Configuration = Schemas['Configuration']
export type Experience = Schemas['Experience']
export type OutputChange = Schemas['OutputChange']
export type TrackRecord = Schemas['TrackRecord']
export type Prompt = Schemas['Prompt']
export type Skill = Schemas['Skill']
export type SearchHit = Schemas['SearchHit']
export type Script = Schemas['Script']
export type ScriptList = Schemas['ScriptList']
export type FailingHook = Schemas['FailingHook']
export type ScriptProblem = Schemas['ScriptProblem']
export type ScriptVersion = Schemas['ScriptVersion']
export type ScriptSimulation = Schemas['ScriptSimulation']
export type ScriptReplay = Schemas['ScriptReplay']
export type PolicyAnswer = Schemas['PolicyAnswer']
export type PolicyDecision = Schemas['PolicyDecision']
export type WaitReason = Schemas['WaitReason']
export type Mail = Schemas['Mail']
export type NewMail = Schemas['NewMail']
export type Spend = Schemas['Spend']
export type UsageBy = Schemas['UsageBy']
export type UsageSum = Schemas['UsageSum']
export type Delivery = Schemas['Delivery']
export type DeliveryState = Schemas['DeliveryState']
export type ReceivedWebhook = Schemas['ReceivedWebhook']
export type ApiKey = Schemas['ApiKey']
export type FreshApiKey = Schemas['FreshApiKey']
export type NewApiKey = Schemas['NewApiKey']
export type Provider = Schemas['Provider']
export type Storage = Schemas['Storage']
export type TrendPoint = Schemas['TrendPoint']

export const http = createClient<paths>({
  baseUrl: location.origin,
  credentials: 'same-origin',
  fetch: request => fetch(request), // Looked up for each call, so that tests can answer.
})

/** What the server refused and why, or that it could not be reached (`code` is then `unreachable`). */
export class ApiError extends Error {
  readonly status: number
  readonly problem: Problem

  constructor(status: number, problem: Problem) {
    super(problem.detail)
    this.name = 'ApiError'
    this.status = status
    this.problem = problem
  }

  get code(): string {
    return this.problem.error
  }
}

const isProblem = (body: unknown): body is Problem =>
  typeof body === 'object' && body !== null && 'error' in body && 'detail' in body

/** The error of an answer that is not a success, whatever its body is. */
export const asApiError = (status: number, body: unknown): ApiError =>
  new ApiError(status, isProblem(body) ? body : { error: 'unexpected', detail: `HTTP ${status}` })

/** Waits for a call and gives its data; throws `ApiError` for everything else. */
export async function unwrap<T>(
  call: Promise<{ data?: T; error?: unknown; response: Response }>,
): Promise<T> {
  let answer
  try {
    answer = await call
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause
    throw new ApiError(0, {
      error: 'unreachable',
      detail: cause instanceof Error ? cause.message : String(cause),
    })
  }
  if (answer.error !== undefined || !answer.response.ok)
    throw asApiError(answer.response.status, answer.error)
  return answer.data as T
}
