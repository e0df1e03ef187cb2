/** Bringing in a key that signs the providers of a namespace. */
import { useState } from 'react'
import { api, changed, forget } from '../api.ts'
import { TextArea } from '../ui/Field.tsx'
import { Form } from '../ui/Form.tsx'
import { announce } from '../ui/LiveRegion.tsx'

export function AddKey({ namespace }: { namespace: string }) {
  const [added, setAdded] = useState(0)
  async function add(fields: FormData) {
    const { key } = await changed(
      api.POST('/api/v1/namespaces/{namespace}/signing-keys', {
        params: { path: { namespace } },
        body: { armored: String(fields.get('armored')) },
      }),
    )
    announce(`Added key ${key.keyId}`)
    setAdded((count) => count + 1)
    await forget('/api/v1/namespaces')
  }
  return (
    <details>
      <summary>Add a signing key</summary>
      <Form key={added} action="Add key" onSubmit={add}>
        <TextArea
          label="Public key"
          name="armored"
          required
          spellCheck={false}
          hint={
            <>
              What <code>gpg --armor --export KEY</code> prints. Never the private one.
            </>
          }
        />
      </Form>
    </details>
  )
}
