/** Queries and the hit that is wanted first, as people type them: whole names, beginnings, two words, one typo. */

/** Over the small catalogue (server/test/catalogue). */
export const ownQueries = pairsOf(`
exact names
random                             hashicorp/random
sops                               carlpett/sops
namecheap                          namecheap/namecheap
vsphere                            hashicorp/vsphere
vpc                                terraform-aws-modules/vpc/aws
eks                                terraform-aws-modules/eks/aws
aws                                hashicorp/aws
azurerm                            hashicorp/azurerm
google                             hashicorp/google
kubernetes                         hashicorp/kubernetes
helm                               hashicorp/helm
null                               hashicorp/null
vault                              hashicorp/vault
consul                             hashicorp/consul
nomad                              hashicorp/nomad
dns                                hashicorp/dns
auth0                              auth0/auth0
postgresql                         cyrilgdn/postgresql
kubectl                            gavinbunney/kubectl
proxmox                            telmate/proxmox
restapi                            mastercard/restapi
snowflake                          snowflake-labs/snowflake
docker                             kreuzwerker/docker
libvirt                            dmacvicar/libvirt
cloudflare                         cloudflare/cloudflare
datadog                            datadog/datadog
github                             integrations/github
gitlab                             gitlabhq/gitlab
template                           hashicorp/template
label                              cloudposse/label/null
rds                                terraform-aws-modules/rds/aws
iam                                terraform-aws-modules/iam/aws
s3-bucket                          terraform-aws-modules/s3-bucket/aws
s3_bucket                          terraform-aws-modules/s3-bucket/aws
lambda                             terraform-aws-modules/lambda/aws
aks                                azure/aks/azurerm
network                            terraform-google-modules/network/google
vnet                               azure/vnet/azurerm
waf                                cloudposse/waf/aws
kms                                terraform-aws-modules/kms/aws
docker-instance                    example-labs/docker-instance/aws
google-beta                        hashicorp/google-beta
Security-Group                     terraform-aws-modules/security-group/aws

addresses
hashicorp/random                   hashicorp/random
example-labs/random                example-labs/random
example-forks/vpc/aws              example-forks/vpc/aws
terraform-aws-modules/eks/aws      terraform-aws-modules/eks/aws
Azure/aks/azurerm                  azure/aks/azurerm
hashicorp/vault/aws                hashicorp/vault/aws
cloudposse/vpc/aws@<2.0.0          cloudposse/vpc/aws
registry.opentofu.org/ovh/ovh      ovh/ovh
cloudposse/label                   cloudposse/label/null
adamdecaf/namecheap                adamdecaf/namecheap
lokkersp/sops                      lokkersp/sops
terraform-aws-modules/vpc          terraform-aws-modules/vpc/aws
hashicorp/rand                     hashicorp/random

namespaces
integrations                       integrations/github
terraform-aws-modules              terraform-aws-modules/eks/aws
cloudposse                         cloudposse/label/null
aws-ia                             aws-ia/eks-blueprints-addons/aws
hetznercloud                       hetznercloud/hcloud
ns:cloudposse vpc                  cloudposse/vpc/aws

beginnings
rand                               hashicorp/random
kube                               hashicorp/kubernetes
namech                             namecheap/namecheap
vsph                               hashicorp/vsphere
azure                              azure/aks/azurerm
cloudfl                            cloudflare/cloudflare
mongodb                            mongodb/mongodbatlas
post                               cyrilgdn/postgresql
snow                               snowflake-labs/snowflake
secur                              terraform-aws-modules/security-group/aws
auto                               terraform-aws-modules/autoscaling/aws
trans                              terraform-aws-modules/transit-gateway/aws
confl                              confluentinc/confluent
pager                              pagerduty/pagerduty
docker-                            kreuzwerker/docker
route                              terraform-aws-modules/route53/aws
elastic                            elastic/elasticstack
project-f                          terraform-google-modules/project-factory/google

two words
vpc aws                            terraform-aws-modules/vpc/aws
aws vpc                            terraform-aws-modules/vpc/aws
eks aws                            terraform-aws-modules/eks/aws
vault aws                          hashicorp/vault/aws
cloudposse vpc                     cloudposse/vpc/aws
cloudposse s3-bucket               cloudposse/s3-bucket/aws
hashicorp random                   hashicorp/random
network google                     terraform-google-modules/network/google
google iam                         terraform-google-modules/iam/google
docker instance                    example-labs/docker-instance/aws
docker compose                     example-labs/docker-compose/aws
security group                     terraform-aws-modules/security-group/aws
network load balancers             terraform-aws-modules/alb/aws
kubernetes engine                  terraform-google-modules/kubernetes-engine/google
project factory                    terraform-google-modules/project-factory/google
google beta                        hashicorp/google-beta
aurora database                    terraform-aws-modules/rds-aurora/aws
node groups                        terraform-aws-modules/eks/aws
key pair                           terraform-aws-modules/key-pair/aws
github runner                      philips-labs/github-runner/aws
bastion google                     terraform-google-modules/bastion-host/google
bastion aws                        cloudposse/ec2-bastion-server/aws
remote state                       cloudposse/tfstate-backend/aws
encryption keys                    terraform-aws-modules/kms/aws
container images                   kreuzwerker/docker
kafka clusters                     terraform-aws-modules/msk-kafka-cluster/aws
argo cd                            argoproj-labs/argocd
landing zones                      azure/caf-enterprise-scale/azurerm
kubernetes hetzner                 kube-hetzner/kube-hetzner/hcloud
azure postgresql                   azure/postgresql/azurerm
"life cycles"                      terraform-aws-modules/s3-bucket/aws
queues -rabbitmq                   terraform-aws-modules/sqs/aws
vpc -terraform-aws-modules         cloudposse/vpc/aws
vpc for aws                        terraform-aws-modules/vpc/aws

keys
kind:module vault                  hashicorp/vault/aws
kind:provider vault                hashicorp/vault
vpc system:aws                     terraform-aws-modules/vpc/aws
postgresql kind:module             azure/postgresql/azurerm
system:oci                         oracle-terraform-modules/oke/oci
state:deprecated elasticsearch     cloudposse/elasticsearch/aws

one typo
radnom                             hashicorp/random
kubernets                          hashicorp/kubernetes
namecheep                          namecheap/namecheap
vshpere                            hashicorp/vsphere
vpcc                               terraform-aws-modules/vpc/aws
ekss                               terraform-aws-modules/eks/aws
postgressql                        cyrilgdn/postgresql
cloudfare                          cloudflare/cloudflare
datadgo                            datadog/datadog
terrafom-aws-modules               terraform-aws-modules/eks/aws
snowflke                           snowflake-labs/snowflake
digitaloecan                       digitalocean/digitalocean
lamdba                             terraform-aws-modules/lambda/aws
vaukt                              hashicorp/vault
consu1                             hashicorp/consul
eks awz                            terraform-aws-modules/eks/aws
securty-group                      terraform-aws-modules/security-group/aws
azurrm                             hashicorp/azurerm
`)

