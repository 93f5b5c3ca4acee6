module example.com/judgement

go 1.19

require (
	cloud.google.com/go/storage v0.0.0
	github.com/Microsoft/go-winio v0.0.0
	github.com/aws/aws-sdk-go-v2/service/s3 v0.0.0
	github.com/docker/docker v0.0.0
	github.com/fsnotify/fsnotify v0.0.0
	github.com/gin-gonic/gin v0.0.0
	github.com/go-git/go-git/v5 v5.0.0
	github.com/gofrs/flock v0.0.0
	github.com/gorilla/mux v0.0.0
	github.com/minio/minio-go/v7 v7.0.0
	github.com/mitchellh/go-homedir v0.0.0
	github.com/opencontainers/runtime-spec v0.0.0
	github.com/pkg/sftp v0.0.0
	github.com/spf13/afero v0.0.0
	github.com/spf13/viper v0.0.0
	go.etcd.io/bbolt v0.0.0
	go.etcd.io/etcd/client/v3 v3.0.0
	go.uber.org/zap v0.0.0
	golang.org/x/crypto v0.0.0
	golang.org/x/sys v0.0.0
	k8s.io/api v0.0.0
	k8s.io/client-go v0.0.0
)

replace (
	cloud.google.com/go/storage => ./stubs/cloud-google-com_go_storage
	github.com/Microsoft/go-winio => ./stubs/github-com_Microsoft_go-winio
	github.com/aws/aws-sdk-go-v2/service/s3 => ./stubs/github-com_aws_aws-sdk-go-v2_service_s3
	github.com/docker/docker => ./stubs/github-com_docker_docker
	github.com/fsnotify/fsnotify => ./stubs/github-com_fsnotify_fsnotify
	github.com/gin-gonic/gin => ./stubs/github-com_gin-gonic_gin
	github.com/go-git/go-git/v5 => ./stubs/github-com_go-git_go-git_v5
	github.com/gofrs/flock => ./stubs/github-com_gofrs_flock
	github.com/gorilla/mux => ./stubs/github-com_gorilla_mux
	github.com/minio/minio-go/v7 => ./stubs/github-com_minio_minio-go_v7
	github.com/mitchellh/go-homedir => ./stubs/github-com_mitchellh_go-homedir
	github.com/opencontainers/runtime-spec => ./stubs/github-com_opencontainers_runtime-spec
	github.com/pkg/sftp => ./stubs/github-com_pkg_sftp
	github.com/spf13/afero => ./stubs/github-com_spf13_afero
	github.com/spf13/viper => ./stubs/github-com_spf13_viper
	go.etcd.io/bbolt => ./stubs/go-etcd-io_bbolt
	go.etcd.io/etcd/client/v3 => ./stubs/go-etcd-io_etcd_client_v3
	go.uber.org/zap => ./stubs/go-uber-org_zap
	golang.org/x/crypto => ./stubs/golang-org_x_crypto
	golang.org/x/sys => ./stubs/golang-org_x_sys
	k8s.io/api => ./stubs/k8s-io_api
	k8s.io/client-go => ./stubs/k8s-io_client-go
)
