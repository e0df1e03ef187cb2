/** The block that requires a provider: the same in the page with scripts and without. */
import { pinOf } from './pin.ts'

/** @param address `acme/dns`; @param host with its port */
export const providerBlock = (host: string, address: string, version: string): string => `terraform {
  required_providers {
    ${address.split('/')[1] ?? ''} = {
      source  = "${host}/${address}"
      version = "${pinOf(version)}"
    }
  }
}`
