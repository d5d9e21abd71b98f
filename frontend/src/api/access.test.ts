import { expect, it } from 'vitest'

import { channelsIn } from '@/api/access'

it('finds the channels of a configuration', () => {
  const notify = {
    webhooks: [{ name: 'ops', url: 'x' }, {}],
    mail: { host: 'smtp' },
    desktop: ['notify-send'],
  }
  expect(channelsIn({ notify })).toEqual(['ops', 'mail', 'desktop'])
  expect(channelsIn({ notify: { webhooks: [], mail: null, desktop: [] } })).toEqual([])
  expect(channelsIn(undefined)).toEqual([])
})
