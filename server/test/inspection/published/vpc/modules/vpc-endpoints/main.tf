resource "aws_vpc_endpoint" "this" {
  vpc_id = "x"
}
