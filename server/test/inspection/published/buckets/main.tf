variable "buckets" {
  description = "Buckets to create."
  type = map(object({
    location = string
    # Days until objects are deleted.
    # Zero keeps them.
    retention_days = optional(number, 0)
    labels         = optional(map(string), {}) # Put on the bucket.
    lifecycle_rules = optional(list(object({
      action = object({
        type          = string
        storage_class = optional(string)
      })
      condition = any
    })), [])
  }))
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for bucket in var.buckets : bucket.retention_days >= 0])
    error_message = "Days cannot be negative."
  }
}

resource "google_storage_bucket" "bucket" {
  for_each = var.buckets
  name     = each.key
  location = each.value.location

  dynamic "lifecycle_rule" {
    for_each = each.value.lifecycle_rules
    content {
      action {
        type = lifecycle_rule.value.action.type
      }
    }
  }
}