/** Over a third of the real registry; what stands higher in this list is said to be more popular. */
export const realQueries = pairsOf(`
exact names
aws                                hashicorp/aws
random                             hashicorp/random
vault                              hashicorp/vault
helm                               opentofu/helm
google                             opentofu/google
azurerm                            opentofu/azurerm
azuread                            opentofu/azuread
vsphere                            opentofu/vsphere
namecheap                          namecheap-ecosystem/namecheap
sops                               allan-vennbio/sops
datadog                            datadog/datadog
nomad                              hashicorp/nomad
external                           hashicorp/external
eks                                terraform-aws-modules/eks/aws
rds                                terraform-aws-modules/rds/aws
alb                                terraform-aws-modules/alb/aws
ec2-instance                       terraform-aws-modules/ec2-instance/aws
iam                                terraform-google-modules/iam/google
vm                                 terraform-google-modules/vm/google
label                              cloudposse/label/null
ecr                                cloudposse/ecr/aws
s3-log-storage                     cloudposse/s3-log-storage/aws
tfstate-backend                    cloudposse/tfstate-backend/aws
keycloak                           mrparkers/keycloak
proxmox                            telmate/proxmox
ovh                                ovh/ovh
fortios                            fortinetdev/fortios
vpc                                djangoflow/vpc/google
karpenter                          clouddrove/karpenter/aws

addresses, and what stands in front of them
hashicorp/boundary                 hashicorp/boundary
jasonkuehl/vpc/aws                 jasonkuehl/vpc/aws
kong/kuma                          kong/kuma
registry.opentofu.org/checkly/checkly checkly/checkly
opentofu/awscc                     opentofu/awscc

beginnings
cloudini                           opentofu/cloudinit
datad                              datadog/datadog
fortio                             fortinetdev/fortios
bastion-h                          terraform-google-modules/bastion-host/google
eventbri                           terraform-aws-modules/eventbridge/aws
dynamodb-t                         terraform-aws-modules/dynamodb-table/aws
packetf                            packetfabric/packetfabric

two words
eks aws                            terraform-aws-modules/eks/aws
rds aurora                         terraform-aws-modules/rds-aurora/aws
vpc google                         djangoflow/vpc/google
key pair                           terraform-aws-modules/key-pair/aws
claranet vpn                       claranet/vpn/azurerm
cosmosdb azurerm                   azure/cosmosdb/azurerm
cloudposse label                   cloudposse/label/null
route53 dns firewall               cloudposse/route53-resolver-dns-firewall/aws

one typo
vsphre                             opentofu/vsphere
datadgo                            datadog/datadog
namecheao                          namecheap-ecosystem/namecheap
eventbirdge                        terraform-aws-modules/eventbridge/aws
karpentr                           clouddrove/karpenter/aws
dynamodb-tabel                     terraform-aws-modules/dynamodb-table/aws
keycloack                          mrparkers/keycloak
`)

/** Lines of a query and an address, two spaces or more between them; a line without is a heading. */
function pairsOf(text: string): [query: string, wanted: string][] {
  return text.split('\n').flatMap((line) => {
    const [, query, wanted] = /^(.+?)(?:\s{2,}|\s)(\S+\/\S+)$/.exec(line) ?? []
    return query && wanted ? [[query.trim(), wanted] as [string, string]] : []
  })
}
