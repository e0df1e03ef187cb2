variable "plain" {
  description = "Just text."
  default     = "value"
}

variable "escapes" {
  description = "A \"quoted\" word, a tab\t, a line\nand a backslash \\."
  default     = "C:\\temp\\new \u00e9 \U0001F600"
}

variable "sequences" {
  description = "Costs $5, or 100%, or $${escaped} and %%{escaped}."
  default     = ["$", "%", "$$", "%%", "$${x}", "%%{ if }", "{}", "$ {x}"]
}
