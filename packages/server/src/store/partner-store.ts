import type { BinaryParameter, PartnerDirectory } from '@sluice/iflow'
import type { Listable } from './store.ts'

/** Who made an entry and who changed it last, and when. */
export interface Audit {
  readonly createdBy: string
  readonly createdAt: number
  readonly modifiedBy: string
  readonly modifiedAt: number
}

export interface StringParameterEntry extends Audit {
  readonly partnerId: string
  readonly id: string
  readonly value: string
}

export interface BinaryParameterEntry extends Audit, BinaryParameter {
  readonly partnerId: string
  readonly id: string
}

/** What an agency calls a partner in one of its schemes. */
export interface AlternativePartnerEntry extends Audit {
  readonly agency: string
  readonly scheme: string
  readonly id: string
  readonly partnerId: string
}

/** A user that may call for a partner. */
export interface AuthorizedUserEntry extends Audit {
  /** Lower case. */
  readonly user: string
  readonly partnerId: string
}

/** Entries of one kind; `Key` are the properties that tell them apart. */
export interface PartnerEntries<Entry extends Audit, Key extends keyof Entry> extends Listable<Entry> {
  /** Throws `DuplicateError`. */
  create(entry: Entry): Promise<void>
  find(key: Pick<Entry, Key>): Promise<Entry | undefined>
  /** Replaces everything but the key and who made it when. False when there was none. */
  update(entry: Entry): Promise<boolean>
  /** False when there was none. */
  delete(key: Pick<Entry, Key>): Promise<boolean>
}

/** The partner directory: what flows read of it, and its entries for those who maintain it. A partner exists as long as an entry is about it. */
export interface PartnerDirectoryStore extends PartnerDirectory {
  readonly stringParameters: PartnerEntries<StringParameterEntry, 'partnerId' | 'id'>
  readonly binaryParameters: PartnerEntries<BinaryParameterEntry, 'partnerId' | 'id'>
  readonly alternativePartners: PartnerEntries<AlternativePartnerEntry, 'agency' | 'scheme' | 'id'>
  readonly users: PartnerEntries<AuthorizedUserEntry, 'user'>
  /** IDs of all partners, by the alphabet. */
  readonly partners: Listable<string>
  isPartner(partnerId: string): Promise<boolean>
  /** Deletes all that is known about a partner, its credentials too. False when that was nothing. */
  deletePartner(partnerId: string): Promise<boolean>
}
