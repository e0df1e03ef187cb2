/** For which client a block is written, and how it holds on to the version; the client is remembered. */
import { useState } from 'react'

export const clients = { terraform: 'Terraform', opentofu: 'OpenTofu', terragrunt: 'Terragrunt' } as const
export const pins = { pessimistic: '~>', exact: 'exactly' } as const
export type Client = keyof typeof clients
export type Pin = keyof typeof pins

const keptClient = 'cadastre.client'

export function useClient(): [Client, (chosen: Client) => void] {
  const [client, setClient] = useState<Client>(rememberedClient)
  return [
    client,
    (chosen) => {
      setClient(chosen)
      localStorage.setItem(keptClient, chosen)
    },
  ]
}

function rememberedClient(): Client {
  const kept = localStorage.getItem(keptClient)
  return kept && kept in clients ? (kept as Client) : 'terraform'
}
