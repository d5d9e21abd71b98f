import type { boardsEn } from '@/util/i18n/boards.en'

export const boardsZh: Record<keyof typeof boardsEn, string> = {
  'board.limit': '最多 {count} 个智能体同时工作。',
  'board.moveTask': '移动 {id}',
  'board.newestOnly': '以下列只显示了前面的任务：{lanes}。',
  'board.more': '加载更多',
  'board.moreHere': '还有 {count} 个',
  'board.group': '按智能体分泳道',
  'board.views': '视图',
  'board.viewsNone': '还没有保存的视图。先筛选看板，再把它保存下来。',
  'board.saveView': '保存当前视图…',
  'board.viewName': '视图名称',
  'board.viewSave': '保存视图',
  'board.viewSaved': '已保存“{name}”',
  'board.viewDrop': '移除视图 {name}',
  'board.viewNeedsName': '需要一个名称。',
  'board.filteredNone': '没有符合筛选条件的任务',
  'shortcut.moveCard': '把卡片移到下一列',
  'shortcut.moveMenu': '卡片可以移到哪里',
  'tab.graph': '依赖图',
  'graph.none': '没有依赖关系',
  'graph.noneHint':
    '这里绘出此任务等待的任务和等待它的任务：依赖与子任务。它们在创建任务时指定，也可用 PATCH 修改。',
  'graph.left': '还有 {count} 个未显示。',
}
