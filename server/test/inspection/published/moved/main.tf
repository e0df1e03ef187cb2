moved {
  from = aws_instance.web
  to   = aws_instance.this["web"]
}

removed {
  from = aws_instance.old
  lifecycle {
    destroy = false
  }
}

import {
  to = aws_instance.this["db"]
  id = "i-0123"
}

check "answers" {
  data "http" "site" {
    url = "https://example.com"
  }
  assert {
    condition     = data.http.site.status_code == 200
    error_message = "${data.http.site.url} does not answer."
  }
}
