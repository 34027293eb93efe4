import { describePages } from './describe-pages.ts'

describePages('en-US', ['/cockpit', '/design'])
