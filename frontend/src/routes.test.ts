import { expect, it } from 'vitest'

import { router } from '@/routes'
import { links, serverLinks } from '@/util/links'

it('writes the addresses that people bookmark', () => {
  const hrefs = [
    links.overview(),
    links.board('demo'),
    links.task('demo', 't-3'),
    links.agents(),
    links.events(),
  ].map(link => router.buildLocation(link).href)
  expect(hrefs).toEqual(['/', '/projects/demo', '/projects/demo/tasks/t-3', '/agents', '/events'])
  expect(router.buildLocation(links.task('demo', 't-3', 'reviews')).href).toBe(
    '/projects/demo/tasks/t-3?tab=reviews',
  )
})

it('writes the addresses of files', () => {
  expect(serverLinks.log('demo', 't-3', 2)).toBe('/api/projects/demo/tasks/t-3/attempts/2/log')
  expect(serverLinks.output('demo', 't-3', 7)).toBe('/api/projects/demo/tasks/t-3/outputs/7/content')
})
