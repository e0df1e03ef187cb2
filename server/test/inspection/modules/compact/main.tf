variable "a"{
type=string
default="x"
}
variable "b"{default={a=1,b=[1,2],c={d="e"}}}
output "o"{value=[var.a,var.b.a]}
