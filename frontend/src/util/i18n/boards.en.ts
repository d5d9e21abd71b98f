import type { Message } from '@/util/i18n/message'

export const boardsEn = {
  'board.limit': 'At most {count} agents work at once.',
  'board.moveTask': 'Move {id}',
  'board.newestOnly': 'Only the first tasks are shown in: {lanes}.',
  'board.more': 'Load more',
  'board.moreHere': '{count} more',
  'board.group': 'Swim lanes by agent',
  'board.views': 'Views',
  'board.viewsNone': 'No saved views yet. Narrow the board down, then save what you see.',
  'board.saveView': 'Save this view…',
  'board.viewName': 'Name of the view',
  'board.viewSave': 'Save view',
  'board.viewSaved': 'Saved “{name}”',
  'board.viewDrop': 'Remove the view {name}',
  'board.viewNeedsName': 'A name is needed.',
  'board.filteredNone': 'Nothing matches these filters',
  'shortcut.moveCard': 'Move a card to the next column',
  'shortcut.moveMenu': 'Where a card can go',
  'tab.graph': 'Graph',
  'graph.none': 'It stands alone',
  'graph.noneHint':
    'What this task waits for, and what waits for it, is drawn here: dependencies and parts. They are given when a task is made, or changed with PATCH.',
  'graph.left': '{count} more did not fit.',
} as const satisfies Record<string, Message>
