import type { Message } from '@/util/i18n/message'

export const frameEn = {
  'palette.title': 'Search and commands',
  'palette.placeholder': 'Search tasks, go to a page, do something…',
  'palette.none': 'Nothing was found.',
  'palette.actions': 'Actions',
  'palette.pages': 'Pages',
  'palette.tasks': 'Tasks',
  'palette.agents': 'Agents',
  'palette.theme': 'Light or dark',
  'login.title': 'This server needs its key',
  'login.explain':
    'It was made at the first start. Look into run/api_key below the root folder, or open the login link that “moziplus serve” printed.',
  'login.key': 'API key',
  'login.wrong': 'This is not the key of this server.',
  'login.needsKey': 'Enter the key first.',
  'login.enter': 'Log in',
  'tour.label': 'Tour',
  'tour.step': '{step} of {all}',
  'tour.skip': 'Skip the tour',
  'tour.next': 'Next',
  'tour.done': 'Done',
  'tour.overview': 'Start where you are needed',
  'tour.overviewText':
    'Questions, escalations and failures of all projects come together here. When the list is empty, the team works without you.',
  'tour.board': 'A board for each project',
  'tour.boardText':
    'Agents move the cards; you can too. Drag one, or press M on it: only moves that are allowed light up.',
  'tour.agents': 'Who works on what',
  'tour.agentsText':
    'Live sessions, and when each agent worked in the last hours. A click on a bar opens the attempt with its log.',
  'tour.policies': 'The judgement is yours to change',
  'tour.policiesText':
    'Whom to ask, when to give up, what is good enough: each is a small script. Change it, try it on the past, save it; it is in force within a second.',
  'tour.keys': 'By keyboard',
  'tour.keysText':
    'Ctrl K finds tasks, pages and commands from anywhere. C makes a task, and ? lists all keys.',
  'shortcut.palette': 'Search and commands',
  'shortcut.knowledge': 'Go to the knowledge',
  'shortcut.operations': 'Go to the operations',
} as const satisfies Record<string, Message>
