import { auditEn } from './audit-en.ts'
import { cockpitEn } from './cockpit-en.ts'
import { codeEn } from './code-en.ts'
import { designEn } from './design-en.ts'
import { flowEditorEn } from './flow-editor-en.ts'
import { monitorEn } from './monitor-en.ts'
import { monitorUsageEn } from './monitor-usage-en.ts'
import { resourcesEn } from './resources-en.ts'
import { sheetEn } from './sheet-en.ts'
import { simulationEn } from './simulation-en.ts'
import type { Texts } from './translation.ts'
import { tryOutEn } from './try-out-en.ts'
import { versionsEn } from './versions-en.ts'

/** All texts in English; other languages have the same keys. */
export const en = {
  app: {
    title: 'Sluice',
    home: 'Home',
    cockpit: 'Cockpit',
    design: 'Design',
    monitor: 'Monitor',
    test: 'Test',
    subaccount: 'Subaccount {{name}}',
    signOut: 'Sign out',
    navigation: 'Places',
    expandNavigation: 'Expand navigation',
    collapseNavigation: 'Collapse navigation',
    skip: 'Skip to content',
  },
  signIn: {
    title: 'Sign in',
    user: 'User name',
    password: 'Password',
    submit: 'Sign in',
    required: 'Enter user name and password.',
    with: 'Sign in with {{provider}}',
    newTab: 'Identity providers open in a new tab. Come back here when you have signed in.',
    expired: 'Your session has ended. Sign in to go on; what you typed is still there.',
    links: { legalDisclosure: 'Legal Disclosure', privacyPolicy: 'Privacy Policy', termsOfUse: 'Terms of Use' },
    mustChange: 'Choose a password of your own to go on.',
    changeTitle: 'Change password',
    currentPassword: 'Current password',
    newPassword: 'New password',
    repeat: 'Repeat the new password',
    passwordHint: 'At least 8 characters.',
    different: 'The two passwords differ.',
    change: 'Change password',
    changeNote: 'Everybody who is signed in with your name has to sign in again.',
  },
  common: {
    copy: 'Copy',
    copied: 'Copied',
    cancel: 'Cancel',
    close: 'Close',
    save: 'Save',
    create: 'Create',
    edit: 'Edit',
    delete: 'Delete',
    search: 'Search',
    refresh: 'Refresh',
    retry: 'Try again',
    loading: 'Loading',
    more: 'Show more',
    count: '{{shown}} of {{count}}',
    shown: '{{shown}} shown',
    none: '–',
    download: 'Download',
    show: 'Show',
    hide: 'Hide',
    actions: 'Actions',
    sortBy: 'Sort by {{column}}',
    choose: 'Choose',
    cut: 'Only the beginning is shown. Download it to have all of it.',
    required: 'Fill in this field.',
    emptyText: '(empty)',
    translations: {
      button: 'Translations',
      title: 'Translations of {{of}}',
      text: 'Shown to people with this language. What a language lacks is shown as it is in the form.',
      language: 'Language',
      add: 'Add language',
      remove: 'Remove {{language}}',
      apply: 'Apply',
      none: 'None',
    },
  },
  ...monitorEn,
  ...monitorUsageEn,
  ...auditEn,
  cockpit: cockpitEn,
  design: designEn,
  flowEditor: flowEditorEn,
  sheet: sheetEn,
  code: codeEn,
  resources: resourcesEn,
  versions: versionsEn,
  ...simulationEn,
  tryOut: tryOutEn,
  missingRole: {
    title: 'A role is missing',
    text: '{{user}} needs role {{role}} of application {{application}} to see this page. An administrator assigns it in Cockpit, Authorizations.',
  },
  errors: {
    unreachable: 'The server does not answer. Is it running?',
    forbidden: 'You are not allowed to do this',
    unreachableNow: 'The server does not answer. It is tried again every few seconds; what you typed stays.',
    failed: 'This did not work',
    notFound: 'There is nothing here',
    notFoundText: 'The address {{path}} is not one of the console.',
  },
} as const satisfies Texts
