import { savedStore } from '@/util/saved'

/** The project of the example that a newcomer starts with. */
export const exampleProject = 'almanac'

/** True once a person has seen the tour, or said that they do not want it. */
export const tourStore = savedStore('toured', false, value => typeof value === 'boolean')
