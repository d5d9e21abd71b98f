/** Writes to what goes in and out of the house: mail, deliveries, keys, provider accounts. */
import { http, unwrap, type NewApiKey, type NewMail } from '@/api/client'
import { me } from '@/api/mail'
import { keys } from '@/api/queries'
import { useWrite } from '@/hooks/useWrite'

export const useSendMail = () =>
  useWrite(
    (mail: NewMail) => unwrap(http.POST('/api/mail', { body: { from: me, ...mail } })),
    () => [keys.mail],
  )

export const useReadMail = () =>
  useWrite(
    (mail: number) => unwrap(http.POST('/api/mail/{mail}/read', { params: { path: { mail } } })),
    () => [keys.mail],
  )

export const useRetryDelivery = () =>
  useWrite(
    (id: number) => unwrap(http.POST('/api/deliveries/{id}/retry', { params: { path: { id } }, body: {} })),
    () => [keys.deliveries],
  )

/** Sends a message by a channel of the daemon, or of a project. */
export const useTestChannel = () =>
  useWrite(
    ({ channel, project }: { channel: string; project: string | undefined }) =>
      unwrap(
        http.POST('/api/deliveries/test', {
          body: { channel, agent: me, ...(project !== undefined && { project }) },
        }),
      ),
    () => [keys.deliveries],
  )

export const useCreateKey = () =>
  useWrite(
    (key: NewApiKey) => unwrap(http.POST('/api/keys', { body: { by: me, ...key } })),
    () => [keys.apiKeys],
  )

export const useRotateKey = () =>
  useWrite(
    (id: number) => unwrap(http.POST('/api/keys/{id}/rotate', { params: { path: { id } }, body: {} })),
    () => [keys.apiKeys],
  )

export const useRevokeKey = () =>
  useWrite(
    (id: number) => unwrap(http.POST('/api/keys/{id}/revoke', { params: { path: { id } }, body: {} })),
    () => [keys.apiKeys],
  )

export const useUnparkProvider = () =>
  useWrite(
    (provider: string) =>
      unwrap(http.POST('/api/providers/{provider}/unpark', { params: { path: { provider } } })),
    () => [keys.providers, keys.agents, keys.status],
  )
