import { wrapping } from './TitleBlock.tsx'

/** A block that the interface writes itself: the name of each block as a keyword, what is quoted as text. */
export const HclBlock = ({ text }: { text: string }) =>
  text.split(/("[^"\n]*"|^ *[a-z_]+(?= (?:"|\{)))/m).map((part, index) => {
    const colour = part.startsWith('"') ? 'code-string' : index % 2 === 1 ? 'code-keyword' : undefined
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text keep their places
      <span key={index} className={colour}>
        {wrapping(part)}
      </span>
    )
  })
