import { describeInterruptedPages } from './describe-interrupted-pages.ts'

describeInterruptedPages(1)
