/** A module with something of everything that is known of modules, as its author wrote it. */
import type { Files } from './archives.ts'

export const knownModule: Files = {
  'main.tf': `terraform {
  required_version = ">= 1.5"
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 5.0" }
  }
}

resource "aws_vpc" "this" {
  cidr_block = var.cidr
}

data "aws_region" "current" {}

module "labels" {
  source  = "registry.example.com/acme/labels/generic"
  version = "~> 1.0"
}

moved {
  from = aws_vpc.main
  to   = aws_vpc.this
}
`,
  'variables.tf': `variable "cidr" {
  type        = string
  description = "Where the network lies | in the plan."
}

variable "subnets" {
  type = list(object({
    name = string
    # Private unless it says so.
    public = optional(bool, false)
    size   = number
  }))
  default     = []
  description = "Parts of the network."
}

variable "token" {
  type      = string
  default   = null
  sensitive = true
}

variable "peers" {
  type     = map(tuple([string, number]))
  nullable = false
}
`,
  'outputs.tf': `output "vpc_id" {
  value       = aws_vpc.this.id
  description = "Id of the network."
}
`,
  'README.md': `# Network

A network with its parts. It comes with *subnets*, see [the notes](docs/notes.md).

![plan](docs/plan.svg)

\`\`\`hcl
module "x" {}
\`\`\`
`,
  LICENSE:
    'MIT License\n\nCopyright (c) 2026 Acme\n\nPermission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to the following conditions:\n\nThe above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.\n\nTHE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.\n',
  'docs/notes.md': 'Notes.\n',
  'docs/plan.svg': '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>\n',
  'docs/page.html': '<script>alert(1)</script>\n',
  'docs/pixel.png': Buffer.from('\x89PNG\r\n\x1a\nrest', 'latin1'),
  'docs/really-html.png': '<script>alert(1)</script>\n',
  'docs/bytes.bin': Buffer.from([0, 1, 2, 3]),
  'modules/subnets/main.tf': 'resource "aws_subnet" "this" {}\nvariable "count_of" {}\n',
  'modules/subnets/README.md': 'Parts of a network, see [the whole](../../README.md).\n',
  'examples/small/main.tf': 'module "network" { source = "../.." }\n',
}
