import { describeEveryPage } from './describe-every-page.ts'

describeEveryPage('de-DE', 'Anmelden')
